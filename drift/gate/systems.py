"""MT systems side by side on one test set: who keeps the meaning, in which sentences, by kind, and is it noise.

    comparison = compare_systems(references, {"old": lines, "new": other_lines}, sources=sources)
    comparison.versus[0].drift.p_randomised           # chance of a difference this large between equal systems
    comparison.versus[0].differing                    # sentences where they differ most

The first system is what the others are held against. All numbers of drift are means over sentences, 0 = same meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from drift.errors import UsageError
from drift.gate.significance import RESAMPLES, SEED, TRIALS, Paired, holm, paired
from drift.records import Finding, PairDrift
from drift.typology import CATEGORIES, Category, at_least

__all__ = ["ALPHA", "TIE", "Comparison", "Kind", "Metric", "System", "Versus", "compare_systems"]

ALPHA: Final = 0.05
TIE: Final = 0.01  # of drift; a smaller difference in one sentence is a tie

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class System:
    """One system's translations and what the judge says of each."""

    name: str
    lines: tuple[str, ...]
    verdicts: tuple[PairDrift, ...]

    @property
    def drift(self) -> float:
        """Mean drift, 0..1, 0 = same meaning."""
        return sum(v.score for v in self.verdicts) / len(self.verdicts)

    @property
    def drifted(self) -> float:
        """Share of the sentences with a major or critical finding, 0..1."""
        return sum(any(map(_grave, v.findings)) for v in self.verdicts) / len(self.verdicts)


@dataclass(frozen=True, slots=True)
class Kind:
    """Major and critical findings of one category: how many each system has, and whether the difference is noise."""

    category: Category
    first: int
    other: int
    p: float  # of the randomisation, Holm-adjusted over the categories


@dataclass(frozen=True, slots=True)
class Metric:
    """One of sacrebleu's metrics over the corpus, with sacrebleu's own tests."""

    name: str  # "BLEU", "chrF2++"
    first: float
    other: float
    first_ci: float  # half width of the 95% interval
    other_ci: float
    p_bootstrap: float
    p_randomised: float
    signature: str


@dataclass(frozen=True, slots=True)
class Versus:
    """One system beside the first."""

    first: str
    other: str
    wins: int  # sentences in which `other` drifts less
    ties: int
    losses: int
    drift: Paired  # of (other - first): above 0, `other` is worse
    kinds: tuple[Kind, ...]  # categories that occur, in the typology's order
    metrics: tuple[Metric, ...]
    differing: tuple[int, ...]  # sentences by how much they differ in drift, the most first; ties are left out
    alpha: float

    @property
    def worse(self) -> tuple[str, ...]:
        """In what `other` lost meaning beyond noise: "drift" and categories; () means that it did not."""
        overall = ("drift",) if self.drift.difference > 0 and self.drift.p_randomised < self.alpha else ()
        return overall + tuple(k.category for k in self.kinds if k.other > k.first and k.p < self.alpha)

    @property
    def better(self) -> tuple[str, ...]:
        """The same for what it gained."""
        overall = ("drift",) if self.drift.difference < 0 and self.drift.p_randomised < self.alpha else ()
        return overall + tuple(k.category for k in self.kinds if k.other < k.first and k.p < self.alpha)

    def __str__(self) -> str:
        """The verdict in one line."""
        if self.worse:
            return f"FAIL: {self.other} loses meaning against {self.first} beyond noise: {', '.join(self.worse)}"
        if self.better:
            return f"PASS: {self.other} keeps more of the meaning than {self.first}: {', '.join(self.better)}"
        return f"PASS: no loss of meaning beyond noise between {self.first} and {self.other}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more systems on one test set."""

    references: tuple[str, ...]
    sources: tuple[str, ...] | None
    systems: tuple[System, ...]
    versus: tuple[Versus, ...]  # each later system beside the first
    signature: str

    @property
    def exit_code(self) -> int:
        """1 where a system lost meaning against the first beyond noise, else 0; the verdict says the same."""
        return 1 if any(v.worse for v in self.versus) else 0


def compare_systems(
    references: Sequence[str],
    systems: Mapping[str, Sequence[str]],
    *,
    sources: Sequence[str] | None = None,
    alpha: float = ALPHA,
    metrics: bool = True,
    resamples: int = RESAMPLES,
    trials: int = TRIALS,
    seed: int = SEED,
    jobs: int | None = 1,
    progress: Progress | None = None,
) -> Comparison:
    """Judge each system against the references, and each later system beside the first.

    `metrics` adds sacrebleu's BLEU and chrF++ with its own significance tests. With more than two systems the p-values
    are not corrected for their number. `jobs` is as in `drift.judge_many`. UsageError DR606 where the numbers of lines differ,
    DR607 for fewer than two systems or no line.
    """
    if len(systems) < 2:
        raise UsageError("DR607", f"there is {len(systems)} system; give at least two to compare")
    check_counts(references, systems, sources)
    judged = _judge(references, systems, jobs, progress or (lambda *_: None))
    first, *others = judged
    options = {"resamples": resamples, "trials": trials, "seed": seed}
    tested = _sacrebleu(references, judged, resamples, trials) if metrics else {}
    return Comparison(
        tuple(references),
        None if sources is None else tuple(sources),
        tuple(judged),
        tuple(_versus(first, other, tested.get(other.name, ()), alpha, options) for other in others),
        _signature(options),
    )


def check_counts(
    references: Sequence[str], systems: Mapping[str, Sequence[str]], sources: Sequence[str] | None
) -> None:
    """Refuse what does not line up; UsageError DR606 names both counts, DR607 says that there is nothing."""
    if not references:
        raise UsageError("DR607", "the reference has no lines; there is nothing to compare")
    sides = {**({} if sources is None else {"the source": sources}), **systems}
    for name, lines in sides.items():
        if len(lines) != len(references):
            raise UsageError("DR606", f"{name} has {len(lines)} lines, the reference has {len(references)}; line by "
                                      "line they must say the same")


def _judge(
    references: Sequence[str], systems: Mapping[str, Sequence[str]], jobs: int | None, progress: Progress
) -> list[System]:
    """Every distinct pair once, however many systems say it."""
    from drift.judge import Pair, judge_many

    # line by line, so that what all systems have of a line is judged together and its words need not be kept
    keys = list(dict.fromkeys((r, h) for r, *said in zip(references, *systems.values(), strict=True) for h in said))
    found = judge_many([Pair(r, h) for r, h in keys], jobs=jobs, progress=partial(progress, "judging"))
    verdicts = dict(zip(keys, found, strict=True))
    return [
        System(name, tuple(lines), tuple(verdicts[pair] for pair in zip(references, lines, strict=True)))
        for name, lines in systems.items()
    ]


def _versus(
    first: System, other: System, metrics: tuple[Metric, ...], alpha: float, options: Mapping[str, int]
) -> Versus:
    import numpy as np

    counts = {
        c: [(_number(a, c), _number(b, c)) for a, b in zip(first.verdicts, other.verdicts, strict=True)]
        for c in CATEGORIES
    }
    occurring = [c for c in CATEGORIES if any(map(any, counts[c]))]
    change = np.array([b.score - a.score for a, b in zip(first.verdicts, other.verdicts, strict=True)])
    columns = [change, *(np.array([b - a for a, b in counts[c]], dtype=float) for c in occurring)]
    drift, *by_kind = paired(np.stack(columns, axis=1), **options)
    kinds = tuple(
        Kind(c, sum(a for a, _ in counts[c]), sum(b for _, b in counts[c]), p)
        for c, p in zip(occurring, holm([k.p_randomised for k in by_kind]), strict=True)
    )
    differing = sorted((i for i in range(len(change)) if abs(change[i]) >= TIE), key=lambda i: (-abs(change[i]), i))
    wins, losses = int((change <= -TIE).sum()), int((change >= TIE).sum())
    return Versus(first.name, other.name, wins, len(change) - wins - losses, losses, drift, kinds, metrics,
                  tuple(differing), alpha)


def _grave(finding: Finding) -> bool:
    return at_least(finding.severity, "major")


def _number(verdict: PairDrift, category: Category) -> int:
    return sum(f.category == category and _grave(f) for f in verdict.findings)


def _sacrebleu(
    references: Sequence[str], systems: Sequence[System], resamples: int, trials: int
) -> dict[str, tuple[Metric, ...]]:
    """BLEU and chrF++ of every later system beside the first, with sacrebleu's paired tests."""
    from sacrebleu.metrics import BLEU, CHRF
    from sacrebleu.significance import PairedTest

    named = [(s.name, list(s.lines)) for s in systems]
    found = {}
    for kind, samples in (("bs", resamples), ("ar", trials)):
        metrics = {"BLEU": BLEU(references=[list(references)]),
                   "chrF2++": CHRF(word_order=2, references=[list(references)])}
        found[kind] = PairedTest(named, metrics, None, test_type=kind, n_samples=samples)()
    signatures, bootstrap = found["bs"]
    randomised = found["ar"][1]
    results = {}
    for place, system in enumerate(systems[1:], 1):
        # sacrebleu counts only differences larger than the one seen, which calls equal outputs significantly different.
        equal = system.lines == systems[0].lines
        results[system.name] = tuple(
            Metric(name, bootstrap[name][0].score, bootstrap[name][place].score, bootstrap[name][0].ci,
                   bootstrap[name][place].ci, 1.0 if equal else bootstrap[name][place].p_value,
                   1.0 if equal else randomised[name][place].p_value, signatures[name].format())
            for name in signatures
        )
    return results


def _signature(options: Mapping[str, int]) -> str:
    from drift.judge import signature_fields
    from drift.signature import make_signature

    return make_signature({**signature_fields(), **{k: str(v) for k, v in options.items()}})
