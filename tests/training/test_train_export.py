from __future__ import annotations

import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")

from conftest import sentences, write_tsv  # noqa: E402

from drift.errors import DriftError  # noqa: E402
from drift.translate.training.checkpoint import load_checkpoint  # noqa: E402
from drift.translate.training.data import Pair, PairStore, Sampler  # noqa: E402
from drift.translate.training.export import export  # noqa: E402
from drift.translate.training.model import build_model, load_model, loss_of_batch  # noqa: E402
from drift.translate.training.optim import MuonAdam  # noqa: E402
from drift.translate.training.train import Settings, dev_batches, dev_loss, train  # noqa: E402
from drift.translate.training.vocab import Vocabulary  # noqa: E402

TINY = {"width": 64, "encoder_layers": 1, "decoder_layers": 1, "heads": 2, "feed_forward": 128}


def new_model(vocabulary: Vocabulary) -> Any:
    return build_model(vocabulary_size=len(vocabulary), **TINY)


def settings(tokens: int, **other: Any) -> Settings:
    return Settings(tokens=tokens, warmup=5, bfloat16=False, log_every=5, **other)


def test_training_learns_anneals_and_keeps_padding_zero(store: PairStore, vocabulary: Vocabulary, pairs: list[Pair],
                                                         tmp_path: Path) -> None:
    model = new_model(vocabulary)
    dev = dev_batches(pairs[:50], vocabulary)
    before = dev_loss(model, dev)
    position = train(model, vocabulary, Sampler(store, {}, tokens=500), tmp_path, settings(20_000), dev=dev)
    assert position.tokens >= 20_000
    assert dev_loss(model, dev) < 0.7 * before
    assert model.model.shared.weight[vocabulary.pad].abs().max().item() == 0
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    factors = [line["factor"] for line in log if "factor" in line]
    assert factors[-1] < 0.1 < max(factors) <= 1
    assert log[0]["dev_loss"] == pytest.approx(before, abs=1e-3)


def test_a_resumed_run_equals_an_uninterrupted_one(store: PairStore, vocabulary: Vocabulary, tmp_path: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    sampler = Sampler(store, {}, tokens=500)
    whole = new_model(vocabulary)
    train(whole, vocabulary, sampler, tmp_path / "whole", settings(8000))

    def stop_at(step: int) -> None:
        def step_and_stop(self: MuonAdam, factor: float) -> None:
            plain(self, factor)
            if self.steps == step:
                os.kill(os.getpid(), signal.SIGTERM)

        plain = MuonAdam.step
        monkeypatch.setattr(MuonAdam, "step", step_and_stop)

    stop_at(4)
    first = train(new_model(vocabulary), vocabulary, sampler, tmp_path / "parts", settings(8000))
    assert first.step == 4
    monkeypatch.undo()
    resumed = new_model(vocabulary)
    train(resumed, vocabulary, sampler, tmp_path / "parts", settings(8000))
    for name, tensor in whole.state_dict().items():
        assert torch.equal(tensor, resumed.state_dict()[name]), name


def test_sigterm_handlers_are_put_back(store: PairStore, vocabulary: Vocabulary, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert threading.current_thread() is threading.main_thread()
    train(new_model(vocabulary), vocabulary, Sampler(store, {}, tokens=500), tmp_path, settings(1))
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_killed_save_leaves_the_older_checkpoint(store: PairStore, vocabulary: Vocabulary, tmp_path: Path) -> None:
    model = new_model(vocabulary)
    train(model, vocabulary, Sampler(store, {}, tokens=500), tmp_path, settings(1))
    os.replace(tmp_path / "checkpoint", tmp_path / "checkpoint.old")  # killed between the two renames
    fresh = new_model(vocabulary)
    for name, parameter in fresh.named_parameters():
        parameter.requires_grad = "embed_positions" not in name
    position = load_checkpoint(tmp_path, MuonAdam(fresh.named_parameters()))
    assert position is not None
    assert position.step == 1


def test_another_models_checkpoint_is_refused(store: PairStore, vocabulary: Vocabulary, tmp_path: Path) -> None:
    train(new_model(vocabulary), vocabulary, Sampler(store, {}, tokens=500), tmp_path, settings(1))
    wider = build_model(vocabulary_size=len(vocabulary), **{**TINY, "feed_forward": 256})
    with pytest.raises(DriftError, match="DR256"):
        train(wider, vocabulary, Sampler(store, {}, tokens=500), tmp_path, settings(1))


@pytest.mark.parametrize("budget", [{}, {"tokens": 5, "deadline": 1.0}])
def test_a_run_has_exactly_one_budget(budget: dict[str, Any]) -> None:
    with pytest.raises(DriftError, match="DR257"):
        Settings(**budget)


def test_a_deadline_follows_the_clock() -> None:
    from drift.translate.training.checkpoint import Position

    by_clock = Settings(deadline=200.0, warmup=1)
    position = Position(begun=100.0)
    assert [by_clock.factor(position, now) for now in (100.0, 150.0, 200.0, 300.0)] == [1.0, 0.5, 0.0, 0.0]


def test_nothing_to_train_on_is_said(store: PairStore, vocabulary: Vocabulary, tmp_path: Path) -> None:
    with pytest.raises(DriftError, match="DR259"):
        train(new_model(vocabulary), vocabulary, Sampler(store, {"news": 0, "talk": 0}), tmp_path, settings(1))


def test_an_exported_model_loads_and_says_the_same(store: PairStore, vocabulary: Vocabulary, pairs: list[Pair],
                                                   tmp_path: Path) -> None:
    model = new_model(vocabulary).eval()
    export(model, vocabulary, tmp_path / "model", source="fr", target="en", licence="CC0-1.0", half=False)
    again = load_model(tmp_path / "model").eval()
    batch = dev_batches(pairs[:8], vocabulary)[0]
    with torch.no_grad():
        assert loss_of_batch(again, batch).item() == pytest.approx(loss_of_batch(model, batch).item(), rel=1e-6)
    card = json.loads((tmp_path / "model" / "drift.json").read_text())
    assert (card["kind"], card["source"], card["target"], card["licence"]) == ("translation", "fr", "en", "CC0-1.0")
    assert model.dtype == torch.float32


def test_half_precision_costs_little_and_halves_the_size(vocabulary: Vocabulary, pairs: list[Pair],
                                                         tmp_path: Path) -> None:
    model = new_model(vocabulary).eval()
    for half in (False, True):
        export(model, vocabulary, tmp_path / str(half), source="fr", target="en", licence="CC0-1.0", half=half)
    sizes = [(tmp_path / str(half) / "model.safetensors").stat().st_size for half in (False, True)]
    assert sizes[1] < 0.55 * sizes[0]
    batch = dev_batches(pairs[:8], vocabulary)[0]
    with torch.no_grad():
        losses = [loss_of_batch(load_model(tmp_path / str(half)), batch).item() for half in (False, True)]
    assert losses[0] == pytest.approx(losses[1], rel=1e-2)


def test_a_trained_padding_row_is_not_exported(vocabulary: Vocabulary, tmp_path: Path) -> None:
    model = new_model(vocabulary)
    with torch.no_grad():
        model.model.shared.weight[vocabulary.pad] = 0.1
    with pytest.raises(DriftError, match="DR260"):
        export(model, vocabulary, tmp_path / "model", source="fr", target="en", licence="CC0-1.0")
    assert not (tmp_path / "model" / "model.safetensors").exists()


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_the_whole_recipe_teaches_a_toy_language(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    from drift.translate.training.cli import main

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    corpus = write_tsv(tmp_path / "pairs.tsv", sentences(1500))
    test = write_tsv(tmp_path / "test.tsv", sentences(20, seed=9))
    common = ["--work", str(tmp_path / "work"), "--source", "fr", "--target", "en", "--out", str(tmp_path / "model")]
    code = main(["all", *common, "--pairs", str(corpus), "--exclude", str(test), "--drop", "talk=0.05",
                 "--vocab-size", "440", "--size", "tiny", "--tokens", "130000", "--batch-tokens", "600", "--warmup",
                 "10", "--float32", "--threads", "1", "--dev", str(test), "--test", f"toy={test}",
                 "--engine", "ctranslate2", "--engine", "transformers"])
    output = capsys.readouterr().out
    assert code == 0, output
    scores = json.loads((tmp_path / "work" / "scores-fr-en.json").read_text())
    assert [score["engine"] for score in scores] == ["ctranslate2", "transformers"]
    assert scores[0]["bleu"] == pytest.approx(scores[1]["bleu"], abs=5)
    assert scores[0]["bleu"] > 40
    assert json.loads((tmp_path / "model" / "drift.json").read_text())["metrics"]["toy"]["bleu"] == scores[0]["bleu"]


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_distillation_goes_on_after_a_kill(vocabulary: Vocabulary, pairs: list[Pair], tmp_path: Path,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    from drift.translate.training.data import read_pairs
    from drift.translate.training.distil import distil

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    export(new_model(vocabulary), vocabulary, tmp_path / "teacher", source="fr", target="en", licence="CC0-1.0")
    whole, parts = tmp_path / "whole.tsv", tmp_path / "parts.tsv"
    assert distil(tmp_path / "teacher", pairs[:6], whole, chunk=4, beam=1) == 6
    assert [(pair.source, pair.corpus) for pair in read_pairs(whole)] == [(p.source, p.corpus) for p in pairs[:6]]
    parts.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:4]) + b"le ch")
    assert distil(tmp_path / "teacher", pairs[:6], parts, chunk=4, beam=1) == 6
    assert parts.read_bytes().splitlines()[:4] == whole.read_bytes().splitlines()[:4]
    assert [pair.source for pair in read_pairs(parts)] == [pair.source for pair in pairs[:6]]


def test_dropout_is_only_for_training(vocabulary: Vocabulary, pairs: list[Pair]) -> None:
    model = build_model(vocabulary_size=len(vocabulary), **TINY, dropout=0.3).train()
    batches = dev_batches(pairs[:8], vocabulary)
    assert dev_loss(model, batches) == dev_loss(model, batches)
    assert model.training
    losses = {loss_of_batch(model, batches[0]).item() for _ in range(3)}
    assert len(losses) > 1


@pytest.mark.parametrize(("arguments", "code"), [
    (["distil"], "DR266"),
    (["prepare"], "DR262"),
    (["train", "--tokens", "5"], "DR255"),
    (["export"], "DR264"),
    (["train", "--mixture", "news=much", "--tokens", "5"], "DR26|DR255"),
])
def test_wrong_calls_say_what_to_do(arguments: list[str], code: str, tmp_path: Path,
                                    capsys: pytest.CaptureFixture[str]) -> None:
    import re

    from drift.translate.training.cli import main

    assert main([*arguments, "--work", str(tmp_path), "--source", "fr", "--target", "en"]) == 2
    assert re.search(code, capsys.readouterr().err)
