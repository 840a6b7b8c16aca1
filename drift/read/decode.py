"""Bytes -> text: byte order mark, strict UTF-8, what the page declares, statistics, in this order and never silent."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from drift.errors import UnreadableError

__all__ = ["Decoded", "decode", "normalise"]

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
BYTE_ORDER_MARKS = (  # the longer ones first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
META_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# Tried before rarer ones, which fit nearly any bytes: what the web has used (https://encoding.spec.whatwg.org/).
COMMON_ENCODINGS = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "cp866"),
    *("iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "koi8_r", "koi8_u", "mac_cyrillic"),
    *("big5", "gb18030", "cp932", "euc_jp", "iso2022_jp", "cp949"),
)
EQUAL_CHAOS = 0.02  # charset-normalizer's measure of mess, 0..1, lower is better
SAMPLE = 20_000  # characters of a candidate that are looked at
MAX_CONTROLS = 0.01  # share of control characters above which bytes are not text


class Decoded(NamedTuple):
    """`text` is normalised (see `normalise`); `note` says how the encoding was found, None for UTF-8."""

    text: str
    encoding: str
    note: str | None


def decode(data: bytes, *, shown: str) -> Decoded:
    """Decode a file called `shown`; raises UnreadableError DR106 for what is not text, DR105 for blanks."""
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError("DR106", f"{shown} is {kind}, not text; export its text to a .txt file first.")
    text, encoding, note = _decode(data, shown)
    controls = len(CONTROLS.findall(text))
    if controls > MAX_CONTROLS * len(text):
        raise UnreadableError("DR106", f"{shown} is a binary file, not text; export its text to a .txt file first.")
    text = normalise(text)
    if not any(c.isprintable() and not c.isspace() for c in text):
        raise UnreadableError("DR105", f"{shown} is empty but for blanks; there is nothing to compare.")
    return Decoded(text, encoding, note)


def normalise(text: str) -> str:
    r"""NFC, line ends "\n", no byte order mark; everything else stays."""
    return unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text.removeprefix("\ufeff")))


def _decode(data: bytes, shown: str) -> Decoded:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                break  # a mark that lies
            encoding = encoding.removesuffix("-sig")
            return Decoded(text, encoding, None if encoding == "utf-8" else f"Decoded as {encoding} (byte order mark).")
    if b"\0" in data:
        return _without_mark(data, shown)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", None)
    except UnicodeDecodeError:
        pass
    declared = META_CHARSET.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii")
        try:
            name = codecs.lookup(name).name
            # Browsers read these two labels as windows-1252, and pages rely on it.
            name = "cp1252" if name in ("iso8859-1", "ascii") else name
            return Decoded(data.decode(name), name, f"Not UTF-8: decoded as {name}, as the page declares.")
        except (LookupError, UnicodeDecodeError):
            pass
    return _guess(data, shown)


def _without_mark(data: bytes, shown: str) -> Decoded:
    """UTF-16 without its mark: the NULs of mostly Latin text all stand on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) > 0.2 * len(data) / 2 and min(even, odd) <= 0.01 * max(even, odd) and len(data) % 2 == 0:
        name = "utf-16-le" if odd > even else "utf-16-be"
        try:
            return Decoded(data.decode(name), name, f"Decoded as {name}, a guess from the pattern of its bytes.")
        except UnicodeDecodeError:
            pass
    raise UnreadableError("DR106", f"{shown} is a binary file, not text; export its text to a .txt file first.")


def _guess(data: bytes, shown: str) -> Decoded:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data, cp_isolation=list(COMMON_ENCODINGS)) or from_bytes(data))
    # Of several that fit equally well, the one whose accented words are words: "año" rather than "ańo".
    equal = [match for match in matches if match.chaos <= matches[0].chaos + EQUAL_CHAOS]
    best = equal[0] if equal else None
    if len({str(match) for match in equal}) > 1:
        best = max(equal, key=lambda match: _known_words(str(match)))
    if best is None:
        raise UnreadableError("DR106", f"{shown} is in no encoding that can be recognised; save it as UTF-8.")
    # Where several read the same, the most widespread one is named.
    name = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
    return Decoded(str(best), name, f"Not UTF-8: decoded as {name}, a guess; check its accents.")


def _known_words(text: str) -> float:
    """Share, 0..1, of the words with a letter beyond ASCII that the language of the text knows."""
    from wordfreq import zipf_frequency

    from drift.read.glue import has_word_list
    from drift.read.language import detect

    guess = detect(text)
    words = {word for word in re.findall(r"[^\W\d_]+", text[:SAMPLE]) if not word.isascii()}
    languages = [guess.language] if guess is not None else ["fr", "de", "es", "pt", "it", "pl", "ru"]
    scores = [
        sum(zipf_frequency(word, language, wordlist="small") > 0 for word in words) / len(words)
        for language in languages
        if words and has_word_list(language)
    ]
    return max(scores, default=0.0)
