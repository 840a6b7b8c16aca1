"""Part of speech, syntactic function, head and entity type of every word: a small transformer over the word vectors.

Probing classifiers (Tenney et al., ACL 2019: "BERT rediscovers the classical NLP pipeline") used for real: the vectors of
a middle layer already hold much of the grammar, and two narrow layers of attention gather the rest. The head of a word is the
one whose product with it is greatest (Dozat and Manning, ICLR 2017), its function is read off both. Taught by spaCy's small English
model (``benchmarks/fit_tagger.py``); held-out agreement with it is in the card, ``drift/models/tagger/README.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from drift.errors import ModelError
from drift.judge.attention import Layers, norm, offsets

__all__ = ["NEAR", "SCALE", "Tagger", "Tags", "default_tagger", "letters"]

SHIPPED = Path(__file__).parent.parent / "models" / "tagger" / "tagger.safetensors"
SCALE = 6.0  # unit vectors have components of about 1/20; this brings them near 1/3, where the network was fitted
NEAR = 8  # offsets further than this are all one
_LABELS = ("tag", "dep", "ent")


@dataclass(frozen=True, slots=True)
class Tags:
    """What the tagger says of one sentence; all sequences have one entry per word."""

    tag: tuple[str, ...]  # Penn Treebank part of speech: NN, VBD, PRP$, …
    dep: tuple[str, ...]  # function: nsubj, dobj, pobj, neg, … (ClearNLP labels, as spaCy's English models use them)
    head: tuple[int, ...]  # index of the governing word; the root governs itself
    ent: tuple[str, ...]  # entity type: PERSON, GPE, NORP, ORG, DATE, … or ""


def letters(texts: Sequence[str]) -> NDArray[np.float32]:
    """(words, 6): the letters' case, of which the encoder sees nothing, and which word is the first and which the last."""
    out = np.zeros((len(texts), 6), np.float32)
    out[:, :4] = [_letters(t) for t in texts]
    out[:1, 4] = out[-1:, 5] = 1.0
    return out


@lru_cache(maxsize=65536)
def _letters(text: str) -> tuple[bool, bool, bool, bool]:
    """Whether a word as written begins with a capital, is all capitals, has a digit, and is only marks."""
    return (
        text[:1].isupper(),
        text.isupper() and len(text) > 1,
        any(c.isdigit() for c in text),
        not any(c.isalnum() for c in text),
    )


class Tagger:
    """The network and its label sets, read from one safetensors file (float16)."""

    def __init__(self, path: Path = SHIPPED) -> None:
        from safetensors import safe_open

        try:
            with safe_open(path, "np") as stored:
                names = stored.metadata() or {}
                raw = {k: stored.get_tensor(k).astype(np.float32) for k in stored.keys()}  # noqa: SIM118 - not a dict
        except OSError as error:
            raise ModelError("DR404", f"the tagger {path} cannot be read; reinstall translation-drift") from error
        if "arc" not in raw or any(k not in names for k in _LABELS):
            raise ModelError("DR404", f"the tagger {path} is of another version of drift; reinstall translation-drift")
        self._labels = [names[k].split("\n") for k in _LABELS]
        # Laid out as it is multiplied, inputs first: a product with a transposed view takes half as long again.
        self._w = w = {k: np.ascontiguousarray(v.T if k.endswith("weight") and v.ndim == 2 else v) for k, v in raw.items()}
        w["vec.weight"] *= np.float32(SCALE)
        w["child.weight"] *= np.float32(w["child.weight"].shape[1] ** -0.5)
        w["child.bias"] *= np.float32(w["child.weight"].shape[1] ** -0.5)
        # One product for all that is read off a word.
        self._parts = ("tag", "dep", "ent", "depof", "child", "parent")
        self._out = np.concatenate([w[f"{k}.weight"] for k in self._parts], axis=1)
        widths = [w[f"{k}.weight"].shape[1] for k in self._parts]
        self._out_bias = np.concatenate([w.get(f"{k}.bias", np.zeros(n, np.float32)) for k, n in zip(self._parts, widths, strict=True)])
        self._cuts = np.cumsum(widths)[:-1].tolist()
        layers, heads = w["bias"].shape[:2]
        self._layers = Layers(w, layers, heads)

    def tag(self, vectors: NDArray[np.float32], texts: Sequence[str]) -> Tags:
        """Tags of one sentence from its word vectors (words, dim) and its words as written.

        One sentence at a time on purpose: the last bits of a matrix product depend on its number of rows.
        """
        if not len(texts):
            return Tags((), (), (), ())
        w, apart = self._w, offsets(len(texts), NEAR)
        x = norm(vectors @ w["vec.weight"] + letters(texts) @ w["case.weight"] + w["case.bias"], w["norm0.weight"], w["norm0.bias"])
        x = self._layers(x, np.take(w["bias"], apart, axis=2))
        tag, dep, ent, depof, child, parent = np.split(x @ self._out + self._out_bias, self._cuts, axis=1)
        head = (child @ parent.T + w["arc"][apart]).argmax(1)
        names = [
            tuple(label[k] for k in odds.argmax(1).tolist())
            for label, odds in zip(self._labels, (tag, dep + depof[head], ent), strict=True)
        ]
        return Tags(names[0], names[1], tuple(head.tolist()), names[2])


@lru_cache(maxsize=1)
def default_tagger() -> Tagger:
    """The shipped tagger, loaded once per process."""
    return Tagger()
