"""Columns of a file fitted to facts: the mapping as JSON says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..frames import READERS
from .exits import UsageError
from .given import json_of

_ALL_READERS = frozenset(reader for readers in READERS.values() for reader in readers)
# What JSON writes as a key for all other values, and for no value.
_KEYS: Mapping[str, Any] = {"...": ..., "null": None}

Kinds = Mapping[str, str]


def said(path: str | None) -> dict[str, Any]:
    """The mapping of columns, as the file says it."""
    return {} if path is None else json_of(path, "the mapping of columns")


def no_answer(said: Iterable[str]) -> dict[str, list[str]]:
    """The values of columns that say that nobody answered, said as COLUMN=VALUE,VALUE."""
    found: dict[str, list[str]] = {}
    for one in said:
        column, equals, values = one.partition("=")
        if not equals or not column.strip() or not values.strip():
            raise UsageError(f"--no-answer {one}: expected COLUMN=VALUE, or several values with commas between them")
        found.setdefault(column.strip(), []).extend(value.strip() for value in values.split(","))
    return found


def kind_of(fact: str, kinds: Kinds) -> str | None:
    """The kind of a fact; contribution months stand in a table as counts."""
    return "count" if fact.startswith("paid_months.") and fact not in kinds else kinds.get(fact)


def targets(column: str, mapping: Mapping[str, Any]) -> list[Any]:
    """What a column fills: names of facts, or pairs of a name and a map or reader. JSON has lists for both."""
    target = mapping.get(column, column)
    if not isinstance(target, list):
        return [target]
    return [tuple(target)] if _is_pair(target) else [tuple(one) if isinstance(one, list) and _is_pair(one) else one for one in target]


def _is_pair(target: list[Any]) -> bool:
    how = target[1] if len(target) == 2 else None
    return isinstance(how, dict) or (isinstance(how, str) and how in _ALL_READERS) or (isinstance(how, list) and how[:1] == ["age"])


def fitted(names: Iterable[str], mapping: Mapping[str, Any], kinds: Kinds) -> dict[str, Any]:
    """The mapping as the library takes it, for the columns of a table. A map in JSON has keys of text alone: the core knows what they name."""
    present = list(names)
    found: dict[str, Any] = {column: target for column, target in mapping.items() if column not in present}
    for column in present:
        if column in mapping or kind_of(column, kinds) is not None:
            fits = [_one(target) for target in targets(column, mapping)]
            found[column] = fits if len(fits) > 1 else fits[0]
    return found


def _one(target: Any) -> Any:
    if isinstance(target, tuple) and isinstance(target[1], dict):
        return (target[0], {_KEYS.get(key, key): says for key, says in target[1].items()})
    return target
