"""Regression tests on meaning: baseline and gate, recorded translations, two systems side by side, the pytest plugin.

    from drift.gate.baseline import Baseline          # what is accepted today; Baseline.of(report), load, save
    from drift.gate.check import check                # report + baseline -> Gate: new, fixed, moved, one exit code
    from drift.gate.cassette import recording, replaying   # translations in a file of the repository; no weights needed
    from drift.gate.systems import compare_systems    # two MT systems -> Comparison: wins, kinds, significance
    from drift.gate.segments import read_segments     # lines, TSV, JSONL, TMX, XLIFF, PO, sacrebleu's test sets

Importing this loads nothing: the pytest plugin (`drift.gate.plugin`) is imported by every run of pytest.
"""
