"""The whole way, top to bottom: read, translate, choose the witness, align, judge, ask the other witnesses, score."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from drift.prepare import DEFAULT_MEMORY, StageProgress, Translating, gather, in_english, second_opinions
from drift.records import Copy, Report

__all__ = ["report"]


def report(
    copies: str | os.PathLike[str] | Copy | Iterable[str | os.PathLike[str] | Copy],
    *,
    reference: str | None = None,
    languages: Mapping[str, str] | None = None,
    model: str | Mapping[str, str] | None = None,
    revision: str | None = None,
    engine: str | None = None,
    device: str = "cpu",
    memory: str | Path | None = DEFAULT_MEMORY,
    encoder: str | None = None,
    control: bool = False,
    round_trip: str | Iterable[str] = (),
    second_opinion: str | Mapping[str, str] | None = None,
    progress: StageProgress | None = None,
    note: Callable[[str], None] | None = None,
) -> Report:
    """Compare copies of one article and say where the meaning moved.

    `copies` are files, folders ("-" is stdin) or `Copy` records, at least two. `reference` is the id or path of the
    version to compare with; None chooses the clearest English one. `languages` (id -> ISO 639-1) overrides detection.
    `model`, `revision`, `engine` and `device` say how to translate; `memory` is the file that remembers translations,
    None remembers nothing. `encoder` is a `sentence-transformers` model for languages that the default does not know.
    `control` also sends the reference through each pivot language and back; what that shows is the instrument's.
    `round_trip` names languages (ISO 639-1) that the reference is sent through and back, each a copy of its own in the
    report; with it one English copy is enough. `second_opinion` ("apertium", a model, or one for each language) has
    the sentences with findings translated once more, by an engine that fails differently.
    `progress(stage, done, total)` and `note(sentence)` are called while it works. The order of `copies` is no matter.

    Raises UsageError (fewer than two copies, an unknown id), UnreadableError, ModelError and ResourceError (no English
    version). What cannot be compared stays in the report with `copy.error`, and one sentence in `warnings`.
    """
    from drift.align import copy_windows
    from drift.align.encoders import DEFAULT_ENCODER, load_encoder
    from drift.align.lineup import line_up
    from drift.assemble import assemble
    from drift.attribution.control import apply, run_control
    from drift.attribution.copies import attribute
    from drift.attribution.pivot import add_pivots, judge_pivots, pivot_languages, send
    from drift.compare import judge_line_ups
    from drift.witness import consult, find_story

    progress, note = progress or (lambda *_: None), note or (lambda _: None)
    how = Translating(model=model, revision=revision, engine=engine, device=device, memory=memory,
                      second=second_opinion)  # fmt: skip
    pivots_wanted = pivot_languages(round_trip)
    given = gather(copies, languages, note, least=1 if pivots_wanted else 2)
    prepared = in_english(given, how, progress=progress, note=note)

    sentences = load_encoder(encoder or DEFAULT_ENCODER, device=device)
    comparable = [c for c in prepared.copies if c.error is None and c.sentences]
    windows = {}
    for number, copy in enumerate(comparable, 1):
        windows[copy.id] = copy_windows(copy, sentences)
        progress("aligning", number, len(comparable))
    story = find_story(prepared.copies, windows, reference=reference)

    related = [c for c in comparable if c.id != story.reference.id and story.tells_it(c.id)]
    lined_up = [line_up(story.reference, c, story.clearer_than(c, related), windows) for c in related]
    by_id = {c.id: c for c in comparable}
    judged = judge_line_ups(lined_up, by_id, progress=progress)
    second, unasked = second_opinions(prepared.loaded, how, note=note)
    attributed = attribute(judged, prepared.loaded, sentences, second=second, progress=progress)
    prepared = prepared.with_help("the second opinion", second.values(), unasked)
    if control:
        controls, missing = run_control(story.reference, prepared.loaded, how.forward, note)
        attributed = apply(attributed, story.reference, controls)
        prepared = prepared.with_help("the control", [c.there for c in controls.values()], missing)
    consulted = consult(story.reference, attributed)

    if pivots_wanted:
        pivots = send(story.reference, pivots_wanted, how, progress=progress, note=note, taken=[c.id for c in given])
        consulted += judge_pivots(story.reference, pivots, sentences, progress=progress)
        story, prepared = add_pivots(story, prepared, pivots)
    return assemble(story, prepared, consulted, encoder=sentences.name)
