
"""Which language a text, a paragraph and a tag are."""

import random

import pytest

from drift.errors import UsageError
from drift.read.copies import copy_from_text
from drift.read.language import detect, normalise_tag

TEXTS = [
    ("en", "The harbour of the old town was closed on Friday after a storm destroyed two of its piers."),
    ("fr", "Le port de la vieille ville a été fermé vendredi après une tempête qui a détruit deux quais."),
    ("de", "Der Hafen der Altstadt wurde am Freitag geschlossen, nachdem ein Sturm zwei Piere zerstört hatte."),
    ("it", "Il porto della città vecchia è stato chiuso venerdì dopo che una tempesta ha distrutto due moli."),
    ("es", "El puerto de la ciudad vieja fue cerrado el viernes después de que una tormenta destruyera dos muelles."),
    ("pt", "O porto da cidade velha foi fechado na sexta-feira depois que uma tempestade destruiu dois cais."),
    ("ru", "Порт старого города был закрыт в пятницу после того, как шторм разрушил два причала."),
    ("uk", "Порт старого міста було закрито в п'ятницю після того, як шторм зруйнував два причали."),
    ("kk", "Ескі қаланың порты жұма күні дауыл екі айлақты қиратқаннан кейін жабылды."),
    ("be", "Порт старога горада быў зачынены ў пятніцу пасля таго, як шторм разбурыў два прычалы."),
    ("nl", "De haven van de oude stad werd vrijdag gesloten nadat een storm twee pieren had vernield."),
    ("pl", "Port starego miasta został zamknięty w piątek po tym, jak burza zniszczyła dwa mola."),
    ("zh", "老城的港口星期五关闭，因为一场风暴摧毁了两个码头。"),
    ("ja", "嵐で二つの桟橋が壊れたため、旧市街の港は金曜日に閉鎖された。"),
    ("ar", "أغلق ميناء المدينة القديمة يوم الجمعة بعد أن دمرت عاصفة اثنين من أرصفته."),
    ("ka", "ძველი ქალაქის პორტი პარასკევს დაიხურა ქარიშხლის შემდეგ."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_detect(language, text):
    guess = detect(text)
    assert guess is not None
    assert guess.language == language


@pytest.mark.parametrize("text", ["", "Yes.", "42", "Paris", "😀😀😀"])
def test_too_short_to_tell(text):
    assert detect(text) is None


def test_the_answer_depends_neither_on_order_nor_on_earlier_calls_nor_on_the_module_s_global_seed():
    from langdetect import DetectorFactory
    from langdetect import detect as elsewhere

    mixed = [*(text for _, text in TEXTS), "Die harbour de la town was geschlossen hier soir, signori."]
    before = [detect(text) for text in mixed]
    DetectorFactory.seed = 7
    elsewhere("Something else in between, by somebody who shares the process.")
    random.Random(1).shuffle(mixed)

    assert sorted(map(str, before)) == sorted(str(detect(text)) for text in mixed)
    DetectorFactory.seed = None


@pytest.mark.parametrize(
    ("tag", "code"),
    [("fr", "fr"), ("FR", "fr"), ("fr-FR", "fr"), ("fra", "fr"), ("fre", "fr"), ("fra_Latn", "fr"), ("zh-cn", "zh"),
     ("zho_Hans", "zh"), ("cmn", "zh"), ("pt_BR", "pt"), ("kaz_Cyrl", "kk"), ("arb_Arab", "ar"), (" de ", "de")],
)  # fmt: skip
def test_tags_are_normalised(tag, code):
    assert normalise_tag(tag) == code


@pytest.mark.parametrize("tag", ["", "xx", "french!", "klingon language", "1"])
def test_what_is_no_language_is_refused(tag):
    with pytest.raises(UsageError) as error:
        normalise_tag(tag)
    assert error.value.code == "DR109"


def test_a_paragraph_in_another_language_is_marked_and_the_others_are_not():
    french = dict(TEXTS)["fr"]
    text = "\n\n".join([dict(TEXTS)["en"], "Again: " + dict(TEXTS)["en"], french, "And then: " + dict(TEXTS)["en"]])
    copy = copy_from_text(text, id="x")

    assert copy.language == "en"
    assert [s.language for s in copy.sentences] == [None, None, "fr", None]


def test_an_override_counts_for_every_paragraph_that_looked_like_the_detected_language():
    text = "\n\n".join([dict(TEXTS)["ru"], dict(TEXTS)["ru"] + " Да.", dict(TEXTS)["en"]])
    copy = copy_from_text(text, id="x", language="bg")

    assert copy.language == "bg"
    assert [s.language for s in copy.sentences] == [None, None, None, "en"]


def test_a_text_too_short_to_tell_says_so_and_names_the_option():
    copy = copy_from_text("Yes. No.", id="x")

    assert copy.language is None
    assert len(copy.sentences) == 2
    assert any("--lang" in note for note in copy.notes)


def test_a_foreign_paragraph_is_found_in_a_very_long_text_too():
    french = dict(TEXTS)["fr"]
    paragraphs = [f"On day {i} the harbour of the old town was closed and the mayor said that it was for the best." for i in range(400)]
    copy = copy_from_text("\n\n".join([*paragraphs[:201], french, *paragraphs[201:]]), id="x")

    assert [s.text for s in copy.sentences if s.language == "fr"] == [french]
    assert copy.language == "en"
