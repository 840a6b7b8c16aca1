"""One command from sentence pairs to a model folder; every stage picks up what an earlier call left in ``--work``."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drift.errors import DriftError, UsageError

if TYPE_CHECKING:
    from drift.translate.training.data import Pair
    from drift.translate.training.train import Settings

__all__ = ["main"]

STAGES = ("prepare", "train", "export", "evaluate")  # of `all`; `distil` comes before, where there is a teacher
SIZES: dict[str, dict[str, Any]] = {
    "tiny": {"width": 64, "encoder_layers": 2, "decoder_layers": 1, "heads": 4, "feed_forward": 128},  # for tests
    "small": {"width": 384, "encoder_layers": 6, "decoder_layers": 2, "heads": 8, "feed_forward": 1536},  # 18.6 M
    "base": {"width": 512, "encoder_layers": 6, "decoder_layers": 6, "heads": 8, "feed_forward": 2048},  # 60 M at 32k
}


def parser() -> argparse.ArgumentParser:
    """The command line; the stages share one set of options, so that `all` is the stages in a row."""
    p = argparse.ArgumentParser(
        prog="python -m drift.translate.training",
        description="Train, export and evaluate a small Marian model from a TSV of sentence pairs.")
    p.add_argument("stage", choices=[*STAGES, "all", "distil"])
    p.add_argument("--work", type=Path, required=True, metavar="DIR", help="prepared data, checkpoints and log")
    p.add_argument("--source", required=True, metavar="LANG", help="ISO 639-1 code, as fr")
    p.add_argument("--target", required=True, metavar="LANG")
    p.add_argument("--out", type=Path, metavar="DIR", help="where export puts the model and evaluate looks for it")
    p.add_argument("--swap", action="store_true", help="the source is in the second column of every TSV")
    g = p.add_argument_group("prepare")
    g.add_argument("--pairs", type=Path, action="append", default=[], metavar="TSV",
                   help="source, target, corpus name; plain or .zst; may be repeated")
    g.add_argument("--exclude", type=Path, action="append", default=[], metavar="TSV",
                   help="test sets: pairs with one of their sentences are dropped")
    g.add_argument("--from", dest="start", type=Path, metavar="DIR",
                   help="go on from this Marian folder (weights and vocabulary)")
    g.add_argument("--vocab-size", type=int, default=8000, metavar="N")
    g.add_argument("--longest", type=int, default=90, metavar="N", help="pieces a side (default 90)")
    g.add_argument("--drop", action="append", default=[], metavar="CORPUS=SHARE",
                   help="leave out this share of a corpus, the least literal pairs (IBM Model 1)")
    g = p.add_argument_group("train")
    g.add_argument("--tokens", type=int, metavar="N", help="budget in target tokens")
    g.add_argument("--until", metavar="HH:MM", help="budget by the clock (UTC): end annealed at this time")
    g.add_argument("--mixture", action="append", default=[], metavar="CORPUS=SHARE",
                   help="share of a corpus in one epoch (default 1)")
    g.add_argument("--size", choices=SIZES, default="small")
    g.add_argument("--batch-tokens", type=int, default=8000, metavar="N")
    g.add_argument("--muon-rate", type=float, default=0.015)
    g.add_argument("--adam-rate", type=float, default=0.0015)
    g.add_argument("--warmup", type=int, default=200, metavar="STEPS")
    g.add_argument("--smoothing", type=float, default=0.1)
    g.add_argument("--save-every", type=float, default=300.0, metavar="SECONDS")
    g.add_argument("--dropout", type=float, default=0.0, help="0.1 for more than two epochs")
    g.add_argument("--seed", type=int, default=1)
    g.add_argument("--device", default="cpu", help="cpu, cuda, cuda:0 …")
    g.add_argument("--float32", action="store_true", help="no bfloat16: for CPUs without AMX and for tests")
    g.add_argument("--threads", type=int, metavar="N")
    g.add_argument("--dev", type=Path, metavar="TSV", help="held-out pairs whose loss is logged at every checkpoint")
    g = p.add_argument_group("export and evaluate")
    g.add_argument("--licence", default="Apache-2.0")
    g.add_argument("--test", action="append", default=[], metavar="NAME=TSV")
    g.add_argument("--engine", action="append", default=[], choices=["ctranslate2", "transformers"])
    g = p.add_argument_group("distil")
    g.add_argument("--teacher", type=Path, metavar="DIR", help="Marian folder that translates the sources of --pairs")
    g.add_argument("--distilled", type=Path, metavar="TSV", help="where its translations go; continued if it is there")
    return p


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stages; exit code 0, or that of the error, which is printed in one line."""
    options = parser().parse_args(arguments)
    try:
        for stage in STAGES if options.stage == "all" else [options.stage]:
            globals()[f"_{stage}"](options)
    except DriftError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _shares(values: Sequence[str]) -> dict[str, float]:
    result = {}
    for value in values:
        name, _, share = value.partition("=")
        try:
            result[name] = float(share)
        except ValueError as error:
            raise UsageError("DR261", f"{value!r} is not CORPUS=SHARE, as europarl=0.4.") from error
    return result


def _prepare(options: argparse.Namespace) -> None:
    import numpy as np

    from drift.translate.normalise import normalise
    from drift.translate.training.clean import Tally, clean
    from drift.translate.training.data import read_pairs, write_store
    from drift.translate.training.quality import keep_literal
    from drift.translate.training.vocab import Vocabulary, train_vocabulary

    data = options.work / "data"
    if (data / "keep.npy").is_file():
        return
    if not options.pairs:
        raise UsageError("DR262", "prepare needs --pairs: a TSV with source and target.")
    forbidden = frozenset(normalise(side) for path in options.exclude for pair in read_pairs(path) for side in pair[:2])

    def pairs(tally: Tally) -> Iterator[Pair]:
        return clean((pair for path in options.pairs for pair in read_pairs(path)), tally, forbidden=forbidden)

    if options.start:
        vocabulary = Vocabulary(options.start)
        vocabulary.copy_to(data, source=options.source, target=options.target)
    else:
        vocabulary = train_vocabulary((side for pair in pairs(Tally()) for side in pair[:2]), data,
                                      size=options.vocab_size, source=options.source, target=options.target)
    tally = Tally()
    store = write_store(pairs(tally), vocabulary, data, longest=options.longest)
    print(tally)
    keep = keep_literal(store, len(vocabulary), _shares(options.drop))
    np.save(data / "keep.npy", keep)
    print(f"{len(store):,} pairs prepared, {int(keep.sum()):,} of them literal enough")


def _distil(options: argparse.Namespace) -> None:
    from drift.translate.training.data import read_pairs
    from drift.translate.training.distil import distil

    if options.teacher is None or options.distilled is None:
        raise UsageError("DR266", "distil needs --teacher, a model folder, and --distilled, the TSV to write.")
    pairs = (pair for path in options.pairs for pair in read_pairs(path, swap=options.swap))
    print(f"{distil(options.teacher, pairs, options.distilled, device=options.device):,} sentences distilled")


def _run(options: argparse.Namespace) -> Path:
    return Path(options.work) / f"run-{options.source}-{options.target}"


def _settings(options: argparse.Namespace) -> Settings:
    from drift.translate.training.train import Settings

    deadline = None
    if options.until:
        now = datetime.datetime.now(datetime.UTC)
        try:
            hour, minute = map(int, options.until.split(":"))
            then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        except ValueError as error:
            raise UsageError("DR263", f"--until {options.until}: give a time of day in UTC, as 05:45.") from error
        deadline = (then if then > now else then + datetime.timedelta(days=1)).timestamp()
    return Settings(tokens=options.tokens, deadline=deadline, muon_rate=options.muon_rate, adam_rate=options.adam_rate,
                    warmup=options.warmup, smoothing=options.smoothing, device=options.device,
                    bfloat16=not options.float32, save_every=options.save_every)


def _model(options: argparse.Namespace, size: int) -> Any:
    from drift.translate.training.model import build_model, load_model

    if options.start:
        return load_model(options.start, dropout=options.dropout)
    return build_model(vocabulary_size=size, seed=options.seed, dropout=options.dropout, **SIZES[options.size])


def _train(options: argparse.Namespace) -> None:
    import numpy as np
    import torch

    from drift.translate.training.data import PairStore, Sampler, read_pairs
    from drift.translate.training.train import dev_batches, train
    from drift.translate.training.vocab import Vocabulary

    if options.threads:
        torch.set_num_threads(options.threads)
    data = options.work / "data"
    store, vocabulary = PairStore(data, swap=options.swap), Vocabulary(data)
    keep = np.load(data / "keep.npy") if (data / "keep.npy").is_file() else None
    sampler = Sampler(store, _shares(options.mixture), tokens=options.batch_tokens, seed=options.seed, keep=keep)
    dev = dev_batches(list(read_pairs(options.dev, swap=options.swap)), vocabulary) if options.dev else []
    position = train(_model(options, len(vocabulary)), vocabulary, sampler, _run(options), _settings(options), dev=dev)
    print(f"{position.tokens:,} target tokens in {position.step:,} steps and {position.seconds:,.0f} s")


def _export(options: argparse.Namespace) -> None:
    from drift.translate.training.checkpoint import load_checkpoint
    from drift.translate.training.export import export
    from drift.translate.training.optim import MuonAdam
    from drift.translate.training.vocab import Vocabulary

    if options.out is None:
        raise UsageError("DR264", "export needs --out: the folder of the model.")
    vocabulary = Vocabulary(options.work / "data")
    model = _model(options, len(vocabulary))
    for name, parameter in model.named_parameters():
        parameter.requires_grad = "embed_positions" not in name
    optimiser = MuonAdam(model.named_parameters())
    position = load_checkpoint(_run(options), optimiser)
    if position is None:
        raise UsageError("DR265", f"{_run(options)} holds no checkpoint: run `train` first.")
    optimiser.restore_master(model)
    export(model, vocabulary, options.out, source=options.source, target=options.target, licence=options.licence,
           about={"target_tokens": position.tokens})


def _evaluate(options: argparse.Namespace) -> None:
    from drift.translate.training.data import read_pairs
    from drift.translate.training.evaluate import evaluate, write_scores

    if options.out is None:
        raise UsageError("DR264", "evaluate needs --out: the folder of the model.")
    scores = []
    for value in options.test:
        name, _, path = value.partition("=")
        pairs = list(read_pairs(Path(path), swap=options.swap))
        for engine in options.engine or ["ctranslate2"]:
            score, _output = evaluate(options.out, pairs, test=name, source=options.source, target=options.target,
                                      engine=engine)
            print(score.line())
            scores.append(score)
    if scores:
        options.work.mkdir(parents=True, exist_ok=True)
        write_scores(options.work / f"scores-{options.source}-{options.target}.json", scores)
        _note_scores(options.out / "drift.json", scores)


def _note_scores(card: Path, scores: Sequence[Any]) -> None:
    """Put the scores of the first engine into the model's drift.json, where `drift models` finds them."""
    if not card.is_file():
        return
    about = json.loads(card.read_text(encoding="utf-8"))
    about["metrics"] = {score.test: {"bleu": score.bleu, "chrf": score.chrf, "sentences": score.sentences,
                                     "how": f"{score.engine}, beam 4"} for score in reversed(scores)}
    card.write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
