"""What holds for any two texts, however nasty: spans, ranges, identity, and that batching changes nothing."""

from __future__ import annotations

import os
import pickle
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drift import judge
from drift.errors import ModelError, ResourceError
from drift.judge import Pair, judge_many
from drift.judge.jobs import MANY, suggested_jobs

LOOSE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)

WORDS = st.sampled_from(
    "the a not never Kyiv Kiev Merkel 50 fifty 2.1 billion million % rose fell dog bit man he she his they was by in on and "
    "must may ? . , “ ” don't can't 3 pm Monday 1990s half dozen rivière Москва house home about".split()
)
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join)
ANYTHING = st.text(max_size=60)

NASTY = [
    "", " ", "\n\t", "...", "?!", "“”", "—", "'", "n't", "'s", "%", "$", "1,", "1.2.3.4", "99999999999999999999999999", "1e400",
    "٣٤٥", "½ of it", "😀", "👩‍👩‍👧‍👦 are here", "\x00\x1b[31m\x07", "\u202eabc\u202c", "مرحبا بالعالم", "全ての人間は自由である。", "Ω≈ç√∫˜µ",
    "a" * 3000, "word " * 5000, "not " * 200, "12 " * 300, "A. B. C. D.", "https://example.org/a?b=c&d", "I", "x",
    "<script>alert(1)</script>", "{{7*7}}", "%s %d {}", "e\u0301" * 50, "May may march March.",
    "a dozen dozen half half a a million", "half", "and a half", "o'clock", "the 7th of", "noon midnight", "12 pm", "0:00 am",
]  # fmt: skip


def check(verdict):
    """Spans slice back, scores and confidences are in range."""
    assert 0.0 <= verdict.score <= 1.0
    for finding in verdict.findings:
        assert 0.0 <= finding.confidence <= 1.0
        assert finding.message.strip()
        assert finding.reference_span or finding.copy_span
        for span, text in ((finding.reference_span, verdict.reference), (finding.copy_span, verdict.hypothesis)):
            if span is not None:
                assert span.text == text[span.start : span.end]
                assert span.text
    for link in verdict.links:
        assert link.reference.text == verdict.reference[link.reference.start : link.reference.end]
        assert link.hypothesis.text == verdict.hypothesis[link.hypothesis.start : link.hypothesis.end]


@LOOSE
@given(SENTENCES, SENTENCES)
def test_spans_slice_back_and_scores_are_in_range(reference, hypothesis):
    check(judge(reference, hypothesis))


@LOOSE
@given(ANYTHING, ANYTHING)
def test_any_text_gets_a_verdict(reference, hypothesis):
    check(judge(reference, hypothesis))


@LOOSE
@given(st.one_of(SENTENCES, ANYTHING))
def test_a_text_means_what_it_means(text):
    verdict = judge(text, text)
    assert verdict.findings == ()
    assert verdict.score == 0.0


@settings(LOOSE, max_examples=8)
@given(st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_verdict_does_not_depend_on_the_others(pairs, random):
    alone = [judge(*pair) for pair in pairs]
    assert judge_many(pairs) == alone
    order = list(range(len(pairs)))
    random.shuffle(order)
    assert judge_many([pairs[k] for k in order]) == [alone[k] for k in order]


def test_batch_size_does_not_change_a_verdict():
    texts = [
        "The dog bit the man.",
        "He did not pay 50 dollars to Merkel in Kyiv on Monday, they say.",
        "Yes.",
        "",
        "A " * 90,
    ]
    pairs = [(a, b) for a in texts for b in texts]
    whole = judge_many(pairs)
    for size in (1, 2, 7):
        assert [v for at in range(0, len(pairs), size) for v in judge_many(pairs[at : at + size])] == whole


def test_two_processes_say_what_one_says():
    people, verbs, things = ("The mayor", "A nurse", "My aunt"), ("sold", "did not sell", "bought"), [f"{n} cows" for n in range(2, 36)]
    pairs = [(f"{a} {b} {c}.", f"{a} {verbs[0]} {c} in May.") for a in people for b in verbs for c in things]
    steps: list[tuple[int, int]] = []
    one, two = judge_many(pairs), judge_many(pairs, jobs=2, progress=lambda *at: steps.append(at))
    assert one == two
    assert steps == [(0, len(pairs)), (256, len(pairs)), (len(pairs), len(pairs))]


@pytest.mark.parametrize(("pairs", "cores", "jobs"), [(MANY - 1, 4, 1), (MANY, 4, 4), (MANY, 1, 1), (10 * MANY, 64, 8)])
def test_many_pairs_are_shared_among_the_cores(monkeypatch, pairs, cores, jobs):
    monkeypatch.setattr("drift.translate.convert.threads", lambda: cores)
    assert suggested_jobs(pairs) == jobs


def test_an_error_comes_through_whole():
    error = pickle.loads(pickle.dumps(ModelError("DR401", "there is no model")))
    assert (type(error), error.code, error.message, str(error)) == (ModelError, "DR401", "there is no model", "[DR401] there is no model")


def _die(*_):
    os._exit(9)  # as a process does that the system kills for its memory


COWS = [(f"The mayor sold {n} cows.", f"The mayor bought {n} cows.") for n in range(2, 300)]


def test_a_process_that_dies_is_said(monkeypatch):
    monkeypatch.setattr(import_module("drift.judge.jobs"), "_begin", _die)
    with pytest.raises(ResourceError, match=r"DR408.*2 judging processes died.*--jobs 1"):
        judge_many(COWS, jobs=2)


def test_where_there_can_be_no_processes_one_does_it_all(monkeypatch):
    def refuse(*_):
        raise NotImplementedError("no semaphores")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    assert judge_many(COWS, jobs=2) == judge_many(COWS)


def test_no_process_at_all_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        judge_many([("A dog.", "A cat.")], jobs=0)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_texts_on_either_side(text):
    plain = "The dog bit the man on 3 May."
    for verdict in judge_many([(text, plain), (plain, text)]):
        check(verdict)
    assert judge(text, text).score == 0.0


def test_nothing_to_judge():
    assert judge_many([]) == []


def test_a_pair_keeps_its_source():
    verdict = judge("The dog sleeps.", "The cat sleeps.", source="Le chat dort.", language="fr")
    assert (verdict.source, verdict.language) == ("Le chat dort.", "fr")
    assert judge_many([Pair("The dog sleeps.", "The cat sleeps.", "Le chat dort.", "fr")]) == [verdict]
