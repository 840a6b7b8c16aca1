"""The training loop: batches in a fixed order, a rate that falls to zero, checkpoints that survive a kill."""

from __future__ import annotations

import json
import math
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import torch

from drift.errors import ModelError, UsageError
from drift.translate.training.checkpoint import Position, load_checkpoint, save_checkpoint
from drift.translate.training.data import Batch, Pair, Sampler, Shape, pad_batch
from drift.translate.training.model import loss_of_batch
from drift.translate.training.optim import MuonAdam
from drift.translate.training.vocab import Vocabulary

__all__ = ["Settings", "dev_batches", "dev_loss", "train"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One run. The rate climbs for ``warmup`` steps, then falls in a straight line to zero at the end of the budget.

    The budget is ``tokens`` (target tokens) or ``deadline`` (seconds since 1970): with a deadline the schedule follows
    the clock, so that a run which shares its machine still ends annealed and on time, at the price of being repeatable
    only in kind. Annealing is worth several BLEU; never cut a run short of it.
    """

    tokens: int | None = None
    deadline: float | None = None
    muon_rate: float = 0.015
    adam_rate: float = 0.0015
    warmup: int = 200
    smoothing: float = 0.1
    device: str = "cpu"
    bfloat16: bool = True  # weights and activations; the optimiser keeps float32
    save_every: float = 300.0  # seconds
    log_every: int = 20  # steps

    def __post_init__(self) -> None:
        if (self.tokens is None) == (self.deadline is None):
            raise UsageError("DR257", "Give a run one budget: --tokens N or --until TIME.")

    def progress(self, position: Position, now: float) -> float:
        """How much of the budget is spent, 0 to 1."""
        if self.tokens is not None:
            return min(1.0, position.tokens / self.tokens)
        assert self.deadline is not None
        return min(1.0, max(0.0, now - position.begun) / max(1e-9, self.deadline - position.begun))

    def factor(self, position: Position, now: float) -> float:
        """The share of the full learning rate for the next step."""
        return min(1.0, (position.step + 1) / self.warmup) * (1.0 - self.progress(position, now))


class _Stop:
    """Turns SIGTERM and SIGINT into a wish to stop after the current step."""

    def __init__(self) -> None:
        self.wanted = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> _Stop:
        for number in (signal.SIGTERM, signal.SIGINT):
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.wanted = True


def dev_batches(pairs: Sequence[Pair], vocabulary: Vocabulary, *, rows: int = 32, longest: int = 250) -> list[Batch]:
    """The batches of a held-out set; pairs longer than ``longest`` pieces are cut."""
    encoded = [(source[:longest], target[:longest]) for source, target in zip(
        vocabulary.encode([pair.source for pair in pairs]), vocabulary.encode([pair.target for pair in pairs]),
        strict=True)]
    encoded.sort(key=lambda pair: len(pair[1]))
    chunks = [encoded[i : i + rows] for i in range(0, len(encoded), rows)]
    return [pad_batch(chunk, Shape(len(chunk), max(len(s) for s, _ in chunk) + 1, max(len(t) for _, t in chunk) + 1),
                      eos=vocabulary.eos, pad=vocabulary.pad) for chunk in chunks]


def dev_loss(model: Any, batches: Sequence[Batch], *, device: str = "cpu") -> float:
    """Mean negative log-likelihood per target token, in nats, without smoothing."""
    training = model.training
    model.eval()
    with torch.no_grad():
        total = float(sum(loss_of_batch(model, batch, device=device).item() for batch in batches))
    model.train(training)
    return total / sum(batch.tokens for batch in batches)


def train(model: Any, vocabulary: Vocabulary, sampler: Sampler, run: Path, settings: Settings, *,
          dev: Sequence[Batch] = ()) -> Position:
    """Train ``model`` in place until the budget is spent or SIGTERM comes; continue the run found in ``run``, if any.

    Every ``save_every`` seconds and at the end a checkpoint is written and a line is added to ``run/log.jsonl``.
    """
    run.mkdir(parents=True, exist_ok=True)
    model.to(device=settings.device, dtype=torch.float32)
    if settings.device == "cpu":
        model.set_attn_implementation("eager")  # sdpa's backward pass is slow at sentence lengths
    model.train()
    for name, parameter in model.named_parameters():
        parameter.requires_grad = "embed_positions" not in name
    optimiser = MuonAdam(model.named_parameters(), muon_rate=settings.muon_rate, adam_rate=settings.adam_rate)
    if settings.bfloat16:
        model.to(torch.bfloat16)
    position = load_checkpoint(run, optimiser)
    if position is None:
        position = Position(begun=time.time())
        _log(run, position, **({"dev_loss": dev_loss(model, dev, device=settings.device)} if dev else {}))
    embedding, pad = model.model.shared.weight, model.config.pad_token_id
    saved = time.monotonic()
    logged = (saved, position.tokens)
    losses = np.zeros(2)
    with _Stop() as stop:
        batches = _batches(sampler, vocabulary, position)
        while not stop.wanted and settings.progress(position, time.time()) < 1.0:
            start = time.monotonic()
            batch, following = next(batches)
            factor = settings.factor(position, time.time())
            torch.manual_seed(sampler.seed * 1_000_003 + position.step)  # dropout: a resumed run draws the same
            loss = loss_of_batch(model, batch, smoothing=settings.smoothing, device=settings.device)
            (loss / batch.tokens).backward()
            embedding.grad[pad] = 0.0  # see model.zero_padding
            optimiser.step(factor)
            position.epoch, position.batch = following
            position.step += 1
            position.tokens += batch.tokens
            position.seconds += time.monotonic() - start
            losses += loss.item(), batch.tokens
            if not math.isfinite(losses[0]):
                raise ModelError("DR258", f"The loss is no longer a number at step {position.step}: lower the rates "
                                          f"and start again from the last checkpoint in {run}.")
            now = time.monotonic()
            if position.step % settings.log_every == 0:
                _log(run, position, loss=losses[0] / losses[1], factor=factor,
                     rate=(position.tokens - logged[1]) / (now - logged[0]))
                logged, losses = (now, position.tokens), np.zeros(2)
            if now - saved >= settings.save_every:
                save_checkpoint(run, optimiser, position)
                saved = time.monotonic()
                if dev:
                    _log(run, position, dev_loss=dev_loss(model, dev, device=settings.device))
    save_checkpoint(run, optimiser, position)
    _log(run, position, **({"dev_loss": dev_loss(model, dev, device=settings.device)} if dev else {}))
    optimiser.restore_master(model)
    return position


def _batches(sampler: Sampler, vocabulary: Vocabulary, position: Position) -> Iterator[tuple[Batch, tuple[int, int]]]:
    """Endless batches from a position on, each with the position after it."""
    epoch, number = position.epoch, position.batch
    while True:
        plan = sampler.plan(epoch)
        if not plan:
            raise UsageError("DR259", "No sentence pair is left to train on: check the corpus and the mixture.")
        while number < len(plan):
            shape, members = plan[number]
            number += 1
            yield sampler.batch(shape, members, vocabulary), (epoch, number)
        epoch, number = epoch + 1, 0


def _log(run: Path, position: Position, **values: float) -> None:
    line = {"time": time.strftime("%H:%M:%S", time.gmtime()), "step": position.step, "tokens": position.tokens,
            "epoch": position.epoch, "seconds": round(position.seconds, 1),
            **{name: round(value, 4) for name, value in values.items()}}
    with (run / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
