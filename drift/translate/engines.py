"""Which engines there are, whether each is installed here, and the one line that installs it; nothing is loaded."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import Final

__all__ = ["EngineInfo", "debian_packages", "engines"]


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """One engine; a line of `drift models`."""

    name: str  # what --engine takes
    version: str | None  # as installed; None: it is not installed
    licence: str
    runs: str  # which models, half a sentence
    languages: tuple[str, ...]  # ISO 639-1, read or written; () where its models say which
    install: str  # one line for a shell

    @property
    def available(self) -> bool:
        """Whether it can be used on this machine."""
        return self.version is not None


# Debian's packages that lead from a language into English, by ISO 639-1; most of them by way of Spanish.
_DEBIAN: Final = {
    "es": "eng-spa", "ca": "eng-cat", "gl": "en-gl", "eo": "eo-en", "eu": "eu-en", "is": "isl-eng", "mk": "mkd-eng",
    "bs": "hbs-eng", "hr": "hbs-eng", "sr": "hbs-eng", "sh": "hbs-eng", "bg": "mk-bg mkd-eng", "sv": "is-sv isl-eng",
    "fr": "fr-es eng-spa", "it": "spa-ita eng-spa", "pt": "es-pt eng-spa", "ro": "es-ro eng-spa",
    "oc": "oc-es eng-spa", "an": "spa-arg eng-spa", "ast": "spa-ast eng-spa",
}  # fmt: skip


def debian_packages(language: str) -> str | None:
    """The packages that let Apertium translate a language (ISO 639-1) into English; None where Debian has none.

    >>> debian_packages("fr")
    'apertium apertium-fr-es apertium-eng-spa'
    """
    pairs = _DEBIAN.get(language)
    return None if pairs is None else " ".join(["apertium", *(f"apertium-{pair}" for pair in pairs.split())])


def engines(language: str = "fr") -> tuple[EngineInfo, ...]:
    """Every engine, in the order in which they are tried; the line for Apertium fetches the pairs of `language`."""
    from drift.translate.apertium import installed_pairs
    from drift.translate.languages import iso2

    spoken = tuple(sorted({iso2(code) for pair in installed_pairs() for code in pair}))
    packages = debian_packages(language) or "apertium"
    return (
        EngineInfo("ctranslate2", _version("ctranslate2"), "MIT", "MarianMT, in int8 where the processor is "
                   "exact; taken where it says what the checkpoint says", (), "pip install ctranslate2"),
        EngineInfo("transformers", _version("transformers"), "Apache-2.0", "MarianMT, NLLB-200, M2M-100, mBART-50 and "
                   "MADLAD-400; taken for the others", (), "pip install transformers"),
        EngineInfo("apertium", _apertium(), "GPL-2.0-or-later", "rules and dictionaries, no weights; a second opinion, "
                   "or --engine apertium", spoken, f"apt install {packages}"),
    )  # fmt: skip


def _version(package: str) -> str | None:
    """Look up the version without importing anything."""
    if importlib.util.find_spec(package) is None:
        return None
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:  # importable, but from no package: a checkout, or a build
        return "unknown version"


def _apertium() -> str | None:
    program = shutil.which("apertium")
    if program is None:
        return None
    try:
        said = subprocess.run([program, "-V"], capture_output=True, text=True, timeout=30, check=False,
                              stdin=subprocess.DEVNULL)  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\d+(?:\.\d+)+", said.stdout + said.stderr)
    return found.group() if found else "unknown version"
