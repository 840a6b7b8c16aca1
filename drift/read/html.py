"""HTML page -> the text of its article."""

from __future__ import annotations

import re

from drift.errors import UnreadableError

__all__ = ["is_html", "main_text"]

HTML_ENDINGS = (".html", ".htm", ".xhtml")
LOOKS_LIKE_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


def is_html(text: str, path: str) -> bool:
    """Whether a file is a web page: by its ending, or by how it begins."""
    return path.casefold().endswith(HTML_ENDINGS) or LOOKS_LIKE_HTML.match(text[:2000]) is not None


def main_text(page: str, *, shown: str) -> str:
    """The title, the visible date line and the main text of a page, paragraphs parted by blank lines.

    Raises UnreadableError DR110 where the page holds no text.
    """
    import trafilatura

    body = trafilatura.extract(page, include_comments=False, include_tables=False, favor_recall=True) or ""
    if not body.strip():
        body = trafilatura.html2txt(page) or ""
    if not body.strip():
        raise UnreadableError("DR110", f"{shown} is a web page without any text; save the article's text instead.")
    return "\n\n".join(line for line in body.split("\n") if line.strip())
