"""Which parts of a stored text are the site's and not the article's.

Only the two ends are judged by their company; the body loses no more than lines that are furniture word for word. A cue
alone cuts nothing: an end is cut where a known heading or button opens a stretch without running prose of its own.
In doubt a line stays: an addition wrongly reported is seen by the reader, a sentence wrongly cut is not.
(Cues after Kohlschütter et al. 2010, "Boilerplate detection using shallow text features": length, stops, position.)
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from drift.read.language import DENSE
from drift.read.paragraphs import Paragraph
from drift.read.phrases import Furniture, byline, date_line, furniture
from drift.read.tongues import Tongues

__all__ = ["find_boilerplate"]

# Kinds that are furniture wherever they stand; an appeal looks like prose, and prose may look like an appeal.
CERTAIN: tuple[Furniture, ...] = ("opener", "comments", "button")
PROSE = 12  # words with a stop at the end: running text
LONG = 25  # words: running text without a stop, too
SHORT = 5  # words of a line in a masthead
MASTHEAD = 3  # lines; fewer are no masthead
TITLE = 4  # words; a shorter line that comes twice is not a title
LONGEST_TITLE = 300  # characters
TRUNCATED = re.compile(r"(?:…|\.\.\.|\[[….]+\])\s*$")
SITE = re.compile(r"\s+(?:[–—|·•-]|::)\s+(?:[\w-]+\.)+[a-z]{2,}$")  # "Title – example.com"
SITE_NAME = re.compile(r"\s+\|\s+[^|]{2,40}$")  # "Title | The Example"


@dataclass(frozen=True, slots=True)
class _Line:
    """One paragraph and the cues it gives."""

    block: Paragraph
    words: int
    kind: Furniture | None
    foreign: bool
    date: bool

    @property
    def prose(self) -> bool:
        return self.kind is None and (self.words >= LONG or (self.words >= PROSE and self.block.ends_sentence))

    @property
    def truncated(self) -> bool:
        return self.words >= PROSE and TRUNCATED.search(self.block.text) is not None


def find_boilerplate(blocks: list[Paragraph], tongues: Tongues) -> list[tuple[int, int]]:
    """Half-open spans of boilerplate in the stored text: whole paragraphs, and the site's name behind a title."""
    lines = [_look(block, index in tongues.foreign) for index, block in enumerate(blocks)]
    body = next((i for i, line in enumerate(lines) if line.prose), len(lines))
    if body == len(lines):  # no running text: a list of short lines is all the article there is
        body = 0
    tail = _tail(lines, body)
    junk = _head(lines[:body], tongues.document) | set(range(tail, len(lines)))
    junk -= {i for i in range(tail, min(tail + 3, len(lines))) if lines[i].date}
    junk |= {i for i, line in enumerate(lines[:tail]) if i >= body and line.kind in CERTAIN}
    if len(junk) == len(lines):
        return []
    spans = [(blocks[i].start, blocks[i].end) for i in sorted(junk)]
    first = next(i for i in range(len(lines)) if i not in junk)
    return sorted(spans + (_site_name(lines[first]) if first < max(body, 1) else []))


def _look(block: Paragraph, foreign: bool) -> _Line:
    dense = len(DENSE.findall(block.text))
    words = len(block.text.split()) + dense // 2
    date = date_line(block.text)
    kind = furniture(block.text)
    # "07/01/2022 18:43" has no word in it, but a changed date is something to find
    return _Line(block, words, None if date and kind == "weak" else kind, foreign, date)


def _head(head: list[_Line], language: str | None) -> set[int]:
    """Find furniture before the first running text: mastheads, buttons, bylines, a title said twice."""
    junk = {i for i, line in enumerate(head) if line.kind in (*CERTAIN, "weak")}
    seen: dict[str, int] = {}
    for i, line in enumerate(head):
        key = unicodedata.normalize("NFKC", " ".join(line.block.text.split())).casefold()
        if line.words >= TITLE and key in seen:
            junk.add(i)
            if all(before.words <= SHORT for before in head[: seen[key]]):
                junk |= set(range(seen[key]))  # what stands above a title that comes again is the site's
        seen.setdefault(key, i)
    junk |= _masthead(head)
    bylines = {i for i, line in enumerate(head) if i > 0 and byline(line.block.text, language)}
    # "from Jane Doe" is a byline beside another one only
    for i, line in enumerate(head):
        names = line.block.text.split()[1:]
        if i - 1 in bylines and re.match(r"(?:from|in|at)\s", line.block.text, re.I) and 1 <= len(names) <= 4:
            bylines |= {i} if all(name[0].isupper() for name in names) else set()
    return junk | bylines


def _masthead(head: list[_Line]) -> set[int]:
    """Find the first lines, where they are a stack of very short ones with a longer title apart from them below."""
    stack = [i for i, line in enumerate(head) if line.block.block == head[0].block.block]
    below = head[len(stack) :]
    if len(stack) < MASTHEAD or not below:
        return set()
    longest = max(head[i].words for i in stack)
    title = below[0].words > max(longest, SHORT) and not below[0].block.ends_sentence
    return set(stack) if longest <= SHORT and title else set()


def _tail(lines: list[_Line], body: int) -> int:
    """Index of the first line of the end matter; the number of lines where there is none."""
    end = _foreign_tail(lines)
    for i in range(body + 1, len(lines)):
        line = lines[i]
        if line.kind is not None and _is_end_matter(lines, i, line.kind):
            return _weak_before(lines, i, body)
    return end


def _weak_before(lines: list[_Line], start: int, body: int) -> int:
    """Take in counters and names of networks that stand directly before the end matter."""
    while start - 1 > body and lines[start - 1].kind is not None:
        start -= 1
    return start


def _is_end_matter(lines: list[_Line], start: int, kind: Furniture) -> bool:
    """Whether everything from `start` on is the site's: markers outweigh what could be running text."""
    rest = lines[start:]
    prose = [i for i, line in enumerate(rest) if _own_prose(rest, i)]
    own = sum(rest[i].words for i in prose)
    before = sum(line.words for line in lines[:start] if line.prose)
    markers = sum(line.kind is not None for line in rest)
    if (kind == "weak" or (kind == "appeal" and rest[0].words >= PROSE)) and markers < 2:
        return False  # alone, it may be the article's own
    if kind in ("button", "weak") and _says_something(rest):
        return False  # a button between two paragraphs
    if kind == "comments" and own <= before:
        return True  # what readers wrote may be long
    if any(0 < line.words < PROSE and line.block.ends_sentence and line.kind is None for line in rest[-1:]):
        return False  # short sentences at the very end: the last words of an interview
    return len(prose) * 2 <= markers and own * 5 <= before


def _says_something(rest: list[_Line]) -> bool:
    """Whether the first line after the markers is a sentence, however short, and no teaser."""
    first = next((i for i, line in enumerate(rest) if line.kind is None and not line.date), None)
    if first is None or rest[first].foreign or rest[first].truncated:
        return False
    teaser = first + 1 < len(rest) and rest[first + 1].kind == "button"
    return rest[first].block.ends_sentence and not teaser


def _own_prose(rest: list[_Line], i: int) -> bool:
    """Whether a line after a marker reads like running text of the article: no teaser, appeal or other language."""
    line = rest[i]
    if not line.prose or line.foreign or line.truncated:
        return False
    teaser = i + 1 < len(rest) and rest[i + 1].kind == "button"  # "… Read more"
    appeal = any(before.kind in ("appeal", "notice") for before in rest[max(0, i - 1) : i])
    return not (teaser or appeal)


def _foreign_tail(lines: list[_Line]) -> int:
    """Where a run of paragraphs in unrelated languages ends the document, without any heading above it."""
    start = len(lines)
    for i in range(len(lines) - 1, 0, -1):
        if lines[i].foreign or lines[i].kind is not None:
            start = i
        elif i + 1 != start or lines[i].block.ends_sentence or lines[i].words >= PROSE:
            break  # one line like a title is passed over, two are the article's
    while start < len(lines) and not (lines[start].foreign or lines[start].kind is not None):
        start += 1
    foreign = sum(line.words for line in lines[start:] if line.foreign)
    total = sum(line.words for line in lines)
    return start if foreign and foreign * 3 <= total else len(lines)


def _site_name(line: _Line) -> list[tuple[int, int]]:
    """Find the name of the site behind a title, without the dash or bar before it being left over."""
    title = line.block
    if line.date or len(title.text) > LONGEST_TITLE:
        return []
    for pattern in (SITE, SITE_NAME):
        match = pattern.search(title.text)
        if match and len(title.text[: match.start()].split()) >= TITLE and not title.ends_sentence:
            return [(title.start + match.start(), title.end)]
    return []
