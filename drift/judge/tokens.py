"""Words of an English sentence with their places in it: the units that are aligned, compared and marked.

Contractions are split so that a negation or an auxiliary is a word of its own ("don't" -> "do" "n't", "they're" ->
"they" "'re"), possessives too ("Rome's" -> "Rome" "'s"), hyphenated compounds come apart so that "part-time" meets "part
time", and a number keeps its separators ("2.1", "1,000", "00:34", "1 000" comes as two).
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Token", "tokenize"]

_TOKEN = re.compile(
    r"""
    (?P<url>https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+)
  | (?P<num>(?>\d+(?:[.,:’']\d+)*)(?:st|nd|rd|th|s)?(?![^\W\d_]))  # 2.1  1,000  00:34  3rd  1990s
  | (?P<mixed>\d+(?:[.,]\d+)*)                                # the digits of 25kg, 5G
  | (?P<abbr>(?:[^\W\d_]\.){2,})                              # U.S.  e.g.
  | (?P<word>[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*)
  | (?P<clitic>['’](?=[^\W\d_]))
  | (?P<other>\.{2,}|--+|[^\w\s]|_)
    """,
    re.VERBOSE,
)
_CLITICS = frozenset({"s", "re", "ve", "ll", "d", "m", "t"})
_IRREGULAR = {"can": "can", "won": "will", "shan": "shall"}  # can't, won't, shan't


class Token(NamedTuple):
    """One word, number or mark; ``text == sentence[start:end]``."""

    text: str
    start: int
    end: int
    norm: str  # case-folded, straight apostrophes: what is compared and encoded

    @property
    def is_word(self) -> bool:
        """Whether it carries a letter or a digit (punctuation does not)."""
        return self.norm.isalnum() or any(c.isalnum() for c in self.norm)


def tokenize(text: str) -> list[Token]:
    """Split a sentence into tokens; their spans are in order and do not overlap."""
    raw = [(m.start(), m.end(), m.lastgroup or "other") for m in _TOKEN.finditer(text)]
    tokens: list[Token] = []
    i = 0
    while i < len(raw):
        start, end, group = raw[i]
        if group == "clitic" and tokens and tokens[-1].end == start and i + 1 < len(raw):
            _, after, _ = raw[i + 1]
            tail = text[start + 1 : after].casefold()
            if tail in _CLITICS:
                host = tokens[-1]
                if tail == "t" and host.norm.endswith("n") and len(host.norm) > 2:
                    cut = host.end if host.norm in _IRREGULAR and host.norm != "can" else host.end - 1
                    _split_negation(tokens, text, cut, after)
                else:
                    tokens.append(Token(text[start:after], start, after, "'" + tail))
                i += 2
                continue
        if text[start:end].casefold() == "cannot":
            tokens += [
                Token(text[start : start + 3], start, start + 3, "can"),
                Token(text[end - 3 : end], end - 3, end, "not"),
            ]
        else:
            tokens.append(Token(text[start:end], start, end, _norm(text[start:end])))
        i += 1
    return [t for t in tokens if t.norm.strip()]


def _norm(text: str) -> str:
    """Case-folded, straight apostrophes, and "?" for lone surrogates, which no library of ours takes."""
    folded = text.casefold().replace("’", "'")
    return folded if folded.isascii() else folded.encode("utf-8", "replace").decode("utf-8")


def _split_negation(tokens: list[Token], text: str, cut: int, end: int) -> None:
    """Turn the host of an "n't" into its verb and the negation: do|n't, ca|n't -> can + n't, wo|n't -> will + n't."""
    host = tokens.pop()
    if host.norm in _IRREGULAR:
        # The n belongs to both; the span stays whole on the verb and the negation takes the apostrophe and the t.
        tokens.append(Token(host.text, host.start, host.end, _IRREGULAR[host.norm]))
        tokens.append(Token(text[host.end : end], host.end, end, "not"))
    else:
        tokens.append(Token(text[host.start : cut], host.start, cut, host.norm[:-1]))
        tokens.append(Token(text[cut:end], cut, end, "not"))
