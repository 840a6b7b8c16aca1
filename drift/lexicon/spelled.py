"""Numbers in words, as text2num reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["spelled_numbers"]


@dataclass(frozen=True)
class _Word:
    """What text2num reads: an object with a ``text()`` method."""

    norm: str

    def text(self) -> str:
        return self.norm

    def nt_separated(self, previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return not self.norm[:1].isalpha()


@lru_cache(maxsize=65536)
def _counting(word: str) -> bool:
    """Whether text2num takes the word alone for a number; where it takes none of a sentence's words, there is nothing to read."""
    from text_to_num import find_numbers

    return bool(find_numbers([_Word(word)], "en", threshold=0.0))


def spelled_numbers(words: Sequence[str], taken: Sequence[bool]) -> Iterator[tuple[str, int, int]]:
    """(what it reads, in digits; start; end) of every number in words; `taken`: words that are part of another value."""
    from text_to_num import find_numbers

    if any(_counting(w) and not used for w, used in zip(words, taken, strict=True)):
        stream = [_Word("," if used else w) for w, used in zip(words, taken, strict=True)]
        for hit in find_numbers(stream, "en", threshold=0.0):
            yield str(hit.text), int(hit.start), int(hit.end)
