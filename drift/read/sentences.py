"""Paragraph -> sentences with exact offsets, for text whose quotes, stops and spaces cannot be trusted.

The boundaries of sentencex are taken on a masked text (quotes neutralised, invisible characters gone, line breaks as
blanks) and then corrected: joined after abbreviations, split at stops it misses and where sentences are glued together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from drift.read.abbreviations import ABBREVIATIONS, CONJUNCTIONS, PARTICLES, TITLES
from drift.read.glue import common_words, glued
from drift.read.paragraphs import CLOSERS

__all__ = ["split"]

LONG = 100  # words; a longer sentence is cut at semicolons, then at colons, where that leaves MIN_PART words each
MIN_PART = 8
WINDOW = 80  # characters around a boundary that decide about it
STOPS = ".!?…。！？｡؟۔।॥։።‽"
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
QUOTES = "\"“”„‟«»‹›＂❝❞‘‚"  # not ’ and ': they stand inside words
BLANK_QUOTES = str.maketrans(dict.fromkeys(QUOTES, " "))
CLOSING_SINGLE = re.compile(r"(?<=[.!?…])['’]")
MARKS = re.escape(CLOSERS)
CLOSING_APART = "”»)]"  # behind a stop and a blank, these close: « Oui. » the others open: . « Non
ATTACHED = re.compile(rf"[{MARKS}]*")
OPENING = "«“„‟‹‘‚「『《〈（("
CJK_STOP = re.compile(r"[。！？｡]+[」』”’）》〉】\"»]*")
CJK_GOES_ON = re.compile(r"[”’」』]*(?:と|って|など|という|、|，|,)")
# a stop, perhaps quotes, a stray comma: "… of the country ». , the minister says"
DEBRIS = re.compile(rf"[.!?…][\s{MARKS}]*\s[,;]\s+(?=\w)")
ELLIPSIS = re.compile(rf"(?<![.…])(?:…|\.\.\.)[.…]*[{MARKS}]*\s+")
STOP = re.compile(rf"(?<=\w)[.!?][{MARKS}]*\s+")
INVERTED = re.compile(rf"[.!?…][{MARKS}]*\s+(?=[{MARKS}]*[¿¡])")
LEADING = re.compile(r"(?:[\s,;.:|•·*#>]|[»”)\]」』](?=\s)|[—–-](?=[\s—–-]))+")
TRAILING = re.compile(rf"(?<=[.!?…{MARKS}])\s+[,;]+$")
WORD = re.compile(r"\w")
# what introduces a quotation: "… told the paper: “The crowd", "says that “after that"
LEAD_IN = re.compile(r"(?:(?<=\w)(?:\s*:|,)?\s+|(?<=qu[’']))(?=[«“„]\s*\w)")
LEAD_WORDS, QUOTED_WORDS = 4, 6
NUMBERING = re.compile(r"\(?\d{1,3}[.)]")  # "1." before the item of a list
# languages that write an ordinal as a figure and a stop: "am 7. Januar"
ORDINAL_STOPS = frozenset(("de", "da", "no", "is", "fi", "et", "lv", "cs", "sk", "sl", "hr", "bs", "sr", "hu", "tr"))


def split(text: str, language: str | None) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of one paragraph, in order, not overlapping, without surrounding blanks.

    Dashes, bullets and stray stops before a sentence belong to none; a stretch without a letter or digit is none.
    """
    masked, positions = _mask(text)
    cuts = _cuts(masked, language or "en")
    edges = [0, *sorted(cut for cut in cuts if 0 < cut < len(masked)), len(masked)]
    spans = _join_numbering(masked, [_trim(masked, a, b) for a, b in pairwise(edges)])
    parts = [part for a, b in spans if WORD.search(masked, a, b) for part in _shorten(masked, a, b)]
    return [(positions[a], positions[b - 1] + 1) for a, b in parts]


def _mask(text: str) -> tuple[str, Sequence[int]]:
    """Return the text without invisible characters with blanks for line breaks, and each one's place in it."""
    blanked = re.sub(r"\s", " ", text)
    if INVISIBLE.search(blanked) is None:
        return blanked, range(len(text))
    positions = [i for i, c in enumerate(blanked) if not INVISIBLE.match(c)]
    return "".join(blanked[i] for i in positions), positions


def _cuts(text: str, language: str) -> set[int]:
    """Where sentences begin, as offsets into the masked text."""
    if language in ("zh", "ja"):
        cuts = {m.end() for m in CJK_STOP.finditer(text) if not CJK_GOES_ON.match(text, m.end())}
        return cuts | {cut for cut in _boundaries(text, language) if text[cut - 1 : cut].isspace()}
    cuts = {_past_closers(text, cut) for cut in _boundaries(text, language)}
    cuts = {cut for cut in cuts if not _joins(text, cut, language)}
    cuts |= {m.end() for m in DEBRIS.finditer(text)}
    cuts |= {m.end() for m in CJK_STOP.finditer(text)}
    cuts |= {m.end() for m in LEAD_IN.finditer(text) if _introduces(text, m.end())}
    more = [m.end() for mark in (INVERTED, ELLIPSIS) for m in mark.finditer(text) if not _lower_after(text, m.end())]
    more += [m.end() for m in STOP.finditer(text) if _missed(text, m.start(), m.end(), language)]
    return cuts | {_past_closers(text, cut) for cut in more} | set(glued(text, language))


def _boundaries(text: str, language: str) -> list[int]:
    """Offsets where sentencex begins a new sentence, quotes not protecting anything."""
    import sentencex

    neutral = CLOSING_SINGLE.sub(" ", text.translate(BLANK_QUOTES))
    cuts, at = [], 0
    for sentence in sentencex.segment(language, neutral):
        at += len(sentence)
        if sentence[-1:].isspace():  # else it stands inside an address, or is glued
            cuts.append(at)
    return cuts if at == len(text) else []


def _introduces(text: str, cut: int) -> bool:
    """Whether a quotation that begins at `cut` is a sentence of its own: long, after a lead-in, and not closed before a stop.

    An excerpt in another article is introduced ("he told the paper: “The crowd gathered …”"); left together, lead-in and
    quotation would never match the sentence they quote.
    """
    before = re.split(r"[.!?…]\s", text[:cut])[-1]
    quoted = re.split(r"[.!?…](?:[\s»”]|$)|[»”]", text[cut + 1 :], maxsplit=1)[0]
    closed_early = re.match(r"[^.!?…]*[»”]\s*,?\s*\w", text[cut + 1 :]) is not None
    colon = text[:cut].rstrip().endswith(":")
    long_enough = len(quoted.split()) >= (LEAD_WORDS if colon else QUOTED_WORDS)
    return len(before.split()) >= LEAD_WORDS and long_enough and not closed_early


def _past_closers(text: str, cut: int) -> int:
    """Move a boundary to just after the quotes that close the sentence before it.

    A quote attached to the stop closes, whatever its shape, unless it opens the next word ("end.“Next"). Set off by
    blanks, its shape tells; of a straight one, whether an odd number of them stands before it.
    """
    end = cut
    while end > 0 and (text[end - 1].isspace() or text[end - 1] in CLOSERS):
        end -= 1
    while end < len(text) and text[end] in CLOSERS and not (text[end] in OPENING and text[end + 1 : end + 2].isalnum()):
        end += 1
    while True:
        at = end
        while at < len(text) and text[at].isspace():
            at += 1
        mark, beyond = text[at : at + 1], text[at + 1 : at + 2]
        closes = mark != "" and mark in CLOSING_APART and not beyond.isalnum()
        if mark == '"' and not beyond.isalnum() and text.count('"', max(0, at - 2000), at) % 2:
            closes = True
        if not closes:
            return at
        end = at + 1


def _joins(text: str, cut: int, language: str) -> bool:
    """Whether no sentence ends before `cut` after all: an abbreviation, an initial, a sentence that just goes on."""
    before = text[max(0, cut - WINDOW) : cut].rstrip(CLOSERS + " ")
    after = text[cut : cut + WINDOW].lstrip(CLOSERS + "—–- ")
    if not after:
        return False
    if not before.endswith("."):
        return after[0].islower() and before[-1:] in STOPS
    if before.endswith(".."):
        return after[0].islower()
    tokens = re.split(rf"[\s{MARKS}]+", before)
    last = re.sub(r"^\W+", "", tokens[-1].rstrip(".").rpartition(".")[2])
    word = re.match(r"\w+", after)
    following = word[0] if word else ""
    if last in TITLES:
        return True
    opens = following[:1].isupper() and following not in PARTICLES and following.casefold() in common_words(language)
    if last in ABBREVIATIONS.get(language, ()):
        chained = len(tokens) > 1 and re.fullmatch(r"\w{1,2}\.", tokens[-2]) is not None  # "z. B.", "т. е."
        return chained or not opens
    if language != "en" and len(last) == 1 and last.isalpha() and not last.islower():
        return True  # an initial
    if last.isdigit() and len(last) <= 2 and language in ORDINAL_STOPS and following[:1].isalpha():
        return not opens
    if following[:1].islower():
        return len(last) < 4 or not last.isalpha() or following in CONJUNCTIONS
    return False


def _join_numbering(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put the number of a list's item and the item together again."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and NUMBERING.fullmatch(text, *joined[-1]) and WORD.search(text, start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _lower_after(text: str, cut: int) -> bool:
    following = text[cut : cut + WINDOW].lstrip(CLOSERS + "—–-¿¡ ")[:1]
    return not (following.isupper() or following.isdigit() or (following.isalpha() and not following.islower()))


def _missed(text: str, stop: int, cut: int, language: str) -> bool:
    """Whether a stop that sentencex passes over ends a sentence: "all that. in fact", "to me. I know", "No. This"."""
    following = text[cut : cut + WINDOW].lstrip(CLOSERS)[:1]
    if not following.isalnum() or _joins(text, cut, language):
        return False
    if following.islower():
        return text[stop] == "."
    word = re.search(r"(?<![\w.])[^\W\d_]{2,}$", text[max(0, stop - WINDOW) : stop])
    if word is None:
        return False
    if following.isdigit():
        return len(word[0]) >= 4 and word[0].islower()
    return word[0].casefold() in common_words(language)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without blanks at its ends and without debris before its first word; opening quotes stay."""
    leading = LEADING.match(text, start, end)
    if leading:
        start = leading.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    trailing = TRAILING.search(text, max(start, end - WINDOW), end)
    return start, trailing.start() if trailing else end


def _shorten(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a span at its semicolons, then at its colons, while it has more than LONG words."""
    for mark in ("[;；]", "[:：]"):
        if len(text[start:end].split()) <= LONG:
            break
        cuts = [m.end() for m in re.compile(rf"{mark}\s+").finditer(text, start, end)]
        for cut in sorted(cuts, key=lambda c: (abs(2 * c - start - end), c)):
            if min(len(text[start:cut].split()), len(text[cut:end].split())) >= MIN_PART:
                left, right = _trim(text, start, cut), _trim(text, cut, end)
                return [*_shorten(text, *left), *_shorten(text, *right)]
    return [(start, end)]
