"""The one exception of the package."""

from __future__ import annotations

import json as _json
from typing import Any

from ._masked import mask, shown


class SitthiError(ValueError):
    """An input that cannot be true or cannot be read: where it is, what was found, what was expected."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "frame",
        field: str | None = None,
        value: str | None = None,
        expected: str | None = None,
        nearest: str | None = None,
        json: str | None = None,
    ) -> None:
        super().__init__(mask(message))
        self.code = code
        """What kind of error, the same in every language."""
        self.field = field and shown(field)
        """The fact, column or key that it is about."""
        self.value = value and shown(value)
        """What was found, with identity numbers masked."""
        self.expected = expected and mask(expected)
        """What would be right."""
        self.nearest = nearest and shown(nearest)
        """The nearest name there is, where it is about a name."""
        self._json = json

    @property
    def message_th(self) -> str:
        """The error in a Thai sentence; in English where only Python says it."""
        return str(self.to_dict().get("message_th") or self)

    @classmethod
    def from_json(cls, text: str) -> SitthiError:
        """The error that the core wrote."""
        said: dict[str, Any] = _json.loads(text)
        return cls(
            said["message"], code=said["code"], field=said["field"], value=said["value"], expected=said["expected"], nearest=said["nearest"], json=text
        )

    def to_json(self) -> str:
        """The error as JSON: the core's own text where it is the core's."""
        if self._json is not None:
            return self._json
        return _json.dumps(
            {"code": self.code, "message": str(self), "field": self.field, "value": self.value, "expected": self.expected, "nearest": self.nearest}, ensure_ascii=False
        )

    def to_dict(self) -> dict[str, Any]:
        """The error as a plain dict."""
        found: dict[str, Any] = _json.loads(self.to_json())
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        # Notes that were added go along; what it was made of is in the text.
        notes = {name: value for name, value in self.__dict__.items() if name == "__notes__"}
        return (type(self).from_json, (self.to_json(),), notes or None)
