"""How each family of checkpoints is told which language it reads and which it writes.

| family | source | target |
|---|---|---|
| MarianMT (Tiedemann & Thottingal 2020) | nothing | nothing, or the token `>>eng<<` in front of the source |
| M2M-100 (Fan et al. 2020) | token `__fr__` in front | forced first target token `__en__` |
| NLLB-200 (NLLB Team 2022) | token `fra_Latn` in front | forced first target token `eng_Latn` |
| mBART-50 (Tang et al. 2020) | token `fr_XX` in front | forced first target token `en_XX` |
| MADLAD-400 (Kudugunta et al. 2023; T5) | nothing | the token `<2en>` in front of the source |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from drift.errors import ModelError
from drift.translate.languages import find
from drift.translate.normalise import spelling
from drift.translate.weights import Checkpoint

__all__ = ["Family", "family_of", "marian_prefix"]

_MARIAN_TOKEN = re.compile(r">>(\w+)<<")
_MADLAD_TOKEN = re.compile(r"<2(\w+)>")
_LANGUAGE_TOKEN = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}|[a-z]{2}_[A-Z]{2}")  # NLLB | mBART-50
_FALLBACK_POSITIONS = 512  # T5 has relative positions and states no length; MADLAD was trained on up to 512


@dataclass(frozen=True, slots=True)
class Family:
    """One checkpoint's conventions for one language pair."""

    tokenizer: Any
    end: int  # id of the end mark
    max_pieces: int
    prefix: str = ""  # text in front of the source
    start: tuple[int, ...] = ()  # forced first target ids
    generation: dict[str, Any] = field(default_factory=dict)
    banned: tuple[int, ...] = ()  # ids that are never generated
    settings: str = ""
    spelling: dict[int, str] = field(default_factory=dict)  # see `normalise.spelling`

    def encode(self, text: str) -> dict[str, list[int]]:
        """Model inputs of a source text."""
        inputs = self.tokenizer(self.prefix + text.translate(self.spelling))
        return {k: inputs[k] for k in ("input_ids", "attention_mask")}

    def encode_target(self, text: str) -> list[int]:
        """Ids of a target text without any mark."""
        ids = self.tokenizer(text_target=text)["input_ids"]
        marks = {self.end, *self.start}
        return [i for i in ids if i not in marks]

    def decode(self, ids: Sequence[int]) -> str:
        return str(self.tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)).strip()

    def tokens(self, ids: Sequence[int]) -> list[str]:
        return [str(t) for t in self.tokenizer.convert_ids_to_tokens(ids)]


def family_of(checkpoint: Checkpoint, tokenizer: Any, source: str, target: str) -> Family:
    """The conventions of a loaded checkpoint. Raises ModelError DR208 where it lacks a language of the pair."""
    config, vocabulary = checkpoint.config, tokenizer.get_vocab()
    signs = spelling(lambda sign: sign in vocabulary or "▁" + sign in vocabulary)
    end = int(tokenizer.eos_token_id)
    positions = int(config.get("max_position_embeddings") or _FALLBACK_POSITIONS)
    if checkpoint.family == "marian":
        prefix = marian_prefix(checkpoint, vocabulary, target)
        pad = config.get("pad_token_id")
        banned = () if pad is None else (int(pad),)
        return Family(tokenizer, end, positions, prefix=prefix + " " if prefix else "", banned=banned,
                      spelling=signs, settings=f";{prefix}" if prefix else "")
    if checkpoint.family == "t5":
        token = _pick(checkpoint, target, {m.group(1): t for t in vocabulary
                                           if (m := _MADLAD_TOKEN.fullmatch(t))})
        return Family(tokenizer, end, positions, prefix=f"{token} ", spelling=signs, settings=f";{token}")
    if checkpoint.family in ("m2m_100", "mbart"):
        listed = _listed(tokenizer)
        mine, theirs = _pick(checkpoint, source, listed), _pick(checkpoint, target, listed)
        tokenizer.src_lang, tokenizer.tgt_lang = mine, theirs
        first = _language_id(tokenizer, theirs)
        return Family(tokenizer, end, positions, start=(first,), generation={"forced_bos_token_id": first},
                      spelling=signs, settings=f";{mine}>{theirs}")
    raise ModelError("DR208", f"{checkpoint.name} is of the family {checkpoint.family or 'unknown'!r}, which drift "
                              "does not know how to ask for a language; pass --model a MarianMT, NLLB-200, M2M-100, "
                              "mBART-50 or MADLAD-400 checkpoint.")


def marian_prefix(checkpoint: Checkpoint, vocabulary: Any, target: str) -> str:
    """The target-language token of a Marian model with several targets, "" for a model with one."""
    offered = {m.group(1): t for t in vocabulary if (m := _MARIAN_TOKEN.fullmatch(t))}
    if not offered or (target == "en" and find(target, offered) is None):
        return ""  # models into English carry stray tokens at most
    return _pick(checkpoint, target, offered)


def _listed(tokenizer: Any) -> dict[str, str]:
    """Language codes a tokenizer of the M2M-100, NLLB or mBART-50 kind knows, as it spells them."""
    codes = getattr(tokenizer, "lang_code_to_token", None) or getattr(tokenizer, "lang_code_to_id", None)
    codes = codes or [t for t in tokenizer.get_vocab() if _LANGUAGE_TOKEN.fullmatch(t)]
    return {code: code for code in codes}


def _language_id(tokenizer: Any, code: str) -> int:
    if hasattr(tokenizer, "get_lang_id"):
        return int(tokenizer.get_lang_id(code))
    return int(tokenizer.convert_tokens_to_ids(code))


def _pick(checkpoint: Checkpoint, language: str, offered: dict[str, str]) -> str:
    spelling = find(language, offered)
    if spelling is None:
        raise ModelError("DR208", f"{checkpoint.name} does not know the language {language!r}; pass --model another.")
    return offered[spelling]
