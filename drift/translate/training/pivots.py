r"""Which English words are translated alike: paraphrases found by way of another language.

    python -m drift.translate.training.pivots --words drift/models/fr-en/words.tsv.gz --pairs TSV \
        --out drift/models/paraphrase/pivots.tsv.gz

Two English words that one French word stands for mean much the same ("deal", "agreement": accord); two that are never translated alike do
not, however alike their contexts are ("measles", "smallpox"). Bannard & Callison-Burch (ACL 2005):
p(b | a) = sum over f of p(f | a) p(b | f), here between lemmas.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from drift.lexicon import wordnet
from drift.lexicon.paraphrases import lemma_of
from drift.translate.glossary import open_glossary
from drift.translate.training.words import read_pairs, words_of

__all__ = ["pivoted"]

_LEAST, _KEPT = 0.005, 24  # probability of a paraphrase, and how many a word has at most


def pivoted(translations: Mapping[str, Mapping[str, float]], counts: Mapping[str, int]) -> dict[str, list[tuple[str, float]]]:
    """Lemma -> (lemma, probability that it stands for it), likeliest first; `counts`: of the source words."""
    given: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))  # source word -> lemma -> pairs
    for word, others in translations.items():
        for other, share in others.items():
            if wordnet.known(other):
                given[word][lemma_of(other)] += share * counts.get(word, 0)
    back: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word, lemmas in given.items():
        for lemma, pairs in lemmas.items():
            back[lemma][word] = pairs
    out = {}
    for lemma, sources in back.items():
        total = sum(sources.values()) or 1.0
        found: defaultdict[str, float] = defaultdict(float)
        for word, pairs in sources.items():
            whole = sum(given[word].values()) or 1.0
            for other, share in given[word].items():
                if other != lemma:
                    found[other] += pairs / total * share / whole
        best = sorted(((o, round(p, 3)) for o, p in found.items() if p >= _LEAST), key=lambda x: (-x[1], x[0]))[:_KEPT]
        out[lemma] = best  # a word without paraphrases is known all the same
    return out


def main() -> None:
    """Count, pivot, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=Path, required=True, help="the list that training.words wrote")
    parser.add_argument("--pairs", type=Path, action="append", required=True, metavar="TSV", help="what it was made from")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    glossary = open_glossary(args.words)
    if glossary is None:
        raise SystemExit(f"{args.words} is not there")
    counts = Counter(w for source, _ in read_pairs(args.pairs) for w in set(words_of(source)))
    found = pivoted(glossary.translations, counts)
    text = "".join(f"{a}\t{' '.join(f'{b}:{p:g}' for b, p in others)}\n" for a, others in sorted(found.items()))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(found)} words: {args.out} ({args.out.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
