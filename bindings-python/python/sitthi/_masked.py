"""Text of others as a message may show it; the core's own functions, so that there is one mask."""

from __future__ import annotations

import re

# A value or a name within a message, and anything else without a gap: both may be as long as whoever gave it likes.
_LONG = re.compile(r"`[^`]{121,}`|[^\s`]{121,}")


def mask(text: str) -> str:
    """A message with identity numbers masked and the values within it not longer than a line.

    As it is where the compiled part is missing, which alone reads what could hold one.
    """
    try:
        from ._native import mask as masked
    except ImportError:
        return text
    return _LONG.sub(_cut, masked(text))


def _cut(found: re.Match[str]) -> str:
    value = found[0]
    return f"`{shown(value[1:-1])}`" if value[0] == "`" else shown(value)


def shown(text: str) -> str:
    """A value as a message shows it: masked, and not longer than a line."""
    try:
        from ._native import shown as masked
    except ImportError:
        return text
    return masked(text)
