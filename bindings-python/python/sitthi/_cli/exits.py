"""How the command ends."""

from __future__ import annotations

from .._masked import mask

DONE, FAULTS, WRONG, MISSING, INTERRUPTED, UNREAD = 0, 1, 2, 3, 130, 141


class UsageError(ValueError):
    """The command line or an input file is not what the command expects; identity numbers are masked."""

    def __init__(self, message: str) -> None:
        super().__init__(mask(message))
