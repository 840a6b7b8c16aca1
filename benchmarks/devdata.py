"""The development data of the benchmarks: where it is, how it is read. The project does not contain it."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

__all__ = ["FORMATTING", "WRITTEN", "Segment", "Triple", "biomqm", "demetr", "folder", "ted", "written"]

WRITTEN = Path(__file__).parent / "challenge" / "triples.tsv"
FORMATTING = ("formatting", "punctuation")  # perturbations that are not meaning: reported apart


@dataclass(frozen=True)
class Triple:
    """One pair of DEMETR: the same translation without and with a controlled error."""

    ref: str
    good: str
    bad: str
    perturbation: str
    category: str
    severity: str
    language: str


@dataclass(frozen=True)
class Segment:
    """One translation with its MQM score (0 best, negative worse) and error spans in the hypothesis."""

    ref: str
    hyp: str
    mqm: float
    spans: tuple[tuple[int, int, str], ...]  # start, end, severity (lower case)
    major: bool  # any major or critical error, omissions included
    group: str  # document or language pair: what must not be split between fitting and testing


def folder() -> Path:
    """Where the data is; says where to get it when it is not there."""
    path = Path(os.environ.get("DRIFT_BENCHMARKS", Path(__file__).parents[2] / "shared" / "benchmarks"))
    if not path.is_dir():
        raise SystemExit(
            f"no development data at {path}. Set DRIFT_BENCHMARKS to a folder with demetr_dev.jsonl.zst (DEMETR, "
            "https://github.com/marzenakrp/demetr), mqm_ted21_zhen.jsonl.zst (https://github.com/google/wmt-mqm-human-evaluation) "
            "and biomqm_dev.jsonl.zst (https://github.com/amazon-science/bio-mqm-dataset)."
        )
    return path


def _rows(name: str) -> list[dict]:
    import zstandard

    with (folder() / name).open("rb") as raw:
        return [json.loads(line) for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8")]


def demetr() -> list[Triple]:
    return [
        Triple(r["ref"], r["good"], r["bad"], r["perturbation"], r["category"], r["severity"], r["lang"])
        for r in _rows("demetr_dev.jsonl.zst")
        if r["usable"]
    ]


def ted() -> list[Segment]:
    return [_segment(r, "start", "end", r["doc"]) for r in _rows("mqm_ted21_zhen.jsonl.zst")]


def biomqm() -> list[Segment]:
    return [_segment(r, "startIndex", "endIndex", r["langpair"]) for r in _rows("biomqm_dev.jsonl.zst")]


def _segment(row: dict, start: str, end: str, group: str) -> Segment:
    errors = [e for e in row["errors"] if e["severity"].lower() != "neutral"]
    spans = tuple(
        (int(e[start]), int(e[end]), e["severity"].lower())
        for e in errors
        if e.get("side", "target") == "target" and e.get(start) is not None and e.get(end) is not None
    )
    major = any(e["severity"].lower() in ("major", "critical") for e in errors)
    return Segment(row["ref"], row["hyp"], float(row["mqm"]), spans, major, group)


def written(part: str = "all") -> list[Triple]:
    """Invented news sentences with a faithful version and the same with one error: the project's own, see `challenge/README.md`.

    `perturbation` is "written.names", "written.wording" and so on. `part`: "held" is a third, by a hash of the reference, that a
    network fitted with `fit_risk.py --hold-out` has not seen; "learned" is the rest.
    """
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    third = {"held": (0,), "learned": (1, 2), "all": (0, 1, 2)}[part]
    return [
        Triple(r["reference"], r["intact"], r["spoilt"], f"written.{r['category']}", r["category"], "critical", "en")
        for r in rows
        if sha256(r["reference"].encode()).digest()[0] % 3 in third
    ]
