"""How well sentences are aligned: `python benchmarks/alignment.py TSV [--floor 0.3 …]`.

TSV holds one translated sentence pair a line, other language first, news in reading order (NTREX-128 is such a file;
`shared/benchmarks/mt/ntrex_first1000.fr-en.tsv`). Copies with a known alignment are made of it by dropping, joining and
inserting sentences; printed are precision and recall over linked pairs of sentences. `drift.align.beads.Costs` was set
with this script.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import fields
from pathlib import Path

from drift.align import align_windows
from drift.align.beads import Costs, Windows, embed_windows
from drift.align.encoders import load_encoder

# kind of copy -> share of sentences dropped, chance of an insertion before one, share joined to the next
KINDS = {"full": (0.05, 0.025, 0.08), "shortened": (0.25, 0.075, 0.10), "excerpt": (0.60, 0.75, 0.05)}
Document = tuple[list[str], list[set[int]]]  # sentences, and which lines of the file each was made of


def joined(lines: list[str], numbers: list[int], share: float, chance: random.Random) -> Document:
    texts: list[str] = []
    origins: list[set[int]] = []
    k = 0
    while k < len(numbers):
        take = 2 if chance.random() < share and k + 1 < len(numbers) and numbers[k + 1] == numbers[k] + 1 else 1
        texts.append(" ".join(lines[n] for n in numbers[k : k + take]))
        origins.append(set(numbers[k : k + take]))
        k += take
    return texts, origins


def copy_of(lines: list[str], numbers: list[int], kind: str, chance: random.Random) -> Document:
    drop, insert, join = KINDS[kind]
    far = [n for n in range(len(lines)) if abs(n - numbers[0]) > 80]
    kept, quoting = [], False
    for n in numbers:
        quoting = not quoting if chance.random() < 0.25 else quoting
        if not quoting if kind == "excerpt" else chance.random() < drop:
            continue
        kept.append(n)
    texts, origins = joined(lines, kept, join, chance)
    out: Document = ([], [])
    for text, origin in zip(texts, origins, strict=True):
        if chance.random() < insert:
            start = chance.choice(far)
            for n in range(start, min(start + chance.randrange(1, 5 if kind == "excerpt" else 3), len(lines))):
                out[0].append(lines[n])
                out[1].append(set())
        out[0].append(text)
        out[1].append(origin)
    return out


def cases(path: Path, count: int) -> list[tuple[str, Windows, Windows, set[tuple[int, int]]]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    other, english = [r[0] for r in rows], [r[1] for r in rows]
    encoder, made = load_encoder(), []
    for kind in KINDS:
        for seed in range(count):
            chance = random.Random(seed)
            start = chance.randrange(0, len(rows) - 50)
            numbers = list(range(start, start + chance.randrange(15, 50)))
            reference = joined(english, numbers, KINDS[kind][2], chance)
            copy = copy_of(other, numbers, kind, chance)
            truth = {(i, j) for i, x in enumerate(reference[1]) for j, y in enumerate(copy[1]) if x & y}
            if truth:
                made.append((kind, embed_windows(reference[0], encoder), embed_windows(copy[0], encoder), truth))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tsv", type=Path)
    parser.add_argument("--count", type=int, default=25, help="documents of each kind")
    for field in fields(Costs):
        parser.add_argument(f"--{field.name}", type=float, default=field.default, metavar="X")
    args = parser.parse_args()
    costs = Costs(**{field.name: getattr(args, field.name) for field in fields(Costs)})
    counts = {kind: [0, 0, 0] for kind in KINDS}
    for kind, reference, copy, truth in cases(args.tsv, args.count):
        matches = align_windows(reference, copy, costs=costs)
        found = {(i, j) for m in matches if m.similarity is not None for i in m.reference for j in m.copy}
        for k, n in enumerate((len(found & truth), len(found), len(truth))):
            counts[kind][k] += n
    print(f"{'copy':<10} {'precision':>9} {'recall':>7} {'F1':>7}")
    for kind, (right, found_count, true_count) in counts.items():
        precision, recall = right / max(1, found_count), right / max(1, true_count)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{kind:<10} {precision:>9.3f} {recall:>7.3f} {f1:>7.3f}")


if __name__ == "__main__":
    main()
