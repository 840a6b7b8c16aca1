"""The judge: read the sides, link their words, ask every detector, weigh what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from drift.align.words import WordEncoder, default_encoder
from drift.judge import Pair
from drift.judge.analysis import Analysis, analyse
from drift.judge.bounds import Bounds
from drift.judge.calendar import Calendar
from drift.judge.contrast import Contrast
from drift.judge.counted import Counted
from drift.judge.coverage import Coverage
from drift.judge.detector import Candidate, Detector
from drift.judge.evidence import evidence, suspicion
from drift.judge.exchange import Exchange
from drift.judge.fluency import Fluency
from drift.judge.grammar import Grammar
from drift.judge.idioms import Idioms, in_plain_words
from drift.judge.jobs import PORTION, Portions
from drift.judge.modality import Modality
from drift.judge.names import Names
from drift.judge.numbers import Numbers
from drift.judge.parts import Parts
from drift.judge.places import Places
from drift.judge.polarity import Polarity
from drift.judge.quantifiers import Quantifiers
from drift.judge.recipients import Recipients
from drift.judge.risk import WordRisk, default_risk
from drift.judge.roles import Roles
from drift.judge.sequence import Order
from drift.judge.severity import Weigher, combined, default_weigher, expected_charge
from drift.judge.side import Side, encode_words, tag_sides
from drift.judge.suspects import NAME, suspects
from drift.judge.tagger import default_tagger
from drift.judge.unreal import Unreal
from drift.judge.untranslated import Untranslated
from drift.judge.wording import Wording
from drift.records import Finding, Link, PairDrift, Span

__all__ = ["DETECTORS", "examine", "first_explanation", "judge_pairs", "judged_portions", "with_suspects"]

DETECTORS: tuple[Detector, ...] = tuple(
    sorted(
        (
            Names(), Numbers(), Bounds(), Calendar(), Quantifiers(), Untranslated(), Polarity(), Order(), Exchange(), Roles(), Places(),
            Parts(), Contrast(), Counted(), Idioms(), Recipients(), Unreal(), Modality(), Wording(), Coverage(), Fluency(), Grammar(),
        ),
        key=lambda d: d.order,
    )
)
_BY_TREE = frozenset({"role.swap", "role.object", "role.crossed", "role.places", "role.parts"})  # kinds that rest on the tagger's trees


def judge_pairs(
    pairs: Sequence[Pair], *, encoder: WordEncoder | None = None, weigher: Weigher | None = None
) -> list[PairDrift]:
    """One verdict per pair, same order."""
    return [verdict for portion in judged_portions(pairs, encoder=encoder, weigher=weigher) for verdict in portion]


def judged_portions(
    pairs: Sequence[Pair], *, encoder: WordEncoder | None = None, weigher: Weigher | None = None
) -> Portions:
    """Verdicts in order, as they are ready. Every distinct sentence is read once, and kept until the last pair that has it."""
    if not pairs:
        return
    model, tagger = encoder or default_encoder(), default_tagger()
    weigh = weigher or default_weigher()
    portions = [pairs[at : at + PORTION] for at in range(0, len(pairs), PORTION)]
    awaited = Counter(t for p in pairs for t in (p.reference, p.hypothesis))
    sides: dict[str, Side] = {}
    # The words of the next portion are encoded, outside Python's lock, while this one is judged. The judge's own products are
    # small: shared among threads they take longer, on a busy machine twenty times as long.
    with _blas().limit(limits=1), ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(encode_words, _texts(portions[0]), model)
        for number, portion in enumerate(portions):
            sides |= tag_sides(coming.result(), tagger)
            if number + 1 < len(portions):
                fresh = [t for t in _texts(portions[number + 1]) if t not in sides]
                coming = ahead.submit(encode_words, fresh, model)
            yield _judge_portion(portion, sides, weigh)
            awaited.subtract(t for p in portion for t in (p.reference, p.hypothesis))
            sides = {text: side for text, side in sides.items() if awaited[text]}


@lru_cache(maxsize=1)
def _blas() -> Any:
    """What can hold numpy's linear algebra to one thread; looked up once, for that takes a few milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")


def _texts(pairs: Sequence[Pair]) -> list[str]:
    return list(dict.fromkeys(t for p in pairs for t in (p.reference, p.hypothesis)))


def _judge_portion(pairs: Sequence[Pair], sides: dict[str, Side], weigh: Weigher) -> list[PairDrift]:
    moved = [p for p in pairs if _flat(p.reference) != _flat(p.hypothesis)]
    analyses = {(p.reference, p.hypothesis): analyse(sides[p.reference], sides[p.hypothesis]) for p in moved}
    said = {key: first_explanation(examine(analysis)) for key, analysis in analyses.items()}
    risks = dict(zip(analyses, default_risk().of(list(analyses.values()), [[c for _, c in said[key]] for key in analyses]), strict=True))
    verdicts: list[PairDrift] = []
    for pair in pairs:
        key = (pair.reference, pair.hypothesis)
        verdicts.append(_verdict(pair, analyses[key], said[key], risks[key], weigh) if key in analyses else _same(pair))
    return verdicts


def _same(pair: Pair) -> PairDrift:
    """The verdict on two texts that differ in nothing but spaces and kinds of quotes."""
    return PairDrift(pair.reference, pair.hypothesis, 0.0, (), 1.0, source=pair.source, language=pair.language)


def examine(pair: Analysis) -> list[tuple[str, Candidate]]:
    """Everything that the detectors say of a pair, with the detector's name, save of the words of an idiom said in plain words.

    Where the order of the words is lost, no tree tells who did what.
    """
    said = [(d.name, c) for d in DETECTORS for c in d.detect(pair)]
    if any(c.kind == "fluency.shuffled" for _, c in said):
        said = [(name, c) for name, c in said if c.kind not in _BY_TREE]
    known = in_plain_words(pair)
    return said if not any(known) else [(name, c) for name, c in said if not _within(c, known)]


def _within(candidate: Candidate, known: tuple[set[int], set[int]]) -> bool:
    """Whether a candidate is about known words and no others."""
    return all(known[at].issuperset(range(*(where or (0, 0)))) for at, where in enumerate((candidate.ref, candidate.hyp)))


def with_suspects(said: list[tuple[str, Candidate]], analysis: Analysis, risk: WordRisk) -> list[tuple[str, Candidate]]:
    """Every suspicion once: the detectors' (`first_explanation`) in their order, then what only the risk network distrusts."""
    return said + [(NAME, c) for c in suspects(analysis, risk, [c for _, c in said])]


def _verdict(
    pair: Pair, analysis: Analysis, said: list[tuple[str, Candidate]], risk: WordRisk, weigh: Weigher
) -> PairDrift:
    ref, hyp = analysis.ref, analysis.hyp
    kept = with_suspects(said, analysis, risk)
    facts = evidence(analysis, [c for _, c in kept], risk)
    score = weigh.score(facts)
    findings = []
    for name, candidate in kept:
        severity, confidence = weigh.finding(candidate, suspicion(candidate, risk, analysis), score)
        if severity is None:
            continue
        findings.append(
            Finding(
                id="",
                category=candidate.category,
                severity=severity,
                confidence=confidence,
                message=candidate.message,
                reference_span=_span(ref, candidate.ref),
                copy_span=_span(hyp, candidate.hyp),
                evidence=candidate.evidence,
                detector=name,
            )
        )
    return PairDrift(
        reference=pair.reference,
        hypothesis=pair.hypothesis,
        score=combined(score, expected_charge(findings)),
        findings=tuple(findings),
        similarity=facts["f1"],
        links=tuple(Link(_at(ref, i), _at(hyp, j), float(analysis.cosine[i, j])) for i, j in analysis.links),
        evidence=facts,
        source=pair.source,
        language=pair.language,
    )


def first_explanation(said: Sequence[tuple[str, Candidate]]) -> list[tuple[str, Candidate]]:
    """Leave out what an earlier detector already explained on the same words (detectors come in order)."""
    taken_ref: set[int] = set()
    taken_hyp: set[int] = set()
    kept: list[tuple[str, Candidate]] = []
    for name, candidate in said:
        ref = set(range(*candidate.ref)) if candidate.ref else set()
        hyp = set(range(*candidate.hyp)) if candidate.hyp else set()
        whole = candidate.kind in ("fluency.shuffled", "modality.question")
        if not whole and ((ref and ref <= taken_ref) or (hyp and hyp <= taken_hyp)):
            continue
        kept.append((name, candidate))
        if not whole:
            taken_ref |= ref
            taken_hyp |= hyp
    return kept


def _span(side: Side, where: tuple[int, int] | None) -> Span | None:
    if where is None or where[0] >= where[1]:
        return None
    start, end = side.span(*where)
    return Span(start, end, side.text[start:end])


def _at(side: Side, k: int) -> Span:
    token = side.tokens[k]
    return Span(token.start, token.end, token.text)


@lru_cache(maxsize=4096)
def _flat(text: str) -> str:
    """The text without what is never meaning: runs of spaces, kinds of quotes and dashes."""
    table = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "..."})
    return " ".join(text.translate(table).split())
