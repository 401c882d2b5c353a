"""What is read out of an answer: a typed value at a path, unknown where there is none, never guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, assert_never

from deskhand.domain.errors import Down
from deskhand.domain.money import AMOUNT, DIGITS, Money

PATH = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*|\.")
LONGEST = 1_000  # letters of a fact
WHOLE = "."


class FieldKind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    YES_NO = "yes_no"
    AMOUNT = "amount"
    TIME = "time"
    TEXTS = "texts"


class Unit(StrEnum):
    MAJOR = "major"
    MINOR = "minor"


TYPES: Mapping[FieldKind, Any] = {
    FieldKind.TEXT: str,
    FieldKind.INTEGER: int,
    FieldKind.YES_NO: bool,
    FieldKind.AMOUNT: Money,
    FieldKind.TIME: datetime,
    FieldKind.TEXTS: list[str],
}


@dataclass(frozen=True)
class Field:
    """`path` as it is written; `currency` is a path too, or a currency itself."""

    path: str
    kind: FieldKind
    currency: str = ""
    unit: Unit = Unit.MAJOR

    @property
    def type(self) -> Any:
        return TYPES[self.kind]

    def read(self, answer: Any) -> Any:
        """None when it is not there. `Down` when something else is: better no answer than a wrong one."""
        raw = at(answer, self.path)
        if raw is None:
            return None
        try:
            return self._read(raw, answer)
        except (ValueError, ArithmeticError) as error:
            raise Down(f"{self.path} of the answer is no {self.kind.replace('_', ' or ')}") from error

    def _read(self, raw: Any, answer: Any) -> Any:
        match self.kind:
            case FieldKind.TEXT:
                return _text(raw)
            case FieldKind.INTEGER:
                return _is(int, raw)
            case FieldKind.YES_NO:
                return _is(bool, raw)
            case FieldKind.AMOUNT:
                return self._amount(raw, answer)
            case FieldKind.TIME:
                found = datetime.fromisoformat(_text(raw))
                if found.tzinfo is None:
                    raise ValueError("a time without a zone is no time")
                return found
            case FieldKind.TEXTS:
                return [_text(one) for one in _is(list, raw)]
            case unexpected:
                assert_never(unexpected)

    def _amount(self, raw: Any, answer: Any) -> Money | None:
        currency = self.currency if self.currency in DIGITS else at(answer, self.currency)
        if currency is None:
            return None
        currency = _text(currency).upper()
        if self.unit is Unit.MINOR:
            if currency not in DIGITS or not AMOUNT.fullmatch(str(_is(int, raw))):
                raise ValueError("no amount in minor units")
            return Money(raw, currency)
        if type(raw) not in (str, int, Decimal):
            raise ValueError("no number")
        return Money.parse(format(raw, "f") if isinstance(raw, Decimal) else str(raw), currency)


def at(answer: Any, path: str) -> Any:
    """What stands there; None when nothing does."""
    for step in path.split(".") if path != WHOLE else ():
        if isinstance(answer, Mapping):
            answer = answer.get(step)
        elif isinstance(answer, Sequence) and not isinstance(answer, str) and step.isdecimal():
            answer = answer[int(step)] if int(step) < len(answer) else None
        else:
            return None
    return answer


def spoken(value: Any) -> str:
    """As a receipt and a preview say it, fit to stand in a reply: on one line, and without braces."""
    match value:
        case bool():
            text = "yes" if value else "no"
        case datetime():
            text = f"{value.day} {value:%B %Y}"
        case list():
            text = ", ".join(value)
        case _:
            text = str(value)
    return " ".join(text.split()).translate({ord("{"): "(", ord("}"): ")"})


def _text(raw: Any) -> str:
    found: str = _is(str, raw)
    if len(found) > LONGEST:
        raise ValueError("longer than a fact may be")
    return found


def _is(kind: type, raw: Any) -> Any:
    if type(raw) is not kind:
        raise ValueError(f"no {kind.__name__}")
    return raw
