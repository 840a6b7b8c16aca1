"""What every translation engine is: one protocol, no knowledge of drift."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from drift.records import Translation

__all__ = ["Progress", "Translator"]

Progress = Callable[[int], None]  # called with the number of sentences done since the last call


@runtime_checkable
class Translator(Protocol):
    """An MT engine with one model loaded, translating one sentence at a time into one language."""

    engine: str  # "transformers", "ctranslate2", "apertium", "identity"
    model: str  # hub id, folder name or language pair
    revision: str | None  # hub commit, or a digest of local weights: two equal triples give equal output
    source: str  # ISO 639-1
    target: str  # ISO 639-1, "en" for back-translation

    def translate(self, sentences: Sequence[str], *, progress: Progress | None = None) -> list[Translation]:
        """One translation per sentence, same order and length; the result does not depend on what is beside it."""
        ...

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[list[tuple[str, float]]] | None:
        """Forced decoding: for each pair the target's (token, natural log-probability) given the source.

        Tokens keep the engine's own spelling with "▁" for a space in front. None: this engine cannot score.
        """
        ...
