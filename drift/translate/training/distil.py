"""Sentence-level distillation (Kim and Rush 2016): a large model's translations as the small model's training data.

The student learns from the teacher's beam search instead of people's translations, which vary more than a small model
can follow. Write the TSV once, then train on it like on any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from drift.translate.training.data import Pair

__all__ = ["distil"]


def distil(teacher: Path, pairs: Iterable[Pair], output: Path, *, device: str = "cpu", beam: int = 4,
           chunk: int = 4096) -> int:
    """Write source, the teacher's translation and the corpus of every pair; returns the number of lines.

    Lines that ``output`` already holds are kept and as many pairs skipped, so that a killed call goes on where it was.
    """
    import ctranslate2

    from drift.translate.convert import converted
    from drift.translate.pieces import MarianPieces
    from drift.translate.weights import open_folder

    precision = "int8" if device == "cpu" else "float16"
    translator = ctranslate2.Translator(
        str(converted(open_folder(teacher), quantization=precision)), device=device, compute_type=precision)
    pieces = MarianPieces(teacher)
    done = _whole_lines(output)
    rest = islice(pairs, done, None)
    with output.open("a", encoding="utf-8") as file:
        for part in _parts(rest, chunk):
            results = translator.translate_batch(
                [pieces.encode(pair.source) for pair in part], beam_size=beam, max_batch_size=8192,
                batch_type="tokens", max_decoding_length=256)
            for pair, result in zip(part, results, strict=True):
                translation = pieces.decode(result.hypotheses[0])
                file.write(f"{pair.source}\t{translation}\t{pair.corpus}\n")
            file.flush()
            done += len(part)
    return done


def _parts(pairs: Iterator[Pair], size: int) -> Iterator[list[Pair]]:
    while part := list(islice(pairs, size)):
        yield part


def _whole_lines(path: Path) -> int:
    """Count the lines of a file, and cut off a last one that a kill left unfinished."""
    if not path.is_file():
        return 0
    count = end = 0
    with path.open("rb+") as file:
        for line in file:
            if line.endswith(b"\n"):
                count, end = count + 1, end + len(line)
        file.truncate(end)
    return count
