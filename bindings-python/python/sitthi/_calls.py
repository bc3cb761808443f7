"""The library's questions as functions: each takes the day, and the built-in rulebook where none is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ._native import Complaint, Interview, Law, Rulebook, Worker
from .errors import SitthiError
from .results import Classification, Coverage, Question, Routing, Scorecard


def law(on: date | str, rulebook: Rulebook | None = None) -> Law:
    """The law as asked about a day."""
    return (rulebook if rulebook is not None else Rulebook.built_in()).on(on)


def assess(worker: Worker | Mapping[str, Any], *, on: date | str, rulebook: Rulebook | None = None) -> Coverage:
    """Which schemes cover a worker, which they may join, which not, and why. Raises ``SitthiError``."""
    return law(on, rulebook).assess(worker)


def assess_many(workers: Iterable[Worker | Mapping[str, Any]], *, on: date | str, rulebook: Rulebook | None = None) -> list[Coverage | SitthiError]:
    """One decision or one error for each worker, in their order."""
    return law(on, rulebook).assess_many(workers)


def statuses(worker: Worker | Mapping[str, Any], *, on: date | str, rulebook: Rulebook | None = None) -> dict[str, str]:
    """The status of every scheme, without reasons. Raises ``SitthiError``."""
    return law(on, rulebook).statuses(worker)


def classify(worker: Worker | Mapping[str, Any], *, on: date | str, rulebook: Rulebook | None = None) -> Classification:
    """Which definitions a worker meets. Raises ``SitthiError``."""
    return law(on, rulebook).classify(worker)


def next_question(worker: Worker | Mapping[str, Any], *, on: date | str, rulebook: Rulebook | None = None) -> Question | None:
    """The question that helps most; None where all is decided as far as facts can. Raises ``SitthiError``."""
    return law(on, rulebook).next_question(worker)


def interview(
    about: str, facts: Worker | Complaint | Mapping[str, Any] | None = None, *, on: date | str, rulebook: Rulebook | None = None
) -> Interview:
    """An interview about a scheme (its id), ``everything``, a ``claim`` or a ``complaint``, from what is known before. Raises ``SitthiError``."""
    return law(on, rulebook).interview(about, facts)


def route(complaint: Complaint | Mapping[str, Any], *, on: date | str, rulebook: Rulebook | None = None) -> Routing:
    """Who must hear a complaint, how fast, and until when. Raises ``SitthiError``."""
    return law(on, rulebook).route(complaint)


def score(
    plan: str,
    *,
    on: date | str,
    targets: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | str | None = None,
    rulebook: Rulebook | None = None,
) -> Scorecard:
    """How a plan does, with targets and values of one's own; ``given`` is the whole input as the core reads it. Raises ``SitthiError``."""
    if targets is None and values is None:
        return law(on, rulebook).score(plan, given)
    if isinstance(given, str):
        raise TypeError("give `targets` and `values` inside the text of `given`, or all as mappings")
    said = {**(given or {}), **({"targets": targets} if targets is not None else {}), **({"values": values} if values is not None else {})}
    return law(on, rulebook).score(plan, said)


def facts(rulebook: Rulebook | None = None) -> dict[str, tuple[str, list[str] | None]]:
    """Every fact that a column may tell: its kind, and its codes where it has a list."""
    return (rulebook if rulebook is not None else Rulebook.built_in()).facts()
