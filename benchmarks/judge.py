"""The judge against public benchmarks, beside string metrics and embedding baselines, in one run.

    python benchmarks/judge.py [--per-kind N] [--segments N] [--unseen german]

DEMETR: share of pairs where the intact side scores better (formatting perturbations apart; in `reference` the human side
should win). MQM-TED and BioMQM: Kendall's tau-b against the MQM score and AUC of segments with a major or critical error.
Spans: tokens of the hypothesis against the annotated spans. Categories: the gravest finding of judge(intact, perturbed)
against the kind of the perturbation. Speed: pairs per second, end to end, beside greedy matching with the same encoder.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict

import numpy as np
from devdata import FORMATTING, biomqm, demetr, ted
from sacrebleu.metrics import BLEU, CHRF, TER
from scipy.stats import kendalltau
from sklearn.metrics import roc_auc_score

import drift
from drift.align.words import default_encoder
from drift.judge.tokens import tokenize
from drift.typology import SEVERITY_WEIGHT

EXPECTED = {
    "addition": {"addition"}, "repeat2": {"addition", "fluency"}, "repeat4": {"addition", "fluency"}, "adj_adv_removed": {"omission"},
    "noun_removed": {"omission"}, "verb_removed": {"omission"}, "subj_removed": {"omission"}, "ne_removed": {"omission", "name"},
    "pp_removed": {"omission"}, "conj_removed": {"omission", "fluency"}, "antonym": {"polarity", "wording"}, "hypernym": {"wording"},
    "tense": {"modality"}, "aspect": {"modality"}, "question": {"modality"}, "negation": {"polarity"}, "ne_replaced": {"name"},
    "numbers_replaced": {"number", "date"}, "gender": {"role"}, "codemix": {"untranslated"}, "misspelled": {"fluency"},
    "char_removed": {"fluency"}, "function_word": {"fluency", "wording"}, "word_swap": {"fluency"}, "pos_shift": {"fluency", "wording", "modality"},
    "case": {"fluency", "role"}, "shuffled": {"fluency"},
}  # fmt: skip


def string_metrics(pairs: list[tuple[str, str]]) -> dict[str, dict[tuple[str, str], float]]:
    """Badness (negated where higher is better) of every pair, by metric."""
    bleu, chrf, ter = BLEU(effective_order=True), CHRF(word_order=2), TER()
    return {
        "BLEU": {p: -bleu.sentence_score(p[1], [p[0]]).score for p in pairs},
        "chrF++": {p: -chrf.sentence_score(p[1], [p[0]]).score for p in pairs},
        "TER": {p: ter.sentence_score(p[1], [p[0]]).score for p in pairs},
    }


def embedding_metrics(pairs: list[tuple[str, str]]) -> tuple[dict[str, dict[tuple[str, str], float]], float]:
    """BERTScore-style greedy matching and cosine of mean vectors, with their time."""
    began = time.perf_counter()
    texts = list(dict.fromkeys(t for p in pairs for t in p))
    vectors = dict(zip(texts, default_encoder().encode([[t.norm for t in tokenize(x)] for x in texts]), strict=True))
    greedy, cosine = {}, {}
    for ref, hyp in pairs:
        a, b = vectors[ref], vectors[hyp]
        if not len(a) or not len(b):
            greedy[ref, hyp] = cosine[ref, hyp] = 1.0
            continue
        sims = a @ b.T
        p, r = sims.max(0).mean(), sims.max(1).mean()
        greedy[ref, hyp] = -float(2 * p * r / (p + r))
        u, v = a.mean(0), b.mean(0)
        cosine[ref, hyp] = -float(u @ v / (np.linalg.norm(u) * np.linalg.norm(v) + 1e-9))
    return {"greedy": greedy, "cosine": cosine}, time.perf_counter() - began


def f1(said: int, gold: int, both: int) -> str:
    p, r = both / max(said, 1), both / max(gold, 1)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-kind", type=int, default=10_000, help="pairs of DEMETR per perturbation")
    parser.add_argument("--segments", type=int, default=10_000, help="segments of each MQM set")
    parser.add_argument("--unseen", metavar="LANGUAGE", help="only this language of DEMETR and every fourth MQM document: what a network "
                        "fitted with `fit_risk.py --hold-out LANGUAGE` has not seen")  # fmt: skip
    args = parser.parse_args()
    kinds: defaultdict[str, list] = defaultdict(list)
    for t in demetr():
        if args.unseen and t.language != args.unseen:
            continue
        kinds[t.perturbation].append(t)
    triples = [t for rows in kinds.values() for t in rows[:: max(1, len(rows) // args.per_kind)][: args.per_kind]]
    sets = {}
    for name, rows in (("MQM-TED zh-en", ted()), ("BioMQM", biomqm())):
        if args.unseen:
            kept = set(sorted({s.group for s in rows})[::4])
            rows = [s for s in rows if s.group in kept]
        sets[name] = rows[:: max(1, len(rows) // args.segments)][: args.segments]
    pairs = list(dict.fromkeys([(t.ref, x) for t in triples for x in (t.good, t.bad)] + [(s.ref, s.hyp) for v in sets.values() for s in v]))

    drift.judge("Warm up.", "Warm-up!")
    began = time.perf_counter()
    verdicts = {}
    for at in range(0, len(pairs), 8192):
        part = pairs[at : at + 8192]
        verdicts |= dict(zip(part, drift.judge_many(part), strict=True))
    spent = time.perf_counter() - began
    systems = {"drift": {p: v.score for p, v in verdicts.items()}}
    others, greedy_spent = embedding_metrics(pairs)
    systems |= others | string_metrics(pairs)

    names = list(systems)
    print(f"DEMETR, {len(triples)} pairs: share where the intact side is better")
    print(f"  {'':22}" + "".join(f"{n:>9}" for n in names) + "       n")
    table: defaultdict[str, list[list[bool]]] = defaultdict(list)
    for t in triples:
        sign = -1 if t.category == "baseline_reversed" else 1
        right = [sign * systems[n][t.ref, t.bad] > sign * systems[n][t.ref, t.good] for n in names]
        table[t.perturbation].append(right)
        if t.category not in (*FORMATTING, "baseline", "baseline_reversed"):
            table["~all"].append(right)
            table[f"~{t.severity}"].append(right)
    for kind, rows in sorted(table.items()):
        print(f"  {kind:22}" + "".join(f"{v:9.4f}" for v in np.mean(rows, axis=0)) + f"{len(rows):8}")

    for name, rows in sets.items():
        truth, major = [s.mqm for s in rows], [s.major for s in rows]
        print(f"\n{name}, {len(rows)} segments, {np.mean(major):.0%} with a major error")
        for n in names:
            scores = [systems[n][s.ref, s.hyp] for s in rows]
            tau, auc = kendalltau([-x for x in scores], truth)[0], roc_auc_score(major, scores)
            print(f"  {n:8} tau {tau:7.4f}   AUC {auc:.4f}")
        clean = [s for s in rows if s.mqm == 0]
        alarms = np.mean([any(f.severity != "minor" for f in verdicts[s.ref, s.hyp].findings) for s in clean])
        print(f"  segments without an error that get a major or critical finding: {alarms:.3f} of {len(clean)}")
        counts = {"drift": [0, 0, 0], "drift, major and critical": [0, 0, 0], "every unmatched word": [0, 0, 0]}
        for s in rows:
            verdict, tokens = verdicts[s.ref, s.hyp], [t for t in tokenize(s.hyp) if t.is_word]
            gold = {t.start for t in tokens if any(t.start < e and t.end > a for a, e, _ in s.spans)}
            marked = {
                label: {
                    t.start
                    for t in tokens
                    for f in verdict.findings
                    if f.copy_span and (label == "drift" or f.severity != "minor") and t.start < f.copy_span.end and t.end > f.copy_span.start
                }
                for label in list(counts)[:2]
            }
            have = {t.norm for t in tokenize(s.ref)}
            marked["every unmatched word"] = {t.start for t in tokens if t.norm not in have}
            for label, said in marked.items():
                counts[label][0] += len(said)
                counts[label][1] += len(gold)
                counts[label][2] += len(said & gold)
        for label, (said, gold_n, both) in counts.items():
            print(f"  spans, {label:26} {f1(said, gold_n, both)}")

    typed = [t for t in triples if t.perturbation in EXPECTED]
    right: defaultdict[str, list[bool]] = defaultdict(list)
    confusion: defaultdict[str, Counter] = defaultdict(Counter)
    for t, verdict in zip(typed, drift.judge_many([(t.good, t.bad) for t in typed]), strict=True):
        best = max(verdict.findings, key=lambda f: (SEVERITY_WEIGHT[f.severity], f.confidence), default=None)
        said = best.category if best else "nothing"
        right[t.perturbation].append(said in EXPECTED[t.perturbation])
        confusion[t.perturbation][said] += 1
    print(f"\ncategory of the gravest finding, judge(intact, perturbed): {np.mean([x for v in right.values() for x in v]):.4f} right")
    for kind, said in sorted(confusion.items()):
        print(f"  {kind:18} {np.mean(right[kind]):.2f}  " + ", ".join(f"{c} {n}" for c, n in said.most_common(4)))

    print(f"\nspeed: drift {len(pairs) / spent:.0f} pairs/s, greedy matching with the same encoder {len(pairs) / greedy_spent:.0f} pairs/s")


if __name__ == "__main__":
    main()
