"""What the copy's own sentence says: is the reference's name, number, negation, pronoun or question in it, or the translation's?

Names are compared across spelling, script and exonyms, numbers by value with the number words of their language. A
source that has what the reference has was mistranslated by the instrument; a source that has what the translation has
was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from drift.attribution.case import Case, Fact
from drift.attribution.named_days import named_day_facts
from drift.attribution.negators import count_negations
from drift.attribution.pronouns import pronoun_facts
from drift.attribution.values import number_facts
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness, is_known_name, one_entity
from drift.lexicon.lemmas import lemmas
from drift.lexicon.spelling import alike
from drift.translate.glossary import glossary_for

__all__ = ["name_in", "source_facts"]

_ONE_NAME: Final = 0.72  # `alike` at or above: one name in two spellings, as in drift.judge.onename
_SHORT_NAME: Final = 3  # letters up to which only equal spellings count
# English words that deny without a negator: unlucky, speechless, lack, disregard.
_OTHERWISE: Final = re.compile(
    r"\b(?:un[a-z]{4,}|dis[a-z]{5,}|[a-z]{3,}less|lack\w*|fail\w*|refus\w*|avoid\w*|prevent\w*|rather)\b", re.I
)
_HALF: Final = (
    0.3  # what a negation weighs where the reference may deny in one of these ways, or only a phrase is denied
)
_ORDINARY: Final = 4.3  # Zipf frequency from which a capitalised word is taken for an ordinary one
_ABOUT_WORDS: Final = frozenset({"names", "wording", "coverage", "untranslated", "fluency"})
_UNHEARD: Final = 1.8  # Zipf frequency below which a word that no dictionary has is none
_LIKELY: Final = 0.3  # probability from which a word list says what a word means
_FRONT: Final = 6  # letters that count as the beginning of a sentence
_PERSON: Final = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
_STEM: Final = 5  # letters that a name and a small-written word must share at the front
_WORD: Final = re.compile(r"[^\W\d_]+")
_QUESTION: Final = re.compile(r"[?？؟⁇]|;\s*$")  # Greek asks with a semicolon


def source_facts(case: Case) -> Iterator[Fact]:
    """Everything the source sentence says about a finding; phrases quote the words they are about."""
    detector = case.finding.detector
    if detector == "numbers":
        yield from number_facts(case)
        yield from named_day_facts(case)
    elif detector == "polarity":
        yield from _negations(case)
    elif case.finding.category == "modality" and "question" in case.finding.message:
        yield from _question(case)
    elif detector in _ABOUT_WORDS:
        yield from _names(case)
    yield from pronoun_facts(case)
    yield from _copied(case)
    stumbled = _no_words(case.hypothesis)
    if stumbled:
        yield Fact("stumbled", min(len(stumbled), 3) / 3, f"the translation of this sentence has {_quoted(stumbled[:3])}, no English")


@lru_cache(maxsize=4096)
def _no_words(translation: str) -> list[str]:
    """Small-written words of a translation that are no English: where there are some, the instrument was lost."""
    small = (m.group() for m in _WORD.finditer(translation) if m.group().islower() and len(m.group()) > 2)
    return [w for w in small if commonness(w) < _UNHEARD and not wordnet.known(w)]


def _names(case: Case) -> Iterator[Fact]:
    """For names, and for whatever else has capitals in it."""
    here = case.finding.detector == "names"
    old = _capitalised(case.lost) if here else _capitalised(case.lost, at_start=_at_start(case, lost=True))
    new = _capitalised(case.gained) if here else _capitalised(case.gained, at_start=_at_start(case, lost=False))
    shared = {w.casefold() for w in old} & {w.casefold() for w in new}
    old, new = [w for w in old if w.casefold() not in shared], [w for w in new if w.casefold() not in shared]
    suffix = "" if here else "_near"
    if here and old and new and all(any(_short_for(w, v) or _short_for(v, w) for v in new) for w in old):
        yield Fact("reference_name", 1.0, f"{_quoted(old)} and {_quoted(new)} are short and long for the same")
        return
    meant = [_meant(w, case) for w in new] if here and not old else []
    if meant and all(meant):
        yield Fact("reference_name", 1.0, f"{_quoted(new)} was left untranslated: it means {_quoted([m for m in meant if m])}")
        return
    has_old = [w for w in old if name_in(w, case.source)]
    has_new = [w for w in new if name_in(w, case.source)]
    # An acronym is written out, and a common noun is translated: that the other side lacks them says little.
    telling_new = not all(_ordinary(w, case.language) for w in new)
    telling = telling_new and not all(_ordinary(w, "en") for w in old)
    if old and new and len(has_new) == len(new) and telling:
        if not has_old and here and _pronoun_named(case):
            yield Fact(
                "copy_name",
                1.0,
                f"the original sentence names {_quoted(has_new)}, perhaps for a pronoun of the reference",
            )
            return
        if not has_old:
            yield Fact(
                f"name_exchanged{suffix}",
                1.0,
                f"the original sentence itself has {_quoted(has_new)} and not {_quoted(old)}",
            )
            return
        if here and len(has_old) == len(old):
            yield Fact("both_names", 1.0, f"the original sentence has both {_quoted(has_old)} and {_quoted(has_new)}")
            return
    if old and len(has_old) == len(old):
        yield Fact(f"reference_name{suffix}", 1.0, f"the original sentence has the reference's {_quoted(has_old)}")
    elif old and not has_old and here:
        instead = _strangers(case.source, case.reference, case.language)
        if instead and not all(_ordinary(w, "en") for w in old):
            said = f"the original sentence does not have {_quoted(old)}; it has {_quoted(instead)}, which the reference lacks"
            yield Fact("name_exchanged", 1.0, said)
        else:
            yield Fact("no_reference_name", 1.0, f"the original sentence does not have {_quoted(old)}")
    if new and len(has_new) == len(new):
        gone = _strangers(case.reference, case.source, "en") if here and not old and telling_new else []
        if gone:
            yield Fact(
                "name_exchanged",
                1.0,
                f"the original sentence itself has {_quoted(has_new)}, and nothing of {_quoted(gone)}",
            )
        else:
            yield Fact(f"copy_name{suffix}", 1.0, f"the original sentence itself has {_quoted(has_new)}")
    elif new and not has_new and here:
        yield Fact("no_copy_name", 1.0, f"{_quoted(new)} does not stand in the original sentence")


def _meant(word: str, case: Case) -> str | None:
    """What a foreign word that the translation only took over means, where the reference says that: "Mercredi", "Pâques"."""
    glossary = glossary_for(case.language)
    if glossary is None or wordnet.is_proper(word.casefold()):
        return None
    if not any(m.group().casefold() == word.casefold() for m in _WORD.finditer(case.source)):
        return None
    there = frozenset[str]().union(*(lemmas(m.group().casefold()) for m in _WORD.finditer(case.reference)))
    others = glossary.translations.get(word.casefold(), {})
    return next((w for w, share in others.items() if share >= _LIKELY and not lemmas(w).isdisjoint(there)), None)


def _at_start(case: Case, *, lost: bool) -> bool:
    span = case.finding.reference_span if lost else case.finding.copy_span
    return span is not None and span.start <= 1


def _capitalised(text: str, *, at_start: bool = False) -> list[str]:
    """Words with a capital; the first word of a sentence has one whatever it is."""
    words = [m.group() for m in _WORD.finditer(text)]
    return [w for k, w in enumerate(words) if w[0].isupper() and len(w) > 1 and not (at_start and k == 0)]


@lru_cache(maxsize=65536)
def name_in(name: str, source: str) -> bool:
    """Whether a sentence in any language and script has this name, in any spelling or exonym of it."""
    folded = name.casefold()
    for match in _WORD.finditer(source):
        word = match.group()
        if word.casefold() == folded:
            return True
        if word[:1].islower():  # a common noun, or a people's adjective, which most languages write small: macédonien
            if _shared_stem(folded, word) >= _STEM:
                return True
            continue
        if min(len(word), len(name)) > _SHORT_NAME and alike(name, word) >= _ONE_NAME:
            return True
        if one_entity(folded, word.casefold()):
            return True
    return False


@lru_cache(maxsize=8192)
def _strangers(text: str, other: str, language: str) -> list[str]:
    """Names inside a sentence that the other sentence, in another language, does not have in any spelling.

    Ordinary words written large (Assemblée, President) are translated, so that their absence says nothing.
    """
    words = [
        m.group()
        for m in _WORD.finditer(text)
        if m.group()[0].isupper() and m.start() > 2 and len(m.group()) > _SHORT_NAME
    ]
    return [
        w for w in words
        if not _ordinary(w, language) and not w.isupper() and not name_in(w, other)
    ]  # fmt: skip


def _ordinary(word: str, language: str) -> bool:
    """Whether a capitalised word is rather a common noun of its language than a name (Membres, Regarder), or an acronym."""
    if sum(c.isupper() for c in word) > 1:
        return True
    return commonness(word.casefold(), language) >= _ORDINARY and not is_known_name(word.casefold())


def _pronoun_named(case: Case) -> bool:
    """Whether the copy begins with the name where the reference begins with he, she or they: it says who is meant."""
    span = case.finding.copy_span
    return span is not None and span.start <= _FRONT and bool(_PERSON.search(case.reference[:_FRONT]))


def _short_for(short: str, long: str) -> bool:
    """St for Saint, Rev for Reverend, EU for European: the first letter, then the others in their order; four at most."""
    if not 2 <= len(short) <= 4 or len(long) <= len(short) or short[0].casefold() != long[0].casefold():
        return False
    letters = iter(long.casefold())
    return all(c in letters for c in short.casefold())


def _shared_stem(name: str, word: str) -> int:
    from anyascii import anyascii

    a, b = anyascii(name).casefold(), anyascii(word).casefold()
    return next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _negations(case: Case) -> Iterator[Fact]:
    """On whose side the source is in how often it denies; silent where it is between the two, or on both sides at once."""
    ours = count_negations(case.source, case.language)
    reference, copy = count_negations(case.reference, "en"), count_negations(case.hypothesis, "en")
    if ours is None or reference is None or copy is None or reference == copy:
        return
    denies = "denies" if ours else "does not deny"
    times = {0: "", 1: "", 2: " twice"}.get(ours, f" {ours} times")
    if abs(ours - reference) < abs(ours - copy):
        yield Fact("reference_negation", 1.0, f"the original sentence {denies}{times}, as the reference does")
    elif abs(ours - copy) < abs(ours - reference):
        phrases = count_negations(case.source, case.language, of_phrases=True) or 0
        mild = _OTHERWISE.search(case.reference) or (ours > reference >= ours - phrases)
        sure = _HALF if mild else 1.0
        yield Fact("copy_negation", sure, f"the original sentence itself {denies}{times}, unlike the reference")


def _question(case: Case) -> Iterator[Fact]:
    asks = bool(_QUESTION.search(case.source))
    if asks == ("?" in case.reference):
        yield Fact("reference_question", 1.0, f"the original sentence {'asks too' if asks else 'asks nothing either'}")
    else:
        yield Fact("copy_question", 1.0, f"the original sentence {'itself asks' if asks else 'does not ask'}")


def _copied(case: Case) -> Iterator[Fact]:
    """Words of the translation that are no English: taken over from the source, or made up by the instrument."""
    if case.finding.detector == "untranslated":
        whole = {m.group().casefold() for m in _WORD.finditer(case.source)}
        left = [m.group() for m in _WORD.finditer(case.gained) if m.group().casefold() in whole]
        if left:
            yield Fact("left_as_is", 1.0, f"{_quoted(left)} stands in the original sentence and was left untranslated")
            return
    words = [w for m in _WORD.finditer(case.gained) if (w := m.group())[0].islower() and len(w) > 2]
    odd = [w for w in words if not wordnet.known(w) and commonness(w) < 3.0]
    if not odd:
        return
    there = {m.group().casefold() for m in _WORD.finditer(case.source)}
    kept = [w for w in odd if w.casefold() in there]
    if kept:
        yield Fact("kept", 1.0, f"{_quoted(kept)} stands in the original sentence and was left untranslated")
    elif commonness(odd[0]) < _UNHEARD:
        yield Fact("garbled", 1.0, f"{_quoted(odd)} is no word: the instrument stumbled here")


def _quoted(words: list[str]) -> str:
    return "“" + " ".join(words) + "”"
