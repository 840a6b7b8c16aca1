from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from conftest import sentences

from drift.errors import DriftError
from drift.translate.training.data import Pair, PairStore, Sampler, pad_batch, read_pairs, write_store
from drift.translate.training.vocab import Vocabulary


def test_vocabulary_ids_are_what_marian_expects(vocabulary: Vocabulary) -> None:
    assert (vocabulary.eos, vocabulary.unk, vocabulary.pad) == (0, 1, len(vocabulary) - 1)
    assert sorted(vocabulary.ids.values()) == list(range(len(vocabulary)))


@pytest.mark.parametrize("text", ["le chat voit Paris", "Ж 你好 ½ €", "a  b".replace("  ", " ")])
def test_no_character_is_lost(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.unk not in vocabulary.encode([text])[0]
    assert vocabulary.join(vocabulary.split(text)) == "½".join(text.split("½")).replace("½", "1⁄2")


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_transformers_reads_the_same_ids(vocabulary: Vocabulary) -> None:
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.MarianTokenizer.from_pretrained(str(vocabulary.folder))
    for text in ("le chat mange", "Zürich 2024 !"):
        assert tokenizer(text).input_ids == [*vocabulary.encode([text])[0].tolist(), vocabulary.eos]


def test_store_gives_back_every_pair_and_swaps(store: PairStore, vocabulary: Vocabulary, pairs: list[Pair]) -> None:
    swapped = PairStore(store.folder, swap=True)
    assert len(store) == len(pairs)
    for index in (0, 7, len(pairs) - 1):
        source, target = store[index]
        assert source.tolist() == vocabulary.encode([pairs[index].source])[0].tolist()
        assert target.tolist() == vocabulary.encode([pairs[index].target])[0].tolist()
        assert [side.tolist() for side in swapped[index]] == [target.tolist(), source.tolist()]


def test_long_and_empty_pairs_stay_out(vocabulary: Vocabulary, tmp_path: Path) -> None:
    pairs = [Pair("chat " * 200, "cat", "x"), Pair("", "cat", "x"), Pair("chat", "cat", "x")]
    assert len(write_store(pairs, vocabulary, tmp_path, longest=20)) == 1


def test_padding_and_shift(store: PairStore, vocabulary: Vocabulary) -> None:
    sampler = Sampler(store, {}, tokens=200)
    shape, members = sampler.plan(0)[0]
    batch = sampler.batch(shape, members, vocabulary)
    assert batch.source.shape == (shape.rows, shape.source)
    assert batch.labels.shape == batch.decoder_input.shape == (shape.rows, shape.target)
    assert (batch.decoder_input[:, 0] == vocabulary.pad).all()
    assert (batch.decoder_input[:, 1:] == batch.labels[:, :-1]).all()
    assert ((batch.labels == vocabulary.eos).sum(axis=1) == 1).all()
    assert batch.tokens == (batch.labels != vocabulary.pad).sum()


def test_an_epoch_holds_every_pair_in_a_shape_that_fits(store: PairStore) -> None:
    sampler = Sampler(store, {}, tokens=300)
    source, target = store.lengths
    seen: set[int] = set()
    for shape, members in sampler.plan(0):
        assert len(members) == shape.rows
        assert (source[members] < shape.source).all()
        assert (target[members] < shape.target).all()
        seen.update(members.tolist())
    assert seen == set(range(len(store)))


def test_same_seed_same_batches_and_each_epoch_another_order(store: PairStore) -> None:
    def order(seed: int, epoch: int) -> list[int]:
        return [int(i) for _, members in Sampler(store, {}, seed=seed, tokens=300).plan(epoch) for i in members]

    assert order(1, 0) == order(1, 0)
    assert order(1, 0) != order(1, 1)
    assert order(1, 0) != order(2, 0)


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0), (0.25, 25), (1.0, 100), (2.5, 250)])
def test_mixture_sets_how_much_of_a_corpus_is_seen(store: PairStore, share: float, expected: int) -> None:
    news = store.corpora.index("news")
    counts = Counter(store.corpus[Sampler(store, {"news": share}).indices(3)].tolist())
    assert counts[news] == expected
    assert counts[store.corpora.index("talk")] == 300


def test_filtered_pairs_are_never_drawn(store: PairStore) -> None:
    keep = np.arange(len(store)) % 2 == 0
    assert (Sampler(store, {}, keep=keep).indices(0) % 2 == 0).all()


def test_a_line_without_a_tab_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("chat\tcat\nchien\n", encoding="utf-8")
    with pytest.raises(DriftError, match=r"DR254.*line 2"):
        list(read_pairs(path))


def test_compressed_and_swapped_columns(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    path = tmp_path / "talk.tsv.zst"
    path.write_bytes(zstandard.compress("".join(f"{p.source}\t{p.target}\n" for p in sentences(3)).encode()))
    assert [(p.target, p.source, p.corpus) for p in read_pairs(path, swap=True)] == \
        [(p.source, p.target, "talk") for p in sentences(3)]


def test_an_unprepared_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DriftError, match="DR255"):
        PairStore(tmp_path)


def test_a_batch_of_one_pair() -> None:
    from drift.translate.training.data import Shape

    batch = pad_batch([(np.array([5], np.uint16), np.array([6, 7], np.uint16))], Shape(1, 3, 4), eos=0, pad=9)
    assert batch.source.tolist() == [[5, 0, 9]]
    assert batch.decoder_input.tolist() == [[9, 6, 7, 0]]
    assert batch.labels.tolist() == [[6, 7, 0, 9]]
