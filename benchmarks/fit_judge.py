"""Fit the judge's weights (`drift/judge/weights.json`): the score of a pair and the confidence of a finding.

    python benchmarks/fit_judge.py [--unseen german] [--write]

The score is linear in named facts. It is fitted to order pairs (DEMETR: intact before perturbed; MQM-TED, BioMQM: fewer errors
before more) and then calibrated to the charge that an annotator makes: severity weights capped at 25 and divided by it. The confidence of a
finding is a logistic regression over its kind, strength, word risk and the pair's score: in MQM data a finding is right when
it touches an annotated error, in DEMETR when the perturbation brought it forth. Prints the reliability of both.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from devdata import FORMATTING, biomqm, demetr, ted

from drift._version import __version__
from drift.align.words import default_encoder
from drift.judge.analysis import analyse
from drift.judge.evidence import evidence, suspicion
from drift.judge.risk import default_risk
from drift.judge.severity import VERBATIM, VETO, group_of, logit
from drift.judge.side import read_sides
from drift.judge.tagger import default_tagger
from drift.judge.verdicts import explained

TARGET = Path(__file__).parent.parent / "drift" / "judge" / "weights.json"
LEFT_OUT = ("length",)  # facts whose sign depends on the data set


def read(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[dict, list]]:
    """Facts and candidates (with the places and the risk of their words) of every distinct pair."""
    distinct = list(dict.fromkeys(pairs))
    sides = read_sides([t for p in distinct for t in p], default_encoder(), default_tagger())
    out = {}
    for at in range(0, len(distinct), 512):
        part = distinct[at : at + 512]
        analyses = [analyse(sides[a], sides[b]) for a, b in part]
        for key, pair, risk in zip(part, analyses, default_risk().of(analyses), strict=True):
            kept = [c for _, c in explained(pair, risk)]
            rows = [
                (c, suspicion(c, risk, pair), pair.hyp.span(*c.hyp) if c.hyp else None, pair.ref.span(*c.ref) if c.ref else None)
                for c in kept
            ]
            out[key] = (evidence(pair, kept, risk), rows)
    return out


def fit_score(seen: dict, triples: list, segments: list) -> tuple[dict[str, float], float]:
    """Weights in the facts' own units, and the bias."""
    keys = list(seen)
    place = {k: i for i, k in enumerate(keys)}
    names = sorted({n for f, _ in seen.values() for n in f} - set(LEFT_OUT))
    raw = np.array([[seen[k][0].get(n, 0.0) for n in names] for k in keys])
    mean, std = raw.mean(0), raw.std(0) + 1e-3
    x = torch.tensor((raw - mean) / std, dtype=torch.float32)
    good = torch.tensor([place[t.ref, t.good] for t in triples])
    bad = torch.tensor([place[t.ref, t.bad] for t in triples])
    rows = torch.tensor([place[s.ref, s.hyp] for s in segments])
    worse = torch.tensor([min(-s.mqm, 25.0) / 25 for s in segments])
    weight = torch.zeros(len(names), requires_grad=True)
    never_below = torch.tensor([n.startswith(("kind:", "risk", "charge")) for n in names])  # a suspicion never speaks for a pair
    generator = torch.Generator().manual_seed(0)
    optimiser = torch.optim.Adam([weight], lr=0.02)
    softplus = torch.nn.functional.softplus
    for _ in range(800):
        z = x @ weight
        a, b = (torch.randint(len(rows), (30_000,), generator=generator) for _ in range(2))
        gap = worse[a] - worse[b]
        kept = gap.abs() > 0.03
        loss = softplus(-2 * (z[bad] - z[good])).mean() + 0.2 * softplus(-(z[rows[a]] - z[rows[b]]) * gap.sign())[kept].mean()
        loss = loss + 1e-4 * (weight**2).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        with torch.no_grad():
            weight[never_below] = weight[never_below].clamp(min=0.0)
    z = (x @ weight.detach()).numpy()
    # What annotators charged, in xCOMET's scale. DEMETR's planted errors order the pairs but do not set the scale: a
    # perturbed sentence is one that somebody made worse on purpose, far more often than sentences are bad in the wild.
    labelled = [(place[s.ref, s.hyp], min(-s.mqm, 25.0) / 25) for s in segments]
    slope, shift = platt(np.array([z[i] for i, _ in labelled]), np.array([y for _, y in labelled]))
    w = weight.detach().numpy() * slope / std
    return {n: round(float(v), 4) for n, v in zip(names, w, strict=True) if abs(v) > 1e-4}, round(float(shift - (w * mean).sum()), 4)


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


def label_findings(seen: dict, triples: list, segments: list, score) -> list[tuple]:
    """(kind, strength, risk, kind's odds, share of other words that are equal, logit of the pair's score, right or not, weight) of every candidate."""
    rows = []
    for s in segments:
        facts, candidates = seen[s.ref, s.hyp]
        z = logit(score(facts))
        for c, risk, hyp, _ in candidates:
            if hyp is None:
                right = float(s.mqm < 0 and not s.spans) if s.mqm < 0 else 0.0
                if s.mqm < 0 and s.spans:
                    continue  # an omission beside other errors: cannot be told
            else:
                right = float(any(a < hyp[1] and b > hyp[0] for a, b, _ in s.spans))
            rows.append((c.kind, c.strength, *risk, z, right, 1.0))
    for t in triples[::3]:  # the perturbation alone: whatever differs was changed on purpose
        facts, candidates = seen[t.good, t.bad]
        rows += [(c.kind, c.strength, *risk, logit(score(facts)), 1.0, 0.5) for c, risk, _, _ in candidates]
    for t in triples:
        intact, perturbed = seen[t.ref, t.good], seen[t.ref, t.bad]
        before = {(c.kind, r, t.good[h[0] : h[1]] if h else "") for c, _, h, r in intact[1]}
        for (facts, candidates), right in ((intact, 0.0), (perturbed, 1.0)):
            z = logit(score(facts))
            for c, risk, h, r in candidates:
                if right and (c.kind, r, t.bad[h[0] : h[1]] if h else "") in before:
                    continue
                rows.append((c.kind, c.strength, *risk, z, right, 1.0 if right else 0.25))
    return rows


FEATURES = ("strength", "risk", "kind", "rest", "score", "verbatim")


def fit_findings(rows: list[tuple], *, blind: tuple[str, ...] = ()) -> tuple[dict, dict]:
    """Common weights and one bias a kind; features in `blind` get the weight 0."""
    kinds = sorted({r[0] for r in rows})
    one_hot = torch.tensor([kinds.index(r[0]) for r in rows])
    x = torch.tensor([[*r[1:6], max(0.0, r[4] - VERBATIM)] for r in rows], dtype=torch.float32)
    x *= torch.tensor([float(name not in blind) for name in FEATURES])
    y = torch.tensor([r[6] for r in rows])
    importance = torch.tensor([r[7] for r in rows])
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
    parser.add_argument("--major", type=float, default=0.5, help="confidence below which a finding loses a step of severity")
    parser.add_argument("--major-fuzzy", type=float, default=0.65, help="the same for wording, omissions, additions")
    args = parser.parse_args()
    triples = [t for t in demetr() if t.category not in FORMATTING and not t.category.startswith("baseline")]
    segments = ted() + biomqm()
    if args.unseen:
        triples = [t for t in triples if t.language == args.unseen]
        segments = [s for rows in (ted(), biomqm()) for s in rows if s.group in sorted({r.group for r in rows})[::4]]
    seen = read([(t.ref, x) for t in triples for x in (t.good, t.bad)] + [(s.ref, s.hyp) for s in segments] + [(t.good, t.bad) for t in triples[::3]])
    weights, bias = fit_score(seen, triples, segments)

    def score(facts: dict[str, float]) -> float:
        z = bias + sum(v * facts.get(k, 0.0) for k, v in weights.items())
        return float(1 / (1 + np.exp(-np.clip(z, -30, 30))))

    rows = label_findings(seen, triples, segments, score)
    # What a detector names it knows of its own; that the rest of the sentence is in order does not make it less sure.
    common, kinds = {}, {}
    for group in VETO:
        chosen = [(r[0], r[1], max(r[2], VETO[group]), *r[3:]) for r in rows if group_of(r[0]) == group]
        if group == "exact":  # kinds that the data hardly has are believed as far as their detectors believe themselves
            for kind in [*sorted({r[0] for r in chosen}), "exact.other"]:
                chosen += [(kind, strength, risk, -1.0, 0.7, 0.0, strength, 10.0) for strength in (0.6, 0.8, 0.9) for risk in (-1.0, 0.0)]
        common[group], more = fit_findings(chosen, blind=() if group == "risk" else ("score",))
        kinds |= more
        if group != "exact":
            for own in more.values():
                own["major"] = args.major_fuzzy

    def confidence(kind: str, strength: float, risk: float, agreed: float, rest: float, z: float) -> float:
        group = group_of(kind)
        w = common[group]
        total = kinds.get(kind, {"bias": 0.0})["bias"] + w["bias"] + w["strength"] * strength + w["risk"] * max(risk, VETO[group])
        total += w["kind"] * agreed + w["score"] * z + w["rest"] * rest + w["verbatim"] * max(0.0, rest - VERBATIM)
        return float(1 / (1 + np.exp(-total)))

    predicted = np.array([confidence(*r[:6]) for r in rows])
    reliability("confidence", predicted, np.array([r[6] for r in rows]), np.array([r[7] for r in rows]))
    reliability(
        "score (mean charge)",
        np.array([score(seen[s.ref, s.hyp][0]) for s in segments]),
        np.array([min(-s.mqm, 25.0) / 25 for s in segments]),
    )
    ok = np.mean([score(seen[t.ref, t.bad][0]) > score(seen[t.ref, t.good][0]) for t in triples])
    print(f"\nDEMETR order {ok:.4f}")
    fitted = {
        "name": f"fit-{__version__}",
        "about": "written by benchmarks/fit_judge.py from DEMETR, MQM-TED and BioMQM (development parts)",
        "report": args.report,
        "major": args.major,
        "finding": common,
        "kinds": kinds,
        "score_bias": bias,
        "score": weights,
    }
    print("\nthreshold for major: faithful segments with a major finding, recall on DEMETR critical")
    clean = [s for s in segments if s.mqm == 0]
    critical = [t for t in triples if t.severity == "critical"]

    def alarmed(key: tuple[str, str], floor: float) -> bool:
        facts, candidates = seen[key]
        z = logit(score(facts))
        for c, risk, _, _ in candidates:
            p = confidence(c.kind, c.strength, *risk, z)
            own = min(floor, args.major) if group_of(c.kind) == "exact" else floor
            if c.severity != "minor" and p >= (own if c.severity == "major" else args.report):
                return True
        return False

    for floor in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        false = np.mean([alarmed((s.ref, s.hyp), floor) for s in clean])
        found = np.mean([alarmed((t.ref, t.bad), floor) for t in critical])
        kept = np.mean([alarmed((t.ref, t.good), floor) for t in critical])
        print(f"  {floor:.1f}  {false:.3f}  {found:.3f} (intact side {kept:.3f})")
    if args.write:
        TARGET.write_text(json.dumps(fitted, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"written: {TARGET}")


if __name__ == "__main__":
    main()
