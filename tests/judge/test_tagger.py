"""Who governs whom, and as what: the grammar that the detectors stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from drift.align.words import default_encoder
from drift.errors import ModelError
from drift.judge.side import Side, read_sides
from drift.judge.tagger import SCALE, SHIPPED, Tagger, default_tagger, letters


def read(text: str) -> Side:
    return read_sides([text], default_encoder(), default_tagger())[text]


GRAMMAR = [
    # (sentence, word, its function, its governor)
    ("The soldier shot the old farmer.", "soldier", "nsubj", "shot"),
    ("The soldier shot the old farmer.", "farmer", "dobj", "shot"),
    ("The old farmer was shot by the soldier.", "farmer", "nsubjpass", "shot"),
    ("The old farmer was shot by the soldier.", "by", "agent", "shot"),
    ("The old farmer was shot by the soldier.", "soldier", "pobj", "by"),
    ("The judge who freed the minister has resigned.", "judge", "nsubj", "resigned"),
    ("The judge who freed the minister has resigned.", "freed", "relcl", "judge"),
    ("The judge who freed the minister has resigned.", "minister", "dobj", "freed"),
    ("The letters that the ambassador sent to his brother were never found.", "letters", "nsubjpass", "found"),
    ("The letters that the ambassador sent to his brother were never found.", "ambassador", "nsubj", "sent"),
    ("The letters that the ambassador sent to his brother were never found.", "never", "neg", "found"),
    ("Nobody believed that the company had paid its workers.", "paid", "ccomp", "believed"),
    ("Nobody believed that the company had paid its workers.", "workers", "dobj", "paid"),
    ("After the fire had destroyed the school, the mayor promised to build a larger one.", "destroyed", "advcl", "promised"),
    ("After the fire had destroyed the school, the mayor promised to build a larger one.", "mayor", "nsubj", "promised"),
    ("After the fire had destroyed the school, the mayor promised to build a larger one.", "build", "xcomp", "promised"),
    ("The mayor, a former teacher, met the parents on Monday.", "teacher", "appos", "mayor"),
    ("The mayor, a former teacher, met the parents on Monday.", "parents", "dobj", "met"),
]


@pytest.mark.parametrize(("text", "word", "function", "governor"), GRAMMAR)
def test_functions_and_governors(text: str, word: str, function: str, governor: str) -> None:
    side = read(text)
    at = side.words.index(word)
    assert (side.tags.dep[at], side.words[side.tags.head[at]]) == (function, governor)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Angela Merkel arrived in Paris on Monday.", "merkel", "PERSON"),
        ("Angela Merkel arrived in Paris on Monday.", "paris", "GPE"),
        ("Angela Merkel arrived in Paris on Monday.", "monday", "DATE"),
        ("Angela Merkel arrived in Paris on Monday.", "arrived", ""),
    ],
)
def test_entities(text: str, name: str, kind: str) -> None:
    side = read(text)
    assert side.tags.ent[side.words.index(name)] == kind


def test_a_tagger_that_is_missing_or_of_another_version_is_refused(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    with pytest.raises(ModelError, match=r"DR404.*cannot be read"):
        Tagger(tmp_path / "none.safetensors")
    save_file({k: v for k, v in load_file(SHIPPED).items() if k != "arc"}, tmp_path / "old.safetensors")
    with pytest.raises(ModelError, match=r"DR404.*another version"):
        Tagger(tmp_path / "old.safetensors")


def test_numpy_computes_what_pytorch_trains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch
    from safetensors.torch import save_file

    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    from tagger_net import Network

    torch.manual_seed(3)
    names = {"tag": ["NN", "VB", "JJ"], "dep": ["nsubj", "dobj", "ROOT", "det"], "ent": ["", "GPE"]}
    net = Network({kind: len(found) for kind, found in names.items()}, width=32, heads=2, arc=8).eval()
    for weights in net.parameters():  # so that the words differ; some are zero before they are trained
        if weights.ndim > 1 or weights is net.arc:
            torch.nn.init.normal_(weights, std=0.3)
    save_file(net.state_dict(), tmp_path / "tagger.safetensors", {kind: "\n".join(found) for kind, found in names.items()})
    tagger = Tagger(tmp_path / "tagger.safetensors")
    texts = "When the Norwegians withdrew , nobody in Ohio noticed it for three weeks .".split()
    vectors = default_encoder().encode([[t.lower() for t in texts]])[0]
    with torch.no_grad():
        h, arcs = net(torch.from_numpy(vectors)[None] * SCALE, torch.from_numpy(letters(texts))[None], torch.ones(1, len(texts), dtype=torch.bool))
        head = arcs.argmax(-1)
        found = (net.tag(h), net.functions(h, head), net.ent(h))
    wanted = [tuple(names[kind][k] for k in odds[0].argmax(-1).tolist()) for kind, odds in zip(names, found, strict=True)]
    got = tagger.tag(vectors, texts)
    assert [got.tag, got.dep, got.ent] == wanted
    assert got.head == tuple(head[0].tolist())
    assert min(len(set(said)) for said in (got.tag, got.dep, got.ent, got.head)) > 1, got
