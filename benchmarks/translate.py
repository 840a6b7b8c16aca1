"""Translation engines side by side: speed, memory, BLEU, chrF and how often they say the same.

    python benchmarks/translate.py --lines 200

Each engine runs in a process of its own (so that peak memory is its own) and they take turns, a few sentences each, so
that whatever else the machine does meets all of them alike. Speed is the median over these turns: a pause of the
machine spoils one turn and not the figure. Compare the ratios of one run, not figures of different runs.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETS = {"FLORES dev": "flores_dev.fr-en.tsv", "NTREX": "ntrex_first1000.fr-en.tsv"}
PLACES = (HERE / "data", HERE.parent.parent / "shared" / "benchmarks" / "mt")
WHERE = ("The test sets are not in this repository (CC BY-SA 4.0). FLORES-101 dev: "
         "https://github.com/facebookresearch/flores; NTREX-128: https://github.com/MicrosoftTranslator/NTREX. "
         "Save lines of source TAB English as {names} in benchmarks/data, or pass --data FOLDER.")
TURN = 10


def work(arguments: argparse.Namespace) -> None:
    """One engine: reads lists of sentences as JSON lines, answers with translations and seconds."""
    from drift.translate import load

    began = time.perf_counter()
    translator = load(arguments.source, engine=arguments.worker, model=arguments.model)
    translator.translate(["."])
    print(json.dumps({"model": translator.model, "revision": translator.revision,
                      "load_s": time.perf_counter() - began}), flush=True)
    for line in sys.stdin:
        sentences = json.loads(line)
        began = time.perf_counter()
        done = translator.translate(sentences)
        print(json.dumps({"texts": [t.text for t in done], "flags": [t.flags for t in done],
                          "seconds": time.perf_counter() - began,
                          "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)


def ask(process: subprocess.Popen[str], sentences: list[str] | None) -> dict:
    if sentences is not None:
        process.stdin.write(json.dumps(sentences) + "\n")
        process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        sys.exit(f"{process.args[-1]} ended early")
    return json.loads(line)


def read(path: Path, lines: int) -> tuple[list[str], list[str]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[:lines]]
    return [r[0] for r in rows], [r[1] for r in rows]


def measure(arguments: argparse.Namespace, sets: dict[str, Path]) -> dict:
    base = [sys.executable, __file__, "--source", arguments.source]
    base += ["--model", arguments.model] if arguments.model else []
    workers = {}
    for engine in arguments.engines.split(","):
        extra = [] if engine == "apertium" and arguments.model else base[4:]
        workers[engine] = subprocess.Popen([*base[:4], *extra, "--worker", engine], stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, text=True)
    result = {engine: {"start": ask(p, None), "sets": {}} for engine, p in workers.items()}
    for name, path in sets.items():
        sources, references = read(path, arguments.lines)
        outputs = {engine: [] for engine in workers}
        rates = {engine: [] for engine in workers}
        flags = dict.fromkeys(workers, 0)
        for start in range(0, len(sources), TURN):
            part = sources[start:start + TURN]
            for engine, process in workers.items():
                answer = ask(process, part)
                outputs[engine] += answer["texts"]
                flags[engine] += sum(bool(set(f) - {"unknown-words"}) for f in answer["flags"])
                rates[engine].append(answer["seconds"] / len(part))
                result[engine]["peak_mb"] = answer["peak_mb"]
            print(f"\r{name}: {min(start + TURN, len(sources))}/{len(sources)}", end="", file=sys.stderr)
        print(file=sys.stderr)
        from sacrebleu import corpus_bleu, corpus_chrf

        first = next(iter(outputs.values()))
        for engine, texts in outputs.items():
            result[engine]["sets"][name] = {
                "sentences": len(texts), "per_second": 1 / statistics.median(rates[engine]),
                "bleu": corpus_bleu(texts, [references]).score, "chrf": corpus_chrf(texts, [references]).score,
                "identical": sum(a == b for a, b in zip(texts, first, strict=True)) / len(texts),
                "flagged": flags[engine] / len(texts)}
    for process in workers.values():
        process.stdin.close()
        process.wait()
    return result


def table(result: dict) -> str:
    first = next(iter(result))
    lines = [f"| engine | model | set | sentences/s | BLEU | chrF | same as {first} | flagged | peak MB |",
             "|---|---|---|---:|---:|---:|---:|---:|---:|"]
    for engine, about in result.items():
        for name, row in about["sets"].items():
            lines.append(f"| {engine} | {about['start']['model']} | {name}, {row['sentences']} | "
                         f"{row['per_second']:.1f} | {row['bleu']:.1f} | {row['chrf']:.1f} | {row['identical']:.0%} | "
                         f"{row['flagged']:.1%} | {about['peak_mb']:.0f} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=200, help="sentences of each set (default: %(default)s)")
    parser.add_argument("--engines", default="ctranslate2,transformers", help="default: %(default)s; also: apertium")
    parser.add_argument("--model", help="hub id or folder (default: the shipped model)")
    parser.add_argument("--source", default="fr", help="language of the first column (default: %(default)s)")
    parser.add_argument("--data", type=Path, help="folder of the test sets")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments)
        return 0
    places = (arguments.data,) if arguments.data else PLACES
    sets = {name: path for name, file in SETS.items() for place in places[::-1] if (path := place / file).is_file()}
    if not sets:
        print(WHERE.format(names=" and ".join(SETS.values())), file=sys.stderr)
        return 3
    result = measure(arguments, sets)
    print(f"{platform.machine()}, Python {platform.python_version()}; one run, engines in turns of {TURN} sentences\n")
    print(table(result))
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    sys.exit(main())
