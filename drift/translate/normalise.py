"""The spelling an MT model expects: what its training data was normalised to, and nothing that changes words.

The translation is of the normalised text; the stored text of a copy is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

__all__ = ["normalise", "spelling"]

# Spaces that word processors and French typography put in, which training corpora write as a plain space.
_SPACES = re.compile(r"[\t\n\v\f\r\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+| {2,}")
# Characters without width that split a word into pieces no vocabulary knows. The joiners U+200C and U+200D stay:
# they are letters' business in Persian and the scripts of India.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def normalise(text: str) -> str:
    """The text in NFC on one line, every run of white space one plain space, without invisible characters."""
    text = _CONTROL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return _SPACES.sub(" ", text).strip()


# Signs that say the same in different typographies, each followed by what may stand for it, most alike first.
_VARIANTS = {
    "’": "'", "‘": "’'", "ʼ": "’'", "‛": "’'", "`": "'", "´": "'", "′": "'", "‚": ",'",
    "“": '"«', "”": '"»', "„": '"«', "‟": '"', "«": '"“', "»": '"”', "″": '"', "‹": "«'", "›": "»'",
    "「": '"', "」": '"',
    "—": "–-", "–": "—-", "―": "—–-", "‐": "-", "‑": "-", "‒": "–-", "−": "-", "•": "·-", "·": "•-",
    "٪": "%", "⁄": "/", "：": ":", "；": ";", "，": ",", "！": "!", "？": "?", "（": "(", "）": ")", "％": "%",
}


def spelling(knows: Callable[[str], bool]) -> dict[int, str]:
    """A table for `str.translate`: signs that a model does not know become variants that it knows.

    `knows` says whether the model has a piece for a sign. Where it has none, it would read a run of bytes or an
    unknown word in the middle of the sentence, which small models pay for with the words around it.
    """
    table = {}
    for sign, variants in _VARIANTS.items():
        if not knows(sign):
            known = next((v for v in variants if knows(v)), None)
            if known is not None:
                table[ord(sign)] = known
    return table
