"""`python -m drift`."""

from __future__ import annotations

import sys

from drift.cli import main

if __name__ == "__main__":
    sys.exit(main())
