"""Whether two English words are translated alike, as counted by way of French (`drift.translate.training.pivots`)."""

from __future__ import annotations

import gzip
import math
from functools import lru_cache
from pathlib import Path
from typing import Final

from drift.errors import ModelError
from drift.lexicon.lemmas import lemmas

__all__ = ["lemma_of", "translated_alike"]

_TABLE: Final = Path(__file__).parent.parent / "models" / "paraphrase" / "pivots.tsv.gz"
_NONE: Final = 0.001  # probability from which there is anything to say


@lru_cache(maxsize=65536)
def lemma_of(word: str) -> str:
    """One lemma of a (case-folded) word, always the same: rather another form than itself, then the shortest."""
    return min(lemmas(word), key=lambda w: (w == word, len(w), w))


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Lemma -> its line, read when it is asked for: a sentence needs a dozen of thirty thousand."""
    try:
        text = gzip.decompress(_TABLE.read_bytes()).decode("utf-8")
    except OSError as error:
        raise ModelError("DR403", f"the paraphrase table {_TABLE} cannot be read; reinstall translation-drift") from error
    return dict(line.split("\t", 1) for line in text.splitlines())


@lru_cache(maxsize=32768)
def _others(lemma: str) -> dict[str, float] | None:
    line = _table().get(lemma)
    return None if line is None else {other: float(share) for other, _, share in (o.partition(":") for o in line.split())}


@lru_cache(maxsize=65536)
def translated_alike(a: str, b: str) -> tuple[float, float]:
    """How often two (case-folded) words stand for one another, and whether the table knows both (1.0) or not (0.0).

    The first is in 0..1, by the logarithm of the probability: 0.001 and less is 0, 0.03 is a half, 1 is 1.
    """
    one, two = lemma_of(a), lemma_of(b)
    if one == two:
        return 1.0, 1.0
    first, second = _others(one), _others(two)
    if first is None or second is None:
        return 0.0, 0.0
    share = max(first.get(two, 0.0), second.get(one, 0.0))
    return (round(1 - math.log10(share) / math.log10(_NONE), 3) if share > _NONE else 0.0), 1.0
