
"""Whole copies: what holds for every text, and what the five articles must give."""

import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drift.read import read, read_paths
from drift.read.copies import copy_from_text

ARTICLES = Path(__file__).parents[2] / "fixtures" / "kazakhstan-2022"

LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(["", "Share", "Related Posts", "By Jane Doe", "January 7, 2022", "— No.", "esi", "…", "0", "« Oui. »",
                         "The mayor of the town said on Friday that nobody was hurt in the storm.", "\u200b", "«", "Title | Site",
                         "Le maire de la ville a dit vendredi que personne n’a été blessé par la tempête d’hier."]),
    ),
    max_size=15,
)  # fmt: skip


@settings(deadline=None, derandomize=True)
@given(LINES.map("\n".join))
def test_every_span_slices_back_and_nothing_is_compared_twice(text):
    copy = copy_from_text(text, id="x")
    spans = sorted([(s.start, s.end, s.text) for s in copy.sentences] + [(b.start, b.end, b.text) for b in copy.boilerplate])

    assert all(copy.text[start:end] == part and part for start, end, part in spans)
    assert all(end <= start for (_, end, _), (start, _, _) in pairwise(spans))
    assert [s.index for s in copy.sentences] == list(range(len(copy.sentences)))
    assert [s.start for s in copy.sentences] == sorted(s.start for s in copy.sentences)
    covered = {i for start, end, _ in spans for i in range(start, end)}
    assert all(i in covered for i, c in enumerate(copy.text) if c.isalnum())
    assert copy_from_text(copy.text, id="x") == copy  # reading what was stored changes nothing


@pytest.fixture(scope="module")
def copies():
    return {copy.id[0]: copy for copy in read_paths([ARTICLES])}


def test_five_articles(copies):
    assert "".join(copies) == "ABCDE"
    assert {id: copy.language for id, copy in copies.items()} == {"A": "en", "B": "en", "C": "en", "D": "fr", "E": "en"}
    assert not any(copy.error or copy.encoding != "utf-8" for copy in copies.values())


SENTENCES = [
    ("A", "“They took off the mask and sent the snipers to the street”"),
    ("A", "Who was there, tells me that they killed at least fifty people …."),
    ("A", "Not even Lukashenko in Belarus …"),
    ("A", "We cannot leave everything to Putin"),
    ("A", "Sunni Kazakhstan a stone’s throw from Afghanistan …"),
    ("A", "January 7, 2022 (change January 8, 2022 | 00:34)"),
    ("B", "Lukashenko is not even in Belarus"),
    ("B", "The international community should ban Kazakhstan from civil society, impose sanctions on its oligarchy and stop "
          "doing business."),
    ("B", "But really a leader."),
    ("B", "No."),
    ("B", "January 7, 2022 (January 7, 2022 change | 18:43)"),
    ("C", "And I am their enemy number one “."),
    ("C", "“On the billions of his and his family’s investments."),
    ("D", "« Le régime a ôté son masque et montré son visage sanguinaire."),
    ("D", "la kremlin annonce que le président russe Vladimir Poutine il a eu une « longue conversation » avec son homologue "
          "kazakh Kassym-Zhomart Tokayev dans le but de « rétablir l’ordre » dans le pays."),
    ("D", "Qui était là, me dit qu’ils ont tué au moins 50 personnes« ."),
    ("E", "What are the developments in Kazakhstan after the 2022 revolution?"),
    ("E", "I know Lugovoy well, in 2006 my business partners from Russia persuaded me to take him as the head of the security "
          "service in my business."),
]  # fmt: skip


@pytest.mark.parametrize(("id", "sentence"), SENTENCES)
def test_sentences_of_the_articles(copies, id, sentence):
    assert [s.text for s in copies[id].sentences].count(sentence) == 1


def test_a_hard_line_break_inside_a_sentence_joins_it(copies):
    broken = [s.text for s in copies["A"].sentences if "\n" in s.text]
    assert len(broken) == 1
    assert broken[0].startswith("in fact the head of the opposition in esi\nmess: sometimes discussed")


@pytest.mark.parametrize(
    ("id", "first", "last"),
    [("A", " – time.news", "Leave a Comment"), ("C", "Support ilfattoquotidiano.it", "Share"),
     ("E", "28 May 2024", "Follow Charter97.org social media accounts")],
)  # fmt: skip
def test_boilerplate_of_the_articles(copies, id, first, last):
    boilerplate = copies[id].boilerplate
    assert boilerplate[0].text.startswith(first)
    assert boilerplate[-1].text.endswith(last)


def test_the_body_is_whole(copies):
    for id in "BD":
        assert copies[id].boilerplate == ()
    assert copies["C"].sentences[-1].text.endswith("reads a note.")
    assert copies["E"].sentences[0].text.startswith("Mukhtar Ablyazov: Tokayev And Putin")
    assert copies["E"].sentences[-1].text.endswith("next after Ukraine.\"")


def test_a_copy_depends_neither_on_the_others_nor_on_their_order(copies):
    paths = sorted(ARTICLES.glob("*.txt"))
    random.Random(3).shuffle(paths)

    assert {copy.id[0]: copy.sentences for copy in read_paths(paths)} == {id: c.sentences for id, c in copies.items()}
    assert read(ARTICLES / "D.anonymous.txt").sentences == copies["D"].sentences


def test_importing_the_room_loads_nothing_heavy():
    code = "import sys, drift.read; print([m for m in ('sentencex', 'langdetect', 'trafilatura', 'wordfreq', 'lxml', " \
           "'charset_normalizer', 'numpy') if m in sys.modules])"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
