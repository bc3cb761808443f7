"""Columns of a file fitted to facts: the mapping as JSON says it, and values as a CSV file writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from .._extras import need
from ..frames import READERS
from .exits import UsageError
from .given import WORDS, json_of

_ALL_READERS = frozenset(reader for readers in READERS.values() for reader in readers)
# As tables write whole numbers in a column with gaps.
_POINT_ZERO = re.compile(r"^[+-]?\d+\.0+$")

_WORDS = {"yes_no": "yes, no or unknown", "count": "a whole number, not negative, or unknown"}

Kinds = Mapping[str, str]


def said(path: str | None) -> dict[str, Any]:
    """The mapping of columns, as the file says it."""
    return {} if path is None else json_of(path, "the mapping of columns")


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
    return len(target) == 2 and (isinstance(target[1], dict) or (isinstance(target[1], str) and target[1] in _ALL_READERS))


def tidied(table: Any, mapping: Mapping[str, Any], names: Iterable[str]) -> Any:
    """Columns of facts as CSV writes them: `1.0` is `1`, as it was before a table with gaps made it a float, and `unknown` is no value."""
    pa, compute = need("pyarrow", "cli"), need("pyarrow.compute", "cli")
    for name in names:
        column = table[name]
        if not pa.types.is_string(column.type):
            continue
        maps = [target[1] for target in targets(name, mapping) if isinstance(target, tuple) and isinstance(target[1], dict)]
        if not any(_POINT_ZERO.match(key) for codes in maps for key in codes):
            column = compute.replace_substring_regex(column, r"^([+-]?\d+)\.0+$", r"\1")
        if not maps:
            column = compute.if_else(compute.equal(compute.utf8_lower(column), "unknown"), pa.scalar(None, pa.string()), column)
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def fitted(table: Any, mapping: Mapping[str, Any], kinds: Kinds, written: bool) -> dict[str, Any]:
    """The mapping as the library takes it, for a table as it came from its file; ``written`` says that its facts are text, as in a CSV file."""
    found: dict[str, Any] = {column: target for column, target in mapping.items() if column not in table.column_names}
    for column in table.column_names:
        if column not in mapping and kind_of(column, kinds) is None:
            continue
        fits = [_one(column, table[column], target, kinds, written) for target in targets(column, mapping)]
        found[column] = fits if len(fits) > 1 else fits[0]
    return found


def _one(column: str, values: Any, target: Any, kinds: Kinds, written: bool) -> Any:
    if isinstance(target, tuple) and isinstance(target[1], dict):
        return (target[0], codes(column, values, target[1]))
    if written and isinstance(target, str) and kind_of(target, kinds) in _WORDS:
        return (target, _readable(values, str(kind_of(target, kinds))))
    return target


def distinct(values: Any) -> list[Any]:
    """The values of a column, each once, without nulls."""
    return [value for value in values.unique().to_pylist() if value is not None]


def word(text: str, kind: str) -> Any:
    """What a cell of text says of a fact: yes or no, a count, or unknown; the text itself where it is none of these."""
    lower = text.strip().lower()
    if lower in WORDS and (WORDS[lower] is None or kind == "yes_no"):
        return WORDS[lower]
    if kind == "count" and lower.isdecimal():
        return int(lower)
    return text


def by_word(names: Iterable[str], mapping: Mapping[str, Any], kinds: Kinds) -> dict[str, str]:
    """The facts that cells of text tell by a word, as `yes`, and what is expected of these."""
    filled = (target for name in names for target in targets(name, mapping) if isinstance(target, str))
    return {fact: _WORDS[kind] for fact in filled if (kind := kind_of(fact, kinds)) in _WORDS}


def _readable(values: Any, kind: str) -> dict[Any, Any]:
    read = {text: word(text, kind) for text in distinct(values)}
    # The plain words stand in the map whether or not the file has them: an error lists what is expected.
    plain: dict[Any, Any] = {"yes": True, "no": False} if kind == "yes_no" else {"0": 0}
    return plain | {text: value for text, value in read.items() if not isinstance(value, str)}


def codes(column: str, values: Any, mapping: Mapping[str, Any]) -> dict[Any, Any]:
    """A map whose keys are of the type that the column has; JSON knows text alone.

    Raises ``UsageError`` where two keys fall on one value, or where the file writes a number in another way than the map.
    """
    pa = need("pyarrow", "cli")
    kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
    found: dict[Any, Any] = {}
    came: dict[Any, str] = {}
    for key, code in mapping.items():
        typed = ... if key == "..." else _typed(key, kind, pa.types)
        if typed in came:
            raise UsageError(f"column `{column}` holds {kind}, in which the keys `{came[typed]}` and `{key}` of its map are one value; expected one key for each value")
        came[typed], found[typed] = key, code
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        _alike(column, values, [key for key in found if key is not ...])
    return found


def _typed(key: str, kind: Any, types: Any) -> Any:
    if types.is_boolean(kind):
        return WORDS.get(key.lower(), key)
    try:
        if types.is_integer(kind) or types.is_floating(kind):
            return int(key) if _is_whole(key) else float(key)
        if types.is_date(kind) or types.is_timestamp(kind):
            return date.fromisoformat(key)
    except ValueError:
        pass
    return key


def _is_whole(text: str) -> bool:
    return text.strip().lstrip("+-").isdecimal()


def _alike(column: str, values: Any, keys: list[str]) -> None:
    numbers = {int(key): key for key in keys if _is_whole(key)}
    for value in distinct(values):
        if value not in keys and _is_whole(value) and int(value) in numbers:
            raise UsageError(f"column `{column}` holds `{value}`, but its map names `{numbers[int(value)]}`; expected each key as the file writes it")
