"""How likely each word is part of a drift: a small network over the two words that were linked and what surrounds them.

Word-level quality estimation with a reference, in the spirit of xCOMET's span tagger (Guerreiro et al., TACL 2024), at a
thousandth of its size: the vectors are computed anyway, the network only sees a word, its counterpart, their neighbours and
what alignment and lexicon say of them. One network reads the hypothesis (wrong or added words), one the reference (lost
words). Fitted by ``benchmarks/fit_risk.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from drift.errors import ModelError
from drift.judge.analysis import Analysis
from drift.judge.side import Side

__all__ = ["SCALARS", "SHIPPED", "Risk", "default_risk", "pair_features"]

SHIPPED = Path(__file__).parent.parent / "models" / "risk" / "risk.safetensors"
_RELATIONS = ("same", "synonym", "antonym", "derived", "hypernym", "hyponym", "sibling", "none")
_TAGS = ("NN", "NNP", "VB", "VBD", "VBG", "VBN", "VBZ", "VBP", "JJ", "RB", "IN", "DT", "PRP", "MD", "CD", "CC", "TO", "WP")
_FLAGS = 32
SCALARS = _FLAGS + len(_RELATIONS) + len(_TAGS)

Array = NDArray[np.float32]


def pair_features(pair: Analysis, basis: Array) -> tuple[Array, Array]:
    """Rows for the hypothesis network and for the reference network: (tokens, 6 * k + SCALARS), k columns of `basis`."""
    low_ref, low_hyp = pair.ref.vectors @ basis * 6.0, pair.hyp.vectors @ basis * 6.0
    hyp = _rows(pair.hyp, pair.ref, low_hyp, low_ref, pair.cosine.T, pair.to_ref, pair, from_hyp=True)
    ref = _rows(pair.ref, pair.hyp, low_ref, low_hyp, pair.cosine, pair.to_hyp, pair, from_hyp=False)
    return hyp, ref


def _rows(
    own: Side, other: Side, low_own: Array, low_other: Array, cosine: Array, links: dict[int, int], pair: Analysis, *, from_hyp: bool
) -> Array:
    n, m = cosine.shape
    if not n:
        return np.zeros((0, 6 * low_own.shape[1] + SCALARS), np.float32)
    if m:
        best = cosine.argmax(1)
        top = cosine[np.arange(n), best]
        second = np.partition(cosine, -2, axis=1)[:, -2] if m > 1 else np.zeros(n, np.float32)
    else:
        best, top, second = np.zeros(n, int), np.zeros(n, np.float32), np.zeros(n, np.float32)
        low_other = np.zeros((1, low_own.shape[1]), np.float32)
    match = np.array([links.get(k, int(best[k])) for k in range(n)])
    counterpart = low_other[match]
    zero = np.zeros((1, low_own.shape[1]), np.float32)
    before, after = np.concatenate([zero, low_own[:-1]]), np.concatenate([low_own[1:], zero])
    scalars = np.zeros((n, SCALARS), np.float32)
    left, right = _nearest(n, links), _nearest(n, links, forward=True)
    taken = set(links.values())
    for k in range(n):
        linked = links.get(k)
        word = own.words[k]
        row = scalars[k]
        row[0] = linked is not None
        row[1] = cosine[k, linked] if linked is not None else 0.0
        row[2], row[3] = top[k], second[k]
        row[4] = own.weight[k]
        row[5:11] = (own.content[k], own.name[k], own.in_quantity[k] >= 0, own.negator[k], own.auxiliary[k], own.is_word[k])
        row[11] = (k > 0 and own.words[k - 1] == word) or (k + 1 < n and own.words[k + 1] == word)
        row[12], row[13] = k == 0, k + 1 == n
        if linked is not None:
            row[14] = other.words[linked] == word
            row[15] = abs(k / n - linked / max(m, 1))
            row[16] = k > 0 and links.get(k - 1, -9) == linked - 1
            row[17] = k + 1 < n and links.get(k + 1, -9) == linked + 1
            row[18] = own.tags.tag[k] == other.tags.tag[linked]
            row[19] = own.tags.dep[k] == other.tags.dep[linked]
            row[20] = own.tokens[k].text == other.tokens[linked].text
            relation = pair.relation(linked, k) if from_hyp else pair.relation(k, linked)
            row[_FLAGS + _RELATIONS.index(relation)] = 1.0
        else:
            row[21] = k > 0 and (k - 1) not in links and own.is_word[k - 1]
            row[22] = k + 1 < n and (k + 1) not in links and own.is_word[k + 1]
        row[23] = 1.0 / (1 + n)
        low, high = left[k], right[k]
        if low >= 0 and high >= 0:  # what the other side has between the counterparts of this word's linked neighbours
            between = range(links[low] + 1, links[high])
            loose = sum(other.is_word[b] and b not in taken for b in between)
            row[24] = 1.0
            row[25] = float(np.clip((links[high] - links[low]) / 5, -1, 1))
            row[26] = min(high - low, 6) / 6
            row[27] = min(loose, 5) / 5
            row[28] = links[high] - links[low] == 1
            row[29] = links[high] < links[low]
        row[30] = low < 0
        row[31] = high < 0
        tag = own.tags.tag[k]
        at = _TAGS.index(tag) if tag in _TAGS else next((t for t, name in enumerate(_TAGS) if tag.startswith(name)), -1)
        if at >= 0:
            row[_FLAGS + len(_RELATIONS) + at] = 1.0
    return np.concatenate(
        [low_own, counterpart, np.abs(low_own - counterpart), low_own * counterpart / 4, before, after, scalars], axis=1
    )


def _nearest(n: int, links: dict[int, int], *, forward: bool = False) -> list[int]:
    """For each word the nearest linked word before it (or after it), -1 where there is none; the word itself does not count."""
    out, last = [-1] * n, -1
    for k in range(n - 1, -1, -1) if forward else range(n):
        out[k] = last
        if k in links:
            last = k
    return out


class Risk:
    """Both networks, from one safetensors file (float16): ``basis``, ``hyp.*``, ``ref.*``."""

    def __init__(self, path: Path = SHIPPED) -> None:
        from safetensors.numpy import load_file

        try:
            weights = load_file(path)
        except OSError as error:
            raise ModelError("DR405", f"the word-risk network {path} cannot be read; reinstall translation-drift") from error
        self._weights = {k: v.astype(np.float32) for k, v in weights.items()}
        self.basis: Array = self._weights["basis"]

    def of(self, pairs: Sequence[Analysis]) -> list[tuple[Array, Array]]:
        """For each pair the log-odds that each hypothesis word, and each reference word, is part of a drift."""
        out: list[tuple[Array, Array]] = []
        for pair in pairs:  # one at a time: the last bits of a matrix product depend on its number of rows
            hyp, ref = pair_features(pair, self.basis)
            out.append((self._odds("hyp", hyp), self._odds("ref", ref)))
        return out

    def _odds(self, which: str, rows: Array) -> Array:
        w = self._weights
        hidden = np.maximum(rows @ w[f"{which}.0.weight"].T + w[f"{which}.0.bias"], 0.0)
        odds: Array = np.round((hidden @ w[f"{which}.1.weight"].T + w[f"{which}.1.bias"])[:, 0], 3)
        return odds


@lru_cache(maxsize=1)
def default_risk() -> Risk:
    """The shipped networks, loaded once per process."""
    return Risk()
