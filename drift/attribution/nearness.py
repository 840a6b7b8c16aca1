"""Cross-lingual likeness: whether the source sentence is nearer to the reference or to its own translation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from drift.attribution.case import Case, Fact

if TYPE_CHECKING:
    from drift.align.encoders import SentenceEncoder

__all__ = ["Nearness", "measure"]

_UNIT: Final = 0.1  # difference of two cosines for a fact of size 1
_CLEAR: Final = 0.05  # difference that is worth saying


@dataclass(frozen=True, slots=True)
class Nearness:
    """Unit vectors by sentence."""

    vectors: Mapping[str, Any]

    def facts(self, case: Case) -> Iterator[Fact]:
        """The source against the reference, and against the translation with the reference's words put back."""
        source, reference, copy = (self.vectors[t] for t in (case.source, case.reference, case.hypothesis))
        nearer = float(source @ reference - source @ copy)
        said = ""
        if abs(nearer) > _CLEAR:
            said = f"the original is nearer to {'the reference' if nearer > 0 else 'its translation'} in meaning"
        yield Fact("nearer_reference", _clip(nearer), said)
        yield Fact("likeness", round(float(source @ reference), 4))
        exchanged = case.with_reference_words()
        if exchanged is not None and exchanged != case.hypothesis:
            better = float(source @ self.vectors[exchanged] - source @ copy)
            yield Fact(
                "nearer_exchanged",
                _clip(better),
                "with the reference's words the translation is nearer to the original" if better > _CLEAR else "",
            )


def measure(cases: Sequence[Case], encoder: SentenceEncoder) -> Nearness | None:
    """Embed every sentence once; None where the encoder does not know the language."""
    known = [c for c in cases if not encoder.languages or c.language in encoder.languages]
    if len(known) < len(cases) or not cases:
        return None
    texts = dict.fromkeys(
        t for c in cases for t in (c.source, c.reference, c.hypothesis, c.with_reference_words()) if t is not None
    )
    return Nearness(dict(zip(texts, encoder.encode(list(texts)), strict=True)))


def _clip(difference: float) -> float:
    return round(max(-2.0, min(2.0, difference / _UNIT)), 4)
