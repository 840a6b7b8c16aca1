"""People, places, peoples, organisations: the same name, a spelling of it, another name, a lost or an invented one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drift.judge.analysis import Analysis
from drift.judge.apposition import is_gloss
from drift.judge.detector import Candidate, quote
from drift.judge.fullnames import same_in_full
from drift.judge.onename import SPELLING, same_name
from drift.judge.side import PRONOUNS, Side
from drift.judge.untranslated import everyday
from drift.lexicon import wordnet
from drift.lexicon.gazetteer import is_geographic, is_known_name, is_ordinary, speaks_for
from drift.lexicon.spelling import alike

__all__ = ["Names"]

_TITLES = frozenset("dr mr mrs ms mme sir prof".split())
_PARTNERS = frozenset("by with from between against to".split())
_SOUND = 0.95  # `alike` at or above: nothing that a reader would notice


class Names:
    """Names that became other names, were lost or were invented."""

    name = "names"
    order = 10

    def detect(self, pair: Analysis) -> Iterable[Candidate]:
        """Compare linked names; pair what is left over on both sides; report the rest as lost or invented."""
        lost, invented = [], []
        changed: list[Candidate] = []
        for run in _runs(pair.ref):
            if not any(self._found(pair, i) for i in run):
                lost.append(run)
            else:
                changed += self._spelled(pair, run)
        for run in _runs(pair.hyp):
            if not any(self._supported(pair, j) for j in run) and not _foreign_words(pair, run):
                invented.append(run)
        if lost or invented or changed:
            ref_known, hyp_known = same_in_full(pair)
            lost = [r for r in lost if not ref_known & set(r)]
            invented = [r for r in invented if not hyp_known & set(r)]
            changed = [c for c in changed if c.kind == "name.spelling" or not (c.ref and c.ref[0] in ref_known)]
        yield from changed
        yield from self._replaced(pair, lost, invented)

    def _found(self, pair: Analysis, i: int) -> bool:
        """Whether the hypothesis has this reference name anywhere, in any spelling."""
        name = pair.ref.tokens[i].text
        j = pair.to_hyp.get(i)
        if j is not None and same_name(name, pair.hyp.tokens[j].text) >= SPELLING:
            return True
        return any(
            pair.hyp.is_word[k] and same_name(name, t.text) >= SPELLING
            for k, t in enumerate(pair.hyp.tokens)
            if _worth(t.text)
        )

    def _kind_of_thing(self, pair: Analysis, run: list[int]) -> bool:
        """Whether it is an ordinary word behind a name that is there: "the Falkland Islands", "the Falklands"."""
        before = run[0] - 1
        ordinary = len(run) == 1 and is_ordinary(pair.ref.words[run[0]])
        return ordinary and before >= 0 and _large(pair.ref.tokens[before].text) and self._found(pair, before)

    def _supported(self, pair: Analysis, j: int) -> bool:
        name = pair.hyp.tokens[j].text
        return any(
            pair.ref.is_word[k] and same_name(t.text, name) >= SPELLING
            for k, t in enumerate(pair.ref.tokens)
            if _worth(t.text)
        )

    def _spelled(self, pair: Analysis, run: list[int]) -> Iterator[Candidate]:
        """The same name in a spelling that a reader would stumble over."""
        for i in run:
            j = pair.to_hyp.get(i)
            if j is None or not _worth(pair.hyp.tokens[j].text):
                continue
            a, b = pair.ref.tokens[i].text, pair.hyp.tokens[j].text
            closeness = same_name(a, b)
            if SPELLING <= closeness < _SOUND:
                yield Candidate(
                    "name.spelling", "name", "minor", closeness, f"{quote(a)} is spelled {quote(b)}.", (i, i + 1), (j, j + 1),
                    (f"the same name by sound ({alike(a, b):.2f})",),
                )  # fmt: skip
            elif (
                a.casefold() == b
                and a != b
                and (is_known_name(b) or pair.ref.addressed(i))
                and is_ordinary(b)
                and pair.hyp.text[:1].isupper()
                and not pair.hyp.name[j]
            ):
                # "Turkey will …" ~ "The turkey will …": an article says that the small letter is no slip.
                thing = is_geographic(b) and _article(pair.hyp, j) and not _article(pair.ref, i)
                yield Candidate(
                    "name.word", "name", "critical" if thing else "major", 0.9 if thing else 0.45,
                    f"The name {quote(a)} became the ordinary word {quote(b)}.", (i, i + 1), (j, j + 1),
                    ("an article before it",) if thing else (),
                )  # fmt: skip
            elif closeness < 0.5 and alike(a, b) >= SPELLING and pair.hyp.content[j] and not self._found(pair, i):
                yield Candidate(
                    "name.word", "name", "critical", 0.9, f"{quote(a)} became {quote(b)}, which only sounds like it.",
                    (i, i + 1), (j, j + 1), (f"sounds like it ({alike(a, b):.2f})", "a word of its own"),
                )  # fmt: skip
            elif closeness < 0.5 and pair.hyp.name[j] and len(run) > 1 and not self._supported(pair, j):
                yield Candidate(
                    "name.part", "name", "major", 0.6, f"Part of the name changed: {quote(a)} became {quote(b)}.",
                    (i, i + 1), (j, j + 1), ("the other part of the name is the same",),
                )  # fmt: skip

    def _replaced(self, pair: Analysis, lost: list[list[int]], invented: list[list[int]]) -> Iterator[Candidate]:
        free = list(invented)
        for run in lost:
            match = _counterpart(pair, run, free)
            old = _text(pair.ref, run)
            if match is not None:
                free.remove(match)
                new = _text(pair.hyp, match)
                if _one_family(pair, run, match):
                    yield Candidate(
                        "name.title", "name", "minor", 0.4, f"{quote(old)} became {quote(new)}.",
                        (run[0], run[-1] + 1), (match[0], match[-1] + 1), ("words of one family",),
                    )  # fmt: skip
                    continue
                if _one_speaks(old, new) and _acts(pair.ref, run) and _acts(pair.hyp, match):
                    yield Candidate(
                        "name.seat", "name", "minor", 0.4, f"{quote(old)} became {quote(new)}.",
                        (run[0], run[-1] + 1), (match[0], match[-1] + 1), ("a capital and its country",),
                    )  # fmt: skip
                    continue
                known = is_known_name(new.casefold()) or is_known_name(pair.hyp.words[match[-1]])
                closeness = max(alike(pair.ref.tokens[i].text, pair.hyp.tokens[j].text) for i in run for j in match)
                why = ["a name of its own in the gazetteer"] if known else []
                if closeness >= 0.6:
                    why.append(f"sounds like it ({closeness:.2f})")
                # Initials that no reference work has are terms of a trade; what they stand for may well be the same.
                term = _term(old) and _term(new)
                low = old.casefold(), new.casefold()
                if all(map(is_ordinary, low)) and wordnet.relation(*low) != "none":
                    term = True  # what an assembly or an office is called: "Parliament" ~ "the House"
                yield Candidate(
                    "name.term" if term else "name.swap", "name", "major" if term else "critical", 0.6 if term else 0.9 if known else 0.8,
                    f"{quote(old)} became {quote(new)}: another name.",
                    (run[0], run[-1] + 1), (match[0], match[-1] + 1), tuple(why),
                )  # fmt: skip
                continue
            if any(_called(pair.hyp, k) and _one_speaks(old, t.text) for k, t in enumerate(pair.hyp.tokens)):
                continue  # "in Warsaw" ~ "in the Polish capital"
            j = next((pair.to_hyp[i] for i in run if i in pair.to_hyp), None)
            stands = _possessor(pair.ref, run, pair.hyp, pair.to_hyp)
            if stands is not None:
                yield Candidate(
                    "name.pronoun", "name", "minor", 0.4, f"{quote(old)} is only {quote(pair.hyp.tokens[stands].text)} here.",
                    (run[0], run[-1] + 1), (stands, stands + 1),
                )  # fmt: skip
            elif j is None:
                light = _term(old) or self._kind_of_thing(pair, run) or is_gloss(pair.ref, run, pair.to_hyp, pair.hyp)
                yield Candidate(
                    "name.term_lost" if light else "name.lost", "omission", "minor" if light else "major",
                    0.4 if light else 0.7, f"The name {quote(old)} is missing.", (run[0], run[-1] + 1), None,
                )  # fmt: skip
            elif pair.hyp.words[j] in PRONOUNS or pair.hyp.tags.tag[j].startswith(("PRP", "DT", "WP")):
                yield Candidate(
                    "name.pronoun", "name", "minor", 0.4, f"{quote(old)} is only {quote(pair.hyp.tokens[j].text)} here.",
                    (run[0], run[-1] + 1), (j, j + 1),
                )  # fmt: skip
            else:
                new = pair.hyp.tokens[j].text
                if _term(old) and _term(new.upper()) and not wordnet.known(new.casefold()):
                    yield Candidate(
                        "name.term", "name", "major", 0.6, f"{quote(old)} became {quote(new)}.", (run[0], run[-1] + 1), (j, j + 1),
                    )  # fmt: skip
                    continue
                sounds = max(alike(pair.ref.tokens[i].text, new) for i in run)
                yield Candidate(
                    "name.word", "name", "critical" if sounds >= SPELLING else "major", 0.55 + 0.35 * sounds,
                    f"The name {quote(old)} became the word {quote(new)}.", (run[0], run[-1] + 1), (j, j + 1),
                    (f"sounds like it ({sounds:.2f})",) if sounds >= SPELLING else (),
                )  # fmt: skip
        for run in free:
            new = _text(pair.hyp, run)
            if _called(pair.hyp, run[-1]) and any(_large(t.text) and _one_speaks(new, t.text) for t in pair.ref.tokens):
                continue  # "in the Polish capital, Warsaw"
            i = next((pair.to_ref[j] for j in run if j in pair.to_ref), None)
            if (i is not None and pair.ref.words[i] in PRONOUNS) or _possessor(pair.hyp, run, pair.ref, pair.to_ref) is not None:
                continue  # a pronoun made explicit
            term = _term(new) or is_gloss(pair.hyp, run, pair.to_ref, pair.ref)
            yield Candidate(
                "name.term_invented" if term else "name.invented", "addition", "minor" if term else "major", 0.4 if term else 0.6,
                f"The name {quote(new)} is not in the reference.",
                (i, i + 1) if i is not None else None, (run[0], run[-1] + 1),
            )  # fmt: skip


def _article(side: Side, k: int) -> bool:
    return k > 0 and side.words[k - 1] in ("a", "an", "the")


def _acts(side: Side, run: list[int]) -> bool:
    """Whether a name does something or is dealt with, as governments are: a subject, a possessor or what follows "by", "with", "from"."""
    before = side.words[run[0] - 1] if run[0] else ""
    return before in _PARTNERS or any(side.tags.dep[k] in ("nsubj", "nsubjpass", "poss", "amod", "compound") for k in run)


def _called(side: Side, k: int) -> bool:
    """Whether "capital" follows: "the Polish capital"."""
    return side.words[k + 1 : k + 2] == ("capital",)


def _one_speaks(a: str, b: str) -> bool:
    """Whether one is a capital and the other its country or its people."""
    return speaks_for(a, b) or speaks_for(b, a)


def _possessor(side: Side, run: list[int], other: Side, links: dict[int, int]) -> int | None:
    """The "his", "her", "their" or "its" of the other side that stands for a name with 's: "Anna's brother" ~ "her brother"."""
    after = run[-1] + 1
    if side.words[after : after + 1] not in (("'s",), ("'",)):
        return None
    for owned in range(after + 1, min(after + 4, len(side.words))):
        at = links.get(owned)
        if at is not None:
            return next((k for k in range(max(0, at - 3), at) if other.words[k] in ("his", "her", "their", "its")), None)
    return None


def _term(text: str) -> bool:
    """Whether it is initials that no reference work has: a trade's own, which one translator spells out and another does not."""
    return 2 <= len(text) <= 6 and text.isalpha() and text.isupper() and not wordnet.is_proper(text.casefold())


def _one_family(pair: Analysis, run: list[int], match: list[int]) -> bool:
    """Whether two names of one ordinary word each are that word in two forms: the "School of Economics", "of Economy"."""
    if len(run) != 1 or len(match) != 1:
        return False
    a, b = pair.ref.words[run[0]], pair.hyp.words[match[0]]
    ordinary = all(wordnet.known(w) and not wordnet.is_proper(w) for w in (a, b))
    return ordinary and (pair.relation(run[0], match[0]) in ("derived", "synonym") or a[:5] == b[:5])


def _foreign_words(pair: Analysis, run: list[int]) -> bool:
    """Whether what looks like a name is a word left in another language that writes its nouns large."""
    linked = [pair.to_ref[j] for j in run if j in pair.to_ref]
    return not any(pair.ref.name[i] for i in linked) and all(everyday(pair.hyp.words[j]) for j in run)


def _large(text: str) -> bool:
    return text[:1].isupper() and _worth(text)


def _worth(text: str) -> bool:
    """Whether a token can be compared as a name at all."""
    return len(text) > 1 and text[:1].isalpha()


def _runs(side: Side) -> list[list[int]]:
    """Maximal runs of name tokens."""
    runs: list[list[int]] = []
    for i, flag in enumerate(side.name):
        if side.words[i] in _TITLES:
            continue
        if flag and runs and runs[-1][-1] == i - 1 and side.tags.ent[i] == side.tags.ent[i - 1]:
            runs[-1].append(i)
        elif flag:
            runs.append([i])
    return runs


def _text(side: Side, run: list[int]) -> str:
    start, end = side.span(run[0], run[-1] + 1)
    return side.text[start:end]


def _counterpart(pair: Analysis, run: list[int], candidates: list[list[int]]) -> list[int] | None:
    """The left-over hypothesis name that stands where this lost name stood: linked to it, else between its neighbours."""
    linked = {pair.to_hyp[i] for i in run if i in pair.to_hyp}
    for other in candidates:
        if linked & set(other):
            return other
    if linked:
        return None
    left = next((pair.to_hyp[i] for i in range(run[0] - 1, -1, -1) if i in pair.to_hyp), -1)
    right = next(
        (pair.to_hyp[i] for i in range(run[-1] + 1, len(pair.ref.tokens)) if i in pair.to_hyp), len(pair.hyp.tokens)
    )
    low, high = min(left, right), max(left, right)
    for other in candidates:
        if low < other[0] and other[-1] < high and not any(j in pair.to_ref for j in other):
            return other
    return None
