"""Whole articles: what the report finds of the errors that were planted into copies, and what it says of faithful ones.

    python benchmarks/copies.py [--articles 3 4 6 8] [--show]

`benchmarks/challenge/articles/` (Apache-2.0): eight invented articles, each with an English paraphrase, a faithful French translation,
an English copy with twelve planted errors and a French one with eight, written by somebody who had not seen drift. Found: a major
or critical finding that is not put down to our translation, in the bead of a planted sentence (a sentence left out: any finding).
Alarmed: the share of the other sentences of a copy with such a finding. 1, 2, 5 and 7 may be read and repaired for.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

import drift
from drift.records import Bead, CopyDrift, Report
from drift.typology import at_least

HERE = Path(__file__).parent / "challenge" / "articles"


def grave(bead: Bead) -> bool:
    return any(at_least(f.severity, "major") and f.attribution != "instrument" for f in bead.findings)


def flat(text: str) -> str:
    table = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "\u202f": " "})
    return "".join(c for c in text.translate(table) if c.isalnum())


def holds(sentences: tuple, wanted: str) -> bool:
    """Whether some of a bead's sentences are the wanted one, however it was cut."""
    here, there = [flat(s.text) for s in sentences], flat(wanted)
    return any(len(h) > 15 and (h in there or there in h) for h in here) or (bool(here) and "".join(here) == there)


def measure(report: Report, copy: CopyDrift, planted: list[dict[str, str]]) -> tuple[int, list[dict[str, str]], list[Bead], int]:
    """Planted errors found, those that were not, beads alarmed without cause, beads without cause for alarm."""
    found, missed, guilty = 0, [], set()
    for row in planted:
        old, new = row["original sentence"], row["changed sentence as it stands in the file (empty if left out)"]
        beads = [b for b in copy.beads if (holds(b.copy, new) if new else not b.copy and holds(b.reference, old))]
        if not new:
            beads = beads or [b for b in copy.beads if holds(b.reference, old)]
        guilty |= {id(b) for b in beads}
        if any(grave(b) or (not new and (b.findings or not b.copy)) for b in beads):
            found += 1
        else:
            missed.append(row)
    others = [b for b in copy.beads if id(b) not in guilty]
    return found, missed, [b for b in others if grave(b)], len(others)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", nargs="+", default=["3", "4", "6", "8"])
    parser.add_argument("--show", action="store_true", help="what was missed, and the alarms")
    args = parser.parse_args()
    total: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for number in args.articles:
        folder = HERE / number
        with (folder / "planted.tsv").open(encoding="utf-8", newline="") as file:
            planted = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        report = drift.report(sorted(folder.glob("*.txt")), reference=str(folder / "original.txt"))
        for copy in report.copies:
            name = Path(copy.copy.path).name
            if name == "original.txt":
                continue
            mine = [r for r in planted if r["file"] == name]
            found, missed, alarms, others = measure(report, copy, mine)
            for k, value in enumerate((found, len(mine), len(alarms), others)):
                total[name][k] += value
            print(f"{number} {name:18} score {copy.score:.3f}  found {found}/{len(mine)}  alarmed {len(alarms)}/{others}")
            if args.show:
                for row in missed:
                    print(f"   MISSED {row['category']}: {row['note']}\n     {row['original sentence']}\n     {list(row.values())[2]}")
                for bead in alarms:
                    print("   ALARM", " ".join(s.text for s in bead.reference), "\n      ", " ".join(s.text for s in bead.copy))
                    for s in bead.copy:
                        if s.translation:
                            print("       =", s.translation.text)
                    for f in bead.findings:
                        if at_least(f.severity, "major") and f.attribution != "instrument":
                            print(f"         {f.severity} {f.category} {f.confidence:.2f} [{f.detector}] {f.attribution} {f.message}")
    for name, (found, planted_count, alarmed, others) in total.items():
        print(f"all {name:18} found {found}/{planted_count}  alarmed {alarmed}/{others} = {alarmed / max(1, others):.3f}")


if __name__ == "__main__":
    main()
