"""BLEU and chrF of a checkpoint on a held-out TSV, through the same engines that drift translates with."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from drift.translate.training.data import Pair

__all__ = ["Score", "agreement", "evaluate", "write_scores"]


@dataclass(frozen=True)
class Score:
    """One test of one model: corpus scores 0 to 100, higher is better."""

    test: str
    engine: str
    sentences: int
    bleu: float
    chrf: float
    per_second: float  # sentences, the loading of the model not counted
    signature: str

    def line(self) -> str:
        """The score as a row of the card's table."""
        return (f"| {self.test}, {self.sentences} sentences | {self.bleu:.1f} | {self.chrf:.1f} | {self.engine} | "
                f"{self.per_second:.1f} |")


def evaluate(folder: Path, pairs: Sequence[Pair], *, test: str, source: str, target: str,
             engine: str = "ctranslate2") -> tuple[Score, list[str]]:
    """Translate the sources of ``pairs`` with the model in ``folder`` and compare with their targets (sacrebleu)."""
    from sacrebleu.metrics import BLEU, CHRF

    from drift.translate import load

    translator = load(source, model=str(folder), engine=engine, target=target)
    start = time.monotonic()
    output = [translation.text for translation in translator.translate([pair.source for pair in pairs])]
    seconds = time.monotonic() - start
    bleu, chrf = BLEU(), CHRF()
    references = [[pair.target for pair in pairs]]
    score = Score(test, engine, len(pairs), round(bleu.corpus_score(output, references).score, 2),
                  round(chrf.corpus_score(output, references).score, 2), round(len(pairs) / seconds, 1),
                  str(bleu.get_signature()))
    return score, output


def agreement(folder: Path, sentences: Sequence[str], *, source: str, target: str) -> float:
    """The share of sentences that begin with the same word in transformers and in CTranslate2, 0 to 1.

    A padding embedding that is not zero makes CTranslate2 drop first words; int8 alone changes one only now and then.
    """
    from drift.translate import load

    outputs = [[translation.text for translation in load(source, model=str(folder), engine=engine, target=target)
                .translate(sentences)] for engine in ("ctranslate2", "transformers")]
    same: int = sum(a.split()[:1] == b.split()[:1] for a, b in zip(*outputs, strict=True))
    return same / max(1, len(sentences))


def write_scores(path: Path, scores: Sequence[Score]) -> None:
    """Write scores as JSON, one object a test."""
    path.write_text(json.dumps([asdict(score) for score in scores], indent=1) + "\n", encoding="utf-8")
