"""Whether two spellings can be one name: transliterations, exonym habits, and the b/p, d/t, g/k shifts of a pivot language.

A name is reduced twice. `sound_key` undoes what romanisation schemes of different languages disagree on (sh/ch/sch, zh/j/dj,
ou/u, ts/tz/c, kh/h, w/v, y/i/j, doubled letters, silent endings) and keeps vowels; `skeleton` keeps only the consonants and
lets voiced ones fall together with voiceless ones. Equal keys are one name in two spellings; near keys may be.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["alike", "skeleton", "sound_key"]

# Longest first; upper case stands for a sound, lower case for itself. One pass, so that no output is rewritten again.
_SOUNDS = (
    ("schtsch", "S"), ("tzh", "tJ"), ("dh", "d"), ("bh", "b"),
    ("shch", "S"), ("chtch", "S"), ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "S"),
    ("sz", "S"), ("cz", "C"), ("dzh", "J"), ("dj", "J"), ("zh", "J"), ("kh", "h"), ("ck", "k"), ("cc", "k"), ("qu", "k"),
    ("tz", "ts"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("rh", "r"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("aw", "o"),
    ("aou", "o"), ("au", "o"), ("ei", "e"), ("ey", "e"), ("ai", "e"), ("ay", "e"), ("ae", "e"), ("ie", "i"), ("iy", "i"), ("ii", "i"),
    ("yi", "i"), ("ij", "i"), ("yo", "o"), ("io", "o"), ("ye", "e"), ("je", "e"), ("ya", "a"), ("ia", "a"), ("ja", "Ja"),
    ("yu", "u"), ("iu", "u"), ("ju", "u"), ("x", "ks"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "J"), ("c", "k"),
)  # fmt: skip
_BEFORE_FRONT = re.compile(r"c(?=[eiy])")
_PATTERN = re.compile("|".join(re.escape(a) for a, _ in _SOUNDS))
_TABLE = dict(_SOUNDS)
_FINAL = re.compile(r"(?:(?<=[fv])f|(?<=.{3})e|(?<=.{3})h)$")  # Poutine, Prokofieff, Sarah
_DOUBLED = re.compile(r"(.)\1+")
_VOICELESS = str.maketrans({"b": "p", "d": "t", "g": "k", "z": "s", "v": "f", "J": "S", "C": "S", "h": "k"})


@lru_cache(maxsize=65536)
def _letters(name: str) -> str:
    from anyascii import anyascii

    return "".join(c for c in anyascii(name).casefold() if c.isalpha())


@lru_cache(maxsize=65536)
def sound_key(name: str) -> str:
    """The name as it sounds, whatever the script and the romanisation: "Chostakovitch" and "Shostakovich" are equal."""
    letters = _BEFORE_FRONT.sub("s", _letters(name))
    key = _PATTERN.sub(lambda m: _TABLE[m.group()], letters)
    return _FINAL.sub("", _DOUBLED.sub(r"\1", key))


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Its consonants, voice ignored; h and a vowel at the front count once as "a"."""
    key = sound_key(name).translate(_VOICELESS)
    front = "a" if key[:1] in "aeiou" else ""
    return front + _DOUBLED.sub(r"\1", re.sub(r"[aeiou]", "", key))


@lru_cache(maxsize=65536)
def alike(a: str, b: str) -> float:
    """How likely two spellings are one name: 1.0 the same sounds, about 0.8 a shift or a dropped vowel, 0.5 unlikely, 0 no."""
    from rapidfuzz.distance import OSA, Levenshtein

    if not a or not b:
        return 0.0
    plain_a, plain_b = _letters(a), _letters(b)
    if plain_a == plain_b and plain_a:
        return 1.0
    key_a, key_b = sound_key(a), sound_key(b)
    if not key_a or not key_b:
        return 0.0
    if key_a == key_b:
        return 0.97
    closeness = float(Levenshtein.normalized_similarity(key_a, key_b))
    bones_a, bones_b = skeleton(a), skeleton(b)
    shorter = min(len(bones_a), len(bones_b))
    if bones_a == bones_b and shorter >= 3:
        return 0.75 + 0.2 * closeness
    if bones_a == bones_b and shorter == 2 and closeness >= 0.5:
        return 0.6 + 0.2 * closeness
    if OSA.distance(bones_a, bones_b) == 1 and shorter >= 4 and closeness >= 0.6:
        return 0.55 + 0.3 * closeness
    return min(closeness, 0.5) if closeness > 0.75 else 0.4 * closeness
