"""Copies -> the story: which copies tell it, which English version is the clearest and why, what the others say."""

from __future__ import annotations

from drift.witness.choose import Story, find_story
from drift.witness.kinship import Kinship, kinship
from drift.witness.support import consult, support

__all__ = ["Kinship", "Story", "consult", "find_story", "kinship", "support"]
