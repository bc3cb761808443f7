"""The progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


class Bar:
    """A progress bar on standard error, where that is a terminal; call it with what is done and the total."""

    def __init__(self, what: str, width: int = 30) -> None:
        self._what, self._width, self._shown = what, width, -1
        self._on = sys.stderr.isatty()

    def __enter__(self) -> Callable[[int, int], None] | None:
        return self._draw if self._on else None

    def _draw(self, done: int, total: int) -> None:
        share = done / total if total else 1.0
        if int(share * 100) != self._shown:
            self._shown = int(share * 100)
            full = int(share * self._width)
            print(f"\r{self._what} [{'#' * full}{'.' * (self._width - full)}] {self._shown:3d}%", end="", file=sys.stderr, flush=True)

    def __exit__(self, *error: Any) -> None:
        if self._on and self._shown >= 0:
            print(file=sys.stderr)
