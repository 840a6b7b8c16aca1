"""Run the notebooks from clean kernels and store them with what they show, so that they can be read on a code host.

    python notebooks/run.py                # all of them, in place
    python notebooks/run.py --check        # run them, write nothing: what CI calls; exit code 1 where a cell fails
    python notebooks/run.py 02*.ipynb      # some of them

The same code gives the same bytes: cell ids are made of the notebook's name and the cell's number, times are not
recorded, and progress bars are dropped.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager as KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).resolve().parent
TIMEOUT = 600  # seconds a cell; a notebook is to take less than 60 on an idle machine
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the notebooks and store them with their outputs.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all beside this script")
    parser.add_argument("--check", action="store_true", help="run them, but write nothing")
    args = parser.parse_args()
    # The kernel takes drift from this checkout, installed or not, and behaves as on a machine without a network.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HERE.parent), os.environ.get("PYTHONPATH", "")]))
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    failed = 0
    for path in args.notebooks or sorted(HERE.glob("*.ipynb")):
        started = time.monotonic()
        notebook = nbformat.read(path, as_version=4)
        try:
            run(notebook, path)
        except CellExecutionError as error:
            failed += 1
            print(f"{path.name}: FAILED\n{error}", file=sys.stderr)
            continue
        print(f"{path.name}: {time.monotonic() - started:.0f} s")
        if not args.check:
            write(notebook, path)
    return 1 if failed else 0


def run(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Execute all cells in a new kernel, and leave in them only what is the same each time."""
    manager = KernelManager(kernel_name="python3", transport="ipc")  # a socket file, which nobody else can reach
    manager.ip = str(Path(tempfile.mkdtemp()) / "kernel")
    client = NotebookClient(
        notebook, km=manager, timeout=TIMEOUT, record_timing=False, resources={"metadata": {"path": path.parent}}
    )
    client.owns_km = True  # it ends the kernel too
    client.execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"{path.stem[:2]}-{number:02}"
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if not passing(o)]


def passing(output: nbformat.NotebookNode) -> bool:
    """Whether an output was there only while the cell ran: progress bars, also what is left of them at the end."""
    if output.output_type == "stream":
        return output.name == "stderr"
    return output.output_type == "display_data" and not output.data.get("text/plain", "").strip()


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    nbformat.validate(notebook)
    beside = path.with_suffix(".part")
    beside.write_text(nbformat.writes(notebook).rstrip() + "\n", encoding="utf-8")
    os.replace(beside, path)


if __name__ == "__main__":
    sys.exit(main())
