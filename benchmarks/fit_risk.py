"""Fit the word-risk networks (`drift/models/risk/`) on DEMETR, MQM-TED and BioMQM (development parts).

    python benchmarks/fit_risk.py [--hold-out german] [--epochs 3] [--write]

The two networks and a linear term over the pair's facts are trained together: a perturbed translation must score worse than
the intact one, a translation with more MQM errors worse than one with fewer, and words inside an annotated or planted error
must be more suspect than those outside. Fits in a few minutes on two cores. `--hold-out LANGUAGE` leaves one of DEMETR's
languages and a quarter of the other documents out and prints the scores on them.
"""

from __future__ import annotations

import argparse
import difflib
import time
from pathlib import Path

import numpy as np
import torch
from devdata import FORMATTING, biomqm, demetr, ted
from safetensors.numpy import save_file

from drift.align.words import default_encoder
from drift.judge.analysis import analyse
from drift.judge.evidence import evidence
from drift.judge.risk import pair_features
from drift.judge.side import read_sides
from drift.judge.tagger import default_tagger
from drift.judge.verdicts import DETECTORS, first_explanation

TARGET = Path(__file__).parent.parent / "drift" / "models" / "risk" / "risk.safetensors"
BASIS, HIDDEN, RATE, DROP_IN, DROP = 96, 128, 1.5e-3, 0.4, 0.4
PAIRS, TED, BIO = 128, 96, 48  # per step
RARE = {"gender": 5, "case": 4, "numbers_replaced": 2}  # kinds with few examples are shown more often


def network(inputs: int) -> torch.nn.Sequential:
    net = torch.nn.Sequential(
        torch.nn.Dropout(DROP_IN), torch.nn.Linear(inputs, HIDDEN), torch.nn.ReLU(), torch.nn.Dropout(DROP), torch.nn.Linear(HIDDEN, 1)
    )
    torch.nn.init.constant_(net[4].bias, -3.0)
    return net


class Data:
    """Every distinct pair once: rows of both networks, facts, and labels of the hypothesis's words."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.index = {p: i for i, p in enumerate(dict.fromkeys(pairs))}
        sides = read_sides([t for p in self.index for t in p], default_encoder(), default_tagger())
        sample = np.concatenate([s.vectors for s in list(sides.values())[:: max(1, len(sides) // 4000)]])
        self.basis = np.linalg.svd(sample, full_matrices=False)[2][:BASIS].T.astype(np.float32).copy()
        hyp, ref, facts, self.tokens = [], [], [], []
        for a, b in self.index:
            pair = analyse(sides[a], sides[b])
            rows = pair_features(pair, self.basis)
            hyp.append(torch.from_numpy(rows[0].astype(np.float16)))
            ref.append(torch.from_numpy(rows[1].astype(np.float16)))
            said = first_explanation([(d.name, c) for d in DETECTORS for c in d.detect(pair)])
            facts.append(evidence(pair, [c for _, c in said]))
            self.tokens.append(pair.hyp.tokens)
        self.hyp, self.ref = hyp, ref
        self.names = sorted({k for f in facts for k in f})
        raw = np.array([[f.get(k, 0.0) for k in self.names] for f in facts], np.float32)
        self.mean, self.std = raw.mean(0), raw.std(0) + 1e-3
        self.facts = torch.from_numpy((raw - self.mean) / self.std)
        self.labels = [torch.full((len(t),), -1.0) for t in self.tokens]

    def label_edit(self, good: int, bad: int) -> None:
        """Words of the perturbed side that the intact side does not have."""
        a, b = ([t.norm for t in self.tokens[i]] for i in (good, bad))
        labels = torch.zeros(len(b))
        for op, _, _, j1, j2 in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
            if op != "equal":
                labels[j1:j2] = 1.0
        self.labels[bad] = labels

    def label_spans(self, i: int, spans: tuple[tuple[int, int, str], ...]) -> None:
        self.labels[i] = torch.tensor([float(any(t.start < e and t.end > s for s, e, _ in spans)) for t in self.tokens[i]])


def forward(data: Data, nets: list[torch.nn.Module], ids: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """(score of each pair, log-odds of all hypothesis words)."""
    hyp, ref = [data.hyp[i] for i in ids], [data.ref[i] for i in ids]
    odds_hyp = nets[0](torch.cat(hyp).float()).squeeze(1)
    odds_ref = nets[1](torch.cat(ref).float()).squeeze(1)
    total = nets[2](data.facts[ids]).squeeze(1)
    for odds, parts in ((odds_hyp, hyp), (odds_ref, ref)):
        owner = torch.repeat_interleave(torch.arange(len(ids)), torch.tensor([len(p) for p in parts]))
        total = total.index_add(0, owner, torch.nn.functional.softplus(odds))
    return total, odds_hyp


def scores(data: Data, nets: list[torch.nn.Module], ids: list[int]) -> np.ndarray:
    with torch.no_grad():
        return torch.cat([forward(data, nets, ids[k : k + 256])[0] for k in range(0, len(ids), 256)]).numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hold-out", default=None)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="replace the shipped networks")
    args = parser.parse_args()
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    triples = [t for t in demetr() if t.category not in FORMATTING and not t.category.startswith("baseline")]
    segments = {"ted": ted(), "bio": biomqm()}
    began = time.time()
    pairs = [(t.ref, x) for t in triples for x in (t.good, t.bad)] + [(s.ref, s.hyp) for v in segments.values() for s in v]
    data = Data(pairs)
    print(f"{len(data.index)} pairs read in {time.time() - began:.0f} s", flush=True)
    edges = [(data.index[t.ref, t.good], data.index[t.ref, t.bad]) for t in triples]
    for t, (good, bad) in zip(triples, edges, strict=True):
        if t.perturbation != "shuffled":
            data.label_edit(good, bad)
    places = {k: [data.index[s.ref, s.hyp] for s in v] for k, v in segments.items()}
    for key, rows in segments.items():
        for i, s in zip(places[key], rows, strict=True):
            data.label_spans(i, s.spans)
    groups = {k: sorted({s.group for s in v})[::4] if args.hold_out else [] for k, v in segments.items()}
    train = [k for k, t in enumerate(triples) if t.language != args.hold_out for _ in range(RARE.get(t.perturbation, 1))]
    fit = {k: np.array([n for n, s in enumerate(v) if s.group not in groups[k]]) for k, v in segments.items()}
    nets = [network(data.hyp[0].shape[1]), network(data.ref[0].shape[1]), torch.nn.Linear(len(data.names), 1)]
    torch.nn.init.zeros_(nets[2].weight)
    optimiser = torch.optim.AdamW([p for n in nets for p in n.parameters()], lr=RATE, weight_decay=0.02)
    softplus, bce = torch.nn.functional.softplus, torch.nn.functional.binary_cross_entropy_with_logits
    steps, step = args.epochs * (len(train) // PAIRS), 0
    for epoch in range(args.epochs):
        for net in nets:
            net.train()
        order, total = rng.permutation(train), 0.0
        for at in range(0, len(order) - PAIRS + 1, PAIRS):
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            step += 1
            chosen = order[at : at + PAIRS]
            ids = [edges[k][0] for k in chosen] + [edges[k][1] for k in chosen]
            score, odds = forward(data, nets, ids)
            loss = softplus(-(score[PAIRS:] - score[:PAIRS])).mean()
            labels = torch.cat([data.labels[i] for i in ids])
            loss = loss + 0.5 * bce(odds[labels >= 0], labels[labels >= 0])
            for key, size in (("ted", TED), ("bio", BIO)):
                some = rng.choice(fit[key], size, replace=False)
                score, odds = forward(data, nets, [places[key][n] for n in some])
                worse = torch.tensor([min(-segments[key][n].mqm, 25.0) / 25 for n in some])
                gap = worse[:, None] - worse[None, :]
                if bool((gap > 0.03).any()):
                    loss = loss + 0.5 * softplus(-(score[:, None] - score[None, :]))[gap > 0.03].mean()
                labels = torch.cat([data.labels[places[key][n]] for n in some])
                loss = loss + 0.3 * bce(odds, labels)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += float(loss.detach())
        for net in nets:
            net.eval()
        print(f"epoch {epoch} loss {total / (len(order) // PAIRS):.3f} ({time.time() - began:.0f} s)", flush=True)
    tested = [k for k, t in enumerate(triples) if t.language == args.hold_out or not args.hold_out]
    good, bad = (scores(data, nets, [edges[k][c] for k in tested]) for c in (0, 1))
    print(f"DEMETR {'held out: ' + args.hold_out if args.hold_out else '(fitted)'}: {np.mean(bad > good):.4f}")
    if args.hold_out:
        from scipy.stats import kendalltau
        from sklearn.metrics import roc_auc_score

        for key, rows in segments.items():
            out = [n for n, s in enumerate(rows) if s.group in groups[key]]
            got = scores(data, nets, [places[key][n] for n in out])
            plain = data.facts[[places[key][n] for n in out], data.names.index("f1")].numpy()
            truth, major = [rows[n].mqm for n in out], [rows[n].major for n in out]
            print(
                f"{key} held out ({len(out)}): tau {kendalltau(-got, truth)[0]:.4f} AUC {roc_auc_score(major, got):.4f}; "
                f"BERTScore tau {kendalltau(plain, truth)[0]:.4f} AUC {roc_auc_score(major, -plain):.4f}"
            )
    if args.write:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        state = {"basis": data.basis}
        for name, net in (("hyp", nets[0]), ("ref", nets[1])):
            state |= {f"{name}.0.weight": net[1].weight, f"{name}.0.bias": net[1].bias, f"{name}.1.weight": net[4].weight, f"{name}.1.bias": net[4].bias}
        arrays = {k: (v.detach().numpy() if isinstance(v, torch.Tensor) else v).astype(np.float16) for k, v in state.items()}
        save_file(arrays, TARGET)
        TARGET.chmod(0o644)
        print(f"written: {TARGET} ({TARGET.stat().st_size / 1e6:.2f} MB)")


if __name__ == "__main__":
    main()
