"""The neural engines on the shipped model and on tiny random ones of every family."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drift.errors import ModelError
from drift.translate import convert
from drift.translate.base import Translator
from drift.translate.catalogue import shipped
from drift.translate.convert import convertible
from drift.translate.ctranslate2_engine import CTranslate2Translator
from drift.translate.families import family_of
from drift.translate.neural import Decoded, Job, NeuralTranslator
from drift.translate.pieces import MarianPieces
from drift.translate.transformers_engine import TransformersTranslator
from drift.translate.weights import digest, open_folder

FRENCH = [
    "La foule s’est rassemblée devant le palais.", "Non.", "Le prix a augmenté de 2,5 % en 2021.",
    "Il n’est pas venu parce qu’il était malade et que personne ne l’avait prévenu.", "Pourquoi ?",
    "Le conseil municipal se réunira jeudi pour voter le budget.", "Les enfants jouent dans le jardin.",
    "C’est la première fois que cela arrive.", "Elle a dit : « Je reviendrai demain. »",
]
ENGINES = {"ctranslate2": CTranslate2Translator, "transformers": TransformersTranslator}


@pytest.fixture(scope="module")
def french(tmp_path_factory):
    """The shipped fr→en model in both engines; converted once for all tests."""
    info = next(i for i in shipped() if i.source == ("fr",))
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    checkpoint = open_folder(Path(info.where))
    yield {name: engine(checkpoint, source="fr", target="en") for name, engine in ENGINES.items()}
    patch.undo()


@pytest.mark.parametrize("engine", ENGINES)
class TestShippedModel:
    def test_keeps_the_protocol(self, french, engine):
        translator = french[engine]
        assert isinstance(translator, Translator)
        assert (translator.engine, translator.source, translator.target) == (engine, "fr", "en")

    def test_each_translation_says_what_made_it(self, french, engine):
        translator = french[engine]
        made, = translator.translate([FRENCH[0]])
        assert (made.engine, made.model, made.revision) == (engine, translator.model, translator.revision)
        assert len(made.revision) == 12
        assert made.logprob < 0
        assert made.text != FRENCH[0]

    def test_a_sentence_does_not_depend_on_its_neighbours(self, french, engine):
        """Text and log-probability, bit for bit: alone, in any order, repeated, beside any other."""
        translator = french[engine]
        together = translator.translate(FRENCH)
        assert [translator.translate([s])[0] for s in FRENCH[:4]] == together[:4]
        assert translator.translate(FRENCH[3::-1])[::-1] == together[:4]
        assert translator.translate([FRENCH[1]] * 3 + [FRENCH[0]]) == [together[1]] * 3 + [together[0]]

    def test_nothing_to_translate(self, french, engine):
        assert french[engine].translate([]) == []
        empty, dots = french[engine].translate(["", " … "])
        assert (empty.text, dots.text, empty.flags, dots.flags) == ("", "…", (), ())

    def test_progress_adds_up_to_the_number_of_sentences(self, french, engine):
        steps = []
        french[engine].translate([FRENCH[0], "", FRENCH[1], FRENCH[0]], progress=steps.append)
        assert sum(steps) == 4
        assert min(steps) >= 0

    def test_forced_decoding_agrees_with_the_search(self, french, engine):
        """The mean over the forced tokens of its own output is the log-probability the search reported."""
        translator = french[engine]
        made = translator.translate(FRENCH[:1])[0]
        tokens, = translator.score(FRENCH[:1], [made.text])
        mean = sum(p for _, p in tokens) / len(tokens)
        assert mean == pytest.approx(made.logprob, abs=0.05)
        assert tokens[-1][0] == "</s>"
        assert all(p <= 0 for _, p in tokens)
        spelled = "".join(t for t, _ in tokens[:-1]).replace("▁", " ").strip()
        assert spelled == made.text

    def test_forced_decoding_prefers_the_right_word(self, french, engine):
        right, wrong = french[engine].score(["Les enfants jouent."] * 2, ["The children play.", "The taxes play."])
        assert sum(p for _, p in right) > sum(p for _, p in wrong)

    def test_scoring_unequal_numbers_is_refused(self, french, engine):
        with pytest.raises(ValueError, match="1 sources and 2 targets"):
            french[engine].score(["a"], ["b", "c"])

    def test_text_too_long_for_the_model_is_split_and_says_so(self, french, engine):
        translator = french[engine]
        text = " ; ".join(["Le conseil se réunira jeudi"] * (translator.max_pieces // 5))
        assert translator.count(text) > translator.max_pieces
        parts = list(translator.parts(text))
        assert " ".join(parts) == text
        assert max(map(translator.count, parts)) <= translator.max_pieces


def test_both_engines_score_alike(french):
    pair = ["Le conseil se réunira jeudi."], ["The council will meet on Thursday."]
    a, b = (french[e].score(*pair)[0] for e in ENGINES)
    assert [t for t, _ in a] == [t for t, _ in b]
    assert [p for _, p in a] == pytest.approx([p for _, p in b], abs=0.5)  # int8 against fp32


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_pieces_are_those_of_marian_s_own_tokenizer():
    from transformers import MarianTokenizer

    folder = Path(next(i for i in shipped() if i.source == ("fr",)).where)
    theirs, ours = MarianTokenizer.from_pretrained(folder), MarianPieces(folder)
    for text in [*FRENCH, "日本 Ωmega ŵ", "a  b"]:
        pieces = ours.encode(text)
        if not any(ord(c) in ours._spelling for c in text):
            assert pieces == theirs.convert_ids_to_tokens(theirs(text)["input_ids"])
        assert ours.decode(pieces) == theirs.decode(theirs.convert_tokens_to_ids(pieces), skip_special_tokens=True)


FAMILIES = [("marian", "", ()), ("m2m100", ";fr>en", ("__en__",)), ("nllb", ";fra_Latn>eng_Latn", ("eng_Latn",)),
            ("mbart50", ";fr_XX>en_XX", ("en_XX",)), ("madlad", ";<2en>", ())]


@pytest.mark.parametrize(("family", "settings", "start"), FAMILIES)
class TestFamilies:
    def test_loads_and_translates(self, checkpoints, family, settings, start):
        translator = TransformersTranslator(checkpoints(family), source="fr", target="en")
        assert translator.settings.endswith(settings)
        made = translator.translate(["Le chat dort.", "Le chat ne dort pas."])
        assert [m.logprob < 0 for m in made] == [True, True]
        assert translator.translate(["Le chat dort."])[0] == made[0]

    def test_language_marks_stand_where_the_family_wants_them(self, checkpoints, family, settings, start):
        translator = TransformersTranslator(checkpoints(family), source="fr", target="en")
        source = translator._family.tokens(translator._family.encode("Le chat dort.")["input_ids"])
        assert source[-1] == "</s>"
        first = {"m2m100": "__fr__", "nllb": "fra_Latn", "mbart50": "fr_XX"}.get(family)
        assert first is None or source[0] == first
        assert family != "madlad" or "<2en>" in source[:2]
        assert tuple(translator._family.tokens(translator._family.start)) == start

    def test_the_model_s_first_word_is_the_forced_language(self, checkpoints, family, settings, start):
        import torch

        translator = TransformersTranslator(checkpoints(family), source="fr", target="en")
        inputs = {k: torch.tensor([v]) for k, v in translator._family.encode("Le chat.").items()}
        ids = translator._net.generate(**inputs, num_beams=2, max_new_tokens=6, **translator._family.generation)[0]
        assert tuple(translator._family.tokens(ids[1:1 + len(start)].tolist())) == start

    def test_forced_decoding_has_one_value_for_each_target_piece(self, checkpoints, family, settings, start):
        translator = TransformersTranslator(checkpoints(family), source="fr", target="en")
        tokens, = translator.score(["Le chat dort."], ["The cat sleeps."])
        assert "".join(t for t, _ in tokens).replace("▁", " ").strip() == "The cat sleeps.</s>"
        assert all(p < 0 for _, p in tokens)

    def test_forced_decoding_of_the_model_s_own_ids_gives_the_search_s_sum(self, checkpoints, family, settings, start):
        """The same number by two ways: the scores of a greedy search, and teacher forcing on what it found."""
        import torch

        translator = TransformersTranslator(checkpoints(family), source="fr", target="en")
        inputs = {k: torch.tensor([v]) for k, v in translator._family.encode("Le chat dort.").items()}
        found = translator._net.generate(**inputs, num_beams=1, max_new_tokens=6, output_logits=True,
                                         return_dict_in_generate=True, **translator._family.generation)
        ids = found.sequences[0].tolist()[1:]
        skip = len(start)
        logits = torch.stack([step[0] for step in found.logits])[skip:]
        logits[:, list(translator._family.banned)] = float("-inf")
        wanted = torch.log_softmax(logits, -1)[range(len(ids) - skip), ids[skip:]].tolist()
        family_ = translator._family
        end = family_.end in ids[skip:]
        kept = [i for i in ids[skip:] if i != family_.end]
        object.__setattr__(family_, "tokenizer", _Fixed(family_.tokenizer, kept))
        got = [p for _, p in translator.score(["Le chat dort."], ["anything"])[0]]
        assert got[:len(kept) + end] == pytest.approx(wanted[:len(kept) + end], abs=1e-3)


class _Fixed:
    """A tokenizer whose target ids are given."""

    def __init__(self, inner, ids):
        self.inner, self.ids = inner, ids

    def __call__(self, text=None, *, text_target=None):
        return {"input_ids": self.ids} if text_target is not None else self.inner(text)

    def __getattr__(self, name):
        return getattr(self.inner, name)


@pytest.mark.parametrize(("family", "source", "target"), [("m2m100", "ace", "en"), ("nllb", "fr", "xx"),
                                                          ("mbart50", "cy", "en"), ("madlad", "fr", "cy")])
def test_a_language_the_model_lacks_is_an_error_with_the_option(checkpoints, family, source, target):
    with pytest.raises(ModelError, match=r"DR208.*does not know the language.*--model"):
        TransformersTranslator(checkpoints(family), source=source, target=target)


def test_a_marian_model_with_several_targets_is_told_which(tmp_path, marian_at):
    checkpoint = open_folder(marian_at(tmp_path / "many", languages=("deu", "eng")))
    for engine in ENGINES.values():
        translator = engine(checkpoint, source="fr", target="en")
        assert ">>eng<<" in translator.settings
        assert translator.count("Le chat.") == translator.count("Le chat. Le chat.") - translator.count("Le chat.") + 2
        with pytest.raises(ModelError, match="DR208"):
            engine(checkpoint, source="fr", target="es")


def test_stray_language_tokens_do_not_stop_a_model_into_english(tmp_path, marian_at):
    checkpoint = open_folder(marian_at(tmp_path / "stray", languages=("deu", "fra")))
    for engine in ENGINES.values():
        assert ">>" not in engine(checkpoint, source="fr", target="en").settings


def test_a_family_drift_does_not_know_is_refused(checkpoints):
    from dataclasses import replace

    odd = replace(checkpoints("marian"), config={"model_type": "bart"})
    tokenizer = TransformersTranslator(checkpoints("marian"), source="fr", target="en")._tokenizer
    with pytest.raises(ModelError, match=r"DR208.*'bart'"):
        family_of(odd, tokenizer, "fr", "en")


class TestConversion:
    def test_ctranslate2_says_what_the_checkpoint_says(self, checkpoints):
        a, b = (ENGINES[e](checkpoints("marian"), source="fr", target="en").score(["Le chat."], ["The cat."])[0]
                for e in ENGINES)
        assert [p for _, p in a] == pytest.approx([p for _, p in b], abs=0.6)

    def test_a_padding_embedding_that_was_trained_is_noticed(self, tmp_path, marian_at):
        """Converted all the same, such a model would drop the first word of every sentence."""
        checkpoint = open_folder(marian_at(tmp_path / "moved", moved_padding=True))
        assert convertible(checkpoint) == "its padding embedding is not zero"
        with pytest.raises(ModelError, match=r"DR205.*padding.*--engine transformers"):
            CTranslate2Translator(checkpoint, source="fr", target="en")

    @pytest.mark.parametrize("family", ["nllb", "m2m100", "mbart50", "madlad"])
    def test_other_families_are_left_to_transformers(self, checkpoints, family):
        assert "not Marian" in convertible(checkpoints(family))

    def test_it_happens_once(self, checkpoints, own_cache):
        CTranslate2Translator(checkpoints("marian"), source="fr", target="en")
        model, = own_cache.rglob("model.bin")
        before = model.stat().st_mtime_ns
        CTranslate2Translator(checkpoints("marian"), source="fr", target="en")
        assert model.stat().st_mtime_ns == before
        assert not list(own_cache.rglob(".making-*"))

    def test_a_damaged_cache_is_made_anew(self, checkpoints, own_cache):
        good = CTranslate2Translator(checkpoints("marian"), source="fr", target="en").translate(FRENCH[:1])
        model, = own_cache.rglob("model.bin")
        model.write_bytes(b"not a model")
        assert CTranslate2Translator(checkpoints("marian"), source="fr", target="en").translate(FRENCH[:1]) == good

    def test_a_cache_that_cannot_be_written_is_done_without(self, checkpoints, tmp_path, monkeypatch):
        (tmp_path / "file").write_text("in the way")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
        made, = CTranslate2Translator(checkpoints("marian"), source="fr", target="en").translate(FRENCH[:1])
        assert made.logprob < 0

    def test_several_at_once_end_with_one_whole_model(self, checkpoints, own_cache, monkeypatch):
        """Each converts in a folder of its own; whoever comes second finds the first one's model and drops its own."""
        together = threading.Barrier(4)

        def slow(checkpoint, folder, quantization):
            together.wait(timeout=30)
            folder.mkdir()
            (folder / "model.bin").write_text(str(folder))
            return folder

        monkeypatch.setattr(convert, "_convert", slow)
        with ThreadPoolExecutor(4) as pool:
            folders = set(pool.map(lambda _: convert.converted(checkpoints("marian"), quantization="int8"), range(4)))
        assert [(f / "model.bin").is_file() for f in folders] == [True]
        assert len(list(own_cache.rglob("*"))) == 4  # drift / ctranslate2 / model folder / model.bin

    def test_a_kill_in_the_middle_leaves_nothing_that_passes_for_a_model(self, checkpoints, own_cache, monkeypatch):
        def killed(checkpoint, folder, quantization):
            folder.mkdir()
            (folder / "model.bin").write_text("half")
            raise KeyboardInterrupt

        monkeypatch.setattr(convert, "_convert", killed)
        with pytest.raises(KeyboardInterrupt):
            convert.converted(checkpoints("marian"), quantization="int8")
        assert not list(own_cache.rglob("model.bin"))


class TestCheckpoints:
    def test_digest_sees_a_changed_weight_and_not_the_card(self, checkpoints, tmp_path):
        folder = shutil.copytree(checkpoints("marian").folder, tmp_path / "copy")
        assert digest(folder) == checkpoints("marian").revision
        (folder / "drift.json").write_text("{}")
        (folder / "README.md").write_text("card")
        assert digest(folder) == checkpoints("marian").revision
        weights = folder / "model.safetensors"
        data = bytearray(weights.read_bytes())
        data[-7] ^= 1
        weights.write_bytes(data)
        assert digest(folder) != checkpoints("marian").revision

    @pytest.mark.parametrize(("spoil", "code"), [
        (lambda f: (f / "config.json").unlink(), "DR203"),
        (lambda f: (f / "config.json").write_text("{"), "DR204"),
        (lambda f: (f / "config.json").write_text("[]"), "DR204"),
        (lambda f: (f / "model.safetensors").rename(f / "pytorch_model.bin"), "DR203"),
        (lambda f: (f / "model.safetensors").write_bytes(b"\x00" * 100), "DR204"),
        (lambda f: (f / "vocab.json").write_text("no"), "DR204"),
        (lambda f: (f / "source.spm").write_bytes(b"no"), "DR204"),
    ])
    @pytest.mark.parametrize("engine", ENGINES)
    def test_a_broken_folder_is_one_sentence(self, checkpoints, tmp_path, spoil, code, engine):
        folder = shutil.copytree(checkpoints("marian").folder, tmp_path / "broken")
        spoil(folder)
        with pytest.raises(ModelError) as caught:
            ENGINES[engine](open_folder(folder), source="fr", target="en").translate(FRENCH[:1])
        assert caught.value.code == code
        assert "\n" not in str(caught.value)
        assert caught.value.exit_code == 3

    def test_code_in_a_checkpoint_is_never_run(self, checkpoints, tmp_path):
        import json

        folder = shutil.copytree(checkpoints("marian").folder, tmp_path / "hostile")
        (folder / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
        config = json.loads((folder / "config.json").read_text())
        config["auto_map"] = {"AutoModelForSeq2SeqLM": "evil.Model", "AutoConfig": "evil.Config"}
        (folder / "config.json").write_text(json.dumps(config))
        TransformersTranslator(open_folder(folder), source="fr", target="en").translate(FRENCH[:1])
        assert not (tmp_path / "ran").exists()

    def test_an_impossible_device(self, checkpoints):
        with pytest.raises(ModelError, match=r"DR206.*--device cpu"):
            TransformersTranslator(checkpoints("marian"), source="fr", target="en", device="cuda:99")


class Scripted(NeuralTranslator):
    """A translator that says what it is told: `answers[text]` is what each try gives."""

    engine, model, revision, source, target, settings, max_pieces = "scripted", "m", "r", "fr", "en", "", 12

    def __init__(self, answers):
        self.answers, self.jobs = {k: list(v) for k, v in answers.items()}, []

    def count(self, text):
        return len(text.split()) + 1

    def decode(self, jobs, *, progress=None):
        self.jobs += jobs
        return [self.answers[j.text].pop(0) if j.text in self.answers else Decoded(j.text.upper(), -1.0, 3)
                for j in jobs]

    def score(self, sources, targets):
        return None


LOOP = Decoded("the way the way the way the way", -0.1, 9)


class TestSecondTry:
    def test_a_loop_is_tried_again_without_repeats(self):
        translator = Scripted({"Le chemin": [LOOP, Decoded("the way", -0.5, 3)]})
        made, = translator.translate(["Le chemin"])
        assert (made.text, made.flags, made.logprob) == ("the way", ("retried",), -0.5)
        assert [j.no_repeat for j in translator.jobs] == [0, 4]

    def test_a_loop_that_stays_is_kept_and_flagged(self):
        made, = Scripted({"Le chemin": [LOOP, LOOP]}).translate(["Le chemin"])
        assert (made.text, made.flags) == (LOOP.text, ("repetition",))

    def test_silence_is_tried_again_with_a_least_length(self):
        translator = Scripted({"Le chemin": [Decoded("", -3.0, 1), Decoded("the way", -2.0, 3)]})
        assert translator.translate(["Le chemin"])[0].flags == ("retried",)
        assert translator.jobs[-1] == Job("Le chemin", translator.jobs[0].limit, at_least=2)

    def test_silence_that_stays_is_flagged(self):
        made, = Scripted({"Le chemin": [Decoded("", -3.0, 1)] * 2}).translate(["Le chemin"])
        assert (made.text, made.flags) == ("", ("empty",))

    def test_a_translation_that_dropped_a_clause_is_made_clause_by_clause(self):
        text = "Des gamins très curieux... ils n’ont aucune envie de faire du mal."
        translator = Scripted({text: [Decoded("very curious", -1.0, 3)]})
        translator.max_pieces = 40
        made, = translator.translate([text])
        assert made.text == "DES GAMINS TRÈS CURIEUX... ILS N’ONT AUCUNE ENVIE DE FAIRE DU MAL."
        assert made.flags == ("retried",)

    def test_a_short_translation_of_a_single_clause_is_kept_and_flagged(self):
        text = "Des gamins très curieux mais sans aucune envie de faire"
        made, = Scripted({text: [Decoded("very curious", -1.0, 3)]}).translate([text])
        assert (made.text, made.flags) == ("very curious", ("short",))

    def test_half_characters_are_dropped(self):
        assert Scripted({"a b": [Decoded("the \ufffd\ufffd word", -1.0, 3)]}).translate(["a b"])[0].text == "the word"

    def test_output_that_does_not_end_is_flagged(self):
        made, = Scripted({"Le chemin": [Decoded("the way of", -1.0, 9, ended=False)] * 2}).translate(["Le chemin"])
        assert made.flags == ("truncated",)

    def test_a_long_sentence_is_cut_at_its_best_place(self):
        translator = Scripted({})
        made, = translator.translate(["un deux trois quatre cinq, six ; sept huit neuf dix onze, douze treize"])
        assert [j.text for j in translator.jobs] == ["un deux trois quatre cinq, six ;",
                                                     "sept huit neuf dix onze, douze treize"]
        assert made.flags == ("split",)

    def test_a_word_longer_than_the_model_can_read_still_ends(self):
        class Letters(Scripted):
            def count(self, text):
                return len(text)

        assert Letters({}).translate(["a" * 100])[0].text.replace(" ", "") == "A" * 100
