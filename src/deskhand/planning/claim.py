"""A claim: something a text says that is true or false, in a form that can be compared."""

from dataclasses import dataclass
from enum import StrEnum


class Of(StrEnum):
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time of day"
    DURATION = "length of time"
    DEADLINE = "deadline"
    PERCENT = "percentage"
    FIGURE = "figure"
    ID = "id"
    ADDRESS = "address"
    PHONE = "telephone number"
    PATH = "way through the settings"
    DEED = "deed"
    PROMISE = "promise"
    GRANT = "promise or right"
    DOER = "person or department"


@dataclass(frozen=True)
class Claim:
    """`text` as it stands there; `value` in the form that is compared."""

    of: Of
    text: str
    value: tuple[object, ...]
