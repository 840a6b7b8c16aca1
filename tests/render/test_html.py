"""The page as a file: nothing that an article says becomes markup or script, and it is closed to the outside."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from drift.render import render

from .handmade import HOSTILE, hostile_report


class Page(HTMLParser):
    """Elements with their attributes, and the text of the elements that hold no markup."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.cdata_elem:
            self.raw.append((self.cdata_elem, data))
        else:
            self.words += data

    def of(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(params=["report", "hostile"])
def page(request):
    return Page(render(request.getfixturevalue(request.param), "html"))


def test_the_policy_allows_the_one_script_and_the_one_style_and_nothing_else(page):
    policy = next(m["content"] for m in page.of("meta") if m.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    digest = {tag: "".join(t for name, t in page.raw if name == tag) for tag in ("style", "script")}
    script = digest["script"][digest["script"].index("(() => {"):]  # after the data block, which is not run
    for rule, text in (("script-src", script), ("style-src", digest["style"])):
        assert rules[rule] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"


def test_no_element_loads_anything_or_runs_anything_of_its_own(page):
    names = {tag for tag, _ in page.elements}
    assert not names & {"img", "link", "iframe", "object", "embed", "base", "audio", "video", "source", "form action"}
    for _, attributes in page.elements:
        assert not [a for a in attributes if a.startswith("on") or a in ("src", "srcset", "style", "action", "data")]
        assert (attributes.get("href") or "#").startswith("#")
    assert len(page.of("script")) == 2
    assert page.of("script")[0]["type"] == "application/json"


def test_hostile_articles_leave_the_skeleton_of_the_page_as_it_is():
    def skeleton(strings):
        return [tag for tag, _ in Page(render(hostile_report(strings), "html")).elements]

    assert skeleton(HOSTILE) == skeleton(tuple("tame" for _ in HOSTILE))


def test_controls_that_reorder_or_hide_text_are_shown(hostile):
    text = render(hostile, "html")
    assert not set(text) & set("\u202e\u202c\u2067\x1b\x9b\x00\x07")
    assert "\ufffdright to left\ufffd" in text
    text.encode("utf-8")


def test_the_data_block_holds_every_finding_and_cannot_be_left(hostile):
    text = render(hostile, "html")
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)[1]
    assert not set(block) & set("<>&\u2028")
    data = json.loads(block)
    found = [f["id"] for c in data["copies"] for b in c["beads"] for f in b.get("f", [])]
    assert found == [f.id for f in hostile.findings]


def test_the_verdict_is_there_without_the_script(report):
    words = Page(render(report, "html")).words
    for expected in ("b-drifted says something else in 6 of the 11 sentences", "x-other is not a copy of this story",
                     "no model for “tlh”", "the reference", report.signature):
        assert expected in words


def test_the_same_report_is_the_same_page(report):
    assert render(report, "html") == render(report, "html")
