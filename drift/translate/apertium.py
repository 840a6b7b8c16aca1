"""Apertium (Forcada et al. 2011): rules and dictionaries instead of weights, hence a second opinion of another kind.

Runs the `apertium` program where it is installed with the pair, or with a chain of pairs (fr→es→en).
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from drift.errors import ModelError
from drift.records import Translation
from drift.translate.base import Progress
from drift.translate.flags import inspect, wrong_language
from drift.translate.languages import iso2
from drift.translate.normalise import normalise

__all__ = ["ApertiumTranslator", "chain", "installed_pairs", "revision_of"]

_TIMEOUT_S = 600
_PAIR = re.compile(r"\s*([a-z]{2,3})-([a-z]{2,3})\s*")  # variants such as spa-eng_US are left out
# Apertium marks what it does not know: * no analysis, @ no translation, # no form. They stand in front of a word.
_MARK = re.compile(r"(?<!\w)[*@#](?=\w)")
_CHUNK = 50  # sentences to a run: a program that starts fast, and progress that moves


def installed_pairs() -> list[tuple[str, str]]:
    """(source, target) of each installed pair, as Apertium spells them; empty where it is not installed."""
    program = shutil.which("apertium")
    if program is None:
        return []
    try:
        listing = subprocess.run([program, "-l"], capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    matches = (_PAIR.fullmatch(line) for line in listing.splitlines())
    return sorted({(m.group(1), m.group(2)) for m in matches if m})


def chain(source: str, target: str, pairs: Sequence[tuple[str, str]]) -> list[str] | None:
    """The fewest pairs that lead from one language to the other, by name; None where none do.

    >>> chain("fr", "en", [("fr", "es"), ("spa", "eng")])
    ['fr-es', 'spa-eng']
    """
    ways: deque[tuple[str, list[str]]] = deque([(iso2(source), [])])
    seen = {iso2(source)}
    while ways:
        here, names = ways.popleft()
        if here == iso2(target) and names:
            return names
        for a, b in pairs:
            if iso2(a) == here and iso2(b) not in seen:
                seen.add(iso2(b))
                ways.append((iso2(b), [*names, f"{a}-{b}"]))
    return None


class ApertiumTranslator:
    """A `Translator` over one or more runs of the program."""

    engine = "apertium"
    settings = "marks=stripped"

    def __init__(self, source: str, target: str, *, pairs: str | None = None) -> None:
        """`pairs` names the chain ("fr-es,spa-eng"); None finds the shortest. Raises ModelError DR209, DR208."""
        program = shutil.which("apertium")
        if program is None:
            packages = _packages(source, target) or "apertium, and the pairs of the language"
            raise ModelError("DR209", f"the engine apertium needs a program that is not installed: apt install "
                                      f"{packages}.")
        self._program = program
        self.source, self.target = source, target
        installed = installed_pairs()
        names = [n.strip() for n in pairs.split(",")] if pairs else chain(source, target, installed)
        missing = [n for n in names or [] if tuple(n.split("-", 1)) not in installed]
        if not names or missing:
            wanted = missing[0] if missing else f"{source}-{target}"
            have = ", ".join("-".join(p) for p in installed) or "none"
            raise ModelError("DR208", f"apertium has no pair {wanted}, nor a chain of pairs that leads there "
                                      f"(installed: {have}); {_advice(source, target)} or pass --engine transformers.")
        self._pairs = names
        self.model = ",".join(names)
        self.revision: str | None = revision_of(names)

    def translate(self, sentences: Sequence[str], *, progress: Progress | None = None) -> list[Translation]:
        """One translation per sentence; words Apertium does not know keep their form, flagged "unknown-words"."""
        texts = [normalise(s) for s in sentences]
        results: list[Translation] = []
        for start in range(0, len(texts), _CHUNK):
            part = texts[start:start + _CHUNK]
            current, unknown = part, [False] * len(part)
            for pair in self._pairs:
                raw = self._run(pair, current)
                unknown = [u or _marks(r) > _marks(t) for u, r, t in zip(unknown, raw, current, strict=True)]
                current = [_MARK.sub("", r) for r in raw]
            results += [self._finish(s, t, u) for s, t, u in zip(part, current, unknown, strict=True)]
            if progress is not None:
                progress(len(part))
        return results

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[list[tuple[str, float]]] | None:
        """None: rules have no probabilities."""
        return None

    def _finish(self, source: str, text: str, unknown: bool) -> Translation:
        flags = list(inspect(source, text))
        if unknown:
            flags.append("unknown-words")
        if wrong_language(source, self.source):
            flags.append("wrong-language")
        return Translation(text, self.engine, self.model, self.revision, None, tuple(flags))

    def _run(self, pair: str, texts: list[str]) -> list[str]:
        """One pass over texts of one line each, a numbered line before each, so that none can take another's place.

        Where the numbers do not come back as they went (a text that imitates them, a pair that touches them), every
        text gets a run of its own.
        """
        body = "".join(f"[§{i}§]\n{text}\n\n" for i, text in enumerate(texts))
        head, *found = re.split(r"\[§(\d+)§\]", self._call(pair, body))
        if not head.strip() and found[::2] == [str(i) for i in range(len(texts))]:
            return [" ".join(t.split()) for t in found[1::2]]
        return [" ".join(self._call(pair, text + "\n").split()) for text in texts]

    def _call(self, pair: str, body: str) -> str:
        try:
            run = subprocess.run([self._program, pair], input=body, capture_output=True, text=True, encoding="utf-8",
                                 timeout=_TIMEOUT_S, check=True)
        except subprocess.CalledProcessError as error:
            reason = (error.stderr or "").strip().splitlines() or [f"exit code {error.returncode}"]
            raise ModelError("DR212", f"apertium {pair} failed ({reason[0]}); pass --engine transformers.") from error
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
            raise ModelError("DR212", f"apertium {pair} failed ({error}); pass --engine transformers.") from error
        return run.stdout


def _packages(source: str, target: str) -> str | None:
    """Debian's packages for a direction from or into English."""
    from drift.translate.engines import debian_packages

    return debian_packages(iso2(source) if iso2(target) == "en" else iso2(target))


def _advice(source: str, target: str) -> str:
    packages = _packages(source, target)
    return f"apt install {packages}" if packages else "Debian has none that lead there: build them"


def revision_of(pairs: Sequence[str]) -> str | None:
    """A digest of the pairs' rules and dictionaries: their .mode files and every compiled file named there.

    None where the program is not installed or none of the modes is where it is looked for.
    """
    program = shutil.which("apertium")
    total, found = hashlib.sha256(), False
    for pair in pairs if program else ():
        mode = Path(str(program)).resolve().parent.parent / "share" / "apertium" / "modes" / f"{pair}.mode"
        if not mode.is_file():
            continue
        found = True
        text = mode.read_text(encoding="utf-8", errors="replace")
        total.update(text.encode())
        for name in re.findall(r"/[^\s'\"]+\.(?:bin|prob|t[1-4]x)\b", text):
            data = Path(name)
            total.update(data.read_bytes() if data.is_file() else b"")
    return total.hexdigest()[:12] if found else None


def _marks(text: str) -> int:
    return len(_MARK.findall(text))
