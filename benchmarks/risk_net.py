"""The risk network in PyTorch, for training: `drift.judge.risk` runs the same weights in numpy."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from drift.judge.features import FEATURES
from drift.judge.risk import APART, ARCS, CATEGORIES, LINKED, NEAR, SCALE, arcs

CHARGE, ERROR, CHANGE, KINDS = 0, 1, 2, 3  # columns of the output


class Network(nn.Module):
    """Words of both sides (hypothesis first) to (batch, words, 3 + categories); names as in the safetensors file."""

    def __init__(self, width: int = 128, layers: int = 2, heads: int = 4, drop: float = 0.1, drop_in: float = 0.2, dim: int = 384) -> None:
        super().__init__()
        self.heads, self.drop, self.drop_in = heads, drop, drop_in
        self.vec, self.mat, self.dif = (nn.Linear(dim, width, bias=False) for _ in range(3))
        self.fea, self.side, self.norm0 = nn.Linear(FEATURES, width), nn.Embedding(2, width), nn.LayerNorm(width)
        self.qkv = nn.ModuleList(nn.Linear(width, 3 * width) for _ in range(layers))
        self.o = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.f1 = nn.ModuleList(nn.Linear(width, 2 * width) for _ in range(layers))
        self.f2 = nn.ModuleList(nn.Linear(2 * width, width) for _ in range(layers))
        self.n1, self.n2 = (nn.ModuleList(nn.LayerNorm(width) for _ in range(layers)) for _ in range(2))
        self.nf, self.out = nn.LayerNorm(width), nn.Linear(width, KINDS + len(CATEGORIES))
        self.bias = nn.Parameter(torch.zeros(layers, heads, APART + 1))
        self.arc = nn.Parameter(torch.zeros(layers, heads, ARCS))
        with torch.no_grad():
            self.bias[:, :, LINKED] = 1.0
            self.out.bias[:KINDS] = -3.0

    def _dropped(self, x: Tensor, share: float) -> Tensor:
        """One mask for all words of a pair: cheaper than one a word, and the words cannot fill in for one another."""
        if not self.training or not share:
            return x
        return x * ((torch.rand(x.shape[0], 1, x.shape[2]) > share).to(x.dtype) / (1 - share))

    def forward(self, own: Tensor, other: Tensor, features: Tensor, side: Tensor, relation: Tensor, arc: Tensor, mask: Tensor) -> Tensor:
        if self.training:
            kept = (torch.rand(own.shape[0], 1, own.shape[2]) > self.drop_in).float() / (1 - self.drop_in)
            own, other = own * kept, other * kept
        x = self.vec(own) + self.mat(other) + self.dif((own - other).abs()) + self.fea(features) + self.side(side)
        x = self._dropped(self.norm0(x), self.drop)
        batch, words, _ = x.shape
        hidden = torch.zeros(batch, 1, 1, words, dtype=x.dtype).masked_fill_(~mask[:, None, None], -1e4)
        for k in range(len(self.qkv)):
            q, key, value = self.qkv[k](self.n1[k](x)).view(batch, words, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            bias = (self.bias[k].t()[relation] + self.arc[k].t()[arc]).permute(0, 3, 1, 2).to(q.dtype) + hidden.to(q.dtype)
            mixed = torch.softmax((q @ key.transpose(-1, -2)) * q.shape[-1] ** -0.5 + bias, -1) @ value
            x = x + self._dropped(self.o[k](mixed.transpose(1, 2).reshape(batch, words, -1)), self.drop)
            x = x + self._dropped(self.f2[k](nn.functional.gelu(self.f1[k](self.n2[k](x)), approximate="tanh")), self.drop)
        return self.out(self.nf(x)).float()


class Pairs:
    """All pairs of one or more files of `risk_data.py`, padded into batches; `labels` are filled in by `fit_risk.py`."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.vectors: list[Tensor] = []
        self.words: list[list[tuple[str, int, int, bool]]] = []
        self.heads: list[np.ndarray] = []
        self.rows: list[tuple] = []
        self.contents: list[dict] = []
        self.first: list[int] = []  # number of each file's first pair
        # per pair: labels of the hypothesis's and the reference's words (1, 0, -1 unknown), weight of a 0, category or -1, and of
        # the words of both (hypothesis first), 1 where an error there changes the meaning
        self.labels: dict[int, tuple[np.ndarray, np.ndarray, float, int, float | np.ndarray]] = {}
        # words that stand in both an intact and a spoilt pair: their places in either, the reference's behind the hypothesis's
        self.kept: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]] = {}
        for path in paths:
            content = pickle.loads(path.read_bytes())  # written by risk_data.py on this machine
            store, offset = content["store"], len(self.vectors)
            if "heads" not in store:
                raise SystemExit(f"{path} is of an older version: delete it and run risk_data.py anew.")
            self.first.append(len(self.rows))
            self.vectors += [torch.from_numpy(v) for v in store["vectors"]]
            self.words += store["words"]
            self.heads += store["heads"]
            self.rows += [(r[0] + offset, r[1] + offset, *r[2:]) for r in store["rows"]]
            self.contents.append(content)

    def size(self, i: int) -> tuple[int, int]:
        """Words of the hypothesis and of the reference."""
        return len(self.vectors[self.rows[i][1]]), len(self.vectors[self.rows[i][0]])

    def forms(self, i: int) -> tuple[list[str], list[str]]:
        """The words themselves: hypothesis, reference."""
        return [w[0] for w in self.words[self.rows[i][1]]], [w[0] for w in self.words[self.rows[i][0]]]

    def batch(self, ids: Sequence[int]) -> tuple[Tensor, ...]:
        """Arguments of `Network.forward`."""
        sizes = [self.size(i) for i in ids]
        count, words = len(ids), -(-max(2, *(a + b for a, b in sizes)) // 8) * 8
        own, other = (torch.zeros(count, words, 384) for _ in range(2))
        features, side = torch.zeros(count, words, FEATURES), torch.zeros(count, words, dtype=torch.long)
        mask, relation = torch.zeros(count, words, dtype=torch.bool), torch.full((count, words, words), APART)
        arc = torch.zeros(count, words, words, dtype=torch.long)
        place = torch.arange(words)
        offset = (place[None] - place[:, None]).clamp(-NEAR, NEAR) + NEAR
        for b, (i, (m, n)) in enumerate(zip(ids, sizes, strict=True)):
            ref_at, hyp_at, ref, ref_match, hyp, hyp_match, links = self.rows[i]
            first, second = self.vectors[ref_at].float() * float(SCALE), self.vectors[hyp_at].float() * float(SCALE)
            own[b, :m], own[b, m : m + n] = second, first
            if m and n:
                other[b, :m] = first[torch.from_numpy(hyp_match.astype(np.int64))]
                other[b, m : m + n] = second[torch.from_numpy(ref_match.astype(np.int64))]
            features[b, :m], features[b, m : m + n] = torch.from_numpy(hyp).float(), torch.from_numpy(ref).float()
            side[b, m:], mask[b, : m + n] = 1, True
            arc[b, : m + n, : m + n] = torch.from_numpy(arcs(self.heads[hyp_at], self.heads[ref_at], links))
            relation[b, :m, :m], relation[b, m : m + n, m : m + n] = offset[:m, :m], offset[m : m + n, m : m + n]
            if links:
                at = torch.tensor(links)
                relation[b, at[:, 1], m + at[:, 0]] = relation[b, m + at[:, 0], at[:, 1]] = LINKED
        return own, other, features, side, relation, arc, mask
