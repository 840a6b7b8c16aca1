"""Paragraph -> sentences with exact offsets, for text whose quotes, stops and spaces cannot be trusted.

The boundaries of sentencex are taken on a masked text (quotes neutralised, invisible characters gone, line breaks as
blanks) and then corrected: joined after abbreviations, split at stops it misses and where sentences are glued together.
"""

from __future__ import annotations

import re

from drift.read.abbreviations import ABBREVIATIONS, CONJUNCTIONS, TITLES
from drift.read.glue import glued
from drift.read.paragraphs import CLOSERS

__all__ = ["split"]

LONG = 100  # words; a longer sentence is cut at semicolons, then at colons, where that leaves MIN_PART words each
MIN_PART = 8
STOPS = ".!?…。！？｡؟۔।॥։።‽"
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
QUOTES = "\"“”„‟«»‹›＂❝❞‘‚"  # not ’ and ': they stand inside words
CJK_STOP = re.compile(r"[。！？｡]+[」』”’）》〉】\"»]*")
CJK_GOES_ON = re.compile(r"と|って|など|という|、|，|,")
# a stop, perhaps quotes, a stray comma: "… our country ». , the Kremlin says"
DEBRIS = re.compile(rf"[.!?…][\s{re.escape(CLOSERS)}]*\s[,;]\s+(?=\w)")
ELLIPSIS = re.compile(rf"(?:…|\.\.\.)[.…]*[{re.escape(CLOSERS)}]*\s+(?=[{re.escape(CLOSERS)}—–-]*\s?[^\W\d_])")
STOP_LOWER = re.compile(rf"\w[.!?][\s{re.escape(CLOSERS)}]*\s+(?=[^\W\d_])")
INVERTED = re.compile(rf"[.!?…][{re.escape(CLOSERS)}]*\s+(?=[{re.escape(CLOSERS)}]*[¿¡])")
LEADING = re.compile(r"(?:[\s,;.:|•·*#>»”)\]」』]|[—–-](?=[\s—–-]))+")
WORD = re.compile(r"\w")


def split(text: str, language: str | None) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of one paragraph, in order, not overlapping, without surrounding blanks.

    Dashes, bullets and stray stops before a sentence belong to none; a stretch without a letter or digit is none.
    """
    masked, positions = _mask(text)
    cuts = _cuts(masked, language or "en")
    edges = [0, *sorted(cut for cut in cuts if 0 < cut < len(masked)), len(masked)]
    spans = [_trim(masked, a, b) for a, b in zip(edges, edges[1:], strict=False)]
    parts = [part for a, b in spans if WORD.search(masked[a:b]) for part in _shorten(masked, a, b)]
    return [(positions[a], positions[b - 1] + 1) for a, b in parts]


def _mask(text: str) -> tuple[str, list[int]]:
    """The text without invisible characters and with blanks for line breaks, and where each character came from."""
    positions = [i for i, c in enumerate(text) if not INVISIBLE.match(c)]
    return "".join(" " if text[i].isspace() else text[i] for i in positions), positions


def _cuts(text: str, language: str) -> set[int]:
    """Where sentences begin, as offsets into the masked text."""
    if language in ("zh", "ja"):
        cuts = {m.end() for m in CJK_STOP.finditer(text) if not CJK_GOES_ON.match(text, m.end())}
        return cuts | {cut for cut in _boundaries(text, language) if text[cut - 1].isspace()}
    cuts = {_past_closers(text, cut) for cut in _boundaries(text, language)}
    cuts = {cut for cut in cuts if not _joins(text, cut, language)}
    cuts |= {m.end() for m in DEBRIS.finditer(text)}
    cuts |= {m.end() for m in INVERTED.finditer(text)}
    cuts |= {m.end() for m in ELLIPSIS.finditer(text) if text[m.end() :].lstrip(CLOSERS + "—–- ")[:1].isupper()}
    cuts |= {m.end() for m in STOP_LOWER.finditer(text) if not _joins(text, m.end(), language) and _starts_lower(text, m.end())}
    cuts |= {m.end() for m in CJK_STOP.finditer(text)}
    return cuts | set(glued(text, language))


def _boundaries(text: str, language: str) -> list[int]:
    """Offsets where sentencex begins a new sentence, quotes not protecting anything."""
    import sentencex

    neutral = "".join(" " if c in QUOTES else c for c in text)
    cuts, at = [], 0
    for sentence in sentencex.segment(language, neutral):
        at += len(sentence)
        cuts.append(at)
    return cuts if at == len(text) else []


def _past_closers(text: str, cut: int) -> int:
    """Move a boundary past the quotes that close the sentence before it: attached to its stop, or set off by blanks."""
    before = len(text[:cut].rstrip())
    while before > 0 and text[before - 1] in CLOSERS:  # the boundary was drawn behind an opening quote
        before -= 1
    before = len(text[:before].rstrip())
    match = re.compile(rf"[{re.escape(CLOSERS)}]*(?:\s+[”»)\]“«\"](?=\s|$))*").match(text, before)
    end = match.end() if match else before
    return end + len(text[end:]) - len(text[end:].lstrip())


def _joins(text: str, cut: int, language: str) -> bool:
    """Whether no sentence ends before `cut` after all: an abbreviation, an initial, a sentence that just goes on."""
    before = text[:cut].rstrip().rstrip(CLOSERS + " ")
    after = text[cut:].lstrip(CLOSERS + "—–- ")
    if not after or not before.endswith("."):
        return bool(after) and after[0].islower() and before[-1:] in STOPS
    token = re.split(rf"[\s{re.escape(CLOSERS)}]", before)[-1].rstrip(".")
    last = token.rpartition(".")[2]
    if token in TITLES or last in TITLES or last in ABBREVIATIONS.get(language, ()):
        return not _is_ellipsis(before)
    if language != "en" and len(last) == 1 and last.isupper() and not before.endswith(".."):
        return True
    if after[0].islower():
        word = re.match(r"\w+", after)
        goes_on = word is not None and word[0] in CONJUNCTIONS
        return len(last) < 4 or goes_on or before.endswith("..") or not last.isalpha()
    return False


def _is_ellipsis(before: str) -> bool:
    return before.endswith("..")


def _starts_lower(text: str, cut: int) -> bool:
    return text[cut:].lstrip(CLOSERS)[:1].islower() and text[:cut].rstrip(CLOSERS + " ").endswith(".")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without blanks at its ends and without debris before its first word; opening quotes stay."""
    leading = LEADING.match(text, start, end)
    if leading:
        start = leading.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _shorten(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A span, cut at its semicolons and then at its colons while it has more than LONG words."""
    for mark in ("[;；]", "[:：]"):
        if len(text[start:end].split()) <= LONG:
            break
        cuts = [m.end() for m in re.compile(rf"{mark}\s+").finditer(text, start, end)]
        for cut in sorted(cuts, key=lambda c: abs(c - (start + end) / 2)):
            if min(len(text[start:cut].split()), len(text[cut:end].split())) >= MIN_PART:
                left, right = _trim(text, start, cut), _trim(text, cut, end)
                return [*_shorten(text, *left), *_shorten(text, *right)]
    return [(start, end)]
