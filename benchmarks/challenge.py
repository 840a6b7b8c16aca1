"""Pairs written for this purpose by somebody who had not seen drift: half of them errors, half faithful paraphrases.

    python benchmarks/challenge.py [--part test] [--show 40] [--category names]

`benchmarks/challenge/pairs/*.tsv` (Apache-2.0, invented news sentences): reference, hypothesis, `drift` or `same`, category, note. A row
is split by a hash of its reference into `fit`, which may be read and repaired for, and `test`, which is not read. Found: a major or
critical finding on a row of drift. Right kind: the gravest finding has the row's category. False alarm: a major or critical finding
on a row that says the same. AUC: how well the score alone tells the two apart.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

import drift
from drift.records import PairDrift
from drift.typology import at_least

HERE = Path(__file__).parent / "challenge" / "pairs"
# A row's category -> the categories of findings that name it rightly.
RIGHT = {
    "names": {"name"}, "numbers": {"number"}, "dates": {"date", "number"}, "polarity": {"polarity"}, "modality": {"modality"},
    "role": {"role"}, "wording": {"wording"}, "omission": {"omission"}, "addition": {"addition"}, "fluency": {"fluency"},
    "untranslated": {"untranslated"},
}  # fmt: skip


def rows_of(part: str) -> list[dict[str, str]]:
    """The rows of one half, in the order of the files."""
    rows = []
    for path in sorted(HERE.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    half = {"fit": 0, "test": 1}
    return [r for r in rows if part == "all" or sha256(r["reference"].encode()).digest()[0] % 2 == half[part]]


def auc(bad: Sequence[float], good: Sequence[float]) -> float:
    """The share of (bad, good) pairs in which the bad one scores higher; ties count half."""
    if not bad or not good:
        return float("nan")
    b, g = np.array(bad)[:, None], np.array(good)[None]
    return float((b > g).mean() + (b == g).mean() / 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("fit", "test", "all"), default="test")
    parser.add_argument("--category", help="only rows of this category")
    parser.add_argument("--show", type=int, default=0, help="this many misses and false alarms, to read")
    args = parser.parse_args()
    rows = [r for r in rows_of(args.part) if args.category in (None, r["category"])]
    verdicts = drift.judge_many([(r["reference"], r["hypothesis"]) for r in rows])
    print(f"{'category':14} {'drift':>5} {'found':>6} {'right kind':>10}   {'same':>5} {'false alarms':>12}   {'AUC':>5}")
    for category in [*dict.fromkeys(r["category"] for r in rows), "all"]:
        chosen = [(r, v) for r, v in zip(rows, verdicts, strict=True) if category in ("all", r["category"])]
        bad, good = ([(r, v) for r, v in chosen if r["expected"] == e] for e in ("drift", "same"))
        found = [(r, v) for r, v in bad if _grave(v)]
        right = [v for r, v in found if v.findings[0].category in RIGHT[r["category"]]]
        alarms = [v for _, v in good if _grave(v)]
        print(f"{category:14} {len(bad):5} {_share(found, bad)} {_share(right, found):>10}   {len(good):5} {_share(alarms, good):>12}   "
              f"{auc([v.score for _, v in bad], [v.score for _, v in good]):5.3f}")  # fmt: skip
    wrong = [(r, v) for r, v in zip(rows, verdicts, strict=True) if _grave(v) != (r["expected"] == "drift")]
    for row, verdict in wrong[: args.show]:
        print(f"\n{row['expected']} {row['category']}: {row['note']} · {verdict.score:.2f}\n  {row['reference']}\n  {row['hypothesis']}")
        for f in verdict.findings:
            print(f"      {f.severity} {f.category} {f.confidence:.2f} [{f.detector}] {f.message}")


def _grave(verdict: PairDrift) -> bool:
    return any(at_least(f.severity, "major") for f in verdict.findings)


def _share(some: Sequence[object], of: Sequence[object]) -> str:
    return f"{len(some) / len(of):6.3f}" if of else "     –"


if __name__ == "__main__":
    main()
