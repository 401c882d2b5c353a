"""What is found in a text: where it stands, and what kind it is."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The word that stands in brackets in place of it. None of these is ever kept or given back."""

    SECRET = "secret"
    CARD = "card"
    EXPIRY = "card expiry"
    IBAN = "iban"
    NATIONAL_ID = "national id"


class Found(NamedTuple):
    """`text[start:end]` is a `kind`: a `Kind`, or a `Contact`, which may be given back."""

    start: int
    end: int
    kind: str
