"""What must be equal for two reports to be comparable, as one line: `key:value|key:value|…|version:…`.

After sacrebleu's signatures (Post, WMT 2018): a short form for tables, a long one for files, the version last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from drift._version import __version__
from drift.typology import WEIGHTS_NAME

__all__ = ["SHORT", "make_signature", "parse_signature", "translator_entry"]

# long key -> its letter in the short form
SHORT: Final[Mapping[str, str]] = {
    "enc": "e",
    "words": "w",
    "judge": "j",
    "mt": "m",
    "weights": "s",
    "ref": "r",
    "version": "v",
}


def make_signature(fields: Mapping[str, str], *, short: bool = False) -> str:
    """`fields` in their order, then the weight table and the version; "|", ":" and spaces in a value are escaped."""
    everything = {**fields, "weights": WEIGHTS_NAME, "version": __version__}
    body = "|".join(f"{SHORT.get(k, k) if short else k}:{_safe(v)}" for k, v in everything.items())
    return f"drift|{body}"


def parse_signature(signature: str) -> dict[str, str]:
    """The fields of a long or short signature by their long names: what differs between two reports, and in what."""
    long = {letter: key for key, letter in SHORT.items()}
    fields = dict(part.split(":", 1) for part in signature.split("|") if ":" in part)
    return {long.get(k, k): v for k, v in fields.items()}


def translator_entry(translators: Iterable[Mapping[str, str | None]]) -> str:
    """The MT models of a report: `engine/model@revision`, sorted, each once; "none" without translations."""
    entries = {
        f"{t.get('engine')}/{t.get('model')}" + (f"@{str(t['revision'])[:12]}" if t.get("revision") else "")
        for t in translators
    }
    return "+".join(sorted(entries)) or "none"


def _safe(value: str) -> str:
    return value.replace("|", "/").replace(":", "=").replace(" ", "_")
