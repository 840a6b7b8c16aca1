"""The numbers of a bead and of a copy. Expected values come from the formulas by hand, sacrebleu's from sacrebleu."""

from __future__ import annotations

import pytest
import sacrebleu

from drift import score
from drift.records import Bead, Finding, Sentence


def sentence(index: int, text: str) -> Sentence:
    return Sentence(index, 0, len(text), text)


def finding(severity: str, category: str = "wording", attribution: str = "copy") -> Finding:
    return Finding("", category, severity, 0.9, "…", attribution=attribution)


def bead(
    reference: str, copy: str, drift: float = 0.0, *findings: Finding, index: int = 0, similarity: float = 0.9
) -> Bead:
    r = (sentence(index, reference),) if reference else ()
    c = (sentence(index, copy),) if copy else ()
    kind = f"{len(r)}-{len(c)}"
    return Bead(kind, "A", r, c, similarity if r and c else None, drift, findings=findings)


TEN = "one two three four five six seven eight nine ten"
FIVE = "one two three four five"


class TestCopyScore:
    def test_it_is_the_mean_weighted_by_the_words_of_the_reference(self):
        beads = [bead(TEN, "x", 0.2), bead(FIVE, "y", 0.8)]
        assert score.copy_score(beads) == pytest.approx((10 * 0.2 + 5 * 0.8) / 15)

    def test_an_omission_that_was_told_counts(self):
        beads = [bead(TEN, "x", 0.0), bead(TEN, "", 0.4, finding("critical", "omission"))]
        assert score.copy_score(beads) == pytest.approx(0.2)

    def test_what_an_excerpt_leaves_out_or_brings_of_its_own_does_not(self):
        carried = bead(TEN, "x", 0.3)
        excerpt = [carried, bead(TEN, ""), bead(TEN, ""), bead("", TEN), bead("", TEN)]
        assert score.copy_score(excerpt) == score.copy_score([carried]) == pytest.approx(0.3)

    def test_an_addition_that_was_told_counts_with_its_own_words(self):
        beads = [bead(TEN, "x", 0.0), bead("", FIVE, 0.6, finding("major", "addition"))]
        assert score.copy_score(beads) == pytest.approx(5 * 0.6 / 15)

    def test_nothing_to_compare_is_none_and_not_zero(self):
        assert score.copy_score([]) is None
        assert score.copy_score([bead(TEN, "")]) is None
        assert score.mqm_per_100_words([bead("", TEN)]) is None


def test_mqm_per_100_words_sums_the_weights_without_those_blamed_on_the_instrument():
    beads = [
        bead(TEN, "x", 0, finding("critical"), finding("minor")),
        bead(TEN, "y", 0, finding("major"), finding("critical", attribution="instrument")),
    ]
    assert score.mqm_per_100_words(beads) == pytest.approx(100 * (10 + 1 + 5) / 20)


def test_coverage_counts_sentences_of_the_reference_and_no_other_witness():
    reference = [sentence(i, "s") for i in range(4)]
    other = Bead("1-1", "C", (sentence(3, "s"),), (sentence(3, "s"),), 0.9)
    beads = [bead("s", "s", index=0), bead("s", "", index=1), bead("s", "s", index=2), other]
    assert score.coverage(beads, reference, "A") == 0.5
    assert score.coverage([], [], "A") == 0.0


class TestStringMetrics:
    reference, hypothesis = "The crowd gathered and tried to march.", "The crowd came together and tried to march."

    def test_segments_have_sacrebleus_values(self):
        metrics = score.segment_metrics(self.reference, self.hypothesis, 0.7)
        assert metrics.bleu == pytest.approx(sacrebleu.sentence_bleu(self.hypothesis, [self.reference]).score)
        assert metrics.chrf == pytest.approx(
            sacrebleu.sentence_chrf(self.hypothesis, [self.reference], word_order=2).score
        )
        assert metrics.ter == pytest.approx(sacrebleu.sentence_ter(self.hypothesis, [self.reference]).score)
        assert metrics.similarity == 0.7

    def test_a_short_segment_is_not_zero_for_want_of_four_words(self):
        assert score.segment_metrics("But why now?", "But why now?").bleu == pytest.approx(100.0)

    def test_a_copy_has_the_corpus_scores_of_what_both_sides_carry(self):
        beads = [bead(self.reference, self.hypothesis), bead(TEN, TEN, similarity=0.5), bead(FIVE, ""), bead("", FIVE)]
        hypotheses, references = [self.hypothesis, TEN], [[self.reference, TEN]]
        metrics = score.copy_metrics(beads)
        assert metrics.bleu == pytest.approx(sacrebleu.corpus_bleu(hypotheses, references).score)
        assert metrics.chrf == pytest.approx(sacrebleu.corpus_chrf(hypotheses, references, word_order=2).score)
        assert metrics.ter == pytest.approx(sacrebleu.corpus_ter(hypotheses, references).score)
        assert metrics.similarity == pytest.approx((7 * 0.9 + 10 * 0.5) / 17)

    def test_a_copy_that_carries_nothing_has_no_metrics(self):
        assert score.copy_metrics([bead(FIVE, "")]).bleu is None

    def test_signatures_are_sacrebleus_and_do_not_depend_on_what_was_scored_before(self):
        first = score.metric_signatures()
        score.copy_metrics([bead(TEN, FIVE)])
        assert score.metric_signatures() == first
        assert first["bleu"].startswith("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:")
        assert "nw:2" in first["chrf"]
