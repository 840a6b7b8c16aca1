"""What the neural engines share: clean input, one sentence at a time, a second try where the first went in circles.

An engine gives `decode`; this file decides what to decode and what to say about the result. Each job is one sentence
(or one part of a sentence too long for the model) and is decoded as if it were alone, so that a translation never
depends on its neighbours: padding changes sums in the last bit, and a beam search now and then turns on that bit
(measured with CTranslate2, batches of 16 with padding: 4 of 200 sentences came out in other words).
"""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drift.records import Translation
from drift.translate.base import Progress
from drift.translate.flags import inspect, wrong_language
from drift.translate.glossary import Glossary
from drift.translate.mend import mend
from drift.translate.normalise import normalise

__all__ = ["BEAM", "DECODING", "Decoded", "Job", "NeuralTranslator"]

BEAM = 4
DECODING = "decoding=3"  # the way of this file; a new number makes the memory forget what the old way made
_NO_REPEAT = 4  # second try after a loop: no run of four pieces twice (Klein et al. 2017 use it against loops)
# Where a sentence too long for the model may be cut, best first; the mark stays with the part before it.
_STOPS = re.compile(r"(?<=[.!?;:…。！？])\s+")
_CUTS = (re.compile(r"(?<=[.!?;。！？])\s+"), re.compile(r"(?<=[:—–)])\s+"), re.compile(r"(?<=[,،、])\s*"),
         re.compile(r"\s+"))


@dataclass(frozen=True, slots=True)
class Job:
    """One text to decode alone."""

    text: str
    limit: int  # target pieces at most
    no_repeat: int = 0  # size of the piece n-grams that may not recur; 0: free
    at_least: int = 1  # target pieces at least


@dataclass(frozen=True, slots=True)
class Decoded:
    """What came out: the text, its mean log-probability per piece, its number of pieces and whether it ended itself."""

    text: str
    logprob: float | None
    pieces: int
    ended: bool = True


class NeuralTranslator(ABC):
    """A `Translator` over a sequence-to-sequence model; subclasses set the attributes and `decode`."""

    engine: str
    model: str
    revision: str | None
    source: str
    target: str
    settings: str  # what else decides the output; part of the memory's key
    max_pieces: int  # positions the model has, source and target each
    glossary: Glossary | None = None  # of a model that comes with one: see `mend`

    @abstractmethod
    def decode(self, jobs: Sequence[Job], *, progress: Progress | None = None) -> list[Decoded]:
        """Decode every job alone; same order and length."""

    @abstractmethod
    def count(self, text: str) -> int:
        """Number of source pieces of a text, marks included."""

    @abstractmethod
    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[list[tuple[str, float]]] | None:
        """Forced decoding; see `Translator.score`."""

    def translate(self, sentences: Sequence[str], *, progress: Progress | None = None) -> list[Translation]:
        """One translation per sentence; equal sentences are decoded once."""
        report = progress or (lambda done: None)
        texts = [normalise(s) for s in sentences]
        unique = [t for t in dict.fromkeys(texts) if any(c.isalnum() for c in t)]
        parts = {text: list(self.parts(text)) for text in unique}
        jobs = [Job(p, self.room(p)) for text in unique for p in parts[text]]
        decoded = iter(self.decode(jobs, progress=_share(report, len(jobs), len(sentences))))
        first = {text: [next(decoded) for _ in parts[text]] for text in unique}
        done = {text: self._finish(text, parts[text], outputs) for text, outputs in first.items()}
        if not jobs:
            report(len(sentences))
        # Digits, dashes or nothing at all have nothing to translate.
        return [done.get(t) or Translation(t, self.engine, self.model, self.revision) for t in texts]

    def room(self, text: str) -> int:
        """How many target pieces a text may take: twice its own and some, never more than the model has positions."""
        return min(self.max_pieces, 2 * self.count(text) + 16)

    def parts(self, text: str) -> Iterator[str]:
        """The text, in as few parts as the model's positions allow; almost always one."""
        if self.count(text) <= self.max_pieces:
            yield text
            return
        middle = len(text) / 2
        for cut in _CUTS:
            places = [m.end() for m in cut.finditer(text) if 0 < m.end() < len(text)]
            if places:
                place = min(places, key=lambda p: abs(p - middle))
                break
        else:
            place = int(middle)  # no space at all: a script without spaces, or noise
        yield from self.parts(text[:place].strip())
        yield from self.parts(text[place:].strip())

    def _again(self, part: str, output: Decoded) -> Decoded | None:
        """Decode a part once more, another way, where it looks wrong; None where that gives nothing sound."""
        troubles = inspect(part, output.text)
        job = _second_try(part, output, troubles, self.room(part))
        if job is not None:
            second = self.decode([job])[0]
        elif "short" in troubles and len(clauses := _clauses(part)) > 1:
            second = _join(self.decode([Job(c, self.room(c)) for c in clauses]))
        else:
            return None
        return second if second.ended and not inspect(part, second.text) else None

    def _finish(self, text: str, parts: Sequence[str], outputs: list[Decoded]) -> Translation:
        flags = ["split"] if len(parts) > 1 else []
        for i, (part, output) in enumerate(zip(parts, outputs, strict=True)):
            second = self._again(part, output)
            if second is not None:
                outputs[i] = second
                flags.append("retried")
        result = _clean(" ".join(o.text for o in outputs if o.text), text)
        if self.glossary is not None:
            result = mend(result, text, self.glossary)
        flags += inspect(text, result)
        if not all(o.ended for o in outputs):
            flags.append("truncated")
        if wrong_language(text, self.source):
            flags.append("wrong-language")
        return Translation(result, self.engine, self.model, self.revision, _mean_logprob(outputs),
                           tuple(dict.fromkeys(flags)))


def _clean(result: str, source: str) -> str:
    """Without the signs that half a character leaves behind where a model spells in bytes."""
    return result if "\ufffd" in source else " ".join(result.replace("\ufffd", "").split())


def _clauses(text: str) -> list[str]:
    """The text cut at full stops, colons and semicolons, without scraps."""
    clauses = [c.strip() for c in _STOPS.split(text)]
    return [c for c in clauses if any(s.isalnum() for s in c)]


def _second_try(part: str, output: Decoded, troubles: Sequence[str], room: int) -> Job | None:
    """How to decode a part once more; None where a second try has nothing to offer."""
    if "repetition" in troubles or not output.ended:
        return Job(part, room, no_repeat=_NO_REPEAT)
    if "empty" in troubles:
        return Job(part, room, at_least=2)
    return None


def _join(outputs: Sequence[Decoded]) -> Decoded:
    return Decoded(" ".join(o.text for o in outputs if o.text), _mean_logprob(outputs),
                   sum(o.pieces for o in outputs), all(o.ended for o in outputs))


def _mean_logprob(outputs: Sequence[Decoded]) -> float | None:
    """Mean over the pieces of all parts, rounded: its seventh digit is noise of the machine."""
    if not outputs or any(o.logprob is None or not math.isfinite(o.logprob) for o in outputs):
        return None
    pieces = sum(max(o.pieces, 1) for o in outputs)
    return round(min(0.0, sum((o.logprob or 0.0) * max(o.pieces, 1) for o in outputs) / pieces), 5)


def _share(report: Progress, jobs: int, sentences: int) -> Progress:
    """Turn "one job done" into "so many sentences done": repeated sentences and parts make the numbers differ."""
    state = [0, 0]

    def progress(done: int) -> None:
        state[0] += done
        reached = sentences * state[0] // jobs if jobs else sentences
        report(reached - state[1])
        state[1] = reached

    return progress
