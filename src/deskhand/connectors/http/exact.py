"""JSON without a float: a number is what it is written as."""

import json
from decimal import Decimal
from typing import Any

import httpx2


def exact(headers: httpx2.Headers, body: bytes) -> Any:
    """The JSON of an answer; None of an empty one."""
    return json.loads(body, parse_float=Decimal, parse_constant=_refuse) if body else None


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
