"""Text of others as a message may show it; the core's own functions, so that there is one mask."""

from __future__ import annotations


def mask(text: str) -> str:
    """Text with identity numbers masked. As it is where the compiled part is missing, which alone reads what could hold one."""
    try:
        from ._native import mask as masked
    except ImportError:
        return text
    return masked(text)


def shown(text: str) -> str:
    """A value as a message shows it: masked, and not longer than a line."""
    try:
        from ._native import shown as masked
    except ImportError:
        return text
    return masked(text)
