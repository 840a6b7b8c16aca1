"""Ways to spoil a sentence on purpose, each of one kind: what a judge must notice. `drift.judge.rewrite` has the harmless ones.

Controlled perturbations after DEMETR (Karpinska et al., EMNLP 2022), made with the tagger, WordNet, lemminflect and the
gazetteer instead of by hand, so that any English text will do. The same text and seed give the same perturbations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from drift.judge.edit import fitting, noun_phrase, spliced
from drift.judge.side import Side
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness, large_cities
from drift.lexicon.lemmas import lemmas
from drift.typology import Category, Severity

__all__ = ["PERTURBATIONS", "Perturbation", "perturb"]

Spoil = Callable[[Side, Random], str | None]

_GENDER = {"he": "she", "she": "he", "his": "her", "him": "her", "himself": "herself", "herself": "himself"}
_NUMBER_WORDS = ("three", "four", "seven", "nine", "twelve", "thirteen", "thirty", "sixty", "ninety")


@dataclass(frozen=True, slots=True)
class Perturbation:
    """One way to spoil a sentence, and what a judge should say of it."""

    kind: str
    spoil: Spoil
    categories: tuple[Category, ...]  # any of these is the right kind
    least: Severity  # a finding of this severity or worse counts as found

    @property
    def title(self) -> str:
        """What is done, in a few words."""
        return (self.spoil.__doc__ or self.kind).strip().rstrip(".")


def perturb(side: Side, kind: str, seed: int = 0) -> str | None:
    """The sentence spoilt in one way (a key of `PERTURBATIONS`); None where it offers no place for it."""
    text = PERTURBATIONS[kind].spoil(side, Random(f"{seed}:{kind}:{side.text}"))
    return None if text is None or text == side.text else text


def _pick(random: Random, places: list[int]) -> int | None:
    return random.choice(places) if places else None


def _name(side: Side, random: Random) -> str | None:
    """A name becomes another name."""
    place = _pick(random, [i for i, flag in enumerate(side.name) if flag])
    if place is None:
        return None
    others = [city for city in large_cities() if city.casefold() not in side.words]
    return spliced(side, place, place + 1, random.choice(others))


def _number(side: Side, random: Random) -> str | None:
    """A number becomes another number."""
    wanted = [
        q
        for q in side.quantities
        if q.kind in ("number", "money", "percent", "year") and q.value > 2 and q.unit != "about"
    ]
    if not wanted:
        return None
    quantity = random.choice(wanted)
    at = quantity.start
    token = side.tokens[at].text
    if token[:1].isdigit():
        place = len(token) - 1 if quantity.kind == "year" and token[-1].isdigit() else 0
        other = random.choice([d for d in "123456789" if d != token[place]])
        return spliced(side, at, at + 1, token[:place] + other + token[place + 1 :])
    if quantity.end - at != 1:
        return None
    return spliced(side, at, at + 1, fitting(random.choice([w for w in _NUMBER_WORDS if w != token.casefold()]), token))


def _negation(side: Side, random: Random) -> str | None:
    """A negation is added, or the one there is goes."""
    for i, word in enumerate(side.words):
        if word in ("not", "never") and i:
            if side.words[i - 1] == "will" and side.tokens[i - 1].text.casefold() == "won":
                return spliced(side, i - 1, i + 1, fitting("will", side.tokens[i - 1].text))
            return spliced(side, i, i + 1, "")
    if any(side.negator):
        return None
    for i, word in enumerate(side.words[:-1]):
        if side.auxiliary[i] and word[:1] != "'" and word not in ("be", "been", "being", "done", "having") and i:
            return spliced(side, i, i + 1, f"{side.tokens[i].text} not")
    return None


def _antonym(side: Side, random: Random) -> str | None:
    """A word becomes its opposite."""
    places = [(i, o) for i, flag in enumerate(side.content) if flag and not side.name[i] and (o := _opposite(side, i))]
    if not places:
        return None
    place, other = random.choice(places)
    return spliced(side, place, place + 1, fitting(other, side.tokens[place].text))


def _opposite(side: Side, i: int) -> str | None:
    tag = side.tags.tag[i]
    known = [w for w in wordnet.opposites(side.words[i]) if w.isalpha() and commonness(w) >= 3.0 and _same_part(w, tag)]
    return _inflected(max(known, key=commonness), tag) if known else None


def _same_part(lemma: str, tag: str) -> bool:
    """Whether a base form can be what the tag says: "lost" is no verb to be inflected."""
    from lemminflect import getAllLemmas

    part = next(
        (
            name
            for start, name in (("VB", "VERB"), ("NN", "NOUN"), ("JJ", "ADJ"), ("RB", "ADV"))
            if tag.startswith(start)
        ),
        None,
    )
    return part is not None and lemma in getAllLemmas(lemma).get(part, ())


def _inflected(lemma: str, tag: str) -> str:
    from lemminflect import getInflection

    forms = getInflection(lemma, tag=tag)
    return str(forms[0]) if forms else lemma


def _roles(side: Side, random: Random) -> str | None:
    """Doer and done-to change places."""
    for verb, tag in enumerate(side.tags.tag):
        if not tag.startswith("VB"):
            continue
        doers = [i for i in range(verb) if side.tags.head[i] == verb and side.tags.dep[i] == "nsubj"]
        objects = [
            i for i in range(verb + 1, len(side.words)) if side.tags.head[i] == verb and side.tags.dep[i] == "dobj"
        ]
        if len(doers) != 1 or len(objects) != 1 or not all(side.content[i] for i in (doers[0], objects[0])):
            continue
        (a, b), (c, d) = noun_phrase(side, doers[0]), noun_phrase(side, objects[0])
        if b > c or side.words[a:b] == side.words[c:d]:
            continue
        first, second = (side.text[slice(*side.span(*where))] for where in ((a, b), (c, d)))
        if a == 0:
            first = first if side.name[a] else first[0].lower() + first[1:]
            second = second[0].upper() + second[1:]
        start, end = side.span(a, b)
        from_, to = side.span(c, d)
        return side.text[:start] + second + side.text[end:from_] + first + side.text[to:]
    return None


def _pronoun(side: Side, random: Random) -> str | None:
    """He becomes she, or she he."""
    place = _pick(random, [i for i, w in enumerate(side.words) if w in _GENDER])
    if place is None:
        return None
    return spliced(side, place, place + 1, fitting(_GENDER[side.words[place]], side.tokens[place].text))


def _tense(side: Side, random: Random) -> str | None:
    """A verb goes into another tense."""
    verbs = [
        i for i, t in enumerate(side.tags.tag)
        if t in ("VBD", "VBZ", "VBP") and not side.auxiliary[i] and (i == 0 or not side.auxiliary[i - 1]) and side.content[i]
    ]  # fmt: skip
    place = _pick(random, verbs)
    if place is None:
        return None
    base = min(lemmas(side.words[place]) - {side.words[place]} or {side.words[place]}, key=lambda w: (len(w), w))
    new = f"will {base}" if side.tags.tag[place] == "VBD" else _inflected(base, "VBD")
    return spliced(side, place, place + 1, new)


def _question(side: Side, random: Random) -> str | None:
    """A statement becomes a question."""
    text = side.text.rstrip()
    if not text.endswith(".") or "?" in text:
        return None
    at = next((i for i in range(1, len(side.words)) if side.auxiliary[i] and side.words[i][:1] != "'"), None)
    if at is None or at > 6 or not any(side.tags.dep[k].startswith("nsubj") for k in range(at)):
        return text[:-1] + "?"
    start, end = side.span(at, at + 1)
    lead = text[:start].rstrip()
    lead = lead if side.name[0] or side.words[0] == "i" else lead[0].lower() + lead[1:]
    return f"{text[start:end].capitalize()} {lead} {text[end:-1].lstrip()}?"


def _word(side: Side, random: Random) -> str | None:
    """A noun, verb or adjective is left out."""
    wanted = ("NN", "VB", "JJ")
    place = _pick(random, [i for i, f in enumerate(side.content) if f and side.tags.tag[i].startswith(wanted) and i])
    return None if place is None else spliced(side, place, place + 1, "")


def _phrase(side: Side, random: Random) -> str | None:
    """A phrase is left out."""
    phrases = []
    for i, dep in enumerate(side.tags.dep):
        if dep == "prep" and i:
            ends = [k for k in range(i + 1, len(side.words)) if side.tags.dep[k] == "pobj" and side.tags.head[k] == i]
            if ends and ends[0] - i >= 2 and all(side.is_word[i : ends[0] + 1]):
                phrases.append((i, ends[0] + 1))
    return spliced(side, *random.choice(phrases), "") if phrases else None


def _repetition(side: Side, random: Random) -> str | None:
    """A word is said twice."""
    place = _pick(random, [i for i, flag in enumerate(side.content) if flag])
    return (
        None
        if place is None
        else spliced(side, place, place + 1, f"{side.tokens[place].text} {side.tokens[place].text}")
    )


def _order(side: Side, random: Random) -> str | None:
    """The words are shuffled."""
    words = [t.text for t in side.tokens if t.is_word]
    if len(words) < 8:
        return None
    random.shuffle(words)
    return " ".join(words) + "."


def _untranslated(side: Side, random: Random) -> str | None:
    """A noun is replaced by one in another language."""
    nouns = [i for i, t in enumerate(side.tags.tag) if t in ("NN", "NNS") and side.content[i]]
    place = _pick(random, nouns)
    return None if place is None else spliced(side, place, place + 1, random.choice(_foreign_words()))


@lru_cache(maxsize=1)
def _foreign_words() -> tuple[str, ...]:
    from wordfreq import top_n_list

    from drift.judge.untranslated import foreign

    common = (w for code in ("fr", "de", "es") for w in top_n_list(code, 3000, wordlist="small"))
    return tuple(w for w in common if len(w) >= 6 and w.isascii() and foreign(w) not in (None, "other"))


def _hypernym(side: Side, random: Random) -> str | None:
    """A noun becomes a more general one."""
    places = []
    for i, tag in enumerate(side.tags.tag):
        if tag in ("NN", "NNS") and side.content[i] and side.in_quantity[i] < 0:
            known = [w for w in wordnet.more_general(side.words[i]) if w.isalpha() and commonness(w) >= 3.5]
            if known:
                places.append((i, _inflected(max(known, key=commonness), tag)))
    if not places:
        return None
    place, other = random.choice(places)
    return spliced(side, place, place + 1, fitting(other, side.tokens[place].text))


PERTURBATIONS: Final[dict[str, Perturbation]] = {
    p.kind: p
    for p in (
        Perturbation("name", _name, ("name",), "major"),
        Perturbation("number", _number, ("number", "date"), "major"),
        Perturbation("negation", _negation, ("polarity",), "major"),
        Perturbation("antonym", _antonym, ("polarity",), "major"),
        Perturbation("roles", _roles, ("role",), "major"),
        Perturbation("pronoun", _pronoun, ("role",), "major"),
        Perturbation("tense", _tense, ("modality",), "minor"),
        Perturbation("question", _question, ("modality",), "major"),
        Perturbation("word", _word, ("omission", "wording"), "minor"),
        Perturbation("phrase", _phrase, ("omission", "name", "number", "date"), "minor"),
        Perturbation("repetition", _repetition, ("addition",), "minor"),
        Perturbation("order", _order, ("fluency", "role"), "minor"),
        Perturbation("untranslated", _untranslated, ("untranslated",), "major"),
        Perturbation("hypernym", _hypernym, ("wording",), "minor"),
    )
}
