"""Marian checkpoints in CTranslate2, several sentences side by side: on a CPU in int8 where that is exact, else in float32."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from drift.errors import ModelError
from drift.translate.base import Progress
from drift.translate.convert import converted, convertible, threads
from drift.translate.families import marian_prefix
from drift.translate.neural import BEAM, DECODING, Decoded, Job, NeuralTranslator
from drift.translate.normalise import normalise
from drift.translate.pieces import MarianPieces
from drift.translate.processor import exact_int8
from drift.translate.weights import Checkpoint

__all__ = ["CTranslate2Translator"]


class CTranslate2Translator(NeuralTranslator):
    """One sentence a worker, one thread a worker, as many workers as cores.

    A batch of one has no padding, so its output cannot depend on its neighbours, and one thread adds in one order,
    so it cannot depend on the number of cores. On two cores that is also the fastest way (README's bench table).
    """

    engine = "ctranslate2"

    def __init__(self, checkpoint: Checkpoint, *, source: str, target: str, device: str = "cpu") -> None:
        """Load, converting on first use.

        Raises ModelError DR204 (broken), DR205 (cannot be converted), DR206 (device), DR208 (lacks the language).
        """
        reason = convertible(checkpoint)
        if reason is not None:
            raise ModelError("DR205", f"{checkpoint.name} cannot run on CTranslate2: {reason}; "
                                      "pass --engine transformers.")
        self.model, self.revision = checkpoint.name, checkpoint.revision
        self.source, self.target = source, target
        self.max_pieces = int(checkpoint.config.get("max_position_embeddings", 512))
        self._pieces = MarianPieces(checkpoint.folder)
        self._prefix = prefix = marian_prefix(checkpoint, self._pieces.vocabulary, target)
        precision = "float16" if device != "cpu" else "int8" if exact_int8() else "float32"
        self.settings = f"{DECODING};beam={BEAM};{precision}" + (f";{prefix}" if prefix else "")
        self._translator = _load(checkpoint, device, precision)

    def count(self, text: str) -> int:
        return len(self._pieces.encode(text, prefix=self._prefix))

    def decode(self, jobs: Sequence[Job], *, progress: Progress | None = None) -> list[Decoded]:
        waiting: deque[tuple[Job, Any]] = deque()
        results = []

        def collect() -> None:
            job, handle = waiting.popleft()
            results.append(self._read(job, handle.result()))
            if progress is not None:
                progress(1)

        for job in jobs:
            handle, = self._translator.translate_batch(
                [self._pieces.encode(job.text, prefix=self._prefix)], beam_size=BEAM, return_scores=True,
                max_input_length=0, max_decoding_length=job.limit, min_decoding_length=job.at_least,
                no_repeat_ngram_size=job.no_repeat, asynchronous=True)
            waiting.append((job, handle))
            while waiting and (len(waiting) > 64 or waiting[0][1].done()):
                collect()
        while waiting:
            collect()
        return results

    def _read(self, job: Job, result: Any) -> Decoded:
        pieces = result.hypotheses[0]
        return Decoded(self._pieces.decode(pieces), float(result.scores[0]), len(pieces) + 1, len(pieces) < job.limit)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[list[tuple[str, float]]] | None:
        """Forced decoding; the last token of each list is the end mark "</s>"."""
        if len(sources) != len(targets):
            raise ValueError(f"{len(sources)} sources and {len(targets)} targets; score() needs as many of each")
        limit = self.max_pieces - 1
        handles = [
            self._translator.score_batch([self._pieces.encode(normalise(s), prefix=self._prefix)[:limit]],
                                         [self._pieces.encode_target(normalise(t))[:limit]], asynchronous=True)[0]
            for s, t in zip(sources, targets, strict=True)
        ]
        results = [handle.result() for handle in handles]
        return [[(str(t), min(0.0, float(p))) for t, p in zip(r.tokens, r.log_probs, strict=True)] for r in results]


def _load(checkpoint: Checkpoint, device: str, precision: str) -> Any:
    import ctranslate2

    kind, _, index = device.partition(":")
    options = {"device": kind, "device_index": int(index or 0), "compute_type": precision,
               "inter_threads": threads() if kind == "cpu" else 1, "intra_threads": 1}
    folder = converted(checkpoint, quantization=precision)
    try:
        return ctranslate2.Translator(str(folder), **options)
    except RuntimeError as error:
        if kind != "cpu":
            raise ModelError("DR206", f"CTranslate2 cannot use the device {device} ({error}); "
                                      "pass --device cpu.") from error
    folder = converted(checkpoint, quantization=precision, again=True)  # a damaged cache is made anew, once
    try:
        return ctranslate2.Translator(str(folder), **options)
    except RuntimeError as error:
        raise ModelError("DR205", f"CTranslate2 cannot load {checkpoint.name} ({error}); "
                                  "pass --engine transformers.") from error
