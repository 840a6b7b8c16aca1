"""Figures in digits, in any locale's style, and the words that scale them or say what they count: million, €, roubles."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["CURRENCIES", "CURRENCY_SIGNS", "MAGNITUDE", "PLURAL", "digits"]

MAGNITUDE = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "billion": 1e9, "bn": 1e9,
    "bln": 1e9, "milliard": 1e9, "trillion": 1e12, "tn": 1e12, "dozen": 12.0, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
PLURAL = {f"{word}s": value for word, value in MAGNITUDE.items() if len(word) > 3}
CURRENCY_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₽": "rouble", "₹": "rupee", "usd": "dollar",
                   "eur": "euro", "gbp": "pound", "chf": "franc"}  # fmt: skip
CURRENCIES = {"dollar", "euro", "pound", "yen", "rouble", "ruble", "rupee", "franc", "yuan", "tenge", "lira", "peso",
               "krone", "crown", "zloty", "hryvnia", "cent"}  # fmt: skip
_GROUPED = re.compile(r"^\d{1,3}(?:[.,'’]\d{3})+$")


@lru_cache(maxsize=8192)
def digits(text: str) -> tuple[float, float | None] | None:
    """Value of a number written in digits, and its other reading where the separator is ambiguous ("1.000")."""
    bare = text.replace("’", "'")
    if not re.fullmatch(r"[0-9]+(?:[.,':][0-9]+)*", bare):
        return None
    marks = [c for c in bare if not c.isdigit()]
    if not marks:
        return float(bare), None
    if len(set(marks)) > 1:  # 1,000.5 or 1.000,5: the last mark is the decimal point
        whole, _, part = bare.rpartition(marks[-1])
        return float(re.sub(r"\D", "", whole) + "." + part), None
    if len(marks) > 1:
        return float(re.sub(r"\D", "", bare)), None
    decimal = float(bare.replace(marks[0], "."))
    if _GROUPED.match(bare) and not bare.startswith("0"):
        grouped = float(re.sub(r"\D", "", bare))
        return (grouped, decimal) if marks[0] != "." else (decimal, grouped)
    return decimal, None
