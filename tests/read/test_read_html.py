
"""Web pages: the article without what stands around it."""

import pytest

from drift.errors import UnreadableError
from drift.read import read

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour closed | The Daily Example</title>
<meta property="og:title" content="Harbour closed after storm"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Harbour closed after storm</h1><p>By <a>Jane Doe</a> <time datetime="2022-01-07">7 January 2022, 18:00</time></p>
<p>The harbour of Port Example was closed on Friday after a storm destroyed two of its piers, the mayor said.</p>
<p>“We will open again in March,” the mayor told reporters. “That is a &lt;promise&gt;.” Fishermen were angry.</p>
<h2>What next?</h2><p>Repairs will cost 2.1 million euros, according to the ministry, which pays half.</p></article>
<aside><h3>Related posts</h3><ul><li><a href="/a">Another storm is coming to the coast</a></li></ul></aside>
<footer>© 2022 The Daily Example. All rights reserved.</footer><script>var x = "<p>evil</p>";</script></body></html>"""


def test_title_date_and_text_are_kept_and_nothing_else(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    copy = read(tmp_path / "a.html")

    assert [s.text for s in copy.sentences] == [
        "Harbour closed after storm",
        "7 January 2022, 18:00",
        "The harbour of Port Example was closed on Friday after a storm destroyed two of its piers, the mayor said.",
        "“We will open again in March,” the mayor told reporters.",
        "“That is a <promise>.”",
        "Fishermen were angry.",
        "What next?",
        "Repairs will cost 2.1 million euros, according to the ministry, which pays half.",
    ]
    assert all(copy.text[s.start : s.end] == s.text for s in copy.sentences)
    assert any("HTML" in note for note in copy.notes)


def test_a_page_is_known_by_how_it_begins_too(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    assert read(tmp_path / "a.txt").sentences[0].text == "Harbour closed after storm"


def test_plain_text_under_an_html_name_is_plain_text(tmp_path):
    (tmp_path / "a.html").write_text("The harbour was closed. Nobody was hurt.", encoding="utf-8")
    assert len(read(tmp_path / "a.html").sentences) == 2


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>x</script></body></html>", "<p>", "<!doctype html>"])
def test_a_page_without_text_is_refused(tmp_path, page):
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    with pytest.raises(UnreadableError) as error:
        read(tmp_path / "a.html")
    assert error.value.code == "DR110"


@pytest.mark.parametrize("page", ["<div>" * 50_000 + "words of a text", "<p>" * 5_000 + "a b", "<html>" + "<!--" * 5_000 + "x"])
def test_hostile_pages_end_in_a_text_or_in_a_sentence(tmp_path, page):
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    try:
        assert read(tmp_path / "a.html").text
    except UnreadableError as error:
        assert error.code == "DR110"  # noqa: PT017
