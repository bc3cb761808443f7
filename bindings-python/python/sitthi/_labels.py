"""The labels of codes, as the rulebook has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._native import Law, Rulebook

Words = dict[str, str]
"""A text in both languages: ``{"th": …, "en": …}``."""


def standing_law(rulebook: Rulebook | None = None) -> Law:
    """The law of the day on which the rulebook was last compared with it; labels do not hang on a day."""
    from ._native import Rulebook

    book = rulebook if rulebook is not None else Rulebook.built_in()
    return book.on(book.checked_on or date.today())


def by_code(labels: Iterable[tuple[str, str, str]]) -> dict[str, Words]:
    """Labels by their codes."""
    return {code: {"th": thai, "en": english} for code, thai, english in labels}


def labels(code_list: str, law: Law | None = None) -> dict[str, Words]:
    """The labels of a list of codes such as ``status``; those of the built-in rulebook where no law is given."""
    return by_code((law if law is not None else standing_law()).codes(code_list))
