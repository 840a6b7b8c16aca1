"""Spoilt sentences to learn from: the perturbations of `drift selftest` and more, drawn at random.

DEMETR's development part has some four hundred different sentences, far too few to learn from. Any sentence can be spoilt
in the same ways; what is learned from thousands of others holds for those too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from drift.judge.edit import fitting, noun_phrase, spliced
from drift.judge.perturb import PERTURBATIONS
from drift.judge.side import Side
from drift.lexicon.lemmas import lemmas

__all__ = ["CATEGORY", "LESS", "Pool", "spoil"]

_PREPOSITIONS = "of in on at by for from to with about into over under after before between through during against without among".split()
_JOINERS = frozenset("because although while if when that since but".split())
_ADVERBS = "very quite too almost never always really only already again completely newly enough alone secretly".split()
_WRONG_CASE = {
    "he": ["him", "himself"], "she": ["her", "herself"], "they": ["them"], "we": ["us"], "i": ["me"], "him": ["he"], "them": ["they"],
    "us": ["we"], "his": ["him", "himself"], "their": ["they", "them"], "our": ["us", "we"], "its": ["it", "itself"],
}  # fmt: skip
_OTHER_PERSON = {
    "i": "you", "you": "they", "we": "they", "they": "we", "my": "his", "your": "my", "our": "their", "their": "our", "me": "him",
    "us": "them", "them": "us", "he": "they", "she": "they", "his": "their", "it": "they", "its": "their",
}  # fmt: skip
_AUXILIARIES = {"VBD": ("was", "had"), "VBZ": ("is", "has"), "VBP": ("are", "have")}


@dataclass
class Pool:
    """Words, names and phrases of other sentences, to put into this one."""

    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by tag
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by entity type
    phrases: list[str] = field(default_factory=list)  # prepositional

    @classmethod
    def of(cls, sides: Iterable[Side]) -> Pool:
        pool = cls()
        for side in sides:
            for i, tag in enumerate(side.tags.tag):
                if side.content[i] and not side.name[i] and side.words[i].isalpha() and side.in_quantity[i] < 0:
                    pool.words[tag].append(side.words[i])
            for a, b in {_whole_name(side, i) for i, flag in enumerate(side.name) if flag}:
                pool.names[side.tags.ent[a]].append(side.text[slice(*side.span(a, b))])
            for i, dep in enumerate(side.tags.dep):
                end = next((k for k in range(i + 1, len(side.words)) if side.tags.dep[k] == "pobj" and side.tags.head[k] == i), 0)
                if dep == "prep" and i and end and all(side.is_word[i : end + 1]):
                    pool.phrases.append(side.text[slice(*side.span(i, end + 1))])
        return pool


def _whole_name(side: Side, k: int) -> tuple[int, int]:
    start = end = k
    while start and side.name[start - 1]:
        start -= 1
    while end + 1 < len(side.words) and side.name[end + 1]:
        end += 1
    return start, end + 1


def _inflected(word: str, tag: str) -> str:
    from lemminflect import getInflection

    base = min(lemmas(word), key=lambda w: (len(w), w))
    forms = getInflection(base, tag=tag)
    return str(forms[0]) if forms else base


def _places(side: Side, *tags: str) -> list[int]:
    return [i for i, tag in enumerate(side.tags.tag) if tag.startswith(tags) and side.is_word[i]]


def _without(side: Side, r: Random, places: list[int]) -> str:
    k = r.choice(places)
    return spliced(side, k, k + 1, "")


def _instead(side: Side, k: int, new: str) -> str:
    return spliced(side, k, k + 1, fitting(new, side.tokens[k].text))


def _subject(side: Side, r: Random, _pool: Pool) -> str:
    k = r.choice([i for i, dep in enumerate(side.tags.dep) if dep in ("nsubj", "nsubjpass")])
    return spliced(side, *noun_phrase(side, k), "")


def _name_lost(side: Side, r: Random, _pool: Pool) -> str:
    return spliced(side, *_whole_name(side, r.choice([i for i, flag in enumerate(side.name) if flag])), "")


def _name_changed(side: Side, r: Random, pool: Pool) -> str:
    k = r.choice([i for i, flag in enumerate(side.name) if flag])
    a, b = _whole_name(side, k)
    other = r.choice(pool.names.get(side.tags.ent[k]) or pool.names["GPE"])
    return spliced(side, a, b, other) if r.random() < 0.7 else spliced(side, k, k + 1, r.choice(other.split()))


def _function_word(side: Side, r: Random, _pool: Pool) -> str:
    k = r.choice([i for i, w in enumerate(side.words) if w in _PREPOSITIONS])
    return _instead(side, k, r.choice([w for w in _PREPOSITIONS if w != side.words[k]]))


def _form(side: Side, r: Random, _pool: Pool) -> str:
    k = r.choice([i for i in _places(side, "VB") if side.content[i]])
    return _instead(side, k, _inflected(side.words[k], r.choice([t for t in ("VB", "VBD", "VBG", "VBZ", "VBN") if t != side.tags.tag[k]])))


def _aspect(side: Side, r: Random, _pool: Pool) -> str:
    k = r.choice([i for i in _places(side, "VBD", "VBZ", "VBP") if side.content[i] and not side.auxiliary[i]])
    progressive, perfect = _AUXILIARIES[side.tags.tag[k]]
    word = side.words[k]
    return _instead(side, k, f"{progressive} {_inflected(word, 'VBG')}" if r.random() < 0.5 else f"{perfect} {_inflected(word, 'VBN')}")


def _swap(side: Side, r: Random, _pool: Pool) -> str:
    n = len(side.words)
    k = r.choice([i for i in range(1, n - 2) if side.is_word[i] and side.is_word[i + 1] and side.tokens[i].end < side.tokens[i + 1].start])
    return spliced(side, k, k + 2, f"{side.tokens[k + 1].text} {side.tokens[k].text}")


def _shuffle(side: Side, r: Random, _pool: Pool) -> str:
    a = r.randrange(0, len(side.words) - 6)
    b = min(len(side.words) - 1, a + r.randrange(4, 8))
    words = [t.text for t in side.tokens[a:b]]
    r.shuffle(words)
    return spliced(side, a, b, " ".join(words))


def _spelling(side: Side, r: Random, _pool: Pool) -> str:
    k = r.choice([i for i, w in enumerate(side.words) if len(w) > 3 and w.isalpha()])
    w = side.tokens[k].text
    j, way = r.randrange(1, len(w) - 2), r.random()
    if way < 0.5:
        return spliced(side, k, k + 1, w[:j] + w[j + 1] + w[j] + w[j + 2 :])
    return spliced(side, k, k + 1, w[:j] + w[j + 1 :] if way < 0.8 else w[:j] + r.choice("aeiounrst") + w[j:])


def _pronoun(table: dict[str, list[str]]) -> Callable[[Side, Random, Pool], str]:
    def change(side: Side, r: Random, _pool: Pool) -> str:
        k = r.choice([i for i, w in enumerate(side.words) if w in table])
        return _instead(side, k, r.choice(table[side.words[k]]))

    return change


def _addition(side: Side, r: Random, pool: Pool) -> str:
    """A modifier (adverb, adjective, the first half of a compound) or a phrase, where one can stand."""
    way = r.random()
    if way < 0.35:
        k = r.choice(_places(side, "JJ", "VB"))
        adverb = r.choice(_ADVERBS if r.random() < 0.4 else pool.words["RB"])
        return spliced(side, k, k + 1, f"{fitting(adverb, side.tokens[k].text)} {side.words[k] if k == 0 else side.tokens[k].text}")
    k = r.choice([i for i in _places(side, "NN") if side.content[i] and i])
    noun = side.tokens[k].text
    if way < 0.8:
        return spliced(side, k, k + 1, f"{r.choice(pool.words[r.choice(['JJ', 'JJ', 'NN', 'VBN'])])} {noun}")
    return spliced(side, k, k + 1, f"{noun} {r.choice(pool.phrases)}")


def _repeat(side: Side, r: Random, _pool: Pool) -> str:
    k = r.choice([i for i, flag in enumerate(side.is_word) if flag])
    return spliced(side, k, k + 1, side.tokens[k].text + f" {side.tokens[k].text.lower()}" * r.choice([1, 1, 2, 3]))


def _another(side: Side, r: Random, pool: Pool) -> str:
    k = r.choice([i for i, flag in enumerate(side.content) if flag and not side.name[i] and side.in_quantity[i] < 0])
    return _instead(side, k, r.choice(pool.words[side.tags.tag[k]]))


def _known(kind: str) -> Callable[[Side, Random, Pool], str | None]:
    return lambda side, r, _pool: PERTURBATIONS[kind].spoil(side, r)


# kind -> (how often it is drawn, what it does); DEMETR's names where DEMETR has the kind
WAYS: dict[str, tuple[float, Callable[[Side, Random, Pool], str | None]]] = {
    "verb_removed": (3, lambda s, r, _: _without(s, r, [i for i in _places(s, "VB") if s.content[i] or s.auxiliary[i]])),
    "adj_adv_removed": (3, lambda s, r, _: _without(s, r, [i for i in _places(s, "JJ", "RB") if not s.negator[i]])),
    "noun_removed": (3, lambda s, r, _: _without(s, r, [i for i in _places(s, "NN") if s.content[i]])),
    "conj_removed": (2, lambda s, r, _: _without(s, r, _places(s, "CC") + [i for i, w in enumerate(s.words) if w in _JOINERS])),
    "subj_removed": (2, _subject), "ne_removed": (2, _name_lost), "pp_removed": (2, _known("phrase")),
    "function_word": (3, _function_word), "pos_shift": (3, _form), "aspect": (3, _aspect), "word_swap": (3, _swap),
    "part_shuffled": (1, _shuffle), "shuffled": (0.5, _known("order")), "misspelled": (2, _spelling),
    "case": (2, _pronoun(_WRONG_CASE)), "role_pronoun": (2, _pronoun({k: [v] for k, v in _OTHER_PERSON.items()})),
    "addition": (6, _addition), "repeat2": (1, _repeat), "other_word": (3, _another), "name_replaced": (4, _name_changed),
    "numbers_replaced": (3, _known("number")), "negation": (3, _known("negation")), "antonym": (3, _known("antonym")),
    "roles": (2, _known("roles")), "gender": (2, _known("pronoun")), "tense": (2, _known("tense")), "question": (1, _known("question")),
    "codemix": (2, _known("untranslated")), "hypernym": (4, _known("hypernym")),
}  # fmt: skip

# what kind of drift each perturbation is (DEMETR's included): the label of its words
CATEGORY = {
    "addition": "addition", "repeat2": "addition", "repeat4": "addition", "adj_adv_removed": "omission", "noun_removed": "omission",
    "verb_removed": "omission", "subj_removed": "omission", "ne_removed": "omission", "pp_removed": "omission", "conj_removed": "omission",
    "antonym": "polarity", "negation": "polarity", "hypernym": "wording", "other_word": "wording", "tense": "modality",
    "aspect": "modality", "question": "modality", "ne_replaced": "name", "name_replaced": "name", "numbers_replaced": "number",
    "gender": "role", "roles": "role", "role_pronoun": "role", "codemix": "untranslated", "misspelled": "fluency",
    "char_removed": "fluency", "function_word": "fluency", "word_swap": "fluency", "pos_shift": "fluency", "case": "fluency",
    "shuffled": "fluency", "part_shuffled": "fluency",
    "written.names": "name", "written.numbers": "number", "written.dates": "number", "written.polarity": "polarity",
    "written.modality": "modality", "written.role": "role", "written.wording": "wording", "written.omission": "omission",
    "written.addition": "addition",
}  # fmt: skip


# What leaves a word of the reference without a counterpart, for a later addition to be taken for.
LESS = ("verb_removed", "adj_adv_removed", "noun_removed", "pp_removed")


def spoil(side: Side, r: Random, pool: Pool, *, kinds: Sequence[str] = tuple(WAYS), tries: int = 6) -> tuple[str, str] | None:
    """(kind, spoilt text), the kind drawn at random; None where the sentence offers no place for six of them."""
    for _ in range(tries):
        kind = r.choices(kinds, [WAYS[kind][0] for kind in kinds])[0]
        try:
            text = WAYS[kind][1](side, r, pool)
        except (IndexError, ValueError):  # nothing to choose from
            continue
        if text and text != side.text:
            return kind, text
    return None
