"""The pytest plugin: a fixture `drift`, options that begin with --drift-, and nothing else until they are used.

    def test_the_model_keeps_the_meaning(drift):
        drift.assert_same_meaning("Not even he was there.", translate("Même lui n'y était pas."), at_most="minor")

    def test_the_articles(drift):
        drift.check_copies("articles/", baseline="articles.json", cassette="articles.jsonl")

Every run of pytest imports this file, so that it imports nothing that is heavy, prints nothing, and keeps no cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from drift.gate.asserting import Drift

__all__ = ["drift", "pytest_addoption"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("drift", "drift: tests on meaning")
    group.addoption("--drift-update", action="store_true", help="write baselines; refused where they would be worse")
    group.addoption("--drift-allow-regression", action="store_true", help="with --drift-update: write worse ones too")
    group.addoption("--drift-record", action="store_true", help="translate anew and write the cassettes")
    group.addoption("--drift-fail-on", choices=("minor", "major", "critical"), metavar="SEVERITY",
                    help="new findings of this severity or worse fail check_copies (default: what the test says)")


@pytest.fixture  # type: ignore[untyped-decorator]  # pytest is not there where drift is only run
def drift(request: pytest.FixtureRequest) -> Drift:
    """Judge sentences, assert that they mean the same, hold copies against a baseline."""
    from drift.gate.asserting import Drift

    option = request.config.getoption
    return Drift(
        root=request.path.parent,
        update=option("--drift-update"),
        allow_regression=option("--drift-allow-regression"),
        record=option("--drift-record"),
        fail_on=option("--drift-fail-on"),
    )
