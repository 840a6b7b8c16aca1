"""What the risk network learns from: annotated pairs of the development data, and spoilt pairs of our own.

    python benchmarks/risk_data.py --work DIR --corpus ../shared/corpora/fren.train.tsv.zst

writes `dev.pkl` (DEMETR, MQM-TED, BioMQM), `written-*.pkl` (`challenge/triples.tsv`) and `spoilt-*.pkl` to DIR, some 4 GB: word vectors and rows
of every sentence pair. What is there already stays; `--only NAME …` lets two processes share the work. The spoilt pairs come in three sorts: the English side of a parallel corpus beside the machine translation of its
French side (both ways round), two human English versions of one French sentence (`paraphrases.py`), and the better segments of
MQM-TED and BioMQM; one side is then spoilt (`spoil.py`).
Takes about forty minutes. Pickles are read back by `fit_risk.py` on the machine that wrote them and nowhere else.
"""

from __future__ import annotations

import argparse
import io
import pickle
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from devdata import FORMATTING, Triple, biomqm, demetr, ted, written
from paraphrases import alternatives
from spoil import LESS, Pool, spoil

from drift.align.words import default_encoder
from drift.judge.analysis import analyse
from drift.judge.features import own_features, pair_features
from drift.judge.side import Side, read_sides
from drift.judge.tagger import default_tagger
from drift.judge.verdicts import examine, first_explanation

MIXTURE = {"europarl": 4500, "tatoeba": 1500, "laws": 500, "debweb": 1500, "pydocs": 500, "undevtest": 3000, "diabla": 600,
           "pud": 991, "sdg": 300, "mozwww": 200}  # fmt: skip
PART = 5000  # triples of `challenge/triples.tsv` in one file
HELD_OUT = 4  # every fourth document of the MQM sets is kept for testing when fit_risk.py is told to hold out


class Store:
    """Sentences and pairs, each once: vectors, words, and the rows of both sides."""

    def __init__(self) -> None:
        self.sentences: dict[str, int] = {}
        self.vectors: list[np.ndarray] = []  # (words, dim), float16
        self.words: list[list[tuple[str, int, int, bool]]] = []  # form, start, end, whether it is a word
        self.heads: list[np.ndarray] = []  # the governor of every word
        self.pairs: dict[tuple[str, str], int] = {}
        self.rows: list[tuple] = []  # ref, hyp, ref rows, ref match, hyp rows, hyp match, links

    def sentence(self, side: Side) -> int:
        if side.text not in self.sentences:
            self.sentences[side.text] = len(self.vectors)
            self.vectors.append(side.vectors.astype(np.float16))
            self.heads.append(np.array(side.tags.head, np.int16))
            self.words.append([(t.norm, t.start, t.end, t.is_word) for t in side.tokens])
        return self.sentences[side.text]

    def pair(self, ref: Side, hyp: Side) -> int:
        key = (ref.text, hyp.text)
        if key not in self.pairs:
            analysis = analyse(ref, hyp)
            a, b = pair_features(analysis, own_features(ref), own_features(hyp), [c for _, c in first_explanation(examine(analysis))])
            self.pairs[key] = len(self.rows)
            self.rows.append((
                self.sentence(ref), self.sentence(hyp), a.values.astype(np.float16), a.match.astype(np.int16),
                b.values.astype(np.float16), b.match.astype(np.int16), analysis.links,
            ))  # fmt: skip
        return self.pairs[key]


def read(texts: list[str]) -> dict[str, Side]:
    return read_sides(texts, default_encoder(), default_tagger())


def development() -> dict:
    """`triples`: perturbation, severity, language, pairs (ref, good), (ref, bad), (good, bad). `segments`: pair, mqm, spans, major, group."""
    store, triples = Store(), []
    rows = [t for t in demetr() if t.category not in FORMATTING and not t.category.startswith("baseline")]
    for at in range(0, len(rows), 400):
        part = rows[at : at + 400]
        sides = read([x for t in part for x in (t.ref, t.good, t.bad)])
        triples += [
            (t.perturbation, t.severity, t.language, *(store.pair(sides[a], sides[b]) for a, b in ((t.ref, t.good), (t.ref, t.bad), (t.good, t.bad))))
            for t in part
        ]
    segments: dict[str, list] = {}
    for name, found in (("ted", ted()), ("bio", biomqm())):
        segments[name] = []
        for at in range(0, len(found), 400):
            part = found[at : at + 400]
            sides = read([x for s in part for x in (s.ref, s.hyp)])
            segments[name] += [(store.pair(sides[s.ref], sides[s.hyp]), s.mqm, s.spans, s.major, s.group) for s in part]
    return {"store": vars(store), "triples": triples, "segments": segments}


def spoilt(pairs: list[tuple[str, str]], times: int, *, seed: int = 7, right: float = 0.1, lacking: float = 0.5) -> dict:
    """`triples`: perturbation, pairs (ref, hyp), (ref, spoilt), (hyp, spoilt).

    `right`: how sure it is that a word of `hyp` is right. `lacking`: share of the sentences that lose something before they are spoilt for
    the first time: real ones have more than one error, and what is added is then easily taken for what is missing.
    """
    store, triples, random, pool = Store(), [], Random(seed), None
    for at in range(0, len(pairs), 300):
        part = pairs[at : at + 300]
        sides = read([x for p in part for x in p])
        pool = pool or Pool.of(sides.values())
        less = {hyp: done[1] for _, hyp in part if random.random() < lacking and (done := spoil(sides[hyp], random, pool, kinds=LESS))}
        sides |= read(list(less.values()))
        todo = {
            (ref, base, *done): None
            for ref, hyp in part for turn in range(times)
            for base in (less.get(hyp, hyp) if turn == 0 else hyp,) if (done := spoil(sides[base], random, pool))
        }  # fmt: skip
        after = read([text for *_, text in todo])
        for ref, hyp, kind, text in todo:
            triples.append((kind, store.pair(sides[ref], sides[hyp]), store.pair(sides[ref], after[text]), store.pair(sides[hyp], after[text])))
    return {"store": vars(store), "triples": triples, "right": right}


def invented(rows: list[Triple]) -> dict:
    """`triples`: perturbation, pairs (ref, intact), (ref, spoilt), (intact, spoilt), then the first two turned round; `held`: of the
    third that is kept for testing."""
    store, triples, held = Store(), [], []
    tested = {t.ref for t in written("held")}
    for at in range(0, len(rows), 300):
        part = rows[at : at + 300]
        sides = read([x for t in part for x in (t.ref, t.good, t.bad)])
        for t in part:
            pairs = ((t.ref, t.good), (t.ref, t.bad), (t.good, t.bad), (t.good, t.ref), (t.bad, t.ref))
            triples.append((t.perturbation, *(store.pair(sides[a], sides[b]) for a, b in pairs)))
            held.append(t.ref in tested)
    return {"store": vars(store), "triples": triples, "held": held}


def better_segments(*, held_out: bool) -> list[tuple[str, str]]:
    """Pairs of the MQM sets with one minor error at most; `held_out`: without the documents kept for testing."""
    out = []
    for rows in (ted(), biomqm()):
        kept = set(sorted({s.group for s in rows})[::HELD_OUT]) if held_out else set()
        out += [(s.ref, s.hyp) for s in rows if s.mqm > -1.01 and 5 < len(s.hyp.split()) < 60 and s.group not in kept]
    Random(1).shuffle(out)
    return out[:6500]


def paraphrases(corpus: Path) -> list[tuple[str, str]]:
    """Human sentences that mean the same, both ways round; the other half of them is for `paraphrases.py` to measure on."""
    rows = [row for found in alternatives(corpus, "fit").values() for row in found]
    return [*rows, *((b, a) for a, b in rows)]


def translated(corpus: Path, count: int, cache: Path) -> list[tuple[str, str]]:
    """`count` English sentences of a French-English TSV, each with the shipped model's translation of the French; cached."""
    import zstandard

    from drift.translate import load

    rows: dict[str, list[tuple[str, str]]] = {name: [] for name in MIXTURE}
    with corpus.open("rb") as raw:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8"):
            french, english, name = line.rstrip("\n").split("\t")[:3]
            if name in rows and 6 <= len(english.split()) <= 42 and 0.6 < len(french) / len(english) < 1.7 and english[0].isupper():
                rows[name].append((french, english))
    random = Random(5)
    chosen = [pair for name, number in MIXTURE.items() for pair in random.sample(rows[name], min(number, len(rows[name])))]
    random.shuffle(chosen)
    chosen = chosen[:count]
    done = load("fr", memory=cache).translate([french for french, _ in chosen])
    return [(english, t.text) for (_, english), t in zip(chosen, done, strict=True) if 4 < len(t.text.split()) < 60]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=6500, help="of the corpus")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="write these alone: dev, spoilt-translated, written-0 …")
    parser.add_argument("--hold-out", action="store_true", help="keep the test documents out of the spoilt pairs too")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)

    @cache
    def pairs() -> list[tuple[str, str]]:
        return translated(args.corpus, args.sentences, args.work / "memory.sqlite")

    triples = written()
    for name, make in (
        ("dev", development),
        ("spoilt-translated", lambda: spoilt(pairs(), 2)),
        ("spoilt-turned", lambda: spoilt([(b, a) for a, b in pairs()], 2)),
        ("spoilt-paraphrases", lambda: spoilt(paraphrases(args.corpus), 1, right=0.5, lacking=0.0)),
        *((f"written-{k}", lambda k=k: invented(triples[k * PART : (k + 1) * PART])) for k in range(-(-len(triples) // PART))),
        ("spoilt-segments", lambda: spoilt(better_segments(held_out=args.hold_out), 2)),
    ):
        if args.only and name not in args.only:
            continue
        path = args.work / f"{name}.pkl"
        if not path.is_file():
            path.write_bytes(pickle.dumps(make(), protocol=5))
        print(path, f"{path.stat().st_size / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
