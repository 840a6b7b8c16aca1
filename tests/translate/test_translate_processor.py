"""int8 only on processors on which it says what float32 says."""

from __future__ import annotations

import pytest

from drift.translate import processor

MACHINES = [
    ("x86_64", "flags\t\t: fpu avx2 avx512f avx512_vnni\n", True),
    ("x86_64", "processor\t: 0\nflags\t\t: fpu avx2 avx_vnni\n", True),
    ("x86_64", "flags\t\t: fpu sse4_2 avx avx2 fma\n", False),
    ("x86_64", "", False),
    ("AMD64", None, False),
    ("aarch64", "Features\t: fp asimd\n", True),
    ("arm64", None, True),
]


@pytest.mark.parametrize(("machine", "text", "exact"), MACHINES)
def test_int8_where_bytes_are_multiplied_exactly(monkeypatch, tmp_path, machine, text, exact):
    monkeypatch.setattr("platform.machine", lambda: machine)
    if text is not None:
        (tmp_path / "cpuinfo").write_text(text)
    assert processor.exact_int8(tmp_path / "cpuinfo") is exact


@pytest.mark.parametrize(("exact", "precision"), [(True, "int8"), (False, "float32")])
def test_the_engine_says_its_precision_in_its_settings(monkeypatch, checkpoints, exact, precision):
    from drift.translate.ctranslate2_engine import CTranslate2Translator

    monkeypatch.setattr("drift.translate.ctranslate2_engine.exact_int8", lambda: exact)
    assert precision in CTranslate2Translator(checkpoints("marian"), source="fr", target="en").settings
