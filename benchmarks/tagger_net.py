"""The tagger in PyTorch, for training: `drift.judge.tagger` runs the same weights in numpy."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from drift.judge.tagger import NEAR


class Network(nn.Module):
    """Names as in the safetensors file. `labels`: how many there are of each kind, "tag", "dep" and "ent"."""

    def __init__(
        self, labels: Mapping[str, int], width: int = 160, layers: int = 2, heads: int = 4, arc: int = 96, drop: float = 0.1, dim: int = 384
    ) -> None:
        super().__init__()
        self.heads = heads
        self.vec, self.case, self.norm0 = nn.Linear(dim, width, bias=False), nn.Linear(6, width), nn.LayerNorm(width)
        self.qkv = nn.ModuleList(nn.Linear(width, 3 * width) for _ in range(layers))
        self.o = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.f1 = nn.ModuleList(nn.Linear(width, 2 * width) for _ in range(layers))
        self.f2 = nn.ModuleList(nn.Linear(2 * width, width) for _ in range(layers))
        self.n1, self.n2 = (nn.ModuleList(nn.LayerNorm(width) for _ in range(layers)) for _ in range(2))
        self.nf = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(layers, heads, 2 * NEAR + 1))
        self.arc = nn.Parameter(torch.zeros(2 * NEAR + 1))
        self.tag, self.dep, self.ent = (nn.Linear(width, labels[kind]) for kind in ("tag", "dep", "ent"))
        self.depof = nn.Linear(width, labels["dep"], bias=False)  # of the governor
        self.child, self.parent = nn.Linear(width, arc), nn.Linear(width, arc)
        self.drop = nn.Dropout(drop)

    def forward(self, vectors: Tensor, case: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """`vectors` (batch, words, dim) times `drift.judge.tagger.SCALE`, `case` (batch, words, 6), `mask` (batch, words).

        What is known of every word (batch, words, width), and how likely each is governed by each (batch, words, words).
        """
        batch, words, dim = vectors.shape
        if self.training:  # whole words, and components of all words
            vectors = vectors * (torch.rand(batch, words, 1) > 0.05) * ((torch.rand(batch, 1, dim) > 0.1).float() / 0.9)
        h = self.drop(self.norm0(self.vec(vectors) + self.case(case)))
        place = torch.arange(words)
        apart = (place[None] - place[:, None]).clamp(-NEAR, NEAR) + NEAR
        hidden = torch.zeros(batch, 1, 1, words).masked_fill(~mask[:, None, None], -1e4)
        for k in range(len(self.qkv)):
            q, key, value = self.qkv[k](self.n1[k](h)).view(batch, words, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            share = torch.softmax(q @ key.transpose(-1, -2) * q.shape[-1] ** -0.5 + self.bias[k][:, apart][None] + hidden, -1)
            h = h + self.drop(self.o[k]((share @ value).transpose(1, 2).reshape(batch, words, -1)))
            h = h + self.drop(self.f2[k](functional.gelu(self.f1[k](self.n2[k](h)), approximate="tanh")))
        h = self.nf(h)
        return h, self.child(h) @ self.parent(h).transpose(1, 2) * self.child.out_features**-0.5 + self.arc[apart] + hidden[:, 0]

    def functions(self, h: Tensor, head: Tensor) -> Tensor:
        """Log-odds of every word's function, given the word that governs it: `head` (batch, words)."""
        return self.dep(h) + self.depof(torch.gather(h, 1, head[:, :, None].expand(-1, -1, h.shape[-1])))
