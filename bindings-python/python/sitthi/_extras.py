"""Import of what only an extra brings, with the command that installs it."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


class MissingExtraError(ImportError):
    """A package that belongs to an extra of sitthi is not installed."""


def need(module: str, extra: str) -> ModuleType:
    """Import ``module``, or say which command installs it.

    Raises ``MissingExtraError`` where it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise MissingExtraError(
            f"`{package}` is not installed; install it with: pip install 'sitthi[{extra}]'"
        ) from error
