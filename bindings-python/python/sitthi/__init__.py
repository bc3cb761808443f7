"""Thai labour protection: who a worker is, what covers them, who must hear their complaint, and whether a plan works, on any date.

The rules and the engine are compiled; the names below come from there. ``sitthi.synth``, ``sitthi.plots`` and ``sitthi.report`` are
plain Python and need their extras.
"""

from importlib import import_module as _import_module
from typing import Any as _Any

_MODULES = ("cli", "frames", "plots", "report", "synth")


def __getattr__(name: str) -> _Any:
    # Lazy, so that `import sitthi` costs nothing and the plain parts work where the compiled one is not built.
    if name in _MODULES:
        return _import_module(f".{name}", __name__)
    if not name.startswith("_"):
        value = getattr(_import_module("._native", __name__), name, None)
        if value is not None:
            globals()[name] = value
            return value
    raise AttributeError(f"module `sitthi` has no attribute `{name}`")
