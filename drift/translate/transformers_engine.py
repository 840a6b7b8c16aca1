"""Sequence-to-sequence checkpoints in transformers: MarianMT, NLLB-200, M2M-100, mBART-50, MADLAD-400."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

from drift.errors import ModelError
from drift.translate.base import Progress
from drift.translate.convert import quiet
from drift.translate.families import Family, family_of
from drift.translate.neural import BEAM, DECODING, Decoded, Job, NeuralTranslator
from drift.translate.normalise import normalise
from drift.translate.pieces import PlainPieces
from drift.translate.weights import Checkpoint

__all__ = ["TransformersTranslator"]


class TransformersTranslator(NeuralTranslator):
    """One sentence at a time, in fp32 on a CPU and in the checkpoint's own precision on an accelerator."""

    engine = "transformers"

    def __init__(self, checkpoint: Checkpoint, *, source: str, target: str, device: str = "cpu") -> None:
        """Load. Raises ModelError DR204 (broken), DR206 (device), DR208 (the model lacks the language)."""
        self.model, self.revision = checkpoint.name, checkpoint.revision
        self.source, self.target = source, target
        self._device = _device(device)
        self._net, self._tokenizer = _load(checkpoint, self._device)
        self._family: Family = family_of(checkpoint, self._tokenizer, source, target)
        self.max_pieces = self._family.max_pieces
        self.settings = f"{DECODING};beam={BEAM};{str(self._net.dtype).removeprefix('torch.')}" + self._family.settings
        # The checkpoint's own taste (length penalties, n-gram rules) would make log-probabilities incomparable.
        own = self._net.generation_config
        self._first = next(i for i in (own.decoder_start_token_id, self._net.config.decoder_start_token_id,
                                       self._family.end) if i is not None)
        own.max_length, own.length_penalty, own.no_repeat_ngram_size, own.do_sample = None, 1.0, 0, False

    def count(self, text: str) -> int:
        return len(self._family.encode(text)["input_ids"])

    def decode(self, jobs: Sequence[Job], *, progress: Progress | None = None) -> list[Decoded]:
        results = []
        for job in jobs:
            results.append(self._decode(job))
            if progress is not None:
                progress(1)
        return results

    def _decode(self, job: Job) -> Decoded:
        import torch

        inputs = {k: torch.tensor([v], device=self._device) for k, v in self._family.encode(job.text).items()}
        forced = len(self._family.start)
        with torch.inference_mode():
            output = self._net.generate(
                **inputs, num_beams=BEAM, do_sample=False, length_penalty=1.0, max_new_tokens=job.limit + forced,
                min_new_tokens=job.at_least, no_repeat_ngram_size=job.no_repeat, early_stopping=False,
                return_dict_in_generate=True, output_scores=True, **self._family.generation)
        ids = output.sequences[0].tolist()[1:]
        ended = self._family.end in ids
        ids = ids[:ids.index(self._family.end)] if ended else ids
        ids = ids[forced:] if tuple(ids[:forced]) == self._family.start else ids
        return Decoded(self._family.decode(ids), float(output.sequences_scores[0]), len(ids) + 1,
                       ended and len(ids) < job.limit)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[list[tuple[str, float]]] | None:
        """Forced decoding; the last token of each list is the end mark."""
        if len(sources) != len(targets):
            raise ValueError(f"{len(sources)} sources and {len(targets)} targets; score() needs as many of each")
        return [self._score(normalise(s), normalise(t)) for s, t in zip(sources, targets, strict=True)]

    def _score(self, source: str, target: str) -> list[tuple[str, float]]:
        import torch

        limit = self.max_pieces - 1
        inputs = {k: torch.tensor([v[:limit]], device=self._device)
                  for k, v in self._family.encode(source).items()}
        wanted = [*self._family.encode_target(target)[:limit], self._family.end]
        given = [self._first, *self._family.start, *wanted[:-1]]
        with torch.inference_mode():
            logits = self._net(**inputs, decoder_input_ids=torch.tensor([given], device=self._device)).logits[0]
            logits = logits[-len(wanted):].float()
            for banned in self._family.banned:  # never generated, so no probability is kept for it
                logits[:, banned] = float("-inf")
            chosen = torch.log_softmax(logits, dim=-1).cpu()
            values = chosen[torch.arange(len(wanted)), torch.tensor(wanted)].tolist()
        return list(zip(self._family.tokens(wanted), values, strict=True))


def _device(device: str) -> Any:
    import torch

    try:
        wanted = torch.device(device)
        torch.empty(1, device=wanted)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError("DR206", f"the device {device!r} cannot be used ({reason}); pass --device cpu.") from error
    return wanted


def _load(checkpoint: Checkpoint, device: Any) -> tuple[Any, Any]:
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    precision = torch.float32 if device.type == "cpu" else "auto"
    options = {"local_files_only": True, "trust_remote_code": False}
    if not (checkpoint.folder / "tokenizer.json").is_file() and list(checkpoint.folder.glob("sentencepiece*.model")) \
            and checkpoint.family == "mbart" and importlib.util.find_spec("google.protobuf") is None:
        raise ModelError("DR209", f"the tokenizer of {checkpoint.name} needs a package that is not installed: "
                                  "pip install protobuf.")
    with quiet():
        try:
            tokenizer = PlainPieces.of(checkpoint) or AutoTokenizer.from_pretrained(checkpoint.folder, **options)
            net = AutoModelForSeq2SeqLM.from_pretrained(checkpoint.folder, use_safetensors=True, dtype=precision,
                                                        **options)
        except ImportError as error:
            raise ModelError("DR209", f"{checkpoint.name} needs a package that is not installed "
                                      f"({str(error).strip().splitlines()[0]}); install it with pip.") from error
        except Exception as error:  # a damaged checkpoint fails in as many ways as there are bytes in it
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise ModelError("DR204", f"{checkpoint.name} in {checkpoint.folder} cannot be loaded ({reason}); "
                                      "download or save the model again.") from error
    return net.to(device).eval(), tokenizer
