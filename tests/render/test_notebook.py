"""What notebooks show: HTML without script or style sheet, text, tidy frames and a figure."""

from __future__ import annotations

import builtins
import re

import pytest

from drift.errors import ModelError
from drift.records import Bead, Finding, PairDrift, Span
from drift.render.plot import cells
from drift.typology import CATEGORIES, SEVERITIES

from .handmade import HOSTILE
from .test_html import Page


def pair(hypothesis="The Cossacks won.", **rest):
    found = Finding("", "name", "critical", 0.9, "“Kazakhs” became “Cossacks”.", Span(4, 11, "Kazakhs"),
                    Span(4, 12, "Cossacks"))
    return PairDrift("The Kazakhs won.", hypothesis, 0.4, (found,), 0.8, **rest)


def records(report):
    return [report, report["b-drifted"], report["c-french"], report["original"], report.findings[0], pair(),
            pair(source="Les Cosaques ont gagné.", language="fr")]


def test_every_record_shows_itself_as_html_and_as_text(report):
    for record in records(report):
        bundle = record._repr_mimebundle_()
        assert set(bundle) == {"text/html", "text/plain"}
        assert all(bundle.values())


def test_the_html_needs_no_script_and_no_style_sheet(report, hostile):
    for record in (*records(report), *records_of(hostile)):
        page = Page(record._repr_mimebundle_()["text/html"])
        tags = {tag for tag, _ in page.elements}
        assert tags <= {"div", "p", "b", "bdi", "table", "tr", "th", "td", "span", "sup", "details", "summary"}
        for _, attributes in page.elements:
            assert set(attributes) <= {"style", "dir", "lang", "colspan"}
            assert "url(" not in (attributes.get("style") or "")


def records_of(hostile):
    spans = [
        Finding("x", CATEGORIES[0], SEVERITIES[2], 0.5, w, Span(0, len(w), w), Span(0, len(w), w)) for w in HOSTILE
    ]
    pairs = [PairDrift(f.message, f.message, 0.5, (f,), 0.5, source=f.message, language="fr") for f in spans]
    return [hostile, *hostile.copies, *hostile.findings, *pairs]


def test_controls_do_not_reach_a_terminal_or_a_page(hostile):
    for record in records_of(hostile):
        for text in record._repr_mimebundle_().values():
            assert not set(text) & set("\x1b\x9b\x07\x00\u202e\u2067")
            text.encode("utf-8")


def test_marks_stand_on_both_sides_with_their_kind():
    bundle = pair()._repr_mimebundle_()
    assert "The [Kazakhs] won." in bundle["text/plain"]
    assert "The [Cossacks] won." in bundle["text/plain"]
    marked = re.findall(r"<span [^>]*border-bottom[^>]*>(\w+)<sup[^>]*>(\w+)</sup>", bundle["text/html"])
    assert marked == [("Kazakhs", "name"), ("Cossacks", "name")]


def test_the_frames_are_tidy(report):
    frames = report.to_pandas()
    assert list(frames.copies["copy"]) == [c.id for c in report.copies]
    assert len(frames.beads) == sum(len(c.beads) for c in report.copies)
    assert list(frames.findings["id"]) == [f.id for f in report.findings]
    assert frames.copies.set_index("copy").loc["b-drifted", "critical"] == 4
    joined = frames.beads.merge(frames.findings, on=["copy", "bead"]).merge(frames.copies, on="copy")
    assert len(joined) == len(report.findings)
    row = joined[joined["id"] == "f-unclear"].iloc[0]
    assert (row["reference_words"], row["copy_words"], row["translation_words"]) == ("fifty", "cinquante", "fifteen")


def test_the_map_has_what_the_page_has(report):
    assert cells(report, report["b-drifted"])[:4] == [
        (0, "critical", False), (1, "", False), (2, "critical", False), (3, "major", False)]
    assert (11, "major", True) in cells(report, report["b-drifted"])
    assert cells(report, report["c-french"]) == [(0, "", False), (1, "major", False), (2, "", False)]


def test_the_figure_names_every_copy_and_is_drawn(report, tmp_path):
    figure = report.plot(width=8)
    assert figure.get_size_inches()[0] == 8
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()] == ["b-drifted", "c-french", "witness"]
    figure.savefig(tmp_path / "map.png")
    assert (tmp_path / "map.png").stat().st_size > 1000


def test_hostile_names_are_drawn(hostile, tmp_path):
    hostile.plot().savefig(tmp_path / "map.svg")


@pytest.mark.parametrize(("name", "call"), [
    ("pandas", lambda report: report.to_pandas()), ("matplotlib.pyplot", lambda report: report.plot()),
])
def test_a_missing_package_is_named_with_its_pip_line(report, monkeypatch, name, call):
    real = builtins.__import__

    def missing(module, *rest, **named):
        if module == name:
            raise ImportError(module)
        return real(module, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ModelError, match=r"DR505.*pip install 'translation-drift\[notebook\]'"):
        call(report)


def test_a_bead_is_a_plain_record(report):
    assert not hasattr(Bead, "_repr_mimebundle_")
