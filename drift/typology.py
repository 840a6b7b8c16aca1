"""What kinds of drift there are, how bad they can be, and what they weigh.

The categories map onto the MQM Core typology (https://themqm.org/error-types-2/typology/, CC BY 4.0; Lommel et al. 2014).
Severity weights follow xCOMET (Guerreiro et al., TACL 2024): minor 1, major 5, critical 10, summed over a segment, capped
at 25 and divided by 25, which gives a drift in [0, 1] where 0 is the same meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

__all__ = ["CATEGORIES", "MQM", "SEVERITIES", "SEVERITY_WEIGHT", "WEIGHTS_NAME", "Attribution", "Category", "Severity",
           "at_least", "segment_score"]

Severity = Literal["minor", "major", "critical"]
Attribution = Literal["copy", "instrument", "unclear"]
Category = Literal["name", "number", "date", "polarity", "modality", "role", "wording", "omission", "addition",
                   "untranslated", "fluency"]

SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)

# category -> the MQM error type written into reports; "dimension/type" as in the MQM Core typology.
MQM: Final[dict[Category, str]] = {
    "name": "accuracy/mistranslation/named-entity",
    "number": "accuracy/mistranslation/number",
    "date": "accuracy/mistranslation/date-time",
    "polarity": "accuracy/mistranslation/polarity",
    "modality": "accuracy/mistranslation/modality",
    "role": "accuracy/mistranslation/role",
    "wording": "accuracy/mistranslation",
    "omission": "accuracy/omission",
    "addition": "accuracy/addition",
    "untranslated": "accuracy/untranslated",
    "fluency": "linguistic-conventions/grammar",
}

WEIGHTS_NAME: Final = "xcomet"  # stands in the signature: another table makes scores incomparable
SEVERITY_WEIGHT: Final[dict[Severity, float]] = {"minor": 1.0, "major": 5.0, "critical": 10.0}
SEGMENT_CAP: Final = 25.0


def at_least(severity: Severity, floor: Severity) -> bool:
    """Whether `severity` is `floor` or worse."""
    return SEVERITIES.index(severity) >= SEVERITIES.index(floor)


def segment_score(severities: Iterable[Severity]) -> float:
    """Drift of one segment from the severities of its findings: in [0, 1], 0 is no finding, higher is worse."""
    return min(sum(SEVERITY_WEIGHT[s] for s in severities), SEGMENT_CAP) / SEGMENT_CAP
