"""The arguments of an own action: each of a kind that has one spelling, and says where it may travel."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, assert_never

from deskhand.domain.money import Money

# No dot, slash or percent sign: nothing that means something in an address.
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
CHOICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,63}")
INTEGER = re.compile(r"-?[0-9]{1,9}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EMAIL = re.compile(r"[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,63}")
MOST_LETTERS = 500
MOST = 999_999_999


class ArgumentKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    ID = "id"
    INTEGER = "integer"
    AMOUNT = "amount"
    DATE = "date"
    EMAIL = "email"

    @property
    def names(self) -> bool:
        """Whether its spelling is that of one thing, so that paths may hold it."""
        return self not in (ArgumentKind.TEXT, ArgumentKind.AMOUNT)

    @property
    def private(self) -> bool:
        """Whether it holds somebody's words or what is personal: not for journals, keys and what a reply rests on."""
        return self in (ArgumentKind.TEXT, ArgumentKind.EMAIL)


@dataclass(frozen=True)
class Argument:
    """`least` and `most` bound an integer, `most` the letters of a text."""

    kind: ArgumentKind
    least: int = 0
    most: int = MOST
    pattern: re.Pattern[str] | None = None
    of: tuple[str, ...] = ()

    def canonical(self, text: str) -> str:
        """Its one spelling. ValueError when it makes no sense."""
        found = self._canonical(text)
        if self.pattern and not self.pattern.fullmatch(found):
            raise ValueError("it does not look as it has to")
        return found

    def _canonical(self, text: str) -> str:
        match self.kind:
            case ArgumentKind.TEXT:
                found = " ".join(text.split())
                if not 0 < len(found) <= self.most or not found.isprintable():
                    raise ValueError(f"a text has from 1 to {self.most} letters, all of them printable")
                return found
            case ArgumentKind.CHOICE:
                if text not in self.of:
                    raise ValueError(f"it is one of {', '.join(self.of)}")
                return text
            case ArgumentKind.ID:
                return _whole(ID, text, "an id has letters, digits, - and _ only, at most 64")
            case ArgumentKind.INTEGER:
                number = int(_whole(INTEGER, text, "a whole number has digits only"))
                if not self.least <= number <= self.most:
                    raise ValueError(f"the number is from {self.least} to {self.most}")
                return str(number)
            case ArgumentKind.AMOUNT:
                return str(Money.parse(text))
            case ArgumentKind.DATE:
                datetime.fromisoformat(_whole(DATE, text, "a date is written 2026-11-03"))
                return text
            case ArgumentKind.EMAIL:
                return _whole(EMAIL, text, "an e-mail address is written name@example.com").lower()
            case unexpected:
                assert_never(unexpected)

    @property
    def shape(self) -> type:
        """As procedures know it."""
        return {ArgumentKind.AMOUNT: Money, ArgumentKind.INTEGER: int}.get(self.kind, str)

    @property
    def fact(self) -> type:
        """As policy knows it."""
        return datetime if self.kind is ArgumentKind.DATE else self.shape

    def value(self, canonical: str) -> Any:
        """For policy, of the type `fact`."""
        match self.kind:
            case ArgumentKind.AMOUNT:
                return Money.parse(canonical)
            case ArgumentKind.INTEGER:
                return int(canonical)
            case ArgumentKind.DATE:
                return datetime.fromisoformat(canonical).replace(tzinfo=UTC)
            case _:
                return canonical

    def sent(self, name: str, canonical: str) -> dict[str, str | int]:
        """For other systems: the JSON value under its name; of an amount, its parts as well."""
        if self.kind is ArgumentKind.INTEGER:
            return {name: int(canonical)}
        if self.kind is not ArgumentKind.AMOUNT:
            return {name: canonical}
        money = Money.parse(canonical)
        parts: dict[str, str | int] = {"minor": money.minor, "major": canonical.split()[0], "currency": money.currency}
        return {name: canonical} | {f"{name}.{part}": value for part, value in parts.items()}

    def parts(self, name: str) -> tuple[str, ...]:
        """The names under which `sent` gives it."""
        amount = self.kind is ArgumentKind.AMOUNT
        return (name, *(f"{name}.{part}" for part in ("minor", "major", "currency") if amount))


def _whole(pattern: re.Pattern[str], text: str, otherwise: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(otherwise)
    return text
