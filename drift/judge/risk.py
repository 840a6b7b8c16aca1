"""How likely each word is part of a drift: a small transformer that reads both sentences at once.

Word-level quality estimation with a reference, in the spirit of xCOMET's span tagger (Guerreiro et al., TACL 2024), at a
thousandth of its size. The word vectors are computed anyway; every word enters with its own vector, that of its
counterpart, what alignment and lexicon say of the two, and what the detectors found in it (`drift.judge.features`): how far they
are to be believed depends on the rest of the sentence. Two layers of attention over the words of both sides, biased by distance, by
the alignment and by the syntax trees, then say of each word how likely it is wrong, added or lost, how likely that changes the meaning,
what kind of error it would be, and what it adds to the charge of the pair.
Fitted by ``benchmarks/fit_risk.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from drift.errors import ModelError
from drift.judge.analysis import Analysis
from drift.judge.attention import Layers, norm, offsets, softmax
from drift.judge.detector import Candidate
from drift.judge.features import CATEGORIES, FEATURES, Own, Rows, own_features, pair_features
from drift.judge.side import Side

__all__ = ["CATEGORIES", "SHIPPED", "Risk", "WordRisk", "arcs", "default_risk", "relations"]

SHIPPED = Path(__file__).parent.parent / "models" / "risk" / "risk.safetensors"
NEAR = 4  # offsets further than this are all one to the attention
LINKED, APART = 2 * NEAR + 1, 2 * NEAR + 2  # relations of two words of different sides
# How the trees connect two words: not; the other governs this one; is governed by it; it is the counterpart of this one's governor;
# the reverse. A root governs itself, so its counterpart counts as the reverse.
ARCS = 5
_NO_CHANGE = -20.0  # log-odds that the meaning changed, where there is nothing that could have
SCALE = np.float32(6.0)  # unit vectors have components of about 1/20; this brings them near 1/3

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordRisk:
    """What the network says of one pair.

    `hyp` and `ref`: the log-odds that each word is wrong or added (hypothesis), lost or distorted (reference).
    `hyp_change` and `ref_change`: the log-odds that this changes the meaning; `change`: those of the pair (the odds of its words
    add up, and were fitted so).
    `hyp_kinds` and `ref_kinds`, (words, 10): if so, the probability of each of `CATEGORIES`. `charge`: 0 and above, grows
    with the number and the weight of errors.
    """

    hyp: Array
    ref: Array
    hyp_kinds: Array
    ref_kinds: Array
    charge: float
    hyp_change: Array
    ref_change: Array
    change: float


class Risk:
    """The network, from one safetensors file (float16)."""

    def __init__(self, path: Path = SHIPPED) -> None:
        from safetensors.numpy import load_file

        try:
            stored = load_file(path)
        except OSError as error:
            raise ModelError("DR405", f"the word-risk network {path} cannot be read; reinstall translation-drift") from error
        # Matrices are laid out as they are multiplied, inputs first: a product with a transposed view takes longer.
        self._w: dict[str, Array] = {
            k: np.ascontiguousarray((v.T if v.ndim == 2 and k != "side.weight" else v).astype(np.float32)) for k, v in stored.items()
        }
        if self._w["fea.weight"].shape[0] != FEATURES or "arc" not in self._w:
            raise ModelError("DR405", f"the word-risk network {path} is of another version of drift; reinstall translation-drift")
        for name in ("vec.weight", "mat.weight", "dif.weight"):
            self._w[name] *= SCALE
        self._w["vec+mat"] = np.concatenate([self._w.pop("vec.weight"), self._w.pop("mat.weight")], axis=1)
        bias, arc = self._w.pop("bias"), self._w.pop("arc")
        layers, heads = bias.shape[:2]
        self._layers = Layers(self._w, layers, heads)
        # of every combination of relation and arc at once: one look-up in place of two
        self._bias = np.ascontiguousarray((bias[..., None] + arc[..., None, :]).reshape(layers, heads, -1))

    def of(self, pairs: Sequence[Analysis], said: Sequence[Sequence[Candidate]]) -> list[WordRisk]:
        """One opinion per pair, same order; `said`: what the detectors found in each.

        One pair at a time, so that none depends on what is judged beside it.
        """
        known: dict[int, tuple[Own, Array, Array]] = {}
        out = []
        for pair, found in zip(pairs, said, strict=True):
            for side in (pair.ref, pair.hyp):
                if id(side) not in known:
                    known[id(side)] = self._read(side)
            out.append(self._judge(pair, known[id(pair.ref)], known[id(pair.hyp)], found))
        return out

    def _read(self, side: Side) -> tuple[Own, Array, Array]:
        """What is the same in every pair that the sentence is part of: features, the word as itself and as counterpart."""
        both = side.vectors @ self._w["vec+mat"]
        return own_features(side), both[:, : both.shape[1] // 2], both[:, both.shape[1] // 2 :]

    def _judge(
        self, pair: Analysis, ref: tuple[Own, Array, Array], hyp: tuple[Own, Array, Array], said: Sequence[Candidate]
    ) -> WordRisk:
        w = self._w
        n, m = len(pair.ref.tokens), len(pair.hyp.tokens)
        if not n + m:
            none, no_kinds = np.zeros(0, np.float32), np.zeros((0, len(CATEGORIES)), np.float32)
            return WordRisk(none, none, no_kinds, no_kinds, 0.0, none, none, _NO_CHANGE)
        rows_ref, rows_hyp = pair_features(pair, ref[0], hyp[0], said)
        x = np.concatenate(
            [
                self._enter(rows_hyp, pair.hyp, pair.ref, hyp[1], ref[2], 0),
                self._enter(rows_ref, pair.ref, pair.hyp, ref[1], hyp[2], 1),
            ]
        )
        x = norm(x, w["norm0.weight"], w["norm0.bias"])
        relation = relations(m, n, pair.links) * ARCS + arcs(pair.hyp.tags.head, pair.ref.tags.head, pair.links)
        out = self._layers(x, np.take(self._bias, relation, axis=2)) @ w["out.weight"] + w["out.bias"]
        kinds = softmax(out[:, 3:])
        odds, change = np.round(out[:, 1], 3), np.round(out[:, 2], 3)  # the last bits are the machine's, not the sentence's
        return WordRisk(
            odds[:m], odds[m:], kinds[:m], kinds[m:], round(float(np.logaddexp(0.0, out[:, 0]).sum()), 3),
            change[:m], change[m:], round(float(np.logaddexp.reduce(out[:, 2], initial=_NO_CHANGE)), 3),
        )  # fmt: skip

    def _enter(self, rows: Rows, own: Side, other: Side, itself: Array, counterpart: Array, side: int) -> Array:
        w = self._w
        x = itself + rows.values @ w["fea.weight"] + (w["fea.bias"] + w["side.weight"][side])
        if len(other.tokens):
            apart = other.vectors[rows.match]
            np.abs(np.subtract(own.vectors, apart, out=apart), out=apart)
            x = x + counterpart[rows.match] + apart @ w["dif.weight"]
        else:
            x = x + np.abs(own.vectors) @ w["dif.weight"]
        entered: Array = x
        return entered


def relations(hyp: int, ref: int, links: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """(words, words): the offset within a side, else whether the two words are linked. Hypothesis first, then reference."""
    out = np.full((hyp + ref, hyp + ref), APART)
    out[:hyp, :hyp], out[hyp:, hyp:] = offsets(hyp, NEAR), offsets(ref, NEAR)
    if links:
        i, j = np.array(links).T
        out[j, hyp + i] = out[hyp + i, j] = LINKED
    return out


def arcs(hyp: Sequence[int], ref: Sequence[int], links: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """(words, words): how the trees connect two words, 0..`ARCS` - 1; `hyp` and `ref` are the governors of the words of either side."""
    m, n = len(hyp), len(ref)
    governor = np.concatenate([np.array(hyp, np.int64), np.array(ref, np.int64) + m])
    other = np.full(m + n, -1)
    for i, j in links:
        other[j], other[m + i] = m + i, j
    out = np.zeros((m + n, m + n), np.int64)
    word = np.arange(m + n)
    across = other[governor]
    there = across >= 0
    out[word[there], across[there]], out[across[there], word[there]] = 3, 4
    governed = governor != word
    out[word[governed], governor[governed]], out[governor[governed], word[governed]] = 1, 2
    return out


@lru_cache(maxsize=1)
def default_risk() -> Risk:
    """The shipped network, loaded once per process."""
    return Risk()
