"""Fit the judge's weights (`drift/judge/weights.json`): the score of a pair and the confidence of a finding.

    python benchmarks/fit_judge.py [--unseen german] [--write]

The score is linear in named facts. It is fitted to order pairs (DEMETR: intact before perturbed; MQM-TED, BioMQM: fewer errors
before more) and then calibrated to the charge that an annotator makes: severity weights capped at 25 and divided by it. The confidence of a
finding is a logistic regression over its kind, strength, word risk and the pair's score: in MQM data a finding is right when
it touches an annotated error, in DEMETR when the perturbation brought it forth. Prints the reliability of both.
"""

from __future__ import annotations

import argparse
import difflib
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from devdata import FORMATTING, Triple, biomqm, demetr, ted, written
from scipy.stats import kendalltau
from sklearn.metrics import roc_auc_score

from drift._version import __version__
from drift.align.words import default_encoder
from drift.judge.analysis import analyse
from drift.judge.evidence import Suspicion, evidence, suspicion
from drift.judge.risk import default_risk
from drift.judge.severity import VERBATIM, VETO, Weigher, group_of, logit
from drift.judge.side import read_sides
from drift.judge.tagger import default_tagger
from drift.judge.verdicts import examine, first_explanation, with_suspects

TARGET = Path(__file__).parent.parent / "drift" / "judge" / "weights.json"
OWN = "written."  # perturbations of `challenge/triples.tsv`
ERROR = 0.4  # what one of them is charged, of 1: a critical error in MQM's scale
LEFT_OUT = ("length",)  # facts whose sign depends on the data set
# How the names of facts begin that speak against a pair, or for it, and never the other way round. What the network distrusts by kinds
# ("risk:…") may do either: it says how much of the charge is of a kind that counts for less.
AGAINST = ("kind:", "risk_", "charge", "change", "lost", "added", "order")
FOR = ("f1", "precision", "recall", "link", "exact", "pooled")
SMALL = 0.1  # L2 penalty of the weights of standardised facts; DEMETR by `crossed`: 0.967 with 0.001, 0.972 with 0.03, 0.974 with 0.1
RANKED = 0.15  # weight of the order of MQM's segments


class Row(NamedTuple):
    """A candidate: its kind, what `Weigher.confidence` reads, and what is known of it."""

    kind: str
    strength: float
    risk: float
    agreed: float
    rest: float
    change: float
    score: float
    right: float
    grave: float
    weight: float


def read(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[dict, list]]:
    """Facts and candidates (with the places and the risk of their words) of every distinct pair."""
    distinct = list(dict.fromkeys(pairs))
    sides = read_sides([t for p in distinct for t in p], default_encoder(), default_tagger())
    out = {}
    for at in range(0, len(distinct), 512):
        part = distinct[at : at + 512]
        analyses = [analyse(sides[a], sides[b]) for a, b in part]
        said = [first_explanation(examine(pair)) for pair in analyses]
        risks = default_risk().of(analyses, [[c for _, c in found] for found in said])
        for key, pair, found, risk in zip(part, analyses, said, risks, strict=True):
            kept = [c for _, c in with_suspects(found, pair, risk)]
            rows = [
                (c, suspicion(c, risk, pair), pair.hyp.span(*c.hyp) if c.hyp else None, pair.ref.span(*c.ref) if c.ref else None)
                for c in kept
            ]
            out[key] = (evidence(pair, kept, risk), rows)
    return out


def fit_score(seen: dict, triples: list, segments: list, own_share: float = 0.3, across: float = 0.2) -> tuple[dict[str, float], float]:
    """Weights in the facts' own units, and the bias; `own_share` and `across`: weights of the triples of `challenge/`."""
    keys = list(seen)
    place = {k: i for i, k in enumerate(keys)}
    names = sorted({n for f, _ in seen.values() for n in f} - set(LEFT_OUT))
    raw = np.array([[seen[k][0].get(n, 0.0) for n in names] for k in keys])
    mean, std = raw.mean(0), raw.std(0) + 1e-3
    x = torch.tensor((raw - mean) / std, dtype=torch.float32)
    good, bad = (torch.tensor([place[t.ref, x] for t in triples for x in (getattr(t, which),)]) for which in ("good", "bad"))
    importance = torch.tensor([own_share if t.perturbation.startswith(OWN) else 1.0 for t in triples])
    importance /= importance[importance == 1.0].sum()  # so much for all of DEMETR's
    if own_share:
        importance[importance < importance.max()] *= float((importance == importance.max()).sum()) / max(1, sum(t.perturbation.startswith(OWN) for t in triples))
    own = [t for t in triples if t.perturbation.startswith(OWN)]
    clean, dirty = (torch.tensor([place[t.ref, x] for t in own for x in (getattr(t, which),)]) for which in ("good", "bad"))
    rows = torch.tensor([place[s.ref, s.hyp] for s in segments])
    worse = torch.tensor([min(-s.mqm, 25.0) / 25 for s in segments])
    weight = torch.zeros(len(names), requires_grad=True)
    against, favourable = (torch.tensor([n.startswith(which) for n in names]) for which in (AGAINST, FOR))
    generator = torch.Generator().manual_seed(0)
    optimiser = torch.optim.Adam([weight], lr=0.02)
    softplus = torch.nn.functional.softplus
    for _ in range(800):
        z = x @ weight
        a, b = (torch.randint(len(rows), (30_000,), generator=generator) for _ in range(2))
        gap = worse[a] - worse[b]
        kept = gap.abs() > 0.03
        loss = (softplus(-2 * (z[bad] - z[good])) * importance).sum() + RANKED * softplus(-(z[rows[a]] - z[rows[b]]) * gap.sign())[kept].mean()
        c, d = (torch.randint(len(own), (20_000,), generator=generator) for _ in range(2))
        loss = loss + across * softplus(-(z[dirty[d]] - z[clean[c]])).mean()  # any with an error is worse than any without
        loss = loss + SMALL * (weight**2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        with torch.no_grad():
            weight[against] = weight[against].clamp(min=0.0)
            weight[favourable] = weight[favourable].clamp(max=0.0)
    z = (x @ weight.detach()).numpy()
    # What annotators charged, in xCOMET's scale. DEMETR's planted errors order the pairs but do not set the scale: a
    # perturbed sentence is one that somebody made worse on purpose, far more often than sentences are bad in the wild.
    labelled = [(place[s.ref, s.hyp], min(-s.mqm, 25.0) / 25) for s in segments]
    labelled += [(place[t.ref, x], y) for t in own for x, y in ((t.good, 0.0), (t.bad, ERROR))]
    slope, shift = platt(np.array([z[i] for i, _ in labelled]), np.array([y for _, y in labelled]))
    w = weight.detach().numpy() * slope / std
    return {n: round(float(v), 4) for n, v in zip(names, w, strict=True) if abs(v) > 1e-4}, round(float(shift - (w * mean).sum()), 4)


def crossed(seen: dict, triples: list, segments: list) -> str:
    """Two-fold: how well weights that were fitted to one half of the sentences order the other half.

    The halves share documents (two of TED's are left with `--unseen`, too few to split by), and without `--unseen` the network behind
    the facts has seen them all.
    """
    random = np.random.default_rng(0)
    half = dict(zip(sorted({x.ref for x in [*triples, *segments]}), random.integers(0, 2, len(seen)).tolist(), strict=False))
    right: defaultdict[str, list[bool]] = defaultdict(list)
    found: defaultdict[str, list[float]] = defaultdict(list)
    sets = {"TED": {(s.ref, s.hyp) for s in ted()}, "Bio": {(s.ref, s.hyp) for s in biomqm()}}
    for fold in (0, 1):
        weights, _ = fit_score(seen, [t for t in triples if half[t.ref] != fold], [s for s in segments if half[s.ref] != fold])

        def score(*pair: str, weights: dict[str, float] = weights) -> float:
            return sum(v * seen[pair][0].get(k, 0.0) for k, v in weights.items())

        for t in triples:
            if half[t.ref] == fold:
                for key in ("triples",) if t.perturbation.startswith(OWN) else ("DEMETR", t.severity):
                    right[key].append(score(t.ref, t.bad) > score(t.ref, t.good))
        for name, pairs in sets.items():
            rows = [(score(s.ref, s.hyp), s) for s in segments if half[s.ref] == fold and (s.ref, s.hyp) in pairs]
            if rows:
                found[f"{name} tau"].append(kendalltau([z for z, _ in rows], [-s.mqm for _, s in rows])[0])
                found[f"{name} AUC"].append(roc_auc_score([s.major for _, s in rows], [z for z, _ in rows]))
        rows = [(score(t.ref, x), x == t.bad) for t in triples if half[t.ref] == fold and t.perturbation.startswith(OWN) for x in (t.good, t.bad)]
        found["triples AUC"].append(roc_auc_score([y for _, y in rows], [z for z, _ in rows]))
    return "  ".join(f"{name} {np.mean(values):.4f}" for part in (right, found) for name, values in part.items())


def platt(z: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Slope and shift of a logistic calibration (Platt 1999) to targets in [0, 1]."""
    parameters = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([parameters], max_iter=200)
    zt, yt = torch.tensor(z, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(parameters[0] * zt + parameters[1], yt)
        loss.backward()
        return loss

    optimiser.step(closure)
    return float(parameters[0]), float(parameters[1])


def label_findings(seen: dict, triples: list, segments: list, score) -> list[Row]:
    """Every candidate with what is known of it: whether it is right (touches an error), and whether that error is grave."""
    rows = []
    for s in segments:
        facts, candidates = seen[s.ref, s.hyp]
        z = logit(score(facts))
        for c, risk, hyp, _ in candidates:
            if hyp is None:
                if s.mqm < 0 and s.spans:
                    continue  # an omission beside other errors: cannot be told
                right, grave = float(s.mqm < 0), float(s.major)
            else:
                touched = [kind for a, b, kind in s.spans if a < hyp[1] and b > hyp[0]]
                right, grave = float(bool(touched)), float(any(kind != "minor" for kind in touched))
            rows.append(Row(c.kind, c.strength, *risk, z, right, grave, 1.0))
    for t in triples[::3]:  # the perturbation alone: whatever differs was changed on purpose
        facts, candidates = seen[t.good, t.bad]
        grave = float(t.severity != "minor")
        rows += [Row(c.kind, c.strength, *risk, logit(score(facts)), 1.0, grave, 0.5) for c, risk, _, _ in candidates]
    for t in triples:
        intact, perturbed = seen[t.ref, t.good], seen[t.ref, t.bad]
        before = {(c.kind, r, t.good[h[0] : h[1]] if h else "") for c, _, h, r in intact[1]}
        own = t.perturbation.startswith(OWN)
        changed = touching(t) if own else None
        for (facts, candidates), spoilt in ((intact, False), (perturbed, True)):
            z = logit(score(facts))
            for c, risk, h, r in candidates:
                known = (c.kind, r, t.bad[h[0] : h[1]] if h else "") in before
                if own:
                    right = float(spoilt and not known and (h is None or changed(h)))
                    rows.append(Row(c.kind, c.strength, *risk, z, right, right, 3.0 if right else 1.5))
                elif not (spoilt and known):
                    right = float(spoilt)
                    rows.append(Row(c.kind, c.strength, *risk, z, right, right * (t.severity != "minor"), 1.0 if right else 0.25))
    return rows


def touching(t: Triple) -> Callable[[tuple[int, int]], bool]:
    """Whether a stretch of the spoilt sentence touches what was put in, or stands where something was taken out."""
    matcher = difflib.SequenceMatcher(a=t.good, b=t.bad, autojunk=False)
    places = [(j1 - 1, j2 + 1) for op, _, _, j1, j2 in matcher.get_opcodes() if op != "equal"]
    return lambda where: any(a < where[1] and b > where[0] for a, b in places)


FEATURES = ("strength", "risk", "kind", "rest", "change", "score", "verbatim")


def fit_findings(rows: list[Row], wanted: str, *, blind: tuple[str, ...] = ()) -> tuple[dict, dict]:
    """Common weights and one bias a kind, for the probability of `wanted` ("right" or "grave"); features in `blind` get the weight 0."""
    kinds = sorted({r.kind for r in rows})
    one_hot = torch.tensor([kinds.index(r.kind) for r in rows])
    x = torch.tensor([[*r[1:7], max(0.0, r.rest - VERBATIM)] for r in rows], dtype=torch.float32)
    x *= torch.tensor([float(name not in blind) for name in FEATURES])
    y = torch.tensor([getattr(r, wanted) for r in rows])
    importance = torch.tensor([r.weight for r in rows])
    w, bias, own = torch.zeros(len(FEATURES), requires_grad=True), torch.zeros(1, requires_grad=True), torch.zeros(len(kinds), requires_grad=True)
    optimiser = torch.optim.Adam([w, bias, own], lr=0.03)
    for _ in range(600):
        z = x @ w + bias + own[one_hot]
        loss = (torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none") * importance).mean()
        loss = loss + 2e-4 * (own**2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    common = {k: round(float(v), 4) for k, v in zip(FEATURES, w.detach(), strict=True)}
    common["bias"] = round(float(bias.detach()[0]), 4)
    return common, {k: {"bias": round(float(v), 4)} for k, v in zip(kinds, own.detach(), strict=True)}


def alarmed(weigher: Weigher, facts: dict, candidates: list, score: Callable) -> bool:
    """Whether a pair gets a finding that is more than minor."""
    value = score(facts)
    return any(weigher.finding(c, risk, value)[0] in ("major", "critical") for c, risk, _, _ in candidates)


def reliability(name: str, predicted: np.ndarray, right: np.ndarray, weight: np.ndarray | None = None) -> None:
    weight = np.ones(len(right)) if weight is None else weight
    print(f"\nreliability of the {name}: said, was, n")
    for low in np.arange(0, 1, 0.1):
        kept = (predicted >= low) & (predicted < low + 0.1)
        if kept.sum():
            print(f"  {np.average(predicted[kept], weights=weight[kept]):.2f}  {np.average(right[kept], weights=weight[kept]):.2f}  {kept.sum()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="replace the shipped weights")
    parser.add_argument("--unseen", metavar="LANGUAGE", help="fit on this language of DEMETR and every fourth MQM document alone: "
                        "what a network fitted with `fit_risk.py --hold-out LANGUAGE` has not seen")  # fmt: skip
    parser.add_argument("--report", type=float, default=0.3, help="confidence from which a finding is reported")
    parser.add_argument("--major", type=float, default=0.5, help="gravity from which a finding is major")
    parser.add_argument("--major-turned", type=float, default=0.45, help="the same for polarity and roles: from 0.5 to 0.45 three errors of the "
                        "held-out triples are found for one false alarm more")  # fmt: skip
    parser.add_argument("--major-fuzzy", type=float, default=0.65, help="the same for wording, omissions, additions and what only the network sees")
    parser.add_argument("--believed", type=float, nargs=2, default=(10.0, 5.0), help="weight of the detectors' own belief: exact, syntax")
    args = parser.parse_args()
    triples = [t for t in demetr() if t.category not in FORMATTING and not t.category.startswith("baseline")]
    segments = ted() + biomqm()
    if args.unseen:
        triples = [t for t in triples if t.language == args.unseen]
        segments = [s for rows in (ted(), biomqm()) for s in rows if s.group in sorted({r.group for r in rows})[::4]]
    triples += written("held" if args.unseen else "all")
    seen = read([(t.ref, x) for t in triples for x in (t.good, t.bad)] + [(s.ref, s.hyp) for s in segments] + [(t.good, t.bad) for t in triples[::3]])
    weights, bias = fit_score(seen, triples, segments)

    def score(facts: dict[str, float]) -> float:
        z = bias + sum(v * facts.get(k, 0.0) for k, v in weights.items())
        return float(1 / (1 + np.exp(-np.clip(z, -30, 30))))

    print("two-fold: " + crossed(seen, triples, segments))
    rows = label_findings(seen, triples, segments, score)
    # What a detector names it knows of its own; that the rest of the sentence is in order does not make it less sure.
    common: dict[str, dict] = {"right": {}, "grave": {}}
    kinds: defaultdict[str, dict] = defaultdict(dict)
    for wanted, groups in common.items():
        for group in VETO:
            chosen = [r._replace(risk=max(r.risk, VETO[group]), change=max(r.change, VETO[group])) for r in rows if group_of(r.kind) == group]
            if group in ("exact", "syntax"):  # kinds that the data hardly has are believed as far as their detectors believe themselves
                for kind in [*sorted({r.kind for r in chosen}), f"{group}.other"]:
                    chosen += [
                        Row(kind, strength, risk, -1.0, 0.7, risk, 0.0, strength, strength, args.believed[group == "syntax"])
                        for strength in (0.6, 0.8, 0.9) for risk in (-1.0, 0.0)
                    ]  # fmt: skip
            groups[group], more = fit_findings(chosen, wanted, blind=() if group == "risk" else ("score",))
            for kind, own in more.items():
                kinds[kind][wanted] = own["bias"]
    fitted = {
        "name": f"fit-{__version__}",
        "about": "written by benchmarks/fit_judge.py from DEMETR, MQM-TED, BioMQM (development parts) and benchmarks/challenge/triples.tsv",
        "report": args.report,
        "major": {group: args.major_fuzzy if group in ("fuzzy", "risk") else args.major for group in VETO}
        | dict.fromkeys(("polarity", "role"), args.major_turned),
        **common,
        "kinds": kinds,
        "score_bias": bias,
        "score": weights,
    }
    weigher = Weigher(fitted)
    for wanted, said in (("right", weigher.confidence), ("grave", weigher.gravity)):
        predicted = np.array([said(r.kind, r.strength, Suspicion(r.risk, r.agreed, r.rest, r.change), r.score) for r in rows])
        reliability(wanted, predicted, np.array([getattr(r, wanted) for r in rows]), np.array([r.weight for r in rows]))
    reliability(
        "score (mean charge)",
        np.array([score(seen[s.ref, s.hyp][0]) for s in segments]),
        np.array([min(-s.mqm, 25.0) / 25 for s in segments]),
    )
    own = [t for t in triples if t.perturbation.startswith(OWN)]
    others = [t for t in triples if not t.perturbation.startswith(OWN)]
    ok = [np.mean([score(seen[t.ref, t.bad][0]) > score(seen[t.ref, t.good][0]) for t in part]) for part in (others, own)]
    print(f"\norder: DEMETR {ok[0]:.4f}, written {ok[1]:.4f}")
    print("\nthreshold for major: share of pairs with a major finding")
    sets = {
        "MQM without errors": [(s.ref, s.hyp) for s in segments if s.mqm == 0],
        "MQM major": [(s.ref, s.hyp) for s in segments if s.major],
        "DEMETR critical": [(t.ref, t.bad) for t in others if t.severity == "critical"],
        "its intact side": [(t.ref, t.good) for t in others if t.severity == "critical"],
        "written, spoilt": [(t.ref, t.bad) for t in own],
        "written, intact": [(t.ref, t.good) for t in own],
    }
    for floor in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        weigher = Weigher(fitted | {"major": dict.fromkeys(VETO, floor)})  # one floor for all
        shares = {name: np.mean([alarmed(weigher, *seen[key], score) for key in keys]) for name, keys in sets.items()}
        print(f"  {floor:.2f}  " + "  ".join(f"{name} {share:.3f}" for name, share in shares.items()))
    kinds_of = sorted({t.perturbation for t in own})
    weigher = Weigher(fitted)
    for kind in kinds_of:
        part = [t for t in own if t.perturbation == kind]
        share = [np.mean([alarmed(weigher, *seen[t.ref, x], score) for t in part for x in (getattr(t, w),)]) for w in ("bad", "good")]
        print(f"  {kind:18} {len(part):4}  found {share[0]:.3f}  false alarms {share[1]:.3f}")
    if args.write:
        TARGET.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"written: {TARGET}")


if __name__ == "__main__":
    main()
