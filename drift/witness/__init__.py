"""Copies -> the story: which copies tell it, which English version is the clearest and why, what the others say."""

from __future__ import annotations

from drift.witness.choose import Story, find_story
from drift.witness.kinship import Kinship, kinship

__all__ = ["Kinship", "Story", "find_story", "kinship"]
