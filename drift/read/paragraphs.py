"""Text -> paragraphs: where a line break ends a paragraph and where it merely wraps a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["ENDS_SENTENCE", "Paragraph", "paragraphs"]

CLOSERS = "\"'”’‘‚»«“„‟‹›)]}）」』】〉》＂"  # also the opening marks: mismatched quotes close with them
# the end of a line that ends a sentence, whatever quotes and blanks stand around the stop
ENDS_SENTENCE = re.compile(rf"[.!?…。！？｡؟۔।॥։።︒‽][\s{re.escape(CLOSERS)}]*$")
SHORT_LINE = 40  # characters; a line shorter than this was not broken by a margin
MARGIN = 160  # characters; a text with longer lines is not wrapped at a margin


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the stored text without surrounding blanks, one or more lines long."""

    start: int
    end: int
    text: str  # == stored[start:end], line breaks included
    block: int  # paragraphs with no blank line between them share a block

    @property
    def ends_sentence(self) -> bool:
        return ENDS_SENTENCE.search(self.text) is not None


def paragraphs(text: str) -> list[Paragraph]:
    """Every paragraph of a stored text, in order; together they hold all its characters but blanks.

    A line break ends a paragraph unless (1) the next line goes on in lower case where the line before had no stop, or
    (2) the text is wrapped at a margin and the next word would not have fitted on the line before.
    """
    lines = _lines(text)
    margin = _margin(lines)
    merged: list[Paragraph] = []
    for line in lines:
        before = merged[-1] if merged else None
        if before is not None and before.block == line.block and _goes_on(before.text, line.text, margin):
            merged[-1] = Paragraph(before.start, line.end, text[before.start : line.end], line.block)
        else:
            merged.append(line)
    return merged


def _lines(text: str) -> list[Paragraph]:
    lines, start, block = [], 0, 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            at = start + len(raw) - len(raw.lstrip())
            lines.append(Paragraph(at, at + len(stripped), stripped, block))
        else:
            block += 1
        start += len(raw) + 1
    return lines


def _margin(lines: list[Paragraph]) -> int | None:
    """Find the column at which a text is wrapped, None where its lines are paragraphs of their own.

    A wrapped text fills its lines: nearly every break inside a block stands where the next word would not have fitted.
    """
    breaks = [(a.text, b.text) for a, b in pairwise(lines) if a.block == b.block]
    widest = max((len(line.text) for line in lines), default=0)
    if len(breaks) < 3 or widest > MARGIN or widest < SHORT_LINE:
        return None
    full = sum(_overflows(before, after, widest - 4) for before, after in breaks)
    return widest - 4 if full >= 0.7 * len(breaks) else None


def _overflows(before: str, after: str, margin: int) -> bool:
    return len(before) + 1 + len(after.split(maxsplit=1)[0]) > margin


def _goes_on(before: str, after: str, margin: int | None) -> bool:
    last = before.rpartition("\n")[2]
    if margin is not None and _overflows(last, after, margin):
        return True
    first = after.lstrip(CLOSERS)[:1]
    return len(last) >= SHORT_LINE and first.islower() and ENDS_SENTENCE.search(before) is None
