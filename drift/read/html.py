"""HTML page -> the text of its article."""

from __future__ import annotations

import re
from typing import Any

from drift.errors import UnreadableError
from drift.read.phrases import date_line

__all__ = ["is_html", "main_text"]

HTML_ENDINGS = (".html", ".htm", ".xhtml")
LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def is_html(text: str, path: str) -> bool:
    """Whether a file is a web page: by its ending, or by how it begins."""
    return path.casefold().endswith(HTML_ENDINGS) or LOOKS_LIKE_HTML.match(text[:2000]) is not None


def main_text(page: str, *, shown: str) -> str:
    """Title, visible date line and main text of a page, paragraphs parted by blank lines.

    Raises UnreadableError DR110 where the page holds no text.
    """
    import trafilatura

    tree = trafilatura.load_html(page)
    if tree is None:
        if "<" in page:
            raise _without_text(shown)
        return page  # plain text under another name
    dates = _date_lines(tree)
    body = trafilatura.extract(page, include_comments=False, include_tables=False, favor_recall=True) or ""
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    if not lines:
        lines = [line.strip() for line in trafilatura.html2txt(page).split("\n") if line.strip()]
    if not lines:
        raise _without_text(shown)
    title = _title(page, lines)
    head = [] if title is None else [title]
    if title is None and len(lines) > 1:
        head, lines = lines[:1], lines[1:]
    body = " ".join(lines)
    return "\n\n".join([*head, *(date for date in dates if date not in body), *lines])


def _title(page: str, lines: list[str]) -> str | None:
    """Find the page's headline, None where the main text begins with it already."""
    import trafilatura

    metadata = trafilatura.extract_metadata(page)
    title = " ".join((metadata.title or "").split()) if metadata is not None else ""
    known = any(title.casefold() in line.casefold() for line in lines[:3])
    return None if known or not title else title


def _date_lines(tree: Any) -> list[str]:
    """Find what the first `<time>` element with a date shows: the line a reader sees, not what the metadata claim."""
    for element in tree.iter("time"):
        shown = " ".join("".join(element.itertext()).split())
        if date_line(shown):
            return [shown]
    return []


def _without_text(shown: str) -> UnreadableError:
    return UnreadableError("DR110", f"{shown} is a web page without any text; save the article's text instead.")
