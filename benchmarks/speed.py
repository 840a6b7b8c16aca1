"""How fast drift is here: `python benchmarks/speed.py [--repeat 3]`. Prints a table; asserts nothing.

Every figure is taken in a process of its own, so that each is cold; the best of the repetitions counts, because other
work on the machine can only make it slower.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures" / "kazakhstan-2022"

# label -> (unit, whether more is better, Python that prints one number)
SNIPPETS = {
    "report on the fixtures, nothing remembered": (
        "s",
        False,
        "import time; t = time.perf_counter()\n"
        f"import drift; drift.report({str(FIXTURES)!r}, memory=None)\n"
        "print(time.perf_counter() - t)",
    ),
    "peak memory of that": (
        "MiB",
        False,
        f"import drift, resource, sys; drift.report({str(FIXTURES)!r}, memory=None)\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(peak / (2**20 if sys.platform == 'darwin' else 2**10))",
    ),
    "sentences translated, model loaded": (
        "/s",
        True,
        "import time; from drift.read import read; from drift.translate import load\n"
        f"copies = [read(p) for p in sorted(__import__('pathlib').Path({str(FIXTURES)!r}).glob('*.txt'))]\n"
        "texts = [s.text for c in copies if c.language == 'fr' for s in c.sentences]\n"
        "translator = load('fr', memory=None); translator.translate(texts[:1])\n"
        "t = time.perf_counter(); translator.translate(texts)\n"
        "print(len(texts) / (time.perf_counter() - t))",
    ),
    "sentences embedded, model loaded": (
        "/s",
        True,
        "import time; from drift.read import read; from drift.align.encoders import load_encoder\n"
        f"copies = [read(p) for p in sorted(__import__('pathlib').Path({str(FIXTURES)!r}).glob('*.txt'))]\n"
        "texts = [s.text for c in copies for s in c.sentences]\n"
        "encoder = load_encoder(); encoder.encode(texts[:1])\n"
        "t = time.perf_counter(); encoder.encode(texts)\n"
        "print(len(texts) / (time.perf_counter() - t))",
    ),
    "pairs judged, models loaded": (
        "/s",
        True,
        "import time; from drift.read import read; from drift import judge_many\n"
        f"copies = [read(p) for p in sorted(__import__('pathlib').Path({str(FIXTURES)!r}).glob('*.txt'))]\n"
        "texts = [s.text for c in copies if c.language == 'en' for s in c.sentences]\n"
        "pairs = list(zip(texts, texts[1:] + texts[:1]))\n"
        "judge_many(pairs[:2])\n"
        "t = time.perf_counter(); judge_many(pairs)\n"
        "print(len(pairs) / (time.perf_counter() - t))",
    ),
}
COMMANDS = {
    "import drift": [sys.executable, "-c", "import drift"],
    "python -m drift --help": [sys.executable, "-m", "drift", "--help"],
    "python, doing nothing": [sys.executable, "-c", "pass"],
}


def run(command: Sequence[str]) -> str:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(command)[:200]}\n{done.stderr[-2000:]}")
    return done.stdout


def seconds(command: Sequence[str]) -> float:
    code = (
        "import subprocess, sys, time; t = time.perf_counter()\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); print(time.perf_counter() - t)"
    )
    return float(run([sys.executable, "-c", code, *command]))


def measure(repeat: int) -> list[tuple[str, float, str]]:
    rows = []
    for label, (unit, more, code) in SNIPPETS.items():
        values = [float(run([sys.executable, "-c", code]).split()[-1]) for _ in range(repeat)]
        rows.append((label, max(values) if more else min(values), unit))
    for label, command in COMMANDS.items():
        rows.append((label, min(seconds(command) for _ in range(max(repeat, 3))), "s"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3, metavar="N")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = measure(args.repeat)
    if args.json:
        print(json.dumps({label: {"value": value, "unit": unit} for label, value, unit in rows}, indent=1))
        return
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; best of {args.repeat}\n")
    width = max(len(label) for label, _, _ in rows)
    for label, value, unit in rows:
        print(f"{label:<{width}}  {value:>8.2f} {unit}")


if __name__ == "__main__":
    main()
