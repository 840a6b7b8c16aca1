"""What each foreign word is usually translated by, for the languages of the models that come with drift.

The lists are counted from the sentence pairs the models were trained on (`drift.translate.training.words`); they know no context.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

__all__ = ["FILE", "Glossary", "glossary_for", "open_glossary"]

FILE: Final = "words.tsv.gz"  # beside a model's weights
_MODELS: Final = Path(__file__).parent.parent / "models"
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Glossary:
    """Source words and what they are translated by, case-folded; a word that is split by an apostrophe is two."""

    translations: Mapping[str, Mapping[str, float]]  # source word -> target word -> probability, 0..1
    targets: frozenset[str]  # every target word that translates something

    def of(self, text: str) -> dict[str, Mapping[str, float]]:
        """The words of a source sentence that the list has, as written, with their translations."""
        found = {m.group(): self.translations.get(m.group().casefold()) for m in _WORD.finditer(text)}
        return {word: others for word, others in found.items() if others}


@lru_cache(maxsize=4)
def open_glossary(path: Path) -> Glossary | None:
    """Read a list; None where there is none."""
    if not path.is_file():
        return None
    translations: dict[str, dict[str, float]] = {}
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        word, _, others = line.partition("\t")
        translations[word] = {other: float(share) for other, _, share in (o.partition(":") for o in others.split())}
    return Glossary(translations, frozenset(other for others in translations.values() for other in others))


def glossary_for(source: str, target: str = "en") -> Glossary | None:
    """The list that comes with drift for two ISO 639-1 codes, read once per process; None where there is none."""
    return open_glossary(_MODELS / f"{source}-{target}" / FILE) if re.fullmatch("[a-z]{2}", source) else None
