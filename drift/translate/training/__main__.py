"""``python -m drift.translate.training``; see :mod:`drift.translate.training.cli`."""

from __future__ import annotations

import os
import sys

# Both are read when torch loads. The default cache of 1,024 primitives is too small for some 50 batch shapes, and
# threads that spin while they wait make a run on shared cores four times slower.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16384")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from drift.translate.training.cli import main

sys.exit(main())
