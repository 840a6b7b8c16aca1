"""The word list counted from sentence pairs, and the paraphrases that follow from it."""

from __future__ import annotations

import gzip
import sys

import pytest

from drift.lexicon.paraphrases import translated_alike
from drift.translate.training import pivots, words

PAIRS = [
    ("le chat noir dort", "the black cat sleeps"), ("un chat boit du lait", "a cat drinks milk"), ("le chien noir mange", "the black dog eats"),
    ("mon chien dort", "my dog sleeps"), ("le camion noir roule", "the black truck drives"), ("un camion dort", "a lorry sleeps"),
    ("le camion boit", "the lorry drinks"), ("mon camion mange", "my truck eats"), ("la vache mange", "the cow eats"),
    ("la vache boit du lait", "the cow drinks milk"), ("une vache noire", "a black cow"), ("la rougeole tue", "measles kills"),
] * 4  # fmt: skip


@pytest.fixture
def trained(monkeypatch):
    monkeypatch.setattr(words, "_FREQUENT", 1)
    return words.train(words.Words([a for a, _ in PAIRS]), words.Words([b for _, b in PAIRS]))


@pytest.mark.parametrize(("word", "meaning"), [("chat", "cat"), ("chien", "dog"), ("vache", "cow"), ("lait", "milk"), ("boit", "drinks")])
def test_a_word_means_what_it_is_translated_by(trained, word, meaning):
    assert trained[word][0][0] == meaning


def test_a_word_with_two_translations_keeps_both(trained):
    assert {other for other, _ in trained["camion"][:2]} == {"lorry", "truck"}


def test_words_translated_alike_are_paraphrases(trained):
    counts = dict.fromkeys(trained, 4)
    found = pivots.pivoted({word: dict(others) for word, others in trained.items()}, counts)
    assert found["truck"][0][0] == "lorry"
    assert "cat" not in dict(found["dog"])


def test_the_commands_write_what_the_readers_read(tmp_path, monkeypatch, capsys):
    table, listed, out = tmp_path / "pairs.tsv", tmp_path / "words.tsv.gz", tmp_path / "new" / "pivots.tsv.gz"
    table.write_text("".join(f"{a}\t{b}\n" for a, b in PAIRS), encoding="utf-8")
    monkeypatch.setattr(words, "_FREQUENT", 1)
    monkeypatch.setattr(sys, "argv", ["words", "--pairs", str(table), "--out", str(listed)])
    words.main()
    first = listed.read_bytes()
    words.main()
    assert listed.read_bytes() == first  # the same bytes, whenever it is made
    monkeypatch.setattr(sys, "argv", ["pivots", "--words", str(listed), "--pairs", str(table), "--out", str(out)])
    pivots.main()
    lines = dict(line.split("\t", 1) for line in gzip.decompress(out.read_bytes()).decode().splitlines())
    assert lines["truck"].startswith("lorry:")
    assert "words" in capsys.readouterr().out


@pytest.mark.parametrize(("a", "b"), [("lorries", "truck"), ("released", "freed"), ("appointed", "named"), ("large", "big")])
def test_the_shipped_table_knows_words_that_stand_for_one_another(a, b):
    assert translated_alike(a, b)[0] > 0.4
    assert translated_alike(b, a) == translated_alike(a, b)


@pytest.mark.parametrize(("a", "b"), [("measles", "smallpox"), ("postponed", "cancelled"), ("temporary", "permanent"), ("praised", "ridiculed")])
def test_words_alike_in_their_contexts_alone_are_not(a, b):
    assert translated_alike(a, b) == (0.0, 1.0)


def test_what_the_table_does_not_know_it_says():
    assert translated_alike("zzyzx", "truck") == (0.0, 0.0)
    assert translated_alike("trucks", "truck") == (1.0, 1.0)
