"""A toy language pair with exact rules, big enough to learn something in a few steps."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from drift.translate.training.data import Pair, PairStore, write_store
from drift.translate.training.vocab import Vocabulary, train_vocabulary

WORDS = {
    "chat": "cat", "chien": "dog", "maison": "house", "rouge": "red", "grand": "big", "voit": "sees", "mange": "eats",
    "le": "the", "un": "a", "petit": "small", "ministre": "minister", "Paris": "Paris", "hier": "yesterday",
}


def sentences(count: int, *, seed: int = 0) -> list[Pair]:
    """Pairs that translate word by word; every fourth comes from the corpus `news`."""
    chance = random.Random(seed)
    pairs = []
    for number in range(count):
        words = chance.choices(list(WORDS), k=chance.randint(2, 9))
        target = " ".join(WORDS[word] for word in words)
        pairs.append(Pair(" ".join(words) + " .", target + " .", "news" if number % 4 == 0 else "talk"))
    return pairs


@pytest.fixture(scope="session")
def pairs() -> list[Pair]:
    return sentences(400)


@pytest.fixture(scope="session")
def vocabulary(pairs: list[Pair], tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("vocabulary")
    return train_vocabulary((side for pair in pairs for side in pair[:2]), folder, size=440, source="fr", target="en")


@pytest.fixture(scope="session")
def store(pairs: list[Pair], vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> PairStore:
    return write_store(pairs, vocabulary, tmp_path_factory.mktemp("store"))


def write_tsv(path: Path, pairs: list[Pair]) -> Path:
    path.write_text("".join(f"{pair.source}\t{pair.target}\t{pair.corpus}\n" for pair in pairs), encoding="utf-8")
    return path
