from __future__ import annotations

import pytest

from drift.records import Report

from .handmade import hostile_report, rich_report


@pytest.fixture(scope="session")
def report() -> Report:
    return rich_report()


@pytest.fixture(scope="session")
def hostile() -> Report:
    return hostile_report()
