"""The whole way, top to bottom."""

from __future__ import annotations

from drift.records import Report

__all__ = ["report"]


def report() -> Report:
    raise NotImplementedError
