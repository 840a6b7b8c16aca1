"""Units of measurement after a number: of which dimension they are, and how many base units they hold."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["Unit", "unit"]


class Unit(NamedTuple):
    """`size` in the base unit of its dimension: metre, kilogram, square metre, litre, second, watt, byte."""

    dimension: str
    size: float


_TABLE: Final = {
    "length": {"mm millimetre millimeter": 0.001, "cm centimetre centimeter": 0.01, "m metre meter": 1.0, "km kilometre kilometer": 1000.0,
               "inch inches": 0.0254, "ft foot feet": 0.3048, "yard": 0.9144, "mile": 1609.344},
    "mass": {"mg milligram": 1e-6, "g gram gramme": 0.001, "kg kilo kilogram kilogramme": 1.0, "tonne ton": 1000.0, "ounce oz": 0.02835,
             "pound lb lbs": 0.45359},
    "area": {"hectare": 10_000.0, "acre": 4046.86},
    "volume": {"ml millilitre milliliter": 0.001, "litre liter": 1.0, "gallon": 3.785, "barrel": 158.99, "pint": 0.473},
    "time": {"second sec": 1.0, "minute min": 60.0, "hour": 3600.0, "day": 86_400.0, "week": 604_800.0, "fortnight": 1_209_600.0,
             "month": 2_629_800.0, "year": 31_557_600.0, "decade": 315_576_000.0, "century centuries": 3_155_760_000.0},
    "power": {"kw kilowatt": 1e3, "mw megawatt": 1e6, "gw gigawatt": 1e9},
    "data": {"kb kilobyte": 1e3, "mb megabyte": 1e6, "gb gigabyte": 1e9, "tb terabyte": 1e12},
}  # fmt: skip
_UNITS: Final = {
    form: Unit(dimension, size)
    for dimension, rows in _TABLE.items()
    for names, size in rows.items()
    for name in names.split()
    for form in {name, f"{name}s"}
}


_SQUARE: Final = {"square": 2, "cubic": 3}


def unit(word: str) -> Unit | None:
    """The unit that a (case-folded) word names, singular or plural; None where it names none. "Square metre" and the like are two."""
    before, _, after = word.rpartition(" ")
    found = _UNITS.get(after)
    if not before or found is None or found.dimension != "length":
        return None if before else found
    if before == "nautical":
        return Unit("length", 1852.0) if found.size == _UNITS["mile"].size else None
    power = _SQUARE.get(before)
    return None if power is None else Unit("area" if power == 2 else "space", found.size**power)
