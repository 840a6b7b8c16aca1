"""What a training run needs to go on after a kill: one safetensors file and one JSON file, replaced together."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from drift.errors import ModelError
from drift.translate.training.optim import MuonAdam

__all__ = ["Position", "load_checkpoint", "save_checkpoint"]

FOLDER = "checkpoint"


@dataclass
class Position:
    """Where a run stands. ``batch`` is the next batch of ``epoch``; times are seconds, ``begun`` since 1970 (UTC)."""

    step: int = 0
    tokens: int = 0  # real target tokens seen
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0  # spent training, over all sessions
    begun: float = 0.0


def save_checkpoint(run: Path, optimiser: MuonAdam, position: Position) -> None:
    """Write weights, moments and position beside the old checkpoint, then put them in its place."""
    from safetensors.torch import save_file

    fresh, current, old = run / f"{FOLDER}.new", run / FOLDER, run / f"{FOLDER}.old"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    save_file({name: tensor.cpu().contiguous() for name, tensor in optimiser.state.items()},
              str(fresh / "state.safetensors"))
    (fresh / "position.json").write_text(json.dumps(asdict(position)) + "\n", encoding="utf-8")
    shutil.rmtree(old, ignore_errors=True)
    if current.exists():
        os.replace(current, old)
    os.replace(fresh, current)
    shutil.rmtree(old, ignore_errors=True)


def load_checkpoint(run: Path, optimiser: MuonAdam) -> Position | None:
    """Restore the optimiser (which restores the model); None where the run has not saved anything yet."""
    from safetensors.torch import load_file

    folder = next((run / name for name in (FOLDER, f"{FOLDER}.old") if (run / name / "position.json").is_file()), None)
    if folder is None:
        return None
    position = Position(**json.loads((folder / "position.json").read_text(encoding="utf-8")))
    state = load_file(str(folder / "state.safetensors"))
    if {name: tensor.shape for name, tensor in state.items()} != {
        name: tensor.shape for name, tensor in optimiser.state.items()
    }:
        raise ModelError("DR256", f"{folder} was saved by a model of another shape: give another --run folder.")
    optimiser.load(state, position.step)
    return position
