"""How clean an English text is: faults that careless copying and repeated translation leave behind, per 100 words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["fault_rate", "faults"]

WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
GLUED: Final = re.compile(r"[a-zß-ÿ]{3,}[A-Z][a-z]+|[a-z]{2,}[.!?…][A-Z][a-z]")  # "BelarusThe", "Italy.After"
LOOSE: Final = re.compile(r"\w[^\S\n]+[,.;:!?](?=\s|$)")  # "Tokayev , who"; an ellipsis after a space is a style
STRAY: Final = re.compile(
    r"[a-z,][^\S\n]+(The|His|Her|He|She|They|But|And|Or|A|An|It|Its|Is|In|On|To|By|With)[^\S\n]+[a-z]"
)
QUOTES: Final = {"“": "”", "«": "»", "„": "“"}


def faults(text: str) -> Mapping[str, int]:
    """How often each kind of fault occurs in an English text."""
    return {
        "glued words": len(GLUED.findall(text)),
        "stray capitals": len(STRAY.findall(text)),
        "loose punctuation": len(LOOSE.findall(text)),
        "unbalanced quotes": sum(_unbalanced(line) for line in text.split("\n")),
        "unknown words": _unknown(text),
    }


def fault_rate(text: str) -> float:
    """Faults per 100 words, 0.0 for an empty text."""
    words = len(WORD.findall(text))
    return 100 * sum(faults(text).values()) / words if words else 0.0


def _unbalanced(paragraph: str) -> int:
    """Quotation marks that open without closing or close without opening, within a paragraph."""
    loose = 0
    for opening, closing in QUOTES.items():
        if opening == "„" and "„" not in paragraph:
            continue
        depth = 0
        for mark in re.findall(f"[{opening}{closing}]", paragraph):
            if mark == opening:
                depth += 1
            elif depth:
                depth -= 1
            else:
                loose += 1
        loose += depth
    return loose


def _unknown(text: str) -> int:
    """Lower-case words that no English corpus knows; names are capitalised and do not count."""
    from wordfreq import zipf_frequency

    return sum(1 for w in WORD.findall(text) if w.islower() and len(w) > 2 and zipf_frequency(w, "en") <= 0)
