"""Thai labour protection: who a worker is, what covers them, who must hear their complaint, and whether a plan works, on any date.

    >>> import sitthi
    >>> coverage = sitthi.assess({"nationality": "thai", "birth_date": "1984-05-10", "jobs": []}, on="2026-11-22")
    >>> coverage["sso_40_1"].status
    'undetermined'
    >>> coverage.next.fact
    'member.sso_39'

The rules and the engine are compiled. ``sitthi.synth``, ``sitthi.plots`` and ``sitthi.report`` are plain Python and need their extras.
"""

from importlib import import_module as _import_module

# What type checkers call it; importing `typing` for the name would be half of the start-up.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import cli as cli
    from . import files as files
    from . import frames as frames
    from . import plots as plots
    from . import report as report
    from . import results as results
    from . import synth as synth
    from ._calls import assess, assess_many, classify, facts, interview, law, next_question, route, score, statuses
    from ._native import Complaint, Interview, Law, Rulebook, Worker, check_citizen_id, day_words, read_day, thai_date
    from ._population import ArrowFrame, RowError, Statuses, Tally, assess_frame, tally
    from .errors import SitthiError
    from .frames import FrameError, UnknownCodeError, UnknownColumnError, UnknownFactError, UnmappedValueError
    from .results import Classification, Coverage, Question, Routing, Scorecard

    __version__: str

# Where each name stands. Lazy, so that `import sitthi` costs nothing and the plain parts work where the compiled one is not built.
_HOMES = {
    "_calls": ("assess", "assess_many", "classify", "facts", "interview", "law", "next_question", "route", "score", "statuses"),
    "_native": ("Complaint", "Interview", "Law", "Rulebook", "Worker", "check_citizen_id", "day_words", "read_day", "thai_date"),
    "_population": ("ArrowFrame", "RowError", "Statuses", "Tally", "assess_frame", "tally"),
    "errors": ("SitthiError",),
    "frames": ("FrameError", "UnknownCodeError", "UnknownColumnError", "UnknownFactError", "UnmappedValueError"),
    "results": ("Classification", "Coverage", "Question", "Routing", "Scorecard"),
}
_MODULES = ("cli", "errors", "files", "frames", "plots", "report", "results", "synth")
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ArrowFrame", "Classification", "Complaint", "Coverage", "FrameError", "Interview", "Law", "Question", "Routing", "RowError", "Rulebook", "Scorecard",
    "SitthiError", "Statuses", "Tally", "UnknownCodeError", "UnknownColumnError", "UnknownFactError", "UnmappedValueError", "Worker", "assess",
    "assess_frame", "assess_many", "check_citizen_id", "classify", "day_words", "facts", "interview", "law", "next_question", "read_day", "route", "score", "statuses",
    "tally", "thai_date",
]


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("sitthi")
    except PackageNotFoundError:  # Run from its sources.
        return "(not installed)"


def __getattr__(name: str) -> "Any":
    if name == "__version__":
        return _version()
    if name in _MODULES:
        return _import_module(f".{name}", __name__)
    if name in _HOME:
        globals()[name] = value = getattr(_import_module(f".{_HOME[name]}", __name__), name)
        return value
    raise AttributeError(f"module `sitthi` has no attribute `{name}`")


def __dir__() -> "list[str]":
    return sorted({*__all__, *_MODULES})
