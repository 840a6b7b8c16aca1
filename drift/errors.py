"""Every way drift can refuse, in one tree.

    DriftError                    exit code 1, never raised itself
    ├── UsageError                2   the call is wrong: paths, options, unequal line counts
    ├── ResourceError             3   something the call needs cannot be had
    │   ├── UnreadableError           a file is missing, binary, empty, too large, vanished
    │   └── ModelError                a model or an optional package is missing or broken
    └── GateFailure               1   the gate (`--fail-on`, `check`) found what it must not find

A message is one sentence that says what is wrong, where, and what to do. Its code (``DR###``) is stable: tests and
users search for the code, the wording may change. Codes: 1xx read, 2xx translate, 3xx witness and align, 4xx judge,
5xx render, 6xx gate, 9xx command line.
"""

from __future__ import annotations

__all__ = ["DriftError", "GateFailure", "ModelError", "ResourceError", "UnreadableError", "UsageError"]


class DriftError(Exception):
    """Base of every error that drift raises on purpose; ``str()`` is the sentence shown to the user, code included."""

    exit_code = 1

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"[{code}] {message}")
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[DriftError], tuple[str, str]]:
        """From one process to another as it was made: `args` holds the finished sentence only."""
        return type(self), (self.code, self.message)


class UsageError(DriftError):
    """The call itself is wrong; nothing was read or written."""

    exit_code = 2


class ResourceError(DriftError):
    """Something that the call needs is missing, unreadable or broken."""

    exit_code = 3


class UnreadableError(ResourceError):
    """An input file cannot be used as text."""


class ModelError(ResourceError):
    """A model, an engine or an optional package is missing or broken."""


class GateFailure(DriftError):
    """The drift found is above what the gate allows."""

    exit_code = 1
