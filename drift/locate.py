"""Where a stretch of a pair's text stands in the stored article.

A pair's text is a bead's sentences as compared, joined by one space. Where they are the copy's own words every stretch
has an exact place; where they are a back-translation only what survives translation can be found: names and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from drift.records import Copy, Sentence, Span

__all__ = ["copy_place", "in_translation", "pair_text", "stored_place"]

TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
LIKE: Final = 80.0  # rapidfuzz ratio from which two spellings are the same name
SHORTEST: Final = 4  # letters; shorter names must be equal


def pair_text(sentences: Sequence[Sentence]) -> str:
    """The text that is judged: the sentences as compared, joined by one space; line ends inside them are spaces."""
    return " ".join(s.english for s in sentences).replace("\n", " ")


def copy_place(copy: Copy, sentences: Sequence[Sentence], span: Span | None) -> Span | None:
    """The place of a stretch of `pair_text(sentences)` in the stored text, or None where it cannot be told."""
    if span is None or not sentences:
        return None
    if any(s.translation is not None for s, _, _ in _touched(sentences, span)):
        return _found_in_source(copy, sentences, span)
    return stored_place(copy, sentences, span)


def stored_place(copy: Copy, sentences: Sequence[Sentence], span: Span) -> Span | None:
    """The same for sentences that are compared in their own words: exact, None only for an empty stretch."""
    touched = _touched(sentences, span)
    if not touched:
        return None
    first, first_start, _ = touched[0]
    last, _, last_end = touched[-1]
    start, end = first.start + first_start, last.start + last_end
    return Span(start, end, copy.text[start:end]) if start < end else None


def in_translation(sentences: Sequence[Sentence], span: Span | None) -> Span | None:
    """The span itself where any of these sentences is a translation: it points into them joined by one space."""
    return span if any(s.translation is not None for s in sentences) else None


def _touched(sentences: Sequence[Sentence], span: Span) -> list[tuple[Sentence, int, int]]:
    """The sentences a stretch of their joined text touches, and from where to where inside each."""
    touched = []
    offset = 0
    for sentence in sentences:
        length = len(sentence.english)
        start, end = max(span.start - offset, 0), min(span.end - offset, length)
        if start < end:
            touched.append((sentence, start, end))
        offset += length + 1
    return touched


def _found_in_source(copy: Copy, sentences: Sequence[Sentence], span: Span) -> Span | None:
    """Names and numbers of the stretch, looked for in the source; None unless all that can be found stand together."""
    for sentence, start, end in _touched(sentences, span):
        wanted = list(_survivors(sentence.english[start:end], at_start=start == 0))
        found = [(_find(word, sentence.text), required) for word, required in wanted]
        places = [place for place, _ in found if place is not None]
        if not places or any(place is None and required for place, required in found):
            continue
        places.sort()
        if any(following[0] - here[1] > 3 for here, following in pairwise(places)):
            continue  # scattered over the sentence: marking everything between them would say too much
        a, b = sentence.start + places[0][0], sentence.start + max(p[1] for p in places)
        return Span(a, b, copy.text[a:b])
    return None


def _survivors(text: str, *, at_start: bool) -> Iterator[tuple[str, bool]]:
    """Words that a translation keeps, digits and capitalised words, and whether each must be found.

    The first word of a sentence has a capital whatever it is: it need not be found.
    """
    for match in TOKEN.finditer(text):
        word = match.group()
        if word[0].isdigit() or word[0].isupper():
            yield word, not (at_start and match.start() == 0 and not word[0].isdigit())


def _find(word: str, source: str) -> tuple[int, int] | None:
    """Where a name or number stands in a sentence of any language, spelling and script aside; None if nowhere."""
    from anyascii import anyascii
    from rapidfuzz.fuzz import ratio

    if word[0].isdigit():
        digits = re.sub(r"\D", "", word)
        return next((m.span() for m in TOKEN.finditer(source) if re.sub(r"\D", "", m.group()) == digits), None)
    wanted = anyascii(word).casefold()
    best, place = LIKE, None
    for match in TOKEN.finditer(source):
        here = anyascii(match.group()).casefold()
        alike = 100.0 if here == wanted else ratio(here, wanted) if min(len(here), len(wanted)) >= SHORTEST else 0.0
        if alike > best or (alike == best and place is None):
            best, place = alike, match.span()
    return place
