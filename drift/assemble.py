"""Judged copies -> the `Report`: scores, roles with their reasons, ids, signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drift import score
from drift.fingerprint import with_ids
from drift.judge import signature_fields
from drift.records import Copy, CopyDrift, Metrics, Report
from drift.signature import make_signature, translator_entry

if TYPE_CHECKING:
    from drift.compare import Judged
    from drift.prepare import Prepared
    from drift.witness import Kinship, Story

__all__ = ["assemble"]

FULL = 0.60  # share of the reference's sentences from which a copy is called full rather than an excerpt


def assemble(story: Story, prepared: Prepared, judged: Sequence[Judged], *, encoder: str) -> Report:
    """One `CopyDrift` for every copy that was read, in order of id."""
    by_id = {x.copy.id: x for x in judged}
    copies = tuple(_copy_drift(copy, story, prepared, by_id.get(copy.id)) for copy in prepared.copies)
    signature = make_signature(
        {
            "enc": encoder,
            **signature_fields(),
            "mt": translator_entry(prepared.translators.values()),
        **_attribution_fields(prepared),
            "ref": "given" if story.given else "chosen",
        }
    )
    return Report(
        reference=story.reference,
        why=story.why,
        copies=copies,
        signature=signature,
        warnings=prepared.warnings,
        metric_signatures=score.metric_signatures(),
    )


def _copy_drift(copy: Copy, story: Story, prepared: Prepared, judged: Judged | None) -> CopyDrift:
    translator = prepared.translators.get(copy.id)
    if copy.id == story.reference.id:
        why = "this is what the others are compared with"
        return CopyDrift(copy, "reference", 0.0, 1.0, 0.0, Metrics(), translator=translator, why=why)
    kin = story.related.get(copy.id)
    if kin is None or judged is None:
        role, why = (
            ("copy", copy.error or "no sentence in it can be compared") if kin is None else ("unrelated", _apart(kin))
        )
        return CopyDrift(copy, role, None, 0.0, None, Metrics(), translator=translator, why=why)  # type: ignore[arg-type]
    beads = with_ids(copy.id, judged.beads)
    coverage = score.coverage(beads, story.reference.sentences, story.reference.id)
    return CopyDrift(
        judged.copy,
        "copy",
        score.copy_score(beads),
        coverage,
        score.mqm_per_100_words(beads),
        score.copy_metrics(beads),
        beads,
        translator,
        _together(kin, coverage),
    )


def _attribution_fields(prepared: Prepared) -> dict[str, str]:
    """What attributions depend on beside the MT model: the measurement their weights come from."""
    if not prepared.translators:
        return {}
    from drift.attribution.weigh import default_scales

    return {"attr": default_scales().name}


def _together(kin: Kinship, coverage: float) -> str:
    """Why a copy is one: in numbers of what it carries."""
    share = f"carries {coverage:.0%} of the reference's sentences"
    if coverage >= FULL:
        return f"a full copy: {share}"
    own = max(0.0, 1 - kin.of_second)
    return f"an excerpt: {share}; {own:.0%} of its words are not from there"


def _apart(kin: Kinship) -> str:
    if kin.sentences:
        return f"another story: only {kin.of_second:.0%} of its words stand in passages that the reference carries too"
    return "another story: no passage in it is carried by the reference too"
