"""The judge put to the test on any English text: how much of what was spoilt on purpose it notices, and what it cries wolf at.

A perturbation counts as found when the verdict on (sentence, spoilt sentence) has a finding at least as severe as that kind
of error deserves, as typed when one of these findings names the right category too. A faithful rewrite counts as a false
alarm when it gets a major or critical finding. Automatic perturbations are cruder than real errors: the numbers compare
models and versions with one another, they do not foretell the recall on real copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from drift.judge.perturb import PERTURBATIONS, perturb
from drift.judge.rewrite import REWRITES, rewrite
from drift.records import PairDrift
from drift.typology import at_least

__all__ = ["SAMPLE", "KindResult", "SelfTest", "selftest"]


@dataclass(frozen=True, slots=True)
class KindResult:
    """One kind of perturbation or rewrite, over all sentences that have a place for it."""

    kind: str
    title: str
    tried: int
    hits: int  # perturbations found; for a rewrite: false alarms
    typed: int  # perturbations found under the right category; 0 for a rewrite
    drift: float  # mean score, 0..1
    examples: tuple[tuple[str, str], ...]  # (sentence, changed sentence) where the judge was wrong, at most three

    @property
    def share(self) -> float:
        """Recall of a perturbation, false-alarm rate of a rewrite; 0..1."""
        return self.hits / self.tried


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Recall by kind of perturbation and false alarms by kind of rewrite; kinds without a place are left out."""

    sentences: int
    recall: tuple[KindResult, ...]
    false_alarms: tuple[KindResult, ...]
    seed: int


def selftest(sentences: Sequence[str], *, seed: int = 0) -> SelfTest:
    """Spoil and rewrite every sentence in every way that it allows, and judge the results."""
    from drift.align.words import default_encoder
    from drift.judge import judge_many
    from drift.judge.side import read_sides
    from drift.judge.tagger import default_tagger

    distinct = list(dict.fromkeys(s.strip() for s in sentences if s.strip()))
    sides = read_sides(distinct, default_encoder(), default_tagger())
    changed: list[tuple[str, str, str]] = []
    for text in distinct:
        spoilt = [(kind, text, perturb(sides[text], kind, seed)) for kind in PERTURBATIONS]
        kept = [(kind, text, rewrite(sides[text], kind)) for kind in REWRITES]
        changed.extend((kind, a, b) for kind, a, b in (*spoilt, *kept) if b is not None)
    verdicts = judge_many([(a, b) for _, a, b in changed])
    by_kind: dict[str, list[PairDrift]] = {}
    for (kind, _, _), verdict in zip(changed, verdicts, strict=True):
        by_kind.setdefault(kind, []).append(verdict)
    return SelfTest(
        len(distinct),
        tuple(_found(kind, by_kind[kind]) for kind in PERTURBATIONS if kind in by_kind),
        tuple(_alarmed(kind, by_kind[kind]) for kind in REWRITES if kind in by_kind),
        seed,
    )


def _found(kind: str, verdicts: list[PairDrift]) -> KindResult:
    wanted = PERTURBATIONS[kind]
    grave = [[f for f in v.findings if at_least(f.severity, wanted.least)] for v in verdicts]
    typed = sum(any(f.category in wanted.categories for f in found) for found in grave)
    missed = [v for v, found in zip(verdicts, grave, strict=True) if not found]
    return _result(kind, wanted.title, verdicts, sum(map(bool, grave)), typed, missed)


def _alarmed(kind: str, verdicts: list[PairDrift]) -> KindResult:
    wrong = [v for v in verdicts if v.severity in ("major", "critical")]
    return _result(kind, REWRITES[kind].title, verdicts, len(wrong), 0, wrong)


def _result(
    kind: str, title: str, verdicts: list[PairDrift], hits: int, typed: int, wrong: list[PairDrift]
) -> KindResult:
    mean = sum(v.score for v in verdicts) / len(verdicts)
    return KindResult(
        kind, title, len(verdicts), hits, typed, mean, tuple((v.reference, v.hypothesis) for v in wrong[:3])
    )


SAMPLE: Final = (
    "The harbour of Rotterdam was closed on Tuesday after a tanker hit the northern pier.",
    "Nobody was injured, but 14 workers had to leave the site.",
    "The captain, a man with thirty years of experience, did not see the warning light.",
    "In the morning, divers found three cracks in the hull.",
    "Mayor Elena Marchetti thanked the firemen for their courage.",
    "The company refused to answer questions about the cause of the accident.",
    "Two inspectors from Oslo will examine the engine next week.",
    "Fishermen blame the government for the poor state of the canal.",
    "The repairs will cost at least 2.5 million euros.",
    "She said that the insurance would not pay for the damage.",
    "The old lighthouse is open to visitors again.",
    "Scientists at the University of Toronto discovered a new species of frog.",
    "The animal lives in wet forests and eats small insects.",
    "It is not known how many of them survive.",
    "During the winter of 1998, hunters killed almost all wolves in the valley.",
    "The farmer sold his land to a bank in Zurich.",
    "His brother has always been against the sale.",
    "They don't trust the new owners.",
    "The judge sentenced the accountant to seven years in prison.",
    "The lawyer of the accused called the verdict unjust.",
    "A court in Nairobi rejected the appeal on 12 March.",
    "The orchestra played a symphony by Shostakovich in front of 900 guests.",
    "Critics praised the young conductor, who had replaced his ill teacher.",
    "The tickets were expensive, yet the hall was full.",
    "Unemployment rose to 8 percent in October.",
    "The minister promised to lower taxes before the election.",
    "The opposition says that he is not telling the truth.",
    "The colour of the water changed after the storm.",
    "Doctors advise patients to drink more water and to avoid salt.",
    "The vaccine protects children against measles.",
    "For two weeks, soldiers guarded the bridge near Tbilisi.",
    "The rebels released five prisoners and kept the rest.",
)
