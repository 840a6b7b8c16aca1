"""Grammar that was lost or changed: a missing or foreign function word, a word in another form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drift.judge.analysis import Analysis
from drift.judge.detector import Candidate, quote
from drift.judge.side import Side
from drift.lexicon.lemmas import same_lemma

__all__ = ["Grammar"]

_JOINTS = ("IN", "CC", "TO", "DT", "WDT", "WP", "WRB", "RP", "PDT", "PRP")  # words that hold a sentence together
_CASES = frozenset("me him her us them myself yourself himself herself itself ourselves themselves i he she we they".split())


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
        for i, j in pair.links:
            yield from self._linked(pair, i, j)

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


def _joint(side: Side, k: int) -> bool:
    return side.is_word[k] and side.tags.tag[k] in _JOINTS and not side.negator[k] and not side.name[k] and side.in_quantity[k] < 0
