"""Verdicts counted by group, as `tally` counts statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .._extras import need
from .exits import UsageError

if TYPE_CHECKING:
    from .._population import RowError

_VERDICTS = ("unmet", "met", "undetermined", "disputed", "not_assessed")


def counted(table: Any, definitions: Sequence[str], by: Sequence[str], weights: str | None) -> tuple[Any, list[RowError]]:
    """How many rows of each group have each verdict of each definition, and what they weigh; a row without a weight was not assessed."""
    pa, compute = need("pyarrow", "cli"), need("pyarrow.compute", "cli")
    groups = {name: _plain(pa, table[name]) for name in by}
    # Numbered, since a column of the file may have any name.
    numbered = {f"g{number}": column for number, column in enumerate(groups.values())}
    weighed, wrong, faults = _weights(pa, compute, table, weights) if weights else (None, None, [])
    lines = []
    for definition in definitions:
        verdicts = compute.fill_null(_plain(pa, table[definition]), "not_assessed")
        if wrong is not None:
            verdicts = compute.if_else(wrong, "not_assessed", verdicts)
        part = pa.table({**numbered, "verdict": verdicts, **({} if weighed is None else {"weight": weighed})})
        sums = [] if weighed is None else [("weight", "sum")]
        for line in part.group_by([*numbered, "verdict"]).aggregate([([], "count_all"), *sums]).to_pylist():
            lines.append({**line, "definition": definition, "rows": line["count_all"], "weight": line.get("weight_sum")})
    lines.sort(key=lambda line: _place(line, list(numbered), definitions))
    kinds = {"definition": pa.string(), "verdict": pa.string(), "rows": pa.int64(), **({} if weighed is None else {"weight": pa.float64()})}
    told = [pa.array([line[key] for line in lines], column.type) for key, column in numbered.items()]
    return pa.table([*told, *(pa.array([line[name] for line in lines], kind) for name, kind in kinds.items())], names=[*groups, *kinds]), faults


def _place(line: Mapping[str, Any], groups: Sequence[str], definitions: Sequence[str]) -> tuple[Any, ...]:
    """Groups in order with what is not known first, then as the rulebook has its definitions."""
    return ([(line[key] is not None, line[key]) for key in groups], definitions.index(line["definition"]), _VERDICTS.index(line["verdict"]))


def _weights(pa: Any, compute: Any, table: Any, name: str) -> tuple[Any, Any, list[RowError]]:
    """The weights, nothing where they cannot be; which rows these are, and why."""
    from .._population import RowError

    column = table[name]
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_decimal(column.type)):
        raise UsageError(f"column `{name}` holds {column.type}, expected weights: numbers, none of them negative")
    weights = compute.cast(column, pa.float64())
    right = compute.fill_null(compute.greater_equal(weights, 0.0), False)
    wrong = compute.invert(right)
    faults = [
        RowError(row, name, "null" if value is None else str(value), "a weight was expected: a number that is not negative")
        for row, value in zip(compute.indices_nonzero(wrong).to_pylist(), column.filter(wrong).to_pylist(), strict=True)
    ]
    return compute.if_else(right, weights, 0.0), wrong, faults


def _plain(pa: Any, column: Any) -> Any:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
