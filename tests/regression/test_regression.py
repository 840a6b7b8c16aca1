"""drift under its own gate: the five articles with recorded translations, held against what is accepted today.

After a change that is meant to move scores or findings, look at what it does and accept it:

    python -m pytest tests/regression --drift-update --drift-allow-regression --drift-record

Commit both files with the change.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from drift.gate.cassette import load_cassette
from drift.gate.check import check
from drift.read import read_paths

HERE = Path(__file__).parent
ARTICLES = HERE.parents[1] / "fixtures" / "kazakhstan-2022"
BASELINE, CASSETTE = "kazakhstan-2022.baseline.json", "kazakhstan-2022.cassette.jsonl"


def test_the_articles(drift):
    drift.check_copies(ARTICLES, baseline=BASELINE, cassette=CASSETTE)


def test_every_french_sentence_is_recorded():
    french = next(copy for copy in read_paths([ARTICLES]) if copy.language == "fr")
    recorded = {s for taken in load_cassette(HERE / CASSETTE).tapes.values() for s in taken.translations}
    assert {" ".join(s.text.split()) for s in french.sentences} <= {" ".join(s.split()) for s in recorded}


def lowered(line: str, number: int) -> str:
    """Names lower-cased: every word but the first."""
    first, _, rest = line.partition(" ")
    return f"{first} {rest.lower()}"


def halved(line: str, number: int) -> str:
    """Every fourth sentence cut in half."""
    words = line.split()
    return " ".join(words[: len(words) // 2]) if number % 4 == 0 else line


def off_by_one(line: str, number: int) -> str:
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), line)


class TestTheGateCatches:
    """A translator that got worse on purpose, on the French copy against the reference."""

    @pytest.fixture(scope="class")
    def pair(self):
        names = ("A.time-news.txt", "D.anonymous.txt")
        return [str(ARTICLES / name) for name in names]

    @pytest.fixture(scope="class")
    def report(self, pair):
        """report(change): the report on the recorded translations, each changed."""
        from dataclasses import replace

        import drift
        from drift.cli.progress import hushed_libraries
        from drift.gate.cassette import Cassette, replaying
        from drift.gate.players import Taken

        def of(change=lambda line, number: line):
            tapes = {
                instrument: Taken({
                    s: replace(t, text=change(t.text, number))
                    for number, (s, t) in enumerate(taken.translations.items())
                }, scores=None)  # scores of other translations say nothing of these
                for instrument, taken in load_cassette(HERE / CASSETTE).tapes.items()
            }
            with hushed_libraries(), replaying(Cassette("changed", tapes)):
                return drift.report(pair, reference="A.time-news", memory=None)

        return of

    @pytest.fixture(scope="class")
    def accepted(self, report):
        from drift.gate.baseline import Baseline

        return Baseline.of(report())

    def test_nothing_where_the_same_model_runs_again(self, report, accepted):
        gate = check(report(), accepted)
        assert (gate.exit_code, gate.new, gate.moves) == (0, (), ())

    @pytest.mark.parametrize("change", [lowered, halved, off_by_one], ids=lambda f: f.__name__)
    def test_a_degraded_model(self, report, accepted, change):
        gate = check(report(change), accepted)
        assert gate.exit_code == 1, str(gate)


def test_the_baseline_is_small_and_holds_no_article():
    data = json.loads((HERE / BASELINE).read_text("utf-8"))
    assert max(len(f["message"]) for f in data["findings"]) < 1000
    assert "text" not in data["copies"]["A.time-news"]
