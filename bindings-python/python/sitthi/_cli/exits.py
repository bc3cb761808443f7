"""How the command ends."""

DONE, FAULTS, WRONG, MISSING, INTERRUPTED, UNREAD = 0, 1, 2, 3, 130, 141


class UsageError(ValueError):
    """The command line or an input file is not what the command expects."""
