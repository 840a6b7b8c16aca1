"""Article text is hostile: it may steer a terminal, reorder what a reader sees, or break out of a format.

Every function here maps one character to one character, so that spans stay true in the text that comes out.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["encodable", "one_line", "visible"]

_REPLACEMENT: Final = "\ufffd"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

# Controls that a reader must see rather than obey: C0 and C1 (terminals act on ESC and on CSI), the bidirectional
# embeddings, overrides and isolates ("Trojan Source", CVE-2021-42574), line and paragraph separators, and the
# noncharacters that XML 1.0 forbids. The weak marks U+200E and U+200F stay: Arabic and Hebrew text needs them.
_SHOWN: Final[dict[int, str]] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029], _REPLACEMENT),
    **dict.fromkeys([0xFFFE, 0xFFFF, 0xFEFF], _REPLACEMENT),
    **dict.fromkeys(range(0xFFF9, 0xFFFC), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
}
_LAYOUT: Final = {ord("\n"): "\n", ord("\t"): "\t"}
_VISIBLE: Final = _SHOWN | _LAYOUT
_ONE_LINE: Final = _SHOWN | {ord(c): " " for c in "\n\r\t\v\f\x85\u2028\u2029"}


def encodable(text: str) -> str:
    """Replace lone surrogates (a path that is not UTF-8 has them), so that the text can be written as UTF-8."""
    return _SURROGATE.sub(_REPLACEMENT, text)


def visible(text: str) -> str:
    """Show every control character but newline and tab as a symbol; same length."""
    return text.translate(_VISIBLE)


def one_line(text: str) -> str:
    """As `visible`, with newlines and tabs shown as spaces; same length."""
    return text.translate(_ONE_LINE)
