"""Tokens of the company's own site."""

import base64
import hmac
import json
from typing import Any

from hypothesis import strategies as st
from tests.connectors.test_widget_token import CLAIMS, HEADER, NOW, SECRET
from tests.fuzz.door import Door
from tests.fuzz.mutating import jsons, texts

from deskhand.connectors.widget.token import visitor
from deskhand.domain.errors import Rejected


def written(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def token(header: Any, claims: Any) -> str:
    signed = f"{written(json.dumps(header).encode())}.{written(json.dumps(claims).encode())}"
    return f"{signed}.{written(hmac.digest(SECRET.encode(), signed.encode(), 'sha256'))}"


GOOD = token(HEADER, CLAIMS)
signed = st.tuples(st.just(HEADER) | jsons(HEADER), jsons(CLAIMS)).map(lambda one: token(*one))
DOORS = [
    Door(
        "widget token",
        st.one_of(signed, signed, texts([GOOD], [".", "=", "A", "\u0663"])),
        lambda given: visitor([SECRET], "lumen", given, NOW),
        (Rejected,),
        once=(
            token(HEADER, CLAIMS | {"sub": "a\ud800@example.com"}),
            token(HEADER, CLAIMS | {"sub": "a\x00@example.com"}),
            token(HEADER, CLAIMS | {"name": "\ud800\x00"}),
            token(HEADER, CLAIMS | {"iat": 10**400, "exp": 10**400 + 1}),
        ),
        long=("a." * 2_000_000, "a" * 4_000_000),
    )
]
