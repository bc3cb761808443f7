"""The words of the law for what the demo shows, and the worked cases that stand in the rule files as examples."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tomllib

import sitthi

RULEBOOK = Path(__file__).resolve().parents[1] / "core" / "rulebook"
Text = dict[str, str]


@cache
def read(path: str) -> dict[str, Any]:
    """One file of the rulebook."""
    return tomllib.loads((RULEBOOK / path).read_text(encoding="utf-8"))


@cache
def law() -> sitthi.Law:
    """The law of the day on which the rulebook was last compared with it."""
    book = sitthi.Rulebook.built_in()
    return book.on(book.checked_on)


def by_code(labels: list[tuple[str, str, str]]) -> dict[str, Text]:
    return {code: {"th": thai, "en": english} for code, thai, english in labels}


@cache
def labels(code_list: str) -> dict[str, Text]:
    """Labels of a list of codes."""
    return by_code(law().codes(code_list))


@cache
def schemes() -> dict[str, Text]:
    """Names of the schemes."""
    return by_code(law().schemes())


@cache
def files() -> dict[str, Text]:
    """Titles of rule files and plans."""
    return by_code(law().files())


@cache
def _facts() -> dict[str, dict[str, Any]]:
    return {fact["code"]: fact for fact in law().facts()}


def fact_label(name: str) -> Text | str:
    fact = _facts().get(name)
    return {"th": fact["th"], "en": fact["en"]} if fact else name.replace("_", " ").replace(".", " ")


def said(name: str, value: Any) -> Any:
    """The value of a fact in words."""
    if value is None:
        return labels("answer")["unknown"]
    code_list = _facts().get(name, {}).get("list")
    if code_list and isinstance(value, str):
        return labels(code_list).get(value, value)
    if isinstance(value, Mapping):
        return [said(f"{name}.{key}", one) for key, one in value.items()]
    return value


NONE = {"th": "ไม่มี", "en": "none"}


def spoken(facts: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Facts as pairs for reading; of a family only what is so is said."""
    pairs: list[tuple[Any, Any]] = []
    for name, value in facts.items():
        if name in ("member", "happened"):
            yes = [(fact_label(f"{name}.{code}"), True) for code, held in value.items() if held]
            pairs += yes or [({"th": "สมาชิกกองทุน", "en": "memberships"}, NONE)] * (name == "member")
        elif name == "jobs":
            pairs += [({"th": "งาน", "en": "jobs"}, NONE)] if not value else []
            for job in value:
                pairs += [(fact_label(f"job.{key}"), said(f"job.{key}", one)) for key, one in job.items() if key != "main"]
        elif name in ("job", "claim"):
            pairs += [(fact_label(f"{name}.{key}"), said(f"{name}.{key}", one)) for key, one in value.items()]
        elif name == "paid_months":
            for scheme, counts in value.items():
                for window, months in counts.items() if isinstance(counts, Mapping) else ():
                    of = window.removeprefix("in_")
                    pairs.append((fact_label(f"{name}.{scheme}"), f"{months} / {of}" if of != window else months))
        else:
            pairs.append((fact_label(name), said(name, value)))
    return pairs


# ── Worked cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Facts over facts: tables key by key, lists as a whole."""
    together = dict(below)
    for key, value in above.items():
        under = together.get(key)
        together[key] = laid_over(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return together


def example(file: str, name: str) -> dict[str, Any]:
    """The facts of one example of a complaint file, with those it builds on; days as ISO text."""
    examples = read(f"complaints/{file}.toml")["example"]
    own = examples[name]
    given = laid_over(example(file, own["like"]) if own.get("like") else {}, own.get("given", {}))
    return _plain(given)


def cases(file: str) -> list[tuple[str, str]]:
    """Names of the examples of a complaint file that are worked cases, with the number of the case."""
    return [(name, one["case"]) for name, one in read(f"complaints/{file}.toml")["example"].items() if one.get("case")]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
