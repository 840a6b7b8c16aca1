"""The risk network: what it is told, that numpy computes what PyTorch trained, and what becomes of its distrust."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from drift.align.words import default_encoder
from drift.errors import ModelError
from drift.judge import judge
from drift.judge.analysis import Analysis, analyse
from drift.judge.detector import Candidate
from drift.judge.features import FEATURES, own_features, pair_features
from drift.judge.risk import CATEGORIES, SHIPPED, Risk, WordRisk, arcs, default_risk
from drift.judge.side import read_sides
from drift.judge.suspects import suspects
from drift.judge.tagger import default_tagger
from drift.judge.verdicts import examine, first_explanation

PAIRS = (
    ("The minister resigned on Monday.", "The minister resigned on Monday."),
    ("The minister resigned on Monday.", "The minister did not resign on Monday."),
    ("Two hundred people fled the city of Aktau.", "Two hundred people fled."),
    ("Yes.", "The police opened fire, said the mayor, and nobody helped."),
    ("Nothing here.", ""),
)


def analyses(pairs: tuple[tuple[str, str], ...]) -> list[Analysis]:
    sides = read_sides([text for pair in pairs for text in pair], default_encoder(), default_tagger())
    return [analyse(sides[a], sides[b]) for a, b in pairs]


def found(pair: Analysis) -> list[Candidate]:
    return [c for _, c in first_explanation(examine(pair))]


def opinions(pairs: list[Analysis], network: Risk | None = None) -> list[WordRisk]:
    return (network or default_risk()).of(pairs, [found(pair) for pair in pairs])


@pytest.fixture(scope="module")
def pairs() -> list[Analysis]:
    return analyses(PAIRS)


def rows(pair: Analysis) -> tuple[np.ndarray, np.ndarray]:
    ref, hyp = pair_features(pair, own_features(pair.ref), own_features(pair.hyp), found(pair))
    return ref.values, hyp.values


def test_every_word_has_a_row(pairs: list[Analysis]) -> None:
    for pair in pairs:
        ref, hyp = rows(pair)
        assert ref.shape == (len(pair.ref.tokens), FEATURES)
        assert hyp.shape == (len(pair.hyp.tokens), FEATURES)
        assert np.isfinite(ref).all()
        assert np.isfinite(hyp).all()


def test_features_tell_linked_words_from_lost_ones(pairs: list[Analysis]) -> None:
    lost = pairs[2]
    ref, _ = rows(lost)
    linked = {lost.ref.words[k] for k in range(len(ref)) if ref[k, 0] == 1}
    assert {"people", "fled"} <= linked
    assert "aktau" not in linked


def test_features_tell_what_a_detector_says_of_a_word(pairs: list[Analysis]) -> None:
    pair = pairs[1]
    said = Candidate("polarity.added", "polarity", "critical", 0.8, "", None, (2, 4))
    before, after = (pair_features(pair, own_features(pair.ref), own_features(pair.hyp), what) for what in ((), (said,)))
    assert np.array_equal(before[0].values, after[0].values)
    rows, columns = np.nonzero(before[1].values != after[1].values)
    assert set(rows) == {2, 3}
    assert len(set(columns)) == 2  # that it is polarity, and that it is critical
    assert np.allclose(after[1].values[2, columns[:2]], 0.8)


def test_the_network_hears_the_detectors_and_so_does_the_judge(pairs: list[Analysis]) -> None:
    pair = pairs[1]
    deaf, hearing = default_risk().of([pair], [[]])[0], opinions([pair])[0]
    assert hearing.change > deaf.change  # a negation that the detector found
    assert judge(*PAIRS[1]).evidence["change"] == hearing.change


@pytest.mark.parametrize(
    ("reference", "hypothesis", "word", "columns"),
    [
        ("The surgeon accused the nurse.", "The nurse was accused by the surgeon.", "surgeon", (1, 0)),
        ("The surgeon accused the nurse.", "The surgeon was accused by the nurse.", "surgeon", (0, 1)),
        ("The surgeon slept.", "It rained.", "surgeon", (0, 0)),
    ],
)
def test_features_tell_whether_a_part_is_kept(reference: str, hypothesis: str, word: str, columns: tuple[int, int]) -> None:
    (pair,) = analyses(((reference, hypothesis),))
    at = FEATURES - 6  # the same part of the same governor, another part of it
    assert tuple(rows(pair)[0][pair.ref.words.index(word), at : at + 2]) == columns


@pytest.mark.parametrize(
    ("reference", "hypothesis", "word", "columns"),
    [
        ("The court approved the plan.", "The court did not approve the plan.", "approved", (0, 1, 1)),
        ("Nobody approved the plan.", "The plan was not approved.", "approved", (1, 1, 0)),
        ("He came.", "He did not fail to come.", "came", (0, 0, 0)),
    ],
)
def test_features_tell_what_is_denied(reference: str, hypothesis: str, word: str, columns: tuple[int, int, int]) -> None:
    (pair,) = analyses(((reference, hypothesis),))
    at = FEATURES - 4  # denied here, there, on one side alone
    assert tuple(rows(pair)[0][pair.ref.words.index(word), at : at + 3]) == columns


def test_the_surest_of_two_detectors_counts(pairs: list[Analysis]) -> None:
    pair = pairs[1]
    said = [Candidate("wording.word", "wording", "major", strength, "", None, (2, 3)) for strength in (0.7, 0.4)]
    rows = [pair_features(pair, own_features(pair.ref), own_features(pair.hyp), what)[1].values for what in (said, said[:1])]
    assert np.array_equal(*rows)


def test_features_of_a_pair_turned_round_are_the_features_turned_round(pairs: list[Analysis]) -> None:
    pair = pairs[1]
    there = rows(pair)
    back = rows(Analysis(pair.hyp, pair.ref, pair.cosine.T, tuple(sorted((j, i) for i, j in pair.links))))
    plain = slice(0, 40)  # the lexicon's relations have a direction
    assert np.array_equal(there[0][:, plain], back[1][:, plain])
    assert np.array_equal(there[1][:, plain], back[0][:, plain])


def test_a_pair_is_judged_alike_whatever_is_beside_it(pairs: list[Analysis]) -> None:
    together = opinions(pairs)
    for pair, said in zip(pairs, together, strict=True):
        alone = opinions([pair])[0]
        assert np.array_equal(said.hyp, alone.hyp)
        assert np.array_equal(said.ref, alone.ref)
        assert said.charge == alone.charge
        assert said.change == alone.change


def test_opinions_have_one_entry_a_word(pairs: list[Analysis]) -> None:
    for pair, said in zip(pairs, opinions(pairs), strict=True):
        assert said.hyp.shape == (len(pair.hyp.tokens),)
        assert said.ref.shape == (len(pair.ref.tokens),)
        assert said.hyp_kinds.shape == (len(pair.hyp.tokens), len(CATEGORIES))
        assert said.hyp_change.shape == said.hyp.shape
        assert said.ref_change.shape == said.ref.shape
        assert said.charge >= 0
        if len(said.ref):
            assert np.allclose(said.ref_kinds.sum(1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("reference", "intact", "spoilt"),
    [
        ("The court freed the two journalists.", "The court released the two journalists.", "The court released the journalists' two."),
        ("He was born in Milan in 1950.", "He was born at Milan in 1950.", "He was born at Milan in 1905."),
        ("Protesters set fire to the town hall.", "The protesters torched the town hall.", "The protesters torched."),
        (
            "Protesters set fire to the town hall on Monday night.",
            "On Monday night protesters torched the town hall.",
            "On Monday night protesters torched.",
        ),
        ("She never spoke of it again.", "She never talked about it again.", "She always talked about it again."),
        ("The bank lost three billion euros.", "The bank lost three billion euros.", "The bank lost three billion."),
    ],
)
def test_a_spoilt_sentence_is_charged_more(reference: str, intact: str, spoilt: str) -> None:
    good, bad = opinions(analyses(((reference, intact), (reference, spoilt))))
    assert bad.charge > good.charge


def test_arcs_join_governors_and_their_counterparts() -> None:
    # "dogs bite" beside "dogs bite": the noun is governed by the verb, which is the root; hypothesis first
    got = arcs((1, 1), (1, 1), [(0, 0), (1, 1)])
    assert got.tolist() == [[0, 1, 0, 3], [2, 0, 4, 4], [0, 3, 0, 1], [4, 4, 2, 0]]
    assert arcs((1, 1), (), []).tolist() == [[0, 1], [2, 0]]
    assert arcs((), (), []).shape == (0, 0)


def test_a_network_of_an_older_version_is_refused(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    save_file({k: v for k, v in load_file(SHIPPED).items() if k != "arc"}, tmp_path / "risk.safetensors")
    with pytest.raises(ModelError, match="DR405"):
        Risk(tmp_path / "risk.safetensors")


def test_numpy_computes_what_pytorch_trains(pairs: list[Analysis], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch
    from safetensors.numpy import save_file

    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    for name in ("risk_net",):
        sys.modules.pop(name, None)
    from risk_net import CHANGE, CHARGE, ERROR, KINDS, Network, Pairs

    torch.manual_seed(3)
    net = Network(width=32, layers=2).eval()
    torch.nn.init.normal_(net.arc)  # zero before it is trained
    state = {k: v.detach().numpy().astype(np.float16) for k, v in net.state_dict().items()}
    save_file(state, tmp_path / "risk.safetensors")
    net.load_state_dict({k: torch.from_numpy(v.astype(np.float32)) for k, v in state.items()})
    said = opinions(pairs, Risk(tmp_path / "risk.safetensors"))
    held = Pairs([])
    for pair in pairs:
        ref, hyp = pair_features(pair, own_features(pair.ref), own_features(pair.hyp), found(pair))
        at = len(held.vectors)
        held.vectors += [torch.from_numpy(pair.ref.vectors), torch.from_numpy(pair.hyp.vectors)]
        held.heads += [np.array(side.tags.head) for side in (pair.ref, pair.hyp)]
        held.rows.append((at, at + 1, ref.values, ref.match, hyp.values, hyp.match, pair.links))
    batch = held.batch(range(len(pairs)))
    with torch.no_grad():
        out = net(*batch).numpy()
    for b, (pair, opinion) in enumerate(zip(pairs, said, strict=True)):
        m, n = len(pair.hyp.tokens), len(pair.ref.tokens)
        assert np.allclose(opinion.hyp, out[b, :m, ERROR], atol=2e-3)
        assert np.allclose(opinion.ref, out[b, m : m + n, ERROR], atol=2e-3)
        assert np.allclose(opinion.charge, np.logaddexp(0, out[b, : m + n, CHARGE]).sum(), atol=2e-2)
        assert np.allclose(opinion.hyp_change, out[b, :m, CHANGE], atol=2e-3)
        assert np.allclose(opinion.change, np.logaddexp.reduce(out[b, : m + n, CHANGE]), atol=2e-2)
        shares = np.exp(out[b, :m, KINDS:]) / np.exp(out[b, :m, KINDS:]).sum(1, keepdims=True)
        assert np.allclose(opinion.hyp_kinds, shares, atol=2e-3)


def test_a_lost_object_in_a_short_sentence_is_scored_worse() -> None:
    reference = "Protesters set fire to the town hall."
    intact, spoilt = (judge(reference, text) for text in ("The protesters torched the town hall.", "The protesters torched."))
    assert spoilt.score > intact.score


def test_a_network_of_another_version_is_refused(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    save_file({"fea.weight": np.zeros((4, 7), np.float16)}, tmp_path / "risk.safetensors")
    with pytest.raises(ModelError, match="another version"):
        Risk(tmp_path / "risk.safetensors")


def opinion(pair: Analysis, *, hyp: dict[str, float] | None = None, ref: dict[str, float] | None = None, kind: str = "wording") -> WordRisk:
    """A network that distrusts just these words."""

    def side(words: tuple[str, ...], said: dict[str, float]) -> np.ndarray:
        return np.array([said.get(w, -6.0) for w in words], np.float32)

    kinds = np.eye(len(CATEGORIES), dtype=np.float32)[[CATEGORIES.index(kind)]]  # type: ignore[arg-type]
    a, b = side(pair.hyp.words, hyp or {}), side(pair.ref.words, ref or {})
    return WordRisk(a, b, kinds.repeat(len(a), 0), kinds.repeat(len(b), 0), 1.0, a, b, 1.0)


def test_distrusted_neighbours_are_one_suspicion() -> None:
    (pair,) = analyses((("He walked home slowly.", "He drove a lorry home."),))
    found = suspects(pair, opinion(pair, hyp={"drove": 1.0, "a": 0.0, "lorry": 2.0}), [])
    assert [pair.hyp.text[slice(*pair.hyp.span(*c.hyp))] for c in found if c.hyp] == ["drove a lorry"]


def test_what_a_detector_explained_is_left_alone() -> None:
    (pair,) = analyses((("He walked home.", "He drove home."),))
    said = Candidate("wording.word", "wording", "major", 0.9, "", (1, 2), (1, 2))
    assert suspects(pair, opinion(pair, hyp={"drove": 3.0}, ref={"walked": 3.0}), [said]) == []


def test_a_pair_of_linked_words_is_one_suspicion() -> None:
    (pair,) = analyses((("He walked home.", "He drove home."),))
    assert len(suspects(pair, opinion(pair, hyp={"drove": 3.0}, ref={"walked": 3.0}), [])) == 1


def test_a_lost_word_is_an_omission_and_a_new_one_an_addition() -> None:
    lost, added = analyses((("He walked home slowly.", "He walked home."), ("He walked home.", "He walked home slowly.")))
    assert [c.category for c in suspects(lost, opinion(lost, ref={"slowly": 1.0}, kind="omission"), [])] == ["omission"]
    assert [c.category for c in suspects(added, opinion(added, hyp={"slowly": 1.0}, kind="addition"), [])] == ["addition"]


def test_trusted_words_raise_no_suspicion(pairs: list[Analysis]) -> None:
    assert all(suspects(pair, opinion(pair), []) == [] for pair in pairs)
