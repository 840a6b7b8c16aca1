"""Fit the risk network (`drift/models/risk/`) on what `risk_data.py` prepared.

    python benchmarks/fit_risk.py --work DIR [--hold-out german] [--epochs 4] [--write]

A spoilt sentence must be charged more than the intact one, a translation with more MQM errors more than one with fewer, and
words inside an annotated or planted error must be more suspect than those outside, and be of the planted kind. Any faithful version
of `challenge/triples.tsv` must look less changed in meaning than any spoilt one. Ten minutes on two cores with bfloat16 (used where the processor has it), twenty without. `--hold-out LANGUAGE` leaves one of DEMETR's
languages and every fourth document of the MQM sets out and prints the scores on them; fit the judge's weights (`fit_judge.py --unseen`) on those, for on what the
network has learned by heart it looks more reliable than it is.
"""

from __future__ import annotations

import argparse
import difflib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from risk_data import HELD_OUT
from risk_net import CHANGE, CHARGE, ERROR, KINDS, Network, Pairs
from safetensors.numpy import load_file, save_file
from scipy.stats import kendalltau
from sklearn.metrics import roc_auc_score
from spoil import CATEGORY
from torch import Tensor
from torch.nn import functional

from drift.judge.risk import CATEGORIES

TARGET = Path(__file__).parent.parent / "drift" / "models" / "risk" / "risk.safetensors"
RATE, DECAY, WARMUP = 1e-3, 0.05, 100
PAIRS, WRITTEN, HUMAN, MQM = 24, 96, 24, {"ted": 24, "bio": 8}  # per step
LAYERS = 3
OWN = 0.4  # weight of the charge on `challenge/triples.tsv`, and of its words
MEANT = 0.8  # weight of whether the meaning changed
RANKED = {"ted": 0.5, "bio": 0.0}  # weight of the order of MQM's segments; Bio's are few and soon known by heart
SPANS = {"ted": 0.3, "bio": 0.15}  # weight of the words of these segments
STEADY = 0.5  # weight of what `steady` returns
FAST = any(torch.cpu.get_capabilities().get(kind) for kind in ("amx_bf16", "avx512_bf16"))  # elsewhere bfloat16 is emulated, 50 times slower
RARE = {"gender": 4, "case": 2, "numbers_replaced": 2, "addition": 2, "function_word": 2, "hypernym": 2, "pos_shift": 2}  # few or hard: shown more often


def label(pairs: Pairs, kind: str, intact: int, spoilt: int, edit: int, right: float = 0.2, *, grave: bool) -> None:
    """Labels of (ref, intact), (ref, spoilt) and (intact, spoilt): what the edit took away or put in."""
    before, after = pairs.forms(intact)[0], pairs.forms(spoilt)[0]
    lost, new = np.zeros(len(before), np.float32), np.zeros(len(after), np.float32)
    here, there = [], []
    for op, i1, i2, j1, j2 in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if op == "equal":
            here += range(i1, i2)
            there += range(j1, j2)
        else:
            lost[i1:i2], new[j1:j2] = 1, 1
    ref = np.zeros(pairs.size(intact)[1], np.float32)
    for i, j in pairs.rows[intact][6]:
        ref[i] = lost[j]
    if "shuffled" in kind:  # where the disorder begins and ends is anybody's guess
        lost[:], new[:], ref[:] = -1, -1, -1
        here, there = [], []
    category = CATEGORIES.index(CATEGORY[kind]) if kind in CATEGORY else -1  # type: ignore[arg-type]
    reference = np.arange(len(ref))
    pairs.kept[intact, spoilt] = (
        np.concatenate([np.array(here, int), len(before) + reference]), np.concatenate([np.array(there, int), len(after) + reference]),
    )  # fmt: skip
    # Where the intact side is a machine translation, its other words are right as a rule, no more; on both sides alike, or the network
    # learns that beside a planted error all else is in order.
    pairs.labels[spoilt] = (new, ref, right, category, float(grave))
    pairs.labels[intact] = (np.zeros(len(before), np.float32), np.zeros(len(ref), np.float32), right, -1, 0.0)
    pairs.labels[edit] = (new, lost, 1.0, category, float(grave))


def label_turned(pairs: Pairs, kind: str, intact: int, spoilt: int, edit: int, intact_turned: int, spoilt_turned: int) -> None:
    """Labels of (intact, ref) and (spoilt, ref), where the sentence with the error is the reference; after `label`."""
    new, lost = pairs.labels[edit][:2]
    hyp = np.zeros(pairs.size(intact_turned)[0], np.float32)
    for i, j in pairs.rows[intact_turned][6]:
        hyp[j] = lost[i]
    category = {"addition": "omission", "omission": "addition"}.get(CATEGORY[kind], CATEGORY[kind])
    pairs.labels[spoilt_turned] = (hyp, new, 1.0, CATEGORIES.index(category), 1.0)  # type: ignore[arg-type]
    pairs.labels[intact_turned] = (np.zeros(len(hyp), np.float32), np.zeros(len(lost), np.float32), 1.0, -1, 0.0)


def label_spans(pairs: Pairs, i: int, spans: Sequence[tuple[int, int, str]], *, clean: bool) -> None:
    """Labels of an MQM segment; omissions are not marked in the reference, so its words are unknown unless all is well."""
    words, after = pairs.words[pairs.rows[i][1]], pairs.size(i)[1]
    hyp = np.array([float(any(w[1] < end and w[2] > start for start, end, _ in spans)) for w in words], np.float32)
    grave = [float(any(w[1] < end and w[2] > start and kind != "minor" for start, end, kind in spans)) for w in words]
    pairs.labels[i] = (hyp, np.full(after, 0.0 if clean else -1.0, np.float32), 1.0, -1, np.array(grave + [0.0] * after, np.float32))


def word_loss(pairs: Pairs, out: Tensor, ids: Sequence[int]) -> Tensor:
    """Which words are part of an error, which of them change the meaning, and what kind of error it is."""
    here, truth, weight, graver, kinds, kind = [], [], [], [], [], []
    for b, i in enumerate(ids):
        hyp, ref, zero, category, grave = pairs.labels[i]
        y = np.concatenate([hyp, ref])
        at = np.flatnonzero(y >= 0)
        if not len(at):
            continue
        here.append(out[b, torch.from_numpy(at)])
        truth.append(y[at])
        weight.append(np.where(y[at] > 0, 1.0, zero))
        graver.append(y[at] * (grave if isinstance(grave, float) else grave[at]))
        if category >= 0 and (y > 0).any():
            kinds.append(here[-1][torch.from_numpy(y[at] > 0)][:, KINDS:])
            kind.append(torch.full((len(kinds[-1]),), category))
    if not here:
        return torch.zeros(())
    odds, w = torch.cat(here), torch.from_numpy(np.concatenate(weight)).float()
    loss = torch.zeros(())
    for column, wanted, share in ((ERROR, truth, 1.0), (CHANGE, graver, MEANT)):
        y = torch.from_numpy(np.concatenate(wanted)).float()
        loss = loss + share * (functional.binary_cross_entropy_with_logits(odds[:, column], y, reduction="none") * w).sum() / w.sum()
    return loss + 0.15 * functional.cross_entropy(torch.cat(kinds), torch.cat(kind)) if kinds else loss


def charge(out: Tensor, mask: Tensor) -> Tensor:
    return (functional.softplus(out[:, :, CHARGE]) * mask).sum(1)


def change(out: Tensor, mask: Tensor) -> Tensor:
    """Log-odds that the meaning changed: one word suffices."""
    return torch.logsumexp(out[:, :, CHANGE].masked_fill(~mask, -1e4), 1)


def steady(pairs: Pairs, out: Tensor, intact: Sequence[int], spoilt: Sequence[int]) -> Tensor:
    """How much less suspect the words are that an error left as they were, beside this error: it must not make them any better.

    `out` has the intact pairs first. Summed over the words of a pair, as the charge is.
    """
    many, before, after = len(intact), [], []
    for b, (good, bad) in enumerate(zip(intact, spoilt, strict=True)):
        here, there = pairs.kept[good, bad]
        before.append(out[b, torch.from_numpy(here)])
        after.append(out[many + b, torch.from_numpy(there)])
    a, b = (functional.softplus(torch.cat(side)[:, [CHARGE, CHANGE]]) for side in (before, after))
    return (functional.relu(a - b) * torch.tensor([1.0, MEANT])).sum() / many


def run(pairs: Pairs, net: Network, ids: list[int]) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Charges, changes, and for each pair the (words, outputs)."""
    net.eval()
    charges, changes, outputs = np.zeros(len(ids)), np.zeros(len(ids)), [np.zeros((0, 0))] * len(ids)
    order = sorted(range(len(ids)), key=lambda k: sum(pairs.size(ids[k])))
    with torch.no_grad():
        for at in range(0, len(order), 64):
            part = order[at : at + 64]
            batch = pairs.batch([ids[k] for k in part])
            with torch.autocast("cpu", torch.bfloat16, enabled=FAST):
                out = net(*batch)
            charges[part], changes[part] = charge(out, batch[-1]).numpy(), change(out, batch[-1]).numpy()
            for b, k in enumerate(part):
                outputs[k] = out[b, : sum(pairs.size(ids[k]))].numpy()
    return charges, changes, outputs


def stream(items: list, size: int, length: Callable, random: np.random.Generator) -> Iterator[list]:
    """Endless random batches of similar length."""
    many = min(16, len(items) // size)  # batches that are sorted together
    if not many:
        raise SystemExit(f"{len(items)} pairs are too few for batches of {size}: run risk_data.py on the whole data.")
    while True:
        order = random.permutation(len(items))
        for at in range(0, len(order) - many * size + 1, many * size):
            chunk = sorted(order[at : at + many * size], key=lambda k: length(items[k]))
            for j in random.permutation(many):
                yield [items[k] for k in chunk[j * size : (j + 1) * size]]


def evaluate_written(pairs: Pairs, net: Network, triples: list) -> None:
    """Among all the sentences of a category: how well charge and change tell the spoilt from the faithful."""
    good, bad = run(pairs, net, [t[1] for t in triples]), run(pairs, net, [t[2] for t in triples])
    kinds = np.array([t[0] for t in triples])
    for kind in [*sorted(set(kinds)), "all"]:
        k = (kinds == kind) | (kind == "all")
        truth = np.repeat([0, 1], k.sum())
        area = [roc_auc_score(truth, np.concatenate([good[which][k], bad[which][k]])) for which in (0, 1)]
        order = [np.mean(bad[which][k] > good[which][k]) for which in (0, 1)]
        print(f"{kind:18} {k.sum():4}  order {order[0]:.3f} {order[1]:.3f}  AUC of the charge {area[0]:.3f}, of the change {area[1]:.3f}")


def evaluate(pairs: Pairs, net: Network, triples: list, segments: dict[str, list]) -> None:
    intact, _, _ = run(pairs, net, [t[3] for t in triples])
    spoilt, _, _ = run(pairs, net, [t[4] for t in triples])
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for t, a, b in zip(triples, intact, spoilt, strict=True):
        for key in (t[0], f"~{t[1]}", "~all"):
            right[key].append(b > a)
    print("DEMETR  " + "  ".join(f"{k} {np.mean(v):.3f}" for k, v in sorted(right.items())))
    _, _, outputs = run(pairs, net, [t[5] for t in triples])
    known = [(t[0], o[o[:, ERROR].argmax(), KINDS:].argmax()) for t, o in zip(triples, outputs, strict=True) if t[0] in CATEGORY and len(o)]
    print(f"kind of the most suspect word, (intact, spoilt): {np.mean([CATEGORIES[int(k)] == CATEGORY[kind] for kind, k in known]):.3f} right")
    for name, rows in segments.items():
        got, meant, _ = run(pairs, net, [s[0] for s in rows])
        area = [roc_auc_score([s[3] for s in rows], x) for x in (got, meant)]
        print(f"{name}: tau {kendalltau(-got, [s[1] for s in rows])[0]:.4f}  AUC {area[0]:.4f}, of the change {area[1]:.4f}  ({len(rows)})")


def stored(path: Path) -> dict[str, Tensor]:
    return {k: torch.from_numpy(v.astype(np.float32)) for k, v in load_file(path).items()}


def grown(known: dict[str, Tensor], net: Network) -> dict[str, Tensor]:
    """The weights of a network of fewer features or layers, filled up so that it says what it said (Chen et al., ICLR 2016, "Net2Net").

    Features that it was not told are the last ones and weigh nothing; a new layer adds nothing to what it reads.
    """
    out = net.state_dict()
    for name, wanted in out.items():
        have = known.get(name)
        if have is None:
            if name.startswith(("o.", "f2.")):
                wanted.zero_()
        else:
            wanted.zero_()
            wanted[tuple(slice(n) for n in have.shape)] = have
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--hold-out", metavar="LANGUAGE")
    parser.add_argument("--epochs", type=int, default=4, help="over DEMETR")
    parser.add_argument("--steps", type=int, help="instead of epochs: for a trial")
    parser.add_argument("--start", type=Path, metavar="NETWORK", help="go on from this network, at two thirds of the rate")
    parser.add_argument("--mix", nargs="+", metavar="NETWORK=SHARE", help="no training: the weighted mean of networks that went on from each other "
                        "(Wortsman et al., ICML 2022)")  # fmt: skip
    parser.add_argument("--write", action="store_true", help="replace the shipped network")
    args = parser.parse_args()
    torch.manual_seed(0)
    random, began = np.random.default_rng(0), time.time()
    pairs = Pairs([args.work / "dev.pkl", *sorted(args.work.glob("spoilt-*.pkl")), *sorted(args.work.glob("written-*.pkl"))])
    development = pairs.contents[0]
    triples, segments = development["triples"], development["segments"]
    minor = {t[0] for t in triples if t[1] == "minor"}  # perturbations that leave the meaning
    more, human = [], []
    own, kept_own = [], []
    for content, first in zip(pairs.contents[1:], pairs.first[1:], strict=True):
        if "held" in content:  # triples.tsv: written sentence by sentence, not by rules
            own += [(t[0], *(i + first for i in t[1:])) for t in content["triples"]]
            kept_own += content["held"]
            continue
        planted_here = [(t[0], *(i + first for i in t[1:])) for t in content["triples"]]
        if "right" in content and content["right"] > 0.1:  # two people's versions of one sentence
            human += sorted({t[1] for t in planted_here})
        more += planted_here
        for t in planted_here:
            label(pairs, *t, right=content.get("right", 0.1), grave=t[0] not in minor)
    for t in triples:
        label(pairs, t[0], *t[3:], grave=t[0] not in minor)
    for t in own:
        label(pairs, *t[:4], right=1.0, grave=True)
        label_turned(pairs, *t)
    tested_own = [t for t, kept in zip(own, kept_own, strict=True) if kept or not args.hold_out]
    own = [t for t, kept in zip(own, kept_own, strict=True) if not (kept and args.hold_out)]
    held = {k: set(sorted({s[4] for s in v})[::HELD_OUT]) if args.hold_out else set() for k, v in segments.items()}
    learned = {k: [s for s in v if s[4] not in held[k]] for k, v in segments.items()}
    for rows in learned.values():
        for i, mqm, spans, _, _ in rows:
            label_spans(pairs, i, spans, clean=mqm == 0)
    planted = [(*t[3:], t[0]) for t in triples if t[2] != args.hold_out for _ in range(RARE.get(t[0], 1))]
    net, rate = Network(layers=LAYERS), RATE
    if args.start:
        net.load_state_dict(grown(stored(args.start), net))
        rate *= 2 / 3
    if args.mix:
        parts = [(stored(Path(path)), float(share)) for path, _, share in (m.rpartition("=") for m in args.mix)]
        net.load_state_dict({k: sum(share * part[k] for part, share in parts) for k in parts[0][0]})
        args.steps = 0
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY, betas=(0.9, 0.98))
    steps = args.epochs * len(planted) // PAIRS if args.steps is None else args.steps
    print(f"{len(pairs.rows)} pairs, {sum(p.numel() for p in net.parameters())} parameters, {steps} steps", flush=True)
    sources = [stream(items, PAIRS, lambda t: sum(pairs.size(t[0])), random) for items in (planted, [(*t[1:], t[0]) for t in more]) if items]
    invented = stream([x for t in own for x in (t[1:4], (*t[4:6], t[3]))], WRITTEN, lambda t: sum(pairs.size(t[0])), random)
    if len(human) < HUMAN:
        raise SystemExit(f"no spoilt-paraphrases.pkl in {args.work}: run risk_data.py there first.")
    faithful = stream(human, HUMAN, lambda i: sum(pairs.size(i)), random)
    ranked = {k: stream(v, MQM[k], lambda s: sum(pairs.size(s[0])), random) for k, v in learned.items()}

    def judge(ids: list[int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Charge and change of every pair, the loss of their words, and all outputs."""
        batch = pairs.batch(ids)
        with torch.autocast("cpu", torch.bfloat16, enabled=FAST):
            out = net(*batch)
        return charge(out, batch[-1]), change(out, batch[-1]), word_loss(pairs, out, ids), out

    total = 0.0
    for step in range(steps):
        net.train()
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / WARMUP) * (1 - step / steps)
        parts = []
        for source in sources:
            chosen = next(source)
            many = len(chosen)
            intact, spoilt = [t[0] for t in chosen], [t[1] for t in chosen]
            got, meant, words, out = judge(intact + spoilt)
            parts.append(functional.softplus(got[:many] - got[many:]).mean() + 0.5 * words + STEADY * steady(pairs, out, intact, spoilt))
            grave = torch.tensor([t[-1] not in minor for t in chosen])
            if grave.any():
                parts.append(0.3 * MEANT * functional.softplus(meant[:many] - meant[many:])[grave].mean())
            if random.random() < 0.5:
                parts.append(0.3 * judge([t[2] for t in chosen])[2])
        chosen = next(invented)  # any of these with an error must be charged more than any without one
        many = len(chosen)
        got, meant, words, _ = judge([t[0] for t in chosen] + [t[1] for t in chosen])
        parts.append(OWN * (functional.softplus(got[None, :many] - got[many:, None]).mean() + words))
        parts.append(OWN * functional.softplus(got[:many] - got[many:]).mean() + MEANT * functional.softplus(meant[:many] - meant[many:]).mean())
        same, changed = torch.cat([meant[:many], judge(next(faithful))[1]]), meant[many:]
        parts.append(MEANT * functional.softplus(same[None] - changed[:, None]).mean())
        parts.append(MEANT * (functional.softplus(same).mean() + functional.softplus(-changed).mean()) / 2)
        if random.random() < 0.3:
            parts.append(0.3 * OWN * judge([t[2] for t in chosen])[2])
        for name, source in ranked.items():
            chosen = next(source)
            got, meant, words, _ = judge([s[0] for s in chosen])
            worse = torch.tensor([min(-s[1], 25.0) / 25 for s in chosen])
            gap = worse[:, None] - worse[None]
            parts.append(SPANS[name] * words)
            if (gap > 0.03).any():
                parts.append(RANKED[name] * functional.softplus(got[None] - got[:, None])[gap > 0.03].mean())
            major = torch.tensor([bool(s[3]) for s in chosen])
            if major.any() and not major.all():
                parts.append(0.2 * MEANT * functional.softplus(meant[None, ~major] - meant[major, None]).mean())
        loss = torch.stack(parts).sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        total += float(loss.detach())
        if step % 100 == 99:
            print(f"step {step + 1}  loss {total / 100:.3f}  ({time.time() - began:.0f} s)", flush=True)
            total = 0.0
    tested = {k: [s for s in v if not args.hold_out or s[4] in held[k]] for k, v in segments.items()}
    evaluate(pairs, net, [t for t in triples if not args.hold_out or t[2] == args.hold_out], tested)
    evaluate_written(pairs, net, tested_own)
    if args.write:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        save_file({k: v.detach().numpy().astype(np.float16) for k, v in net.state_dict().items()}, TARGET)
        TARGET.chmod(0o644)
        print(f"written: {TARGET} ({TARGET.stat().st_size / 1e6:.2f} MB)")


if __name__ == "__main__":
    main()
