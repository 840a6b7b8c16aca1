"""The terminal report: fits 80 columns, says everything without colour, and never obeys what an article says."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drift.records import Bead, Finding, Sentence, Span
from drift.render import render
from drift.render.marks import Piece, copy_side, excerpt, reference_side, translation_side
from drift.render.safe import encodable, one_line, visible
from drift.render.text import wants_color
from drift.render.view import Tally, counts, reasons, tally, verdict, worst_beads, worst_first

from .handmade import HOSTILE
from .test_html_in_chromium import large_report

# The page of text


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(report, hostile, width):
    for each in (report, hostile):
        assert max(map(len, render(each, "text", width=width, color=False, limit=50).splitlines())) <= max(width, 58)


def test_it_says_what_a_reader_asks_first(report):
    text = render(report, "text", width=80, color=False)
    assert text.startswith("Reference  original  en  copies/original.txt")
    for expected in (
        r"coverage 0\.99", r"b-drifted +copy +en +92% +0\.31 +4 +5 +2", r"x-other +unrelated",
        r"y-klingon +not read",
        "0 = same meaning", r"2 more findings are our translation", "1 rejected in review",
        r"✗ critical number 99%  2\.1 million became 2\.1 billion\.",
        r"\[2\.1 million\] euros", r"\[2\.1 billion\] euros",
        r"perhaps our translation: fifty became fifteen", r"in English +At least \[fifteen\]",
        "no model for “tlh”", "warning: y-klingon", re.escape(report.signature),
    ):
        assert re.search(expected, text), expected


def test_what_does_not_count_is_not_shown(report):
    text = render(report, "text", color=False, limit=99)
    assert "REJECTED" not in text
    assert "Leon" not in text


@pytest.mark.parametrize(("limit", "shown"), [(None, 4), (1, 1), (2, 2), (99, 7)])
def test_the_limit_is_kept_and_the_rest_is_counted(report, limit, shown):
    text = render(report, "text", color=False, limit=limit, width=80)
    part = text[text.index("b-drifted says"):text.index("c-french says")]
    assert len(re.findall(r"^    (?:original|b-drifted) .*", part, re.M)) >= shown
    assert (f"… and {7 - shown} more such" in part) == (shown < 7)


def test_a_normal_report_is_two_screens_and_a_large_one_is_not_much_more():
    assert len(render(large_report(5, 60), "text", color=False).splitlines()) < 120
    assert len(render(large_report(60, 100), "text", color=False).splitlines()) < 200


def test_with_colour_the_words_are_the_same_and_marks_are_underlined(report):
    plain = render(report, "text", width=80, color=False)
    colored = render(report, "text", width=80, color=True)
    assert "\x1b[" in colored
    assert "\x1b[1;4;31mLyon" in colored
    stripped = re.sub(r"\x1b\[[\d;]*m", "", colored)
    assert re.sub(r"[\[\]\s]", "", stripped) == re.sub(r"[\[\]\s]", "", plain)


def test_only_our_own_colours_reach_the_terminal(hostile):
    text = render(hostile, "text", color=True)
    assert not set(re.sub(r"\x1b\[[\d;]*m", "", text)) & set("\x1b\x9b\x07\x00\r\u202e\u2067")
    assert "[bold]rich markup[/bold]" in text


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("environment", "terminal", "color"), [
    ({}, True, True), ({}, False, False), ({"NO_COLOR": "1"}, True, False), ({"NO_COLOR": ""}, True, True),
    ({"TERM": "dumb"}, True, False), ({"FORCE_COLOR": "1"}, False, True),
    ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
])
def test_colour_is_for_terminals_that_want_it(monkeypatch, environment, terminal, color):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", Terminal() if terminal else io.StringIO())
    assert wants_color() is color


# The verdict


@pytest.mark.parametrize(("id", "words"), [
    ("b-drifted",
     "b-drifted says something else in 6 of the 11 sentences it carries; in 2 of them who did what, or who it is "
     "about, changed; in 1 what is affirmed is denied or the reverse; in 3 a number or a date changed. It differs "
     "slightly in 2 more. It leaves out 1 sentence of the reference and adds 1 sentence of its own."),
    ("c-french",
     "c-french says the same in 2 of the 3 sentences it carries. In 1, either the copy or our translation of it moved "
     "the meaning. It leaves out 9 sentences of the reference. Of 1 further sentence compared with witness, none says "
     "something else."),
    ("witness",
     "witness says the same in the one sentence it carries. It leaves out 11 sentences of the reference and adds 1 "
     "sentence of its own."),
    ("x-other", "x-other is not a copy of this story: none of its 1 sentences is in the reference."),
    ("y-klingon", "y-klingon could not be compared: there is no model for “tlh” at hand; give one with --model."),
    ("original", ""),
])
def test_the_verdict_is_made_from_the_data(report, id, words):
    assert verdict("original", report[id]) == words


def test_the_verdict_on_one_sentence_names_the_kind(report):
    drift = report["b-drifted"]
    assert verdict("original", replace(drift, beads=drift.beads[4:5])) == (
        "b-drifted says something else in the one sentence it carries: who did what, or who it is about, changed.")


def test_tallies_add_up(report):
    each = [tally(c.findings) for c in report.copies]
    assert sum(each, Tally()) == tally(report.findings) == Tally(4, 6, 2, 2, 1)


def test_the_worst_comes_first_and_what_does_not_count_does_not_come(report):
    beads = worst_beads(report["b-drifted"])
    assert [b.findings[0].id for b in beads][:2] == ["f-number", "f-name"]
    assert all(counts(f) for b in beads for f in worst_first(b.findings))
    assert worst_beads(report["b-drifted"], floor="critical") == beads[:4]


def test_reasons_are_words(report):
    assert reasons(report)[:3] == [("fluency", "0.91"), ("coverage", "0.99"), ("chosen by", "score")]


# Marks

_texts = st.text(min_size=1, max_size=30)


_places = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=4)


@given(st.lists(_texts, min_size=1, max_size=3), _places)
def test_marked_pieces_join_to_the_text_and_mark_just_the_spans(lines, places):
    sentences, offset = [], 5
    for number, line in enumerate(lines):
        sentences.append(Sentence(number, offset, offset + len(line), line))
        offset += len(line) + 1
    findings = tuple(
        Finding(str(i), "name", "major", 0.5, "", Span(a, b, ""), Span(a, b, "")) for i, (a, b) in enumerate(places))
    bead = Bead("1-1", "a", tuple(sentences), tuple(sentences), 1.0, findings=findings)
    for pieces in (reference_side(bead, lambda _: True), copy_side(bead, lambda _: True)):
        assert "".join(p.text for p in pieces) == " ".join(lines)
        at = 5
        for piece in pieces:
            for index, (a, b) in enumerate(places):
                here = set(range(at, at + len(piece.text))) - {s.start - 1 for s in sentences}  # without the joins
                assert (index in piece.findings) == any(a <= k < b for k in here)
            at += len(piece.text)
    assert translation_side(bead, lambda _: True) == []


@pytest.mark.parametrize(("pieces", "room", "expected"), [
    (["short"], 50, "short"),
    (["one two three four five six seven"], 16, "one two three …"),
    (["one two three four five six ", ["seven"]], 16, "… five six [seven]"),
    ([["seven"], " eight nine ten eleven twelve"], 16, "[seven] eight nine …"),
    (["x" * 40], 10, "x" * 10 + " …"),
])
def test_excerpts_keep_the_marks_and_words_around_them(pieces, room, expected):
    made = [Piece(p) if isinstance(p, str) else Piece(p[0], (0,)) for p in pieces]
    assert "".join(f"[{p.text}]" if p.findings else p.text for p in excerpt(made, room=room)) == expected


@given(st.lists(st.tuples(st.text(min_size=1, max_size=400), st.booleans()), min_size=1, max_size=6))
def test_excerpts_never_lose_a_mark_and_stay_near_their_room(parts):
    pieces = [Piece(text, (0,) if marked else ()) for text, marked in parts]
    short = excerpt(pieces, room=100)
    assert [p.findings for p in short] == [p.findings for p in pieces]
    assert sum(len(p.text) for p in short) <= max(sum(len(p.text) for p in pieces) + 6 * len(pieces), 100)


# What is safe


@given(st.text(st.characters(), max_size=50) | st.sampled_from(HOSTILE))
def test_text_made_safe_keeps_its_length_and_can_be_written(text):
    for made in (encodable(text), visible(text), one_line(text)):
        assert len(made) == len(text)
        made.encode("utf-8")
    assert visible(visible(text)) == visible(text)
    assert not set(one_line(text)) & set("\n\r\t\x1b\x00\x85\u2028\u2029\u202e")


@pytest.mark.parametrize("text", [
    "naïve “quotes” – dash", "العربية\u200f!", "עברית", "中文", "a\u0301", "👩\u200d🚀", "🇫🇷", "soft\u00adhyphen",
])
def test_text_of_any_script_is_left_alone(text):
    assert visible(text) == one_line(text) == encodable(text) == text
