"""The translation models in the hub's cache on this machine, and which languages each says it knows; no network."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drift.translate.languages import iso2

__all__ = ["ANY", "CachedModel", "cached_models"]

ANY: Final = "*"  # as a target: every language of the model's sources
# How each family writes a language in its vocabulary files; see `families`.
_TOKENS: Final = {
    "m2m_100": re.compile(rb'"(?:__([a-z]{2,3})__|([a-z]{3})_[A-Z][a-z]{3})"'),
    "mbart": re.compile(rb'"([a-z]{2})_[A-Z]{2}"'),
    "t5": re.compile(rb"<2([a-z]{2,3})>"),
}
_FILES: Final = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "spiece.model")
_MARIAN_NAME: Final = re.compile(r"opus-mt-(?:tc-)?(?:big-)?([A-Za-z]{2,7})-([A-Za-z]{2,7})$")
_LARGEST: Final = 50_000_000  # bytes of a vocabulary file that is still read


@dataclass(frozen=True, slots=True)
class CachedModel:
    """One model in the hub's cache that can translate and whose weights are whole."""

    model: str  # hub id
    revision: str  # commit
    folder: Path
    source: tuple[str, ...]  # ISO 639-1; ("und",) where its files do not say
    target: str  # ISO 639-1, or ANY
    marian: bool  # CTranslate2 may run it

    @property
    def megabytes(self) -> int:
        """The weights on disk."""
        return round(sum(p.stat().st_size for p in self.folder.glob("*.safetensors")) / 1e6)


def cached_models() -> list[CachedModel]:
    """Every translation model of the hub's cache, by name; at the commit that `main` names, else at the newest."""
    if importlib.util.find_spec("huggingface_hub") is None:
        return []
    from huggingface_hub import constants, scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    try:
        repos = scan_cache_dir(constants.HF_HUB_CACHE).repos
    except (CacheNotFound, OSError, ValueError):
        return []
    found = []
    for repo in sorted((r for r in repos if r.repo_type == "model"), key=lambda r: str(r.repo_id)):
        revisions = sorted(repo.revisions, key=lambda r: ("main" in r.refs, r.last_modified, r.commit_hash))
        for revision in reversed(revisions):
            model = _open(str(repo.repo_id), str(revision.commit_hash), Path(revision.snapshot_path))
            if model is not None:
                found.append(model)
                break
    return found


def _open(name: str, commit: str, folder: Path) -> CachedModel | None:
    """None where it is no translation model that drift can run, or not whole."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        family = str(config.get("model_type", ""))
    except (OSError, ValueError, AttributeError):
        return None
    if not list(folder.glob("*.safetensors")):
        return None
    if family == "marian":
        source, target = _marian(name, folder)
    elif family in _TOKENS:
        source, target = tuple(sorted(set(_spoken(folder, _TOKENS[family])))), ANY
        if not source and family == "t5":  # T5 is many things; only MADLAD-400 among them asks for a language
            return None
    else:
        return None
    return CachedModel(name, commit, folder, source or ("und",), target, family == "marian")


def _marian(name: str, folder: Path) -> tuple[tuple[str, ...], str]:
    """The pair that a Marian checkpoint's tokenizer names, else its own name."""
    try:
        told = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
        pair = str(told["source_lang"]), str(told["target_lang"])
    except (OSError, ValueError, KeyError, TypeError):
        match = _MARIAN_NAME.search(name)
        pair = (match[1], match[2]) if match else ("und", "und")
    source, target = (_code(part) for part in pair)
    return (source,), target


def _code(text: str) -> str:
    try:
        return iso2(text)
    except ValueError:  # a group of languages (ROMANCE), or several (fr+it)
        return "und"


def _spoken(folder: Path, token: re.Pattern[bytes]) -> Iterator[str]:
    for name in _FILES:
        path = folder / name
        if path.is_file() and path.stat().st_size <= _LARGEST:
            for match in token.finditer(path.read_bytes()):
                yield iso2(next(group for group in match.groups() if group).decode())
