"""Plain JSON values -> records, by the records' own type hints; a wrong type is an error that names its place."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin

__all__ = ["BadValueError", "decode"]

T = TypeVar("T")


class BadValueError(ValueError):
    """A value is not of the type that its place needs; ``str()`` is "place: what is wrong"."""


def decode(kind: type[T], value: Any, where: str) -> T:
    """Turn `value` into a `kind`: a record, a Literal, an Optional, tuple[X, ...], list[X], a mapping or a scalar.

    Keys that a record does not have are passed over; keys that are missing take the record's default, where it has one.
    A value that is a record of the right type already stays as it is.
    """
    return cast(T, _decode(kind, value, where))


def _decode(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    origin = get_origin(kind)
    if origin is Literal:
        return _one_of(get_args(kind), value, where)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in get_args(kind):
            return None
        return _decode(next(k for k in get_args(kind) if k is not type(None)), value, where)
    if origin in (tuple, list):
        if not isinstance(value, (list, tuple)):
            raise BadValueError(f"{where}: wanted a list, found {_name(value)}")
        return origin(_decode(get_args(kind)[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise BadValueError(f"{where}: wanted an object, found {_name(value)}")
        return {key: _decode(get_args(kind)[1], item, f"{where}.{key}") for key, item in value.items()}
    if is_dataclass(kind):
        return value if isinstance(value, cast(type, kind)) else _record(cast(type, kind), value, where)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise BadValueError(f"{where}: wanted {kind.__name__}, found {_name(value)}")
    return value


def _one_of(allowed: tuple[Any, ...], value: Any, where: str) -> Any:
    if value not in allowed:
        raise BadValueError(f"{where}: {value!r} is none of {', '.join(map(str, allowed))}")
    return value


def _record(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise BadValueError(f"{where}: wanted an object, found {_name(value)}")
    given = {}
    for name, hint, required in _hints(kind):
        if name in value:
            given[name] = _decode(hint, value[name], f"{where}.{name}")
        elif required:
            raise BadValueError(f"{where}.{name}: it is missing")
    return kind(**given)


@cache
def _hints(kind: type) -> list[tuple[str, Any, bool]]:
    hints = typing.get_type_hints(kind)
    return [
        (f.name, hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(cast(Any, kind))
    ]


def _name(value: Any) -> str:
    return "nothing" if value is None else type(value).__name__
