"""False alarms where two people said the same: English sentences that were both given for one French sentence.

    python benchmarks/paraphrases.py --corpus ../shared/corpora/fren.train.tsv.zst [--pairs 1000] [--part test] [--show 20]

Tatoeba (CC BY 2.0 FR) and Europarl have several English versions of some sentences. Most mean the same; French leaves some things
open that English cannot, and the versions decide differently: pairs with other third persons (his/her) are left out, the rest
(tense, one try or several) is not, so zero is not to be had. `--part`: the sentences are split in two by their French side, `fit` is what
`risk_data.py` learns from, `test` is never learned from.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np

import drift
from drift.judge.tokens import tokenize

SOURCES = ("tatoeba", "europarl")
OPEN = [frozenset(w.split()) for w in ("he him his himself", "she her hers herself", "it its itself", "they them their theirs themselves")]


def alternatives(corpus: Path, part: str) -> dict[str, list[tuple[str, str]]]:
    """By source: two different English sentences of at least five words for one French sentence, each French sentence once."""
    import zstandard

    found: dict[str, defaultdict[str, set[str]]] = {name: defaultdict(set) for name in SOURCES}
    with corpus.open("rb") as raw:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8"):
            french, english, name = line.rstrip("\n").split("\t")[:3]
            if name in found and len(english.split()) >= 5 and len(french.split()) >= 5:
                found[name][french].add(english)
    out = {}
    for name, groups in found.items():
        rows = []
        for french, versions in sorted(groups.items()):
            mine = "test" if sha256(french.encode()).digest()[0] % 2 else "fit"
            a, b = sorted(versions)[:2] if len(versions) > 1 else ("", "")
            if mine == part and _words(a) != _words(b) and _persons(a) == _persons(b) and 0.6 < (1 + len(a)) / (1 + len(b)) < 1.7:
                rows.append((a, b))
        Random(1).shuffle(rows)
        out[name] = rows
    return out


def _persons(text: str) -> list[bool]:
    """Which third persons are there: what French leaves open ("son", "lui"), two translators decide differently."""
    words = set(_words(text))
    return [not words.isdisjoint(person) for person in OPEN]


def _words(text: str) -> list[str]:
    return [t.norm for t in tokenize(text) if t.is_word]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=1000, help="of each source")
    parser.add_argument("--part", choices=("fit", "test"), default="test")
    parser.add_argument("--show", type=int, default=0, help="this many alarms, to read")
    args = parser.parse_args()
    for name, rows in alternatives(args.corpus, args.part).items():
        rows = rows[: args.pairs]
        verdicts = drift.judge_many(rows)
        grave = [[f for f in v.findings if f.severity != "minor"] for v in verdicts]
        critical = np.mean([any(f.severity == "critical" for f in v.findings) for v in verdicts])
        print(f"{name}: {len(rows)} pairs; major or critical {np.mean([bool(g) for g in grave]):.3f}, critical {critical:.3f}, "
              f"any finding {np.mean([bool(v.findings) for v in verdicts]):.3f}; score: median {np.median([v.score for v in verdicts]):.3f}, "
              f"above 0.5 {np.mean([v.score > 0.5 for v in verdicts]):.3f}")  # fmt: skip
        kinds = Counter((f.detector, f.category, f.severity) for g in grave for f in g)
        print("  " + ", ".join(f"{'.'.join(k)} {n}" for k, n in kinds.most_common(16)))
        for verdict, found in [(v, g) for v, g in zip(verdicts, grave, strict=True) if g][: args.show]:
            print(f"  - {verdict.reference}\n    {verdict.hypothesis}")
            for f in found:
                print(f"      {f.severity} {f.category} {f.confidence:.2f} [{f.detector}] {f.message}")


if __name__ == "__main__":
    main()
