"""Grammar that was lost or changed: a missing or foreign function word, a word in another form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon.lemmas import same_lemma

__all__ = ["Grammar"]

_JOINTS = ("IN", "CC", "TO", "DT", "WDT", "WP", "WRB", "RP", "PDT", "PRP")  # words that hold a sentence together
_CASES = frozenset("me him her us them myself yourself himself herself itself ourselves themselves i he she we they".split())

_CONSONANT_SOUND = re.compile(r"uni(?!n|m)|u[bkst][aeiou]|u[rt]i|eu|ewe|once|one(?!r)|ouija")  # a university, a user, a European, a one
_SILENT_H = re.compile(r"hour|honest|hono|heir")
_EITHER = re.compile(r"h[ei]st|hotel|herb|uni[mn]|urin|ur[aou]")  # an historic and a historic are both written


class Grammar:
    """Function words and inflection; minor at most."""

    name = "grammar"
    order = 90

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Function words without a counterpart, replaced ones, and one word in two forms."""
        for i, word in enumerate(pair.ref.words):
            if i not in pair.to_hyp and _joint(pair.ref, i) and word not in pair.hyp.words:
                yield Candidate(
                    "fluency.missing", "fluency", "minor", 0.4, f"{quote(pair.ref.tokens[i].text)} is missing.", (i, i + 1), None
                )
        for j, word in enumerate(pair.hyp.words):
            if j not in pair.to_ref and _joint(pair.hyp, j) and word not in pair.ref.words:
                yield Candidate(
                    "fluency.surplus", "fluency", "minor", 0.4, f"{quote(pair.hyp.tokens[j].text)} is too much.", None, (j, j + 1)
                )
        yield from self._articles(pair)
        for i, j in pair.links:
            yield from self._linked(pair, i, j)

    def _articles(self, pair: Analysis) -> Iterator[Candidate]:
        """"a" before a vowel, "an" before a consonant, where the reference has no such slip."""
        slips = {pair.ref.words[i : i + 2] for i in range(len(pair.ref.words) - 1) if _wrong_article(pair.ref, i)}
        for j in range(len(pair.hyp.words) - 1):
            if _wrong_article(pair.hyp, j) and pair.hyp.words[j : j + 2] not in slips:
                start, end = pair.hyp.span(j, j + 2)
                i = pair.to_ref.get(j)
                yield Candidate(
                    "fluency.article", "fluency", "minor", 0.9, f"{quote(pair.hyp.text[start:end])} has the wrong article.",
                    None if i is None else (i, i + 1), (j, j + 1),
                )  # fmt: skip

    def _linked(self, pair: Analysis, i: int, j: int) -> Iterator[Candidate]:
        a, b = pair.ref.words[i], pair.hyp.words[j]
        if a == b:
            return
        texts = quote(pair.ref.tokens[i].text), quote(pair.hyp.tokens[j].text)
        if _joint(pair.ref, i) and _joint(pair.hyp, j):
            kind = "fluency.case" if {a, b} & _CASES else "fluency.function"
            yield Candidate(
                kind, "fluency", "minor", 0.4 + 0.4 * (1 - float(pair.cosine[i, j])), f"{texts[0]} became {texts[1]}.",
                (i, i + 1), (j, j + 1),
            )  # fmt: skip
        elif pair.ref.content[i] and pair.hyp.content[j] and same_lemma(a, b):
            tags = pair.ref.tags.tag[i], pair.hyp.tags.tag[j]
            if tags[0][:2] != tags[1][:2] or {"VBG", "VB"} & set(tags):
                yield Candidate(
                    "fluency.form", "fluency", "minor", 0.5, f"{texts[0]} has another form, {texts[1]}.", (i, i + 1), (j, j + 1)
                )


def _wrong_article(side: Side, k: int) -> bool:
    """Whether "a" or "an" at k cannot stand before the next word. Letters tell the sound but for a few; when in doubt, no."""
    article, word, text = side.words[k], side.words[k + 1], side.tokens[k + 1].text
    if article not in ("a", "an") or (side.tokens[k].text == "A" and k) or not (word.isascii() and word.isalpha()) or len(word) < 3:
        return False
    if text.isupper() or side.tokens[k].end == side.tokens[k + 1].start:  # FBI, MP: spelt out or spoken, who knows
        return False
    if _EITHER.match(word):
        return False
    vowel = (word[0] in "aeiou" and not _CONSONANT_SOUND.match(word)) or bool(_SILENT_H.match(word))
    return vowel == (article == "a")


def _joint(side: Side, k: int) -> bool:
    return side.is_word[k] and side.tags.tag[k] in _JOINTS and not side.negator[k] and not side.name[k] and side.in_quantity[k] < 0
