"""Translators that stand in for models, and a tiny model on disk."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from drift.errors import ModelError
from drift.records import Translation
from drift.translate.identity import Identity
from drift.translate.languages import iso2


class Scripted:
    """A translator that exchanges words, and knows no probabilities."""

    engine, revision, settings = "scripted", "r1", ""

    def __init__(self, source, target, words, flags=()):
        self.source, self.target, self.words, self.flags, self.calls = source, target, words, flags, []
        self.model = f"{source}-{target}"

    def translate(self, sentences, *, progress=None):
        self.calls.append(list(sentences))
        made = []
        for text in sentences:
            for old, new in self.words.items():
                text = text.replace(old, new)
            made.append(Translation(text, self.engine, self.model, self.revision, None, self.flags))
        if progress is not None:
            progress(len(sentences))
        return made

    def score(self, sources, targets):
        return None


@pytest.fixture
def scripted(monkeypatch):
    """Let `drift.translate.load` give stand-ins: scripted({("en", "fr"): {"one": "un"}}) -> {pair: translator}."""

    def install(pairs, flags=(), apertium=None):
        made = {pair: Scripted(*pair, words, flags) for pair, words in pairs.items()}
        others = {pair: Scripted(*pair, words) for pair, words in (apertium or {}).items()}
        for other in others.values():
            other.engine = "apertium"

        def load(language, *, target="en", engine=None, **options):
            source, target = iso2(language), iso2(target)
            if source == target:
                return Identity(target)
            if engine == "apertium" and (source, target) not in others:
                raise ModelError("DR208" if others else "DR209", f"apertium has no pair {source}-{target}")
            if engine != "apertium" and (source, target) not in made:
                raise ModelError("DR202", f"there is no model {source}-{target}")
            return (others if engine == "apertium" else made)[source, target]

        monkeypatch.setattr("drift.translate.load", load)
        return made

    return install


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory):
    """The folder of a Marian checkpoint with random weights."""
    makers = runpy.run_path(str(Path(__file__).parents[1] / "translate" / "conftest.py"))
    return makers["make_marian"](tmp_path_factory.mktemp("models") / "tiny")
