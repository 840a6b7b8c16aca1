"""The notebooks as they are stored: run from top to bottom, with what they show, nothing that changes from run to run.

That they still run is checked by `python notebooks/run.py --check`, which CI calls.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted(Path(__file__).parents[2].joinpath("notebooks").glob("*.ipynb"))


def test_there_are_notebooks():
    assert {"01_walkthrough", "02_inside_one_sentence", "03_your_own_articles"} <= {p.stem for p in NOTEBOOKS}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def stored(request):
    notebook = nbformat.read(request.param, as_version=4)
    nbformat.validate(notebook)
    return request.param, notebook


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_it_was_run_from_top_to_bottom_without_an_error(stored):
    _, notebook = stored
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))
    assert not [o for cell in code(notebook) for o in cell.outputs if o.output_type == "error"]


def test_every_cell_shows_something(stored):
    _, notebook = stored
    assert [cell.source for cell in code(notebook) if not cell.outputs] == []


def test_there_is_a_picture(stored):
    _, notebook = stored
    assert any("image/png" in o.get("data", {}) for cell in code(notebook) for o in cell.outputs)


def test_ids_and_metadata_are_the_same_in_every_run(stored):
    path, notebook = stored
    assert [cell.id for cell in notebook.cells] == [f"{path.stem[:2]}-{i:02}" for i in range(len(notebook.cells))]
    assert all(cell.metadata == {} for cell in notebook.cells)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_no_output_holds_what_differs_between_machines(stored):
    path, _ = stored
    text = path.read_text("utf-8")
    assert not re.search(r"0x[0-9a-f]{8,}|/tmp/tmp\w|/home/|/work/|it/s\]", text)


def test_it_begins_with_what_it_is_about_and_is_short(stored):
    _, notebook = stored
    assert notebook.cells[0].source.startswith("# ")
    assert len(notebook.cells) <= 24
    assert all(len(cell.source.splitlines()) <= 26 for cell in notebook.cells)
