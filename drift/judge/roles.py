"""Who did what to whom: swapped subject and object, a changed pronoun or possessor; a passive alone is no drift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drift.judge.analysis import Analysis
from drift.judge.contrast import comparison_turned
from drift.judge.detector import Candidate, quote
from drift.judge.edit import noun_phrase
from drift.judge.side import Side
from drift.lexicon import wordnet
from drift.lexicon.lemmas import lemmas

__all__ = ["SUPPORT", "SYMMETRIC", "Roles", "argument", "other_gender"]

_AGENT, _PATIENT = "agent", "patient"
# person, number, gender of the pronouns that tell who is meant; case does not matter ("I" ~ "me" ~ "my")
_WHO = {
    **dict.fromkeys("i me my mine myself".split(), "the speaker"),
    **dict.fromkeys("we us our ours ourselves".split(), "us"),
    **dict.fromkeys("you your yours yourself yourselves".split(), "you"),
    **dict.fromkeys("he him his himself".split(), "him"),
    **dict.fromkeys("she her hers herself".split(), "her"),
    **dict.fromkeys("it its itself".split(), "it"),
    **dict.fromkeys("they them their theirs themselves".split(), "them"),
}
_REACH = 6  # words between a verb and its object; farther, the tree is seldom right
_PERSONS = frozenset("i he she we".split())  # what "you" and "they" do is often a passive in other words
SUPPORT = frozenset("make take give get have do put set".split())  # verbs that mean little without their object: set fire to
SYMMETRIC = frozenset(
    "meet marry divorce resemble equal border neighbour neighbor adjoin date debate collide merge agree coincide differ match "
    "talk speak negotiate confer separate distinguish differentiate compare connect link combine mix alternate".split()
)  # A meets B when B meets A
_LIGHT = SUPPORT | {"be", "bring", "keep"}
_BE = frozenset("am is are was were be been being get got gets 's 're 'm".split())
_LOOSE = frozenset(
    {frozenset({"it", "them"}), frozenset({"it", "him"}), frozenset({"it", "her"})}
)  # often only grammar
_PAIRS = {("man", "woman"), ("boy", "girl"), ("father", "mother"), ("son", "daughter"), ("brother", "sister"),
          ("husband", "wife"), ("king", "queen"), ("uncle", "aunt"), ("mr", "mrs"), ("mr", "ms"), ("sir", "madam"),
          ("grandfather", "grandmother"), ("nephew", "niece"), ("actor", "actress"), ("male", "female"),
          ("gentleman", "lady"), ("policeman", "policewoman"), ("widow", "widower"), ("prince", "princess")}  # fmt: skip


def argument(side: Side, word: int) -> tuple[str, int] | None:
    """(agent or patient, verb) of a noun or pronoun; passives are turned round; None where it is neither."""
    dep, head = side.tags.dep[word], side.tags.head[word]
    if dep in ("nsubj", "nsubjpass", "csubj"):
        verb = _verb(side, head)
        return (
            _PATIENT if (dep == "nsubjpass" and side.tags.tag[verb] == "VBN") or _passive(side, verb) else _AGENT
        ), verb
    if dep == "pobj" and side.tags.tag[head].startswith(
        "VB"
    ):  # the tagger skips a preposition, or takes an object for one
        before = noun_phrase(side, word)[0] - 1
        if before >= 0 and side.words[before] == "by" and _passive(side, head):
            return _AGENT, head
        behind = word > head and (before <= head or side.tags.tag[before] not in ("IN", "TO"))  # what stands before it is an apposition
        return (_PATIENT, head) if behind else None
    if dep == "dobj":
        return _PATIENT, _verb(side, head)
    if dep == "pobj" and side.words[head] == "by" and _passive(side, side.tags.head[head]):
        return _AGENT, side.tags.head[head]
    before = noun_phrase(side, word)[0] - 1  # whatever the label says: "was followed by the state dinner"
    if before > 1 and side.words[before] == "by" and side.tags.tag[before - 1] == "VBN" and _passive(side, before - 1):
        return _AGENT, before - 1
    return None


def _passive(side: Side, verb: int) -> bool:
    """A participle after a form of be: the tagger's labels alone confuse passives with adjectives now and then."""
    if side.tags.tag[verb] not in ("VBN", "VBD"):
        return False
    back = range(max(0, verb - 3), verb)
    return any(
        side.words[k] in _BE and all(side.auxiliary[m] or not side.content[m] or side.tags.tag[m] == "RB" for m in range(k + 1, verb))
        for k in back
    )


def _verb(side: Side, head: int) -> int:
    """The main verb when the head found is one of its auxiliaries."""
    return side.tags.head[head] if side.auxiliary[head] and side.tags.dep[head] in ("aux", "auxpass") else head


class Roles:
    """Arguments that changed places, pronouns and possessors that became others."""

    name = "roles"
    order = 40

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Compare the role of every linked noun and pronoun, then who the pronouns are, then natural gender."""
        if not comparison_turned(pair):  # "A needs B more than B needs A" ~ "B needs A less than A needs B"
            yield from self._arguments(pair)
            yield from self._displaced(pair)
            yield from self._exchanged(pair)
            yield from self._crossed(pair)
        yield from self._pronouns(pair)
        yield from self._gender(pair)

    def _arguments(self, pair: Analysis) -> Iterator[Candidate]:
        told: set[int] = set()
        for i, j in pair.links:
            role_a, role_b = argument(pair.ref, i), argument(pair.hyp, j)
            if role_a is None or role_b is None or role_a[0] == role_b[0]:
                continue
            person = pair.ref.words[i] == pair.hyp.words[j] and pair.ref.words[i] in _PERSONS
            if not (person or (pair.ref.content[i] and pair.hyp.content[j])) or pair.cosine[i, j] < 0.5:
                continue
            verbs_linked = pair.to_hyp.get(role_a[1]) == role_b[1]
            if not verbs_linked and role_a[1] in pair.to_hyp:
                continue  # another thing is told of it: "when the actress came, she was met" ~ "when she came, the actress was met"
            rival = self._rival(pair, role_a[1], role_a[0], role_b)
            same_verb = verbs_linked and pair.relation(role_a[1], role_b[1]) in ("same", "synonym")
            if rival and verbs_linked and not same_verb:
                continue  # another verb gives other parts: "left them without power" ~ "they had no power"
            if not rival and not (same_verb and _passive(pair.ref, role_a[1]) != _passive(pair.hyp, role_b[1])):
                continue  # one label alone is too often the tagger's mistake
            if lemmas(pair.ref.words[role_a[1]]) & SYMMETRIC:
                continue
            if not rival and not (person or pair.ref.name[i] or wordnet.acts(pair.ref.words[i])):
                continue  # "the meeting closed" ~ "the meeting was closed"
            if role_b[1] in told:
                continue  # one swap moves two words; it is one error
            told.add(role_b[1])
            verb = pair.hyp.tokens[role_b[1]].text
            name = pair.ref.tokens[i].text
            did = "does it" if role_a[0] == _AGENT else "has it done to it"
            does = "does it" if role_b[0] == _AGENT else "has it done to it"
            yield Candidate(
                "role.swap", "role", "critical", 0.8 if verbs_linked and rival else 0.6,
                f"Who does what changed: in the reference {quote(name)} {did}, here it {does} ({quote(verb)}).",
                _range(i, role_a[1]), _range(j, role_b[1]),
            )  # fmt: skip

    def _displaced(self, pair: Analysis) -> Iterator[Candidate]:
        """One verb done to another: its object in the reference is elsewhere in the sentence, and another took its place."""
        before, after = _objects(pair.ref), _objects(pair.hyp)
        for v, u in pair.links:
            i, j = before.get(v), after.get(u)
            if i is None or j is None or pair.relation(v, u) != "same" or lemmas(pair.ref.words[v]) & (SYMMETRIC | _LIGHT):
                continue
            gone, come = pair.to_hyp.get(i), pair.to_ref.get(j)
            if gone is None or come is None or gone == j or max(abs(v - i), abs(u - j)) > _REACH:
                continue
            if not (_noun(pair.ref, come) and _noun(pair.hyp, gone)):
                continue  # "prevent it from forming" ~ "prevent its formation"
            if argument(pair.ref, come) == (_PATIENT, v) or argument(pair.hyp, gone) == (_PATIENT, u):
                continue  # a passive, or an object in two parts
            if _joined(pair.ref, i, come) or _joined(pair.hyp, j, gone):
                continue  # "a mosque and houses" ~ "houses and a mosque"
            if _given(pair.ref, v, i, come) != _given(pair.hyp, u, j, gone):
                continue  # "ask questions of the guide" ~ "ask the guide questions"
            old, new = pair.ref.tokens[i].text, pair.hyp.tokens[j].text
            yield Candidate(
                "role.object", "role", "critical", 0.9,
                f"{quote(pair.ref.tokens[v].text)} was said of {quote(old)}, here of {quote(new)}.", _range(i, v), _range(j, u),
            )  # fmt: skip

    def _rival(self, pair: Analysis, verb: int, role: str, now: tuple[str, int]) -> bool:
        """Whether the role that the word left is taken by another word that had another role."""
        for k, m in pair.links:
            there = argument(pair.hyp, m)
            if there is not None and there[0] == role and there[1] == now[1] and argument(pair.ref, k) != (role, verb):
                return True
        return False

    def _exchanged(self, pair: Analysis) -> Iterator[Candidate]:
        """Two nouns linked by their places though each stands where the other stood: "lender … borrower", turned round."""
        links = [(i, j) for i, j in pair.links if pair.ref.content[i] and pair.ref.words[i] != pair.hyp.words[j]]
        for at, (i, j) in enumerate(links):
            for k, m in links[at + 1 :]:
                if pair.ref.words[i] != pair.hyp.words[m] or pair.ref.words[k] != pair.hyp.words[j]:
                    continue
                roles = argument(pair.ref, i), argument(pair.hyp, m)
                if not all(pair.ref.tags.tag[x].startswith("NN") for x in (i, k)) or (
                    roles[0] and roles[1] and roles[0][0] == roles[1][0]
                ):
                    continue
                yield Candidate(
                    "role.swap", "role", "critical", 0.75,
                    f"{quote(pair.ref.tokens[i].text)} and {quote(pair.ref.tokens[k].text)} changed places.", (i, i + 1), (j, j + 1),
                )  # fmt: skip

    def _pronouns(self, pair: Analysis) -> Iterator[Candidate]:
        for i, j in pair.links:
            a, b = _WHO.get(pair.ref.words[i]), _WHO.get(pair.hyp.words[j])
            if a is None or b is None or a == b or _of_others(pair, i, j):
                continue
            if frozenset({a, b}) in _LOOSE:
                severity, strength = "minor", 0.4
            elif {a, b} == {"him", "her"}:
                severity, strength = "critical", 0.85
            else:
                severity, strength = "major", 0.6
            crossed = any(_WHO.get(pair.hyp.words[m]) == a and _WHO.get(pair.ref.words[k]) == b for k, m in pair.links)
            where = "Subject and object changed places" if crossed else "Another person is meant"
            yield Candidate(
                "role.gender" if {a, b} == {"him", "her"} else "role.pronoun", "role", severity,  # type: ignore[arg-type]
                strength + (0.2 if crossed else 0.0),
                f"{where}: {quote(pair.ref.tokens[i].text)} became {quote(pair.hyp.tokens[j].text)}.", (i, i + 1), (j, j + 1),
            )  # fmt: skip

    def _crossed(self, pair: Analysis) -> Iterator[Candidate]:
        """The same persons in each other's place: "I am their enemy", "They are my enemy"."""
        ref, hyp = _slots(pair.ref), _slots(pair.hyp)
        for here, there in (("subject", "possessor"), ("subject", "object"), ("object", "possessor")):
            a, b = ref.get(here), ref.get(there)
            c, d = hyp.get(here), hyp.get(there)
            if a and b and c and d and a[0] == d[0] and b[0] == c[0] and a[0] != b[0]:
                words = [pair.ref.tokens[k].text for k in (a[1], b[1])]
                yield Candidate(
                    "role.crossed", "role", "critical", 0.85,
                    f"Who is meant changed places: {quote(words[0])} was the {here} and {quote(words[1])} the {there}, here it is "
                    "the other way round.", (a[1], a[1] + 1), (c[1], c[1] + 1),
                )  # fmt: skip

    def _gender(self, pair: Analysis) -> Iterator[Candidate]:
        for i, j in pair.links:
            a, b = pair.ref.words[i], pair.hyp.words[j]
            if a == b or not a.isalpha() or not b.isalpha():
                continue
            if other_gender(a, b):
                yield Candidate(
                    "role.gender", "role", "critical", 0.85,
                    f"{quote(pair.ref.tokens[i].text)} became {quote(pair.hyp.tokens[j].text)}: another person.",
                    (i, i + 1), (j, j + 1),
                )  # fmt: skip


def other_gender(a: str, b: str) -> bool:
    """Whether two (case-folded) nouns differ in natural gender only."""
    return any((x, y) in _PAIRS or (y, x) in _PAIRS for x in lemmas(a) for y in lemmas(b))


def _of_others(pair: Analysis, i: int, j: int) -> bool:
    """Whether two possessors stand before words that are not each other's counterparts: "his wife", "her daughter"."""
    if pair.ref.tags.dep[i] != "poss" or pair.hyp.tags.dep[j] != "poss":
        return False
    mine, theirs = pair.ref.tags.head[i], pair.hyp.tags.head[j]
    return pair.to_hyp.get(mine, theirs) != theirs and pair.to_ref.get(theirs, mine) != mine


def _noun(side: Side, k: int) -> bool:
    return side.content[k] and side.tags.tag[k].startswith("NN")


def _objects(side: Side) -> dict[int, int]:
    """Verb -> its direct object; the verb is the word that governs it, or else the nearest verb before it."""
    out: dict[int, int] = {}
    for k, dep in enumerate(side.tags.dep):
        if dep != "dobj" or not side.content[k]:
            continue
        start = noun_phrase(side, k)[0]
        if start and side.tags.tag[start - 1] == "IN":
            continue  # the object of a preposition, mislabelled
        verb = side.tags.head[k]
        if not side.tags.tag[verb].startswith("VB"):
            verb = next((m for m in range(k - 1, -1, -1) if side.tags.tag[m].startswith("VB")), -1)
        if verb >= 0 and not _passive(side, verb):
            out.setdefault(verb, k)
    return out


def _joined(side: Side, a: int, b: int) -> bool:
    """Whether an "and" or the like joins two words, the one governing the other."""
    return any(side.tags.dep[x] == "conj" and side.tags.head[x] == y for x, y in ((a, b), (b, a)))


def _given(side: Side, verb: int, thing: int, other: int) -> bool:
    """Whether what follows a verb are two bare objects, "give him a book", and not "give a book to him"."""
    low, high = sorted((thing, other))
    starts = [noun_phrase(side, k)[0] for k in (low, high)]
    return verb < low and all(side.tags.tag[start - 1] not in ("IN", "TO") for start in starts)


def _slots(side: Side) -> dict[str, tuple[str, int]]:
    """Slot -> (person, word) for the pronouns of a sentence that has only one in each slot; others are left out."""
    names = {
        "nsubj": "subject",
        "nsubjpass": "object",
        "dobj": "object",
        "pobj": "object",
        "dative": "object",
        "poss": "possessor",
    }
    found: dict[str, list[tuple[str, int]]] = {}
    for k, word in enumerate(side.words):
        slot = names.get(side.tags.dep[k])
        if slot and word in _WHO:
            found.setdefault(slot, []).append((_WHO[word], k))
    return {slot: entries[0] for slot, entries in found.items() if len(entries) == 1}


def _range(a: int, b: int) -> tuple[int, int]:
    """From one word to another, at most six words; farther apart, the first alone."""
    low, high = min(a, b), max(a, b) + 1
    return (low, high) if high - low <= 6 else (a, a + 1)
