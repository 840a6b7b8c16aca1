
"""What belongs to the site and what to the article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.read.copies import copy_from_text
from drift.read.phrases import byline, date_line, furniture

BODY = """The harbour of the old town was closed on Friday after a storm destroyed two of its piers, the mayor said.

Nobody was hurt, but forty boats were lost, and the fishermen are angry that nobody had warned them in time.

The repairs will cost two million euros, according to the ministry, which has promised to pay half of the sum."""


def kept(text):
    """The compared text, sentence by sentence, and what was left out."""
    copy = copy_from_text(text, id="x")
    return [s.text for s in copy.sentences], " ".join(span.text for span in copy.boilerplate)


TAILS = [
    "You may also like\n\nLeave a Comment",
    "Share\nTweet\nPin\n0\nShares",
    "Write your comment 15\n\nFollow Example.org social media accounts",
    "Follow us on Twitter",
    "© 2022 The Example. All rights reserved.",
    "Related Posts\nThe mayor of another town resigns thumbnail\n\nThe mayor of another town resigns\n\n"
    "After many years in office the mayor of another town has resigned, saying that he wanted to spend more time…\nRead More",
    "Support example.org: your contribution is essential\n\nYour support helps us to ensure our independence and to go on "
    "with our work for many more years to come.\nBecome a Supporter too\n\nThank you, Jane Doe\n\nPrevious Article",
    "Note: This article have been indexed to our site. We do not claim ownership of any of the content above.",
    "5 Comments\n\nJohn: I have been to that harbour many times and can say that nobody there was ever surprised by wind.",
    "Читайте также\n\nВ другом городе мэр подал в отставку",
    "Artículos relacionados\n\nEl alcalde de otra ciudad dimite",
    "Ähnliche Artikel\nKommentare (3)",
    "Penguatan tersebut, kata menteri, akan didorong melalui tiga prioritas dengan tujuan untuk membangun dunia yang lebih "
    "tahan dan berkelanjutan dalam menghadapi pandemi.",
]


@pytest.mark.parametrize("tail", TAILS)
def test_end_matter_is_left_out_whole_and_the_body_stays_whole(tail):
    sentences, left_out = kept(f"Storm closes the old harbour\n\n{BODY}\n\n{tail}")

    assert len(sentences) == 4
    assert "".join(left_out.split()) == "".join(tail.split())


CONTENT = [
    "January 7, 2022 (change January 8, 2022 | 00:34)",
    "7 janvier 2022 à 18:43",
    "07/01/2022 18:43",
    "Will it happen again?",
    "— Never.",
    "No. Never. I refused.",
    "We cannot leave everything to them",
    "Comments?",
    "Jane Doe",
]


@pytest.mark.parametrize("line", CONTENT)
def test_the_article_s_own_last_line_stays(line):
    assert kept(f"{BODY}\n\n{line}") == (kept(BODY)[0] + kept(line)[0], "")


def test_a_date_line_stays_between_the_body_and_the_end_matter():
    sentences, left_out = kept(f"{BODY}\n\nJanuary 7, 2022\n\nYou may also like\n\nLeave a Comment")

    assert sentences[-1] == "January 7, 2022"
    assert "2022" not in left_out


@pytest.mark.parametrize("line", ["ADVERTISEMENT", "Read also: Another storm is coming", "Related articles", "Lire la suite"])
def test_furniture_inside_the_body_takes_nothing_with_it(line):
    sentences, left_out = kept(BODY.replace("Nobody", f"{line}\n\nNobody"))

    assert sentences == kept(BODY)[0]
    assert left_out == line


@pytest.mark.parametrize(
    "line",
    [
        "Support our fishermen and rebuild the piers, the priest of the harbour told the crowd in front of the church.",
        "Your support makes me strong, he told the crowd in front of the church, and then he wept before them.",
        "Copyright is what the case is about, said the lawyer of the harbour, who had come to the old town for it.",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_running_text_that_sounds_like_an_appeal_stays(line, place):
    paragraphs = BODY.split("\n\n")
    paragraphs.insert(place, line)
    assert kept("\n\n".join(paragraphs)) == ([s for p in paragraphs for s in kept(p)[0]], "")


def test_an_interview_of_short_lines_is_not_end_matter():
    text = BODY + "\n\nAre you afraid?\n\nNo.\n\nShare\n\nWill you go back?\n\nNever. It is over for me."
    assert kept(text)[0][-5:] == ["Are you afraid?", "No.", "Will you go back?", "Never.", "It is over for me."]


def test_short_sentences_after_a_button_stay_though_end_matter_follows():
    text = BODY + "\n\nRead more: Why it matters\n\nWhat happens now?\n\nNobody knows.\n\nRelated posts\n\nAnother storm"
    sentences, left_out = kept(text)

    assert sentences == [*kept(BODY)[0], "What happens now?", "Nobody knows."]
    assert left_out.split()[0] == "Read"


HEADS = [
    ("by time press\nfrom Jane Doe", "by time press\nfrom Jane Doe"),
    ("By Jane Doe and John Roe", "By Jane Doe and John Roe"),
    ("Share\n3 min read", "Share\n3 min read"),
    ("Storm closes the old harbour", "Storm closes the old harbour"),  # the title again
]


@pytest.mark.parametrize(("line", "gone"), HEADS)
def test_the_head_loses_its_furniture(line, gone):
    sentences, left_out = kept(f"Storm closes the old harbour\n\n{line}\n\nThe town is in mourning.\n\n{BODY}")

    assert sentences[:2] == ["Storm closes the old harbour", "The town is in mourning."]
    assert " ".join(left_out.split()) == " ".join(gone.split())


def test_a_masthead_above_the_title_is_left_out():
    text = f"28 May 2024, Tuesday, 20:03\nthe paper\nMy town,\nTown 97!\n\nStorm closes the old harbour of the town\n\n{BODY}"
    sentences, left_out = kept(text)

    assert sentences[0] == "Storm closes the old harbour of the town"
    assert left_out.endswith("Town 97!")


@pytest.mark.parametrize("title", ["Storm closes the harbour – example.com", "Storm closes the harbour | The Example"])
def test_the_name_of_the_site_is_cut_off_the_title(title):
    assert kept(f"{title}\n\n{BODY}")[0][0] == "Storm closes the harbour"


@pytest.mark.parametrize("head", ["From Russia with love", "A date", "Published 7 January 2022", "Storm\nAgain", "Why now?"])
def test_titles_standfirsts_and_dates_stay(head):
    assert kept(f"{head}\n\n{BODY}") == (kept(head)[0] + kept(BODY)[0], "")


def test_a_text_that_is_all_short_lines_is_compared_whole():
    assert len(kept("Home\nNews\nSport")[0]) == 3


def test_half_a_text_in_another_language_is_not_boilerplate():
    french = "Le port de la vieille ville a été fermé vendredi après une tempête qui a détruit deux de ses quais, dit le maire."
    copy = copy_from_text(f"{BODY}\n\n{french}\n\n{french} Enfin.", id="x")

    assert copy.boilerplate == ()
    assert {s.language for s in copy.sentences} == {None, "fr"}


FURNITURE = [
    ("Leave a Comment", "comments"), ("15 Comments ›", "comments"), ("Комментарии (3)", "comments"), ("评论", "comments"),
    ("Related Posts:", "opener"), ("Lesen Sie auch", "opener"), ("Read More »", "button"), ("Read more: the storm", "button"),
    ("© The Example 2022", "notice"), ("0", "weak"), ("Share", "button"), ("WhatsApp", "weak"), ("4 min read", "weak"),
    ("Home | World | Africa", "weak"), ("Главная › Новости", "weak"),
    ("BBC © 2022 BBC. Terms apply.", "notice"), ("Home at last, he said", None), ("Comments?", None), ("He had no comments on that.", None), ("Share the bread with your brother", None),
    ("Support for the president is falling", None), ("Follow the money", None), ("Yes.", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind"), FURNITURE)
def test_furniture(line, kind):
    assert furniture(line) == kind


@pytest.mark.parametrize("line", ["By Jane Doe", "Written by Jane Doe", "Von Max Müller", "Par Élise de la Tour", "by the press agency"])
def test_bylines(line):
    assert byline(line, {"V": "de", "P": "fr"}.get(line[0], "en"))


@pytest.mark.parametrize("line", ["By the river they wept.", "By then it was over, and nobody came back to the town again"])
def test_not_bylines(line):
    assert not byline(line, "en")


@pytest.mark.parametrize("line", ["January 7, 2022", "7.1.2022, 18:00 Uhr", "Publié le 7 janvier 2022 à 18h43", "07/01/22 18:43"])
def test_date_lines(line):
    assert date_line(line)


@pytest.mark.parametrize("line", ["In 2013 the police arrested 12 people in the town", "Four dead", "100 times better"])
def test_not_date_lines(line):
    assert not date_line(line)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*BODY.split("\n\n"), "Share", "0", "Related Posts", "Why?", "© 2022", "Title of a text"]), max_size=9))
def test_running_text_before_any_marker_is_never_cut(paragraphs):
    copy = copy_from_text("\n\n".join(["Opening words", *paragraphs]), id="x")
    gone = {span.text for span in copy.boilerplate}

    assert all(copy.text[span.start : span.end] == span.text for span in copy.boilerplate)
    assert not any(text in block for text in BODY.split("\n\n") for block in gone if "Share" not in block)
