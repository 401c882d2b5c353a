"""A claim: something a text says that is true or false, in a form that can be compared."""

from dataclasses import dataclass
from enum import StrEnum


class Of(StrEnum):
    """What kind of thing a claim is, in one word: reports count them by it."""

    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    DEADLINE = "deadline"
    PERCENT = "percentage"
    FIGURE = "figure"
    ID = "id"
    ADDRESS = "address"
    PHONE = "telephone"
    PATH = "path"
    DEED = "deed"
    STATE = "state"
    PROMISE = "promise"
    GRANT = "entitlement"
    DOER = "person"


@dataclass(frozen=True)
class Claim:
    """`text` as it stands there; `value` in the form that is compared."""

    of: Of
    text: str
    value: tuple[object, ...]
