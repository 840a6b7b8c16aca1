"""One sentence, read once: its words, vectors, grammar, names and numbers. Everything a detector may ask of a side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from drift.align.words import WordEncoder
from drift.judge.tagger import Tagger, Tags
from drift.judge.tokens import Token, tokenize
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import commonness, is_known_name
from drift.lexicon.quantities import Quantity, quantities

__all__ = ["ADDRESSES", "NEGATORS", "PRONOUNS", "Encoded", "Side", "encode_words", "read_sides", "tag_sides"]

NEGATORS = frozenset(
    "not no never nothing nobody none neither nor without nowhere cannot hardly barely scarcely n't".split()
)
PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself "
    "it its itself they them their theirs themselves who whom whose this that these those one".split()
)
_AUXILIARIES = frozenset("be am is are was were been being 's 're 'm have has had having 've 'd do does did done".split())
_PENDING = _AUXILIARIES | {"remain", "remains", "remained"}
_MODALS = frozenset("will would shall should can could may might must 'll ought".split())
_CONTENT_TAGS = ("NN", "VB", "JJ", "RB", "CD", "FW")
ADDRESSES = frozenset("mr mrs ms miss mme sir dr prof".split())
_NAME_ENTITIES = frozenset("PERSON GPE LOC FAC ORG NORP EVENT PRODUCT WORK_OF_ART LAW LANGUAGE".split())


@dataclass(frozen=True)
class Side:
    """A sentence with everything known about it; sequences and arrays have one entry per token."""

    text: str
    tokens: tuple[Token, ...]
    vectors: NDArray[np.float32]  # (tokens, dim), unit rows
    tags: Tags

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Case-folded forms."""
        return tuple(t.norm for t in self.tokens)

    @cached_property
    def is_word(self) -> tuple[bool, ...]:
        """Whether the token has a letter or a digit."""
        return tuple(t.is_word for t in self.tokens)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantities(self.words, self.tags.tag))

    @cached_property
    def in_quantity(self) -> tuple[int, ...]:
        """Index into `quantities` of the quantity that the token is part of, -1 for none."""
        owner = [-1] * len(self.tokens)
        for k, q in enumerate(self.quantities):
            owner[q.start : q.end] = [k] * (q.end - q.start)
        return tuple(owner)

    @cached_property
    def negator(self) -> tuple[bool, ...]:
        """Words that deny."""
        return tuple(
            (w in NEGATORS or self._still_open(i))
            and not (w == "no" and (self._before_figure(i) or self._affirms(i)))
            and not (w == "not" and self.words[i - 1 : i] == ("or",) and "whether" in self.words[:i])  # "whether or not"
            for i, w in enumerate(self.words)
        )

    def _still_open(self, i: int) -> bool:
        """Whether a "yet" says that it has not happened: "have yet to be paid"."""
        return i > 0 and self.words[i : i + 2] == ("yet", "to") and self.words[i - 1] in _PENDING

    def _affirms(self, i: int) -> bool:
        """Whether a "no" denies nothing: "no matter", and "no doubt" where a clause begins."""
        after = self.words[i + 1 : i + 2]
        return after == ("matter",) or (after in (("doubt",), ("wonder",)) and (i == 0 or not self.is_word[i - 1]))

    def _before_figure(self, i: int) -> bool:
        """Whether a "No" is short for "number"."""
        after = i + 1 + (self.words[i + 1 : i + 2] == (".",))
        return after < len(self.words) and self.words[after][:1].isdigit() and self.tokens[i].text != "no"

    @cached_property
    def auxiliary(self) -> tuple[bool, ...]:
        """Forms of be, have, do and the modals, when they are not the main verb."""
        dep = self.tags.dep
        return tuple(
            w in _MODALS or (w in _AUXILIARIES and (dep[i] in ("aux", "auxpass") or w[:1] == "'" or _is_copula(w)))
            for i, w in enumerate(self.words)
        )

    @cached_property
    def content(self) -> tuple[bool, ...]:
        """Words that carry meaning of their own: nouns, verbs, adjectives, adverbs, numbers; no auxiliaries, no negators."""
        return tuple(
            self.is_word[i]
            and self.tags.tag[i].startswith(_CONTENT_TAGS)
            and not self.auxiliary[i]
            and not self.negator[i]
            and w not in PRONOUNS
            and len(w) > 1
            for i, w in enumerate(self.words)
        )

    @cached_property
    def name(self) -> tuple[bool, ...]:
        """Words that name a person, place, people or organisation (capitalised titles such as "President" do not)."""
        first = next((i for i, w in enumerate(self.is_word) if w), 0)
        shouting = sum(t.text.isupper() for t in self.tokens if t.is_word) > len(self.tokens) / 2
        return tuple(not shouting and self._is_name(i, i == first) for i in range(len(self.tokens)))

    def _is_name(self, i: int, first: bool) -> bool:
        text, norm = self.tokens[i].text, self.words[i]
        if not text[:1].isupper() or not text[:1].isalpha() or self.in_quantity[i] >= 0 or len(norm) < 2:
            return False
        if norm in PRONOUNS or norm in NEGATORS or self.auxiliary[i] or commonness(norm) > 6.2:
            return False
        if norm[-1] == "s" and len(text) > 2 and text[:-1].isupper():
            return False  # MPs, NGOs, CEOs
        if self.addressed(i):
            return True
        proper = self.tags.tag[i].startswith("NNP") or self.tags.ent[i] in _NAME_ENTITIES
        ordinary = wordnet.known(norm) and not wordnet.is_proper(norm)
        if ordinary and not (self.tags.ent[i] in _NAME_ENTITIES and not self._is_title(i)):
            return False
        if first:
            return proper or (is_known_name(norm) and commonness(norm) < 4.5 and not ordinary)
        return proper or not wordnet.known(norm) or wordnet.is_proper(norm)

    def addressed(self, i: int) -> bool:
        """Whether "Mr", "Mrs" or the like stands before it: what follows is a name, though it be a baker's."""
        before = i - 2 if i > 1 and self.words[i - 1] == "." else i - 1
        return before >= 0 and self.words[before] in ADDRESSES

    def _is_title(self, i: int) -> bool:
        """An ordinary noun written large before a name ("President", "Minister")."""
        return self.tags.dep[i] == "compound" and self.tags.tag[i].startswith("NN") and commonness(self.words[i]) > 4.2

    @cached_property
    def weight(self) -> NDArray[np.float32]:
        """How much a token carries, 0..1: rare content words and names most, function words little, marks nothing."""
        out = np.zeros(len(self.tokens), np.float32)
        for i, w in enumerate(self.words):
            if not self.is_word[i]:
                continue
            if self.name[i] or self.in_quantity[i] >= 0:
                out[i] = 1.0
            elif self.content[i]:
                out[i] = float(np.clip((7.5 - commonness(w)) / 5.0, 0.3, 1.0))
            else:
                out[i] = 0.3 if self.negator[i] else 0.12
        return out

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Character offsets of the tokens start..end-1."""
        return self.tokens[start].start, self.tokens[end - 1].end


def _is_copula(word: str) -> bool:
    return word in ("be", "am", "is", "are", "was", "were", "been", "being")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text, its tokens and their vectors: a `Side` before anything is known of its grammar."""

    text: str
    tokens: tuple[Token, ...]
    vectors: NDArray[np.float32]


def encode_words(texts: Sequence[str], encoder: WordEncoder) -> list[Encoded]:
    """Every text's words and their vectors."""
    tokens = [tuple(tokenize(t)) for t in texts]
    vectors = encoder.encode([[t.norm for t in ts] for ts in tokens])
    return [Encoded(*item) for item in zip(texts, tokens, vectors, strict=True)]


def tag_sides(encoded: Sequence[Encoded], tagger: Tagger) -> dict[str, Side]:
    """The sides by their text."""
    return {e.text: Side(e.text, e.tokens, e.vectors, tagger.tag(e.vectors, [t.text for t in e.tokens])) for e in encoded}


def read_sides(texts: Sequence[str], encoder: WordEncoder, tagger: Tagger) -> dict[str, Side]:
    """Read every distinct text once."""
    return tag_sides(encode_words(list(dict.fromkeys(texts)), encoder), tagger)
