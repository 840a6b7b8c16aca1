"""Judged copies in, judged copies out: every finding of a translated copy with its attribution, and scores that follow.

A bead's drift falls in proportion to the severity weights that remain when the instrument's findings are left out, as
in `drift.review` when a finding is rejected: it is 0 where nothing but the instrument's findings is left. What is
unclear counts in full, for it was not refuted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from drift.attribution.case import Case
from drift.attribution.extent import usual_ratio
from drift.attribution.facts import gather_facts
from drift.attribution.weigh import default_scales
from drift.records import Bead, Finding
from drift.typology import Attribution, segment_score

if TYPE_CHECKING:
    from drift.align.encoders import SentenceEncoder
    from drift.compare import Judged
    from drift.prepare import StageProgress
    from drift.translate.base import Translator

__all__ = ["attribute", "without_instrument"]

_Place = tuple[int, int, int]  # copy, bead, finding


def attribute(
    judged: Sequence[Judged],
    translators: Mapping[str, Translator],
    encoder: SentenceEncoder | None,
    *,
    second: Mapping[str, Translator] | None = None,
    progress: StageProgress | None = None,
) -> list[Judged]:
    """Weigh every finding in sentences that were translated; `translators` by language of the source sentence.

    So are the engines of a `second` opinion.

    Findings of sentences that the copy has in English, and whole sentences left out or put in, stay the copy's.
    """
    cases: dict[str, list[tuple[_Place, Case]]] = {}
    for c, x in enumerate(judged):
        ratio = usual_ratio((s.text, s.translation.text) for s in x.copy.sentences if s.translation is not None)
        for b, bead in enumerate(x.beads):
            verdict = x.verdicts[b]
            if verdict is None or not any(s.translation is not None for s in bead.copy):
                continue
            language = next(s.language or x.copy.language or "" for s in bead.copy if s.translation is not None)
            source = " ".join(s.text for s in bead.copy)
            flags = tuple(dict.fromkeys(f for s in bead.copy if s.translation is not None for f in s.translation.flags))
            for f, finding in enumerate(verdict.findings):
                case = Case(finding, verdict.reference, verdict.hypothesis, source, language, flags, ratio)
                cases.setdefault(language, []).append(((c, b, f), case))
    decided: dict[_Place, tuple[Attribution, tuple[str, ...]]] = {}
    total, done = sum(map(len, cases.values())), 0
    for language, here in sorted(cases.items()):
        facts = gather_facts(
            [case for _, case in here], translator=translators.get(language), encoder=encoder,
            second=(second or {}).get(language),
        )  # fmt: skip
        scales = default_scales()
        for (place, case), known in zip(here, facts, strict=True):
            decided[place] = scales.decide(case.finding, known)
        done += len(here)
        if progress is not None:
            progress("weighing the evidence", done, total)
    return [
        replace(x, beads=tuple(_decided(bead, c, b, decided) for b, bead in enumerate(x.beads)))
        for c, x in enumerate(judged)
    ]


def _decided(bead: Bead, c: int, b: int, decided: Mapping[_Place, tuple[Attribution, tuple[str, ...]]]) -> Bead:
    findings = tuple(
        replace(f, attribution=decided[c, b, k][0], evidence=(*decided[c, b, k][1], *f.evidence))
        if (c, b, k) in decided
        else f
        for k, f in enumerate(bead.findings)
    )
    return bead if findings == bead.findings else without_instrument(bead, findings)


def without_instrument(bead: Bead, findings: Sequence[Finding]) -> Bead:
    """The bead with these findings for its own, its drift in proportion to the weight of those that count."""
    before, after = _weight(bead.findings), _weight(findings)
    score = bead.score * after / before if after != before else bead.score
    return replace(bead, findings=tuple(findings), score=min(1.0, score))


def _weight(findings: Sequence[Finding]) -> float:
    return segment_score(f.severity for f in findings if f.attribution != "instrument")
