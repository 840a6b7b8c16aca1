"""What people said of the findings is kept, comes back in the next run, and measures the tool."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drift import review
from drift.cli import main
from drift.errors import UnreadableError, UsageError
from drift.records import Report
from drift.render import render, write

from .handmade import hostile_report, rich_report


def statuses(report: Report) -> dict[str, str]:
    return {f.id: f.status for f in report.findings if f.status != "unreviewed"}


@pytest.fixture
def at_home(tmp_path, monkeypatch) -> Report:
    """The rich report, its articles in a folder of their own, nothing reviewed yet."""
    (tmp_path / "copies").mkdir()
    monkeypatch.chdir(tmp_path)
    return review.decide(rich_report(), reset=["f-modality", "f-rejected"])


def test_it_is_kept_beside_the_articles(at_home, tmp_path):
    assert review.place(at_home).resolve() == tmp_path / "copies" / "drift-review.tsv"


def test_what_was_said_comes_back_in_the_next_run(at_home):
    said = review.decide(at_home, confirm=["f-name", "f-number"], reject=["f-date"])
    review.save(said)
    assert statuses(review.apply(at_home)) == {"f-name": "confirmed", "f-number": "confirmed", "f-date": "rejected"}


def test_without_a_review_the_report_is_as_it_was(at_home):
    assert review.apply(at_home) is at_home


def test_the_file_is_readable_and_sorted(at_home):
    path = review.save(review.decide(at_home, confirm=["f-number", "f-name"], reject=["f-unclear"]))
    assert path.read_text("utf-8").split("\n") == [
        "id\tstatus\tcopy\tcategory\tseverity\tmessage",
        "f-name\tconfirmed\tb-drifted\tname\tcritical\t“Lyon” became “Lion”.",
        "f-number\tconfirmed\tb-drifted\tnumber\tcritical\t2.1 million became 2.1 billion.",
        "f-unclear\trejected\tc-french\tnumber\tmajor\tfifty became fifteen.",
        "",
    ]


def test_saving_keeps_what_was_said_of_findings_that_are_not_in_this_report(at_home):
    path = review.save(review.decide(at_home, reject=["f-date"]))
    fewer = replace(at_home, copies=tuple(c for c in at_home.copies if c.id != "b-drifted"))
    review.save(review.decide(fewer, confirm=["f-unclear"]))
    assert review.load(path) == {"f-date": "rejected", "f-unclear": "confirmed"}


def test_forgetting(at_home):
    path = review.save(review.decide(at_home, reject=["f-date"]))
    review.save(review.decide(review.apply(at_home), reset=["f-date"]))
    assert review.load(path) == {}


def test_a_rejected_finding_is_quiet_and_no_longer_counts(at_home):
    before = at_home["b-drifted"]
    after = review.decide(at_home, reject=["f-role"])["b-drifted"]
    assert "Who bit whom" not in render(review.decide(at_home, reject=["f-role"]), "text", limit=50)
    assert [b.score for b in after.beads if b.findings and b.findings[0].id == "f-role"] == [0.0]
    assert after.mqm_per_100_words < before.mqm_per_100_words
    assert after.score < 1


def test_a_sentence_with_other_findings_keeps_their_share(at_home):
    bead = review.decide(at_home, reject=["f-date"])["b-drifted"].beads[0]
    assert bead.score == pytest.approx(0.8 * 15 / 20)
    again = review.decide(review.decide(at_home, reject=["f-date"]), reset=["f-date"])["b-drifted"].beads[0]
    assert again.score == pytest.approx(0.8)


@pytest.mark.parametrize(("given", "full"), [("f-name", "f-name"), ("f-numb", "f-number"), ("f-fl", "f-fluency")])
def test_the_beginning_of_an_id_will_do(at_home, given, full):
    assert statuses(review.decide(at_home, confirm=[given])) == {full: "confirmed"}


@pytest.mark.parametrize(("given", "words"), [
    ("f-nam3", "near: f-name"), ("zzz", "lists them"), ("f-", "is no finding"),
    ("f-un", "several findings; near: f-un"), ("", "is no finding"),
])
def test_an_id_that_is_not_there_names_near_ones(at_home, given, words):
    with pytest.raises(UsageError, match="DR512") as error:
        review.decide(at_home, confirm=[given])
    assert words in str(error.value)


def test_both_at_once_is_refused(at_home):
    with pytest.raises(UsageError, match="DR513"):
        review.decide(at_home, confirm=["f-name"], reject=["f-name"])


@pytest.mark.parametrize(("table", "found"), [
    ("id\tstatus\nf-name\tconfirmed\n\nf-date\tRejected\nx\t\n", {"f-name": "confirmed", "f-date": "rejected"}),
    ("status,copy,id\nconfirmed,b,f-name\n", {"f-name": "confirmed"}),
    ('a,id,status\r\n"x, ""y""",f-name,rejected\r\n', {"f-name": "rejected"}),
    ('system\tmetadata\nb\t{"id": "f-name", "status": "confirmed"}\nb\t{}\nb\n', {"f-name": "confirmed"}),
    ("\ufeffid\tstatus\nf-name\tconfirmed\n", {"f-name": "confirmed"}),
    ("id\tstatus\n", {}), ("", {}),
])
def test_tables_that_are_read_back(tmp_path, table, found):
    (tmp_path / "t").write_text(table, "utf-8")
    assert review.load(tmp_path / "t") == found


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_an_export_is_read_back(report, tmp_path, format):
    write(report, format, tmp_path / "t")
    found = review.load(tmp_path / "t")
    assert found["f-modality"] == "confirmed"
    assert found["f-name"] == "unreviewed"


@pytest.mark.parametrize(("table", "words"), [
    ("a\tb\n1\t2\n", "no columns"), ("id\tstatus\nf-name\tmaybe\n", "line 2"), ("system\tmetadata\nb\t{\n", "not JSON"),
])
def test_tables_that_are_refused(tmp_path, table, words):
    (tmp_path / "t").write_text(table)
    with pytest.raises(UnreadableError, match="DR511") as error:
        review.load(tmp_path / "t")
    assert words in str(error.value)


def test_another_file_is_refused_and_not_overwritten(at_home, tmp_path):
    (tmp_path / "notes.txt").write_text("my notes\n")
    with pytest.raises(UnreadableError):
        review.save(at_home, tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "my notes\n"


def test_an_export_is_not_taken_for_the_review_file(at_home, tmp_path):
    write(at_home, "csv", tmp_path / "t.csv")
    before = (tmp_path / "t.csv").read_bytes()
    with pytest.raises(UsageError, match="DR515"):
        review.save(at_home, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == before


def test_precision_on_what_was_reviewed(at_home):
    assert review.precision(at_home) == []
    said = review.decide(at_home, confirm=["f-name", "f-number", "f-date"], reject=["f-unclear"])
    by_name = {p.name: p for p in review.precision(said)}
    assert list(by_name) == ["all", "critical", "major", "name", "number", "date"]
    assert by_name["all"].precision == 0.75
    assert by_name["number"].precision == 0.5
    assert by_name["all"].confidence == pytest.approx((0.97 + 0.99 + 0.8 + 0.8) / 4)


def test_hostile_messages_stay_on_their_line(tmp_path):
    report = hostile_report()
    ids = [f.id for f in report.findings]
    path = review.save(review.decide(report, reject=ids), tmp_path / "r.tsv")
    assert review.load(path) == dict.fromkeys(ids, "rejected")
    assert not set(path.read_text("utf-8")) & set("\x1b\x9b\u202e\x00")


# The command


@pytest.fixture
def stored(at_home, tmp_path):
    write(at_home, "json", tmp_path / "report.json")
    return str(tmp_path / "report.json")


def test_the_command_keeps_and_counts(stored, tmp_path, capsys):
    assert main(["review", stored, "--confirm", "f-name", "f-number", "--reject", "f-date"]) == 0
    out = capsys.readouterr().out
    assert "2 confirmed, 1 rejected" in out
    assert "67%" in out
    assert (tmp_path / "copies" / "drift-review.tsv").exists()
    assert main(["review", stored, "--reset", "f-date"]) == 0
    assert "2 confirmed, 0 rejected" in capsys.readouterr().out


def test_the_command_lists_what_is_open(stored, capsys):
    assert main(["review", stored, "--limit", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("f-number  critical number        99%  b-drifted: 2.1 million")
    assert lines[3].startswith("… and 10 more")
    assert "nothing is reviewed yet" in lines[-1]


def test_the_command_reads_a_table_back(stored, at_home, tmp_path, capsys):
    table = render(at_home, "csv").replace("unreviewed,“Lyon” became", "confirmed,“Lyon” became")
    (tmp_path / "t.csv").write_text(table, "utf-8")
    assert main(["review", stored, "--from", str(tmp_path / "t.csv")]) == 0
    assert "1 confirmed, 0 rejected" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "code", "words"), [
    (["--confirm", "nothing"], 2, "DR512"), (["--confirm", "f-name", "--reject", "f-name"], 2, "DR513"),
    (["--from", "nowhere.tsv"], 3, "DR511"),
])
def test_the_command_refuses(stored, capsys, arguments, code, words):
    assert main(["review", stored, *arguments]) == code
    assert words in capsys.readouterr().err


def test_the_command_refuses_what_is_no_report(tmp_path, capsys):
    (tmp_path / "x.json").write_text("{}")
    assert main(["review", str(tmp_path / "x.json")]) == 3
    assert "DR504" in capsys.readouterr().err
