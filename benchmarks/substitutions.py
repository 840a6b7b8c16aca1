"""One word for another in sentences that differ in nothing else: from which confidence it is an error, and from which a synonym.

    python benchmarks/substitutions.py --corpus ../shared/corpora/fren.train.tsv.zst [--pairs 900]

`drift/judge/severity.py` (`_SUBSTITUTED`) calls such a word grave from a confidence of its own, by kind of finding. Errors are those of
DEMETR's German part (minor ones aside) and of the held-out third of `challenge/triples.tsv`, intact against spoilt; synonyms are the pairs
of `paraphrases.py --part fit`. A pair counts where a finding about a word leaves no other word that differs.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from devdata import FORMATTING, demetr, written
from fit_judge import read
from paraphrases import alternatives

from drift.judge.severity import _NOTHING_ELSE, _SUBSTITUTED, default_weigher

FLOORS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
KINDS = ("wording.", "risk.wording")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=900, help="of each source of human paraphrases")
    args = parser.parse_args()
    errors = [
        (t.good, t.bad) for t in demetr()
        if t.language == "german" and t.severity != "minor" and t.category not in FORMATTING and not t.category.startswith("baseline")
    ]  # fmt: skip
    errors += [(t.good, t.bad) for t in written("held")]
    synonyms = [pair for rows in alternatives(args.corpus, "fit").values() for pair in rows[: args.pairs]]
    weigher, seen = default_weigher(), read(errors + synonyms)
    rows: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for key, wrong in [(p, True) for p in errors] + [(p, False) for p in synonyms]:
        facts, candidates = seen[key]
        score = weigher.score(facts)
        for candidate, suspicion, _, _ in candidates:
            if suspicion.rest > _NOTHING_ELSE and candidate.kind.startswith(KINDS):
                rows[candidate.kind].append((weigher.confidence(candidate.kind, candidate.strength, suspicion, score), wrong))
    for kind, found in sorted(rows.items()):
        wrong, right = sum(w for _, w in found), sum(not w for _, w in found)
        floors = sorted({*FLOORS, _SUBSTITUTED.get(kind, FLOORS[0])})  # the one that ships is among them
        said = ", ".join(f"{f}: {sum(c >= f and w for c, w in found)} / {sum(c >= f and not w for c, w in found)}" for f in floors)
        print(f"{kind:18} {wrong} errors, {right} synonyms; from a confidence of {said}")


if __name__ == "__main__":
    main()
