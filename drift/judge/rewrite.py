"""Ways to say the same in another form: what a judge must leave alone. The counterpart of `drift.judge.perturb`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from drift.judge.edit import fitting, noun_phrase, spliced
from drift.judge.side import Side

__all__ = ["REWRITES", "Rewrite", "rewrite"]

_CONTRACTED = {
    "do not": "don't", "does not": "doesn't", "did not": "didn't", "is not": "isn't", "are not": "aren't", "was not": "wasn't",
    "were not": "weren't", "will not": "won't", "would not": "wouldn't", "could not": "couldn't", "should not": "shouldn't",
    "has not": "hasn't", "have not": "haven't", "had not": "hadn't", "cannot": "can't", "it is": "it's", "they are": "they're",
    "we are": "we're", "you are": "you're", "i am": "I'm", "they have": "they've", "we have": "we've", "i have": "I've",
}  # fmt: skip
_EXPANDED = {
    short: full
    for full, short in _CONTRACTED.items()
    if "not" in short or short in ("can't", "won't", "they're", "we're")
}
_ENDINGS = (
    ("ise", "ize"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("our", "or"),
    ("tre", "ter"),
    ("ogue", "og"),
)
# what romanisations of one name disagree on; the first that applies is changed
_ROMANISATIONS = (
    ("kh", "h"),
    ("zh", "j"),
    ("sh", "ch"),
    ("ou", "u"),
    ("ya", "ia"),
    ("y", "i"),
    ("ck", "k"),
    ("ss", "s"),
    ("v", "w"),
)
_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
          "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One harmless way to change a sentence."""

    kind: str
    change: Callable[[Side], str | None]

    @property
    def title(self) -> str:
        """What is done, in a few words."""
        return (self.change.__doc__ or self.kind).strip().rstrip(".")


def rewrite(side: Side, kind: str) -> str | None:
    """The sentence said in another way (a key of `REWRITES`); None where it offers no place for it."""
    text = REWRITES[kind].change(side)
    return None if text is None or text == side.text else text


def _contraction(side: Side) -> str | None:
    """Contractions are written out, or made."""
    for table in (_CONTRACTED, _EXPANDED):
        for old, new in table.items():
            found = re.search(rf"\b{re.escape(old)}\b(?!['’])", side.text.replace("’", "'"), re.IGNORECASE)
            if found:
                return side.text[: found.start()] + fitting(new, found.group()) + side.text[found.end() :]
    return None


def _number_word(side: Side) -> str | None:
    """Numbers go from digits to words, or back."""
    for q in side.quantities:
        if q.kind != "number" or q.unit or q.value != int(q.value) or not 2 < q.value < 100:
            continue
        start, end = side.span(q.start, q.end)
        text = side.text[start:end]
        if text.isdigit():
            return spliced(side, q.start, q.end, fitting(_spelled(int(q.value)), "A" if start == 0 else "a"))
        if not any(c.isdigit() for c in text) and text.casefold() != "dozen" and start:
            return spliced(side, q.start, q.end, str(int(q.value)))
    return None


def _spelled(value: int) -> str:
    if value < 20:
        return _UNITS[value]
    return _TENS[value // 10] + (f"-{_UNITS[value % 10]}" if value % 10 else "")


def _passive(side: Side) -> str | None:
    """An active sentence becomes a passive one."""
    from lemminflect import getInflection

    from drift.lexicon.lemmas import lemmas

    for verb, tag in enumerate(side.tags.tag):
        if tag != "VBD" or side.auxiliary[verb] or not side.content[verb]:
            continue
        doers = [
            i for i in range(verb) if side.tags.head[i] == verb and side.tags.dep[i] == "nsubj" and side.content[i]
        ]
        objects = [
            i for i in range(verb + 1, len(side.words)) if side.tags.head[i] == verb and side.tags.dep[i] == "dobj"
        ]
        if len(doers) != 1 or len(objects) != 1 or not side.content[objects[0]]:
            continue
        (a, b), (c, d) = noun_phrase(side, doers[0]), noun_phrase(side, objects[0])
        if a != 0 or b != verb or c != verb + 1:
            continue  # only the plain order, with nothing between
        base = min(lemmas(side.words[verb]) - {side.words[verb]} or {side.words[verb]}, key=lambda w: (len(w), w))
        participle = (getInflection(base, tag="VBN") or (side.words[verb],))[0]
        doer, done = (side.text[slice(*side.span(*where))] for where in ((a, b), (c, d)))
        doer = doer if side.name[a] else doer[0].lower() + doer[1:]
        be = "were" if side.tags.tag[objects[0]] in ("NNS", "NNPS") else "was"
        rest = side.text[side.span(c, d)[1] :]
        return f"{done[0].upper()}{done[1:]} {be} {participle} by {doer}{rest}"
    return None


def _spelling(side: Side) -> str | None:
    """British spelling becomes American."""
    from drift.lexicon import wordnet

    for i, word in enumerate(side.words):
        if not side.content[i] or side.name[i]:
            continue
        for old, new in _ENDINGS:
            other = word.removesuffix(old) + new
            if word.endswith(old) and wordnet.known(other) and wordnet.relation(word, other) in ("same", "synonym"):
                return spliced(side, i, i + 1, fitting(other, side.tokens[i].text))
    return None


def _romanisation(side: Side) -> str | None:
    """A name is romanised in another way."""
    from drift.lexicon.gazetteer import is_known_name

    for i, flag in enumerate(side.name):
        name = side.tokens[i].text
        if not flag or len(name) < 6:
            continue
        for old, new in _ROMANISATIONS:
            at = name.find(old, 1)
            if at > 0:
                other = name[:at] + new + name[at + len(old) :]
                if not is_known_name(other):
                    return spliced(side, i, i + 1, other)
    return None


def _fronted(side: Side) -> str | None:
    """A phrase at the front, before a comma, goes to the end."""
    comma = next((i for i, w in enumerate(side.words[:9]) if w == ","), None)
    if comma is None or comma < 2 or side.tags.dep[0] != "prep" or not side.text.rstrip().endswith("."):
        return None
    if "," in side.words[comma + 1 :]:
        return None  # not one phrase, or one in a row of them
    start, end = side.span(0, comma)
    lead = side.text[start:end] if side.name[0] else side.text[start].lower() + side.text[start + 1 : end]
    rest = side.text[side.tokens[comma].end :].strip().rstrip(".")
    return f"{rest[:1].upper()}{rest[1:]} {lead}."


REWRITES: Final[dict[str, Rewrite]] = {
    r.kind: r
    for r in (
        Rewrite("contraction", _contraction),
        Rewrite("number-word", _number_word),
        Rewrite("passive", _passive),
        Rewrite("spelling", _spelling),
        Rewrite("romanisation", _romanisation),
        Rewrite("fronted", _fronted),
    )
}
