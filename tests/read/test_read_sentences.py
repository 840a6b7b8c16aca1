
"""Where sentences begin and end. "¦" marks a boundary in the tables below."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.read.sentences import split

BOUNDARIES = [
    # abbreviations, initials, figures
    ("en", "Mr. Smith met Gen. Ray in the U.S. on Jan. 7. ¦ It cost $2.1 billion."),
    ("en", "J. K. Rowling and George W. Bush met at 5 p.m. on Friday. ¦ They left."),
    ("en", "He works for Acme Inc. ¦ The firm paid No. 5 in full."),
    ("en", "The U.S. Army left. ¦ In the U.S. ¦ The army stayed."),
    ("en", "Version 3.5 is out. ¦ He paid 1.000.000 euros."),
    ("fr", "M. Dupont et Mme Durand, cf. p. 12, sont là. ¦ Le 3 janv. 2022, J.-C. Juncker dit : « Non ! » ¦ Puis rien."),
    ("de", "Er kam, z. B. am 7. Januar, d. h. spät. ¦ Prof. Dr. Müller ging ca. 5 km. ¦ Am 3. Mai um 5 Uhr. ¦ Ja."),
    ("it", "Il Sig. Rossi e l'on. Bianchi. ¦ Poi il dott. Verdi arrivò."),
    ("es", "El Sr. García llegó. ¦ ¿Qué dijo? ¦ ¡Nada! ¦ EE. UU. dijo que no. ¦ ¿Y ahora?"),
    ("pt", "O Sr. Silva chegou. ¦ A Dra. Ana não veio às 5 h. ¦ Por quê? ¦ Não sei."),
    ("ru", "А. С. Пушкин жил в г. Москве. ¦ В 2012 г. Путин сказал: «Нет». ¦ Было 5 млн. рублей, т. е. много."),
    ("uk", "О. Зеленський приїхав до м. Київ. ¦ Він сказав: «Ні». ¦ У 2012 р. Янукович пішов."),
    ("nl", "Dhr. Jansen en mevr. De Vries, o.a. hier, kwamen om 5 uur. ¦ Ja."),
    ("pl", "Prof. Kowalski z ul. Długiej, m.in. tu. ¦ W 2012 r. był premierem. ¦ „Tak.” ¦ Poszedł."),
    ("tr", "Dr. Yılmaz geldi. ¦ Saat 5.30'da gitti. ¦ Neden?"),
    ("zh", "花了2.1亿美元……真的吗？¦是。¦他走了。"),
    ("ja", "彼は「はい。」と言った。¦3.5％増えた。¦本当？¦そうだ！"),
    ("ar", "ما هذا؟ ¦ قال «نعم.» ¦ بلغ 2.1 مليار دولار، قال د. أحمد."),
    ("hi", "यह है। ¦ वह है। ¦ क्या?"),
    ("ko", "그는 갔다. ¦ 왜? ¦ 2.1조 원이다."),
    # quotes, matched and mismatched
    ("en", '"Stop!" he cried. ¦ "Now." ¦ Then he left.'),
    ("en", "“Why?” he asked. ¦ “Because,” she said. ¦ “I don’t know.”"),
    ("en", "‘Who is it?’ ¦ ‘Me.’ ¦ She left."),
    ("en", "She keeps the shop “. ¦ He left it ”. ¦ “They all did .”"),
    ("en", "“It is over ,”he said. ¦ Nobody spoke."),
    ("en", "The note reads “to rest” . ¦ Then it ends."),
    ("fr", "Il parle des « rumeurs « . ¦ « L’ancien maire – a-t-il dit – reste« . ¦ Il rit."),
    ("fr", "« Oui. » ¦ Il est parti. ¦ « Où ça ? »"),
    ("de", "„Wirklich?“, fragte er. ¦ »Nein.« ¦ Er ging."),
    # ellipses in every shape
    ("en", "They closed at least fifty shops …. ¦ From his home he watched."),
    ("en", "Not even the mayor in the capital … ¦ The council must meet."),
    ("en", "Wait... what? ¦ Yes… ¦ The army came. ¦ It was… well, a mess…"),
    # sentences glued together
    ("en", "The shop is in the harbour¦The mayor denied it.¦The end came."),
    ("en", "A rumour of theft in the palace¦But really a gift."),
    ("fr", "C’est la fin du voyage.¦Le maire est parti.¦25 personnes restent."),
    ("en", "I use WhatsApp, YouTube and LinkedIn on my iPhone, McDonald said to BuzzFeed."),
    ("en", "OpenAI, TikTok, FitzGerald, PayPal and ilFattoquotidiano agree."),
    ("en", "See example.com or www.Example.Org/Path.Html for Node.js."),
    # stops that sentencex passes over
    ("en", "He has watched it for four years. ¦ in fact he leads it."),
    ("en", "It was about me. ¦ I know him well. ¦ No. ¦ This is old."),
    ("en", "He asked the mayor. and his deputy to stay."),
    # debris
    ("fr", "C’est notre pays ». , ¦ le ministre annonce une trêve."),
    ("en", "¦— Of course, look. ¦ You see — they left."),
    ("en", "¦1. Wash the rice. ¦ Then cook it."),
    # invisible characters are kept, and do not hide a stop
    ("en", "It is the reg\u200bime.\u200b ¦ But\u00ad \u202ereally\u202c."),
]


@pytest.mark.parametrize(("language", "marked"), BOUNDARIES)
def test_boundaries(language, marked):
    text = marked.replace("¦ ", "").replace("¦", "")
    expected = [part.strip(" ,—\u200b") for part in marked.split("¦") if part.strip()]

    assert [text[a:b].strip("\u200b") for a, b in split(text, language)] == expected


def test_a_line_break_inside_a_sentence_is_no_boundary():
    text = "He leads the opposition in this\nmess: that is all. The\nend."
    assert [text[a:b] for a, b in split(text, "en")] == ["He leads the opposition in this\nmess: that is all.", "The\nend."]


@pytest.mark.parametrize("text", ["", " ", "…", "* * *", "———", "“”", ". , .", "\u200b\u202e"])
def test_what_has_no_word_is_no_sentence(text):
    assert split(text, "en") == []


def test_a_very_long_sentence_is_cut_at_its_semicolons():
    text = "; ".join(["the committee met again and again in the old town hall"] * 15) + "."
    spans = split(text, "en")

    assert len(spans) > 1
    assert all(8 <= len(text[a:b].split()) <= 100 for a, b in spans)


def test_a_very_long_sentence_without_semicolons_is_kept():
    text = "and so " * 200 + "on."
    assert len(split(text, "en")) == 1


NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(" \n\t.!?…,;:。！？\"'“”‘’«»„‹›()[]—–-…¿¡·•*#\u200b\u202e\u00ad\ufeff\u2028abzAZéŁяЯ语日5٣\u0301😀")),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=120,
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(NASTY, st.sampled_from(["en", "fr", "de", "zh", "ja", "ar", "ru", "th", "xx", None]))
def test_sentences_are_in_order_do_not_overlap_and_lose_no_word(text, language):
    spans = split(text, language)

    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


@pytest.mark.parametrize("piece", [".", "…", "“", "a", "aB", ". ", "a. ", "www.", ";", "\u200b", "a.B", "!?", " «", "。"])
def test_no_input_takes_quadratic_time(piece):
    split(piece * (50_000 // len(piece)), "en")
