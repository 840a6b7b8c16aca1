"""Reference and copy -> beads: which sentences carry the same content, in order first, then those that moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drift.align.beads import Costs, Match, Windows
    from drift.align.encoders import SentenceEncoder
    from drift.align.moved import MovedCosts
    from drift.records import Copy

__all__ = ["align", "align_windows", "comparable_texts", "copy_windows"]


def comparable_texts(copy: Copy, encoder: SentenceEncoder) -> list[str]:
    """What the encoder is given of each sentence: its own words where the encoder knows the language, else English."""
    known = encoder.languages

    def text(own: str, language: str | None, english: str) -> str:
        return own if not known or (language or copy.language) in known else english

    return [text(s.text, s.language, s.english) for s in copy.sentences]


def copy_windows(copy: Copy, encoder: SentenceEncoder) -> Windows:
    """Embeddings of a copy's sentences and of their neighbourhoods."""
    from drift.align.beads import embed_windows

    return embed_windows(comparable_texts(copy, encoder), encoder, paragraphs=[s.paragraph for s in copy.sentences])


def align(reference: Copy, copy: Copy, encoder: SentenceEncoder, *, costs: Costs | None = None) -> list[Match]:
    """Align a copy with the reference; see `align_windows`."""
    return align_windows(copy_windows(reference, encoder), copy_windows(copy, encoder), costs=costs)


def align_windows(
    reference: Windows, copy: Windows, *, costs: Costs | None = None, moved: MovedCosts | None = None
) -> list[Match]:
    """Every sentence of both sides in exactly one match, in the copy's reading order, gaps where they occur."""
    from drift.align.beads import Costs, Match, bead_gains, best_path, cosine, window_similarities, without_weak_edges
    from drift.align.moved import moved_passages

    costs = costs or Costs()
    similarities = window_similarities(reference, copy)
    gains = bead_gains(similarities, reference, copy, costs)
    path = without_weak_edges(best_path(gains, len(reference), len(copy), costs.gap), similarities, costs)

    left_rows = [r.start for r, c in path if not len(c)]
    left_columns = [c.start for r, c in path if not len(r)]
    passages = moved_passages(similarities, left_rows, left_columns, moved)
    moved_rows = {i for r, _ in passages for i in r}
    moved_columns = {j: (r, c) for r, c in passages for j in c}

    matches = []
    for r, c in path:
        if len(r) and len(c):
            matches.append(Match(r, c, cosine(reference, copy, r, c)))
        elif len(c) and c.start in moved_columns:
            there, here = moved_columns[c.start]
            if here.start == c.start:
                matches.append(Match(there, here, cosine(reference, copy, there, here), moved=True))
        elif len(c) or r.start not in moved_rows:
            matches.append(Match(r, c))
    return matches
