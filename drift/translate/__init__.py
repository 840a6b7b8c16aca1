"""A copy in any language -> the same copy with every sentence in English beside it.

    translator = load("fr")                       # the shipped model; load("de") takes the table's
    english = translate_copy(copy, translator)    # a new Copy, its sentences carry their `translation`

Importing this loads no engine and touches neither network nor disk.
"""

from __future__ import annotations

from drift.translate.base import Progress, Translator
from drift.translate.catalogue import ModelInfo, available
from drift.translate.copies import round_trip, translate_alone, translate_copy
from drift.translate.exchange import export_memory, import_memory
from drift.translate.loading import Note, load
from drift.translate.memory import Memory, default_memory_path

__all__ = ["Memory", "ModelInfo", "Note", "Progress", "Translator", "available", "default_memory_path",
           "export_memory", "import_memory", "load", "round_trip", "translate_alone", "translate_copy"]
