from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from drift.translate.training.clean import Tally, clean, fault
from drift.translate.training.data import Pair, PairStore, write_store
from drift.translate.training.quality import keep_literal, lexical_table, literalness
from drift.translate.training.vocab import Vocabulary


@pytest.mark.parametrize(("source", "target", "expected"), [
    ("Le chat dort.", "The cat sleeps.", None),
    ("Non.", "No.", None),
    ("Oui, bien sûr que je viendrai.", "Yes.", "lopsided"),
    ("Paris", "Paris", None),
    ("the same five words again", "The same five words again", "copied"),
    ("En 1998, il avait 12 ans.", "In 1998 he was 12.", None),
    ("En 1998, il avait 12 ans.", "In 1989 he was 21.", "numbers"),
    ("Il est 3 heures.", "It is three o'clock.", "numbers"),
    ("article 05", "article 5", None),
    ("p. 1 ..... 2 ..... 3", "pp. 1 ..... 2 ..... 3", "symbols"),
    ("—", "-", "empty"),
    ("REPRISE DE LA SESSION", "Resumption of the session", "shouted"),
    ("OTAN", "NATO", None),
    ("a" * 601, "b" * 601, "long"),
])
def test_each_fault_has_its_name(source: str, target: str, expected: str | None) -> None:
    assert fault(source, target) == expected


def test_cleaning_normalises_counts_and_keeps_each_pair_once() -> None:
    tally = Tally()
    pairs = [Pair("Le\u00a0chat !", "The cat!", "a"), Pair("Le chat !", "The cat!", "b"), Pair("…", "…", "a"),
             Pair("Un test.", "A test.", "a")]
    kept = list(clean(pairs, tally, forbidden=frozenset({"A test."})))
    assert kept == [Pair("Le chat !", "The cat!", "a")]
    assert tally.faults == {"duplicate": 1, "empty": 1, "test set": 1}
    assert (tally.seen, tally.kept) == (4, 1)
    assert "1 of 4" in str(tally)


def test_a_lexical_table_finds_the_words(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    pairs = [chance.choice(20, size=chance.integers(2, 7), replace=False) for _ in range(300)]
    rows, offset = [], 0
    for ids in pairs:
        rows.append((offset, len(ids), len(ids), 0))
        offset += 2 * len(ids)
    tokens = np.concatenate([np.concatenate([ids, ids[::-1] + 20]) for ids in pairs])  # piece n translates as n + 20
    tokens.astype(np.uint16).tofile(tmp_path / "tokens.u16")
    np.save(tmp_path / "pairs.npy", np.array(rows))
    (tmp_path / "corpora.json").write_text('["toy"]')
    store = PairStore(tmp_path)
    forward = lexical_table(store, np.arange(300), 40)
    backward = lexical_table(store, np.arange(300), 40, reverse=True)
    assert np.allclose(forward[:20].sum(axis=1), 1, atol=1e-3)
    assert (forward[:20].argmax(axis=1) == np.arange(20) + 20).all()
    assert (backward[20:].argmax(axis=1) == np.arange(20)).all()


def test_pairs_that_do_not_belong_together_go_first(pairs: list[Pair], vocabulary: Vocabulary,
                                                    tmp_path_factory: pytest.TempPathFactory) -> None:
    length = [len(pair.target.split()) for pair in pairs]
    wrong = [Pair(pairs[i].source, pairs[j].target, "talk") for i in range(0, 40) for j in range(200, 400)
             if length[i] == length[j] and i % 4 and not set(pairs[i].source.split()[:-2]) & {"Paris"}][:20]
    mixed = [pair for pair in pairs if pair.corpus == "talk"] + wrong
    store = write_store(mixed, vocabulary, tmp_path_factory.mktemp("mixed"))
    everything = np.arange(len(store))
    forward = lexical_table(store, everything, len(vocabulary))
    backward = lexical_table(store, everything, len(vocabulary), reverse=True)
    scores = literalness(store, everything, forward, backward)
    assert scores[-20:].mean() < scores[:-20].mean() - 0.5
    keep = keep_literal(store, len(vocabulary), {"talk": 0.15})
    assert keep[:-20].mean() > 0.88
    assert keep[-20:].mean() < 0.35


def test_corpora_that_are_not_named_are_not_cut(store: PairStore, vocabulary: Vocabulary) -> None:
    assert keep_literal(store, len(vocabulary), {}).all()
    keep = keep_literal(store, len(vocabulary), {"news": 0.5})
    assert keep[store.corpus == store.corpora.index("talk")].all()
    assert not keep[store.corpus == store.corpora.index("news")].all()
