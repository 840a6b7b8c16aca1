"""drift: says where the meaning of an article moved while it was copied and translated.

    report = drift.report(["copies/"])              # files or folders -> Report
    copy = drift.read("copies/b.txt")               # one file -> Copy
    pair = drift.judge(reference, hypothesis)       # two sentences -> PairDrift

Importing this package loads no model and no numerical library; the functions below do, when they are called.
"""

from __future__ import annotations

from drift._version import __version__

# `read` and `judge` are functions here and folders beside this file. The import system binds a folder to its name once,
# when it is first loaded, which is in these lines; the function's binding follows and stays.
from drift.judge import judge, judge_many
from drift.pipeline import report
from drift.read import read

__all__ = ["__version__", "judge", "judge_many", "read", "report"]
