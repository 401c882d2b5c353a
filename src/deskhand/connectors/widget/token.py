"""A token that the company's server signed for a customer who is signed in: a JWT by HS256, and nothing else.

No header chooses how it is checked: one algorithm, our secrets, and every claim that we rely on has to be there.
Whatever is wrong with a token, nobody is attested by it.
"""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from deskhand.connectors.http.signatures import hmac_sha256, one_fits
from deskhand.domain.errors import Forged, Malformed, Stale
from deskhand.domain.storable import storable
from deskhand.domain.visitor import Visitor

LONGEST = 4096  # characters
LIVES = 15 * 60  # seconds from `iat` to `exp`, at most: as long as a stolen token is of use
AHEAD = 60  # seconds that the other server's clock may be ahead of ours
PART = re.compile(r"[A-Za-z0-9_-]+")
ADDRESS = re.compile("[^\\s@\x00-\x1f\ud800-\udfff]{1,64}@[^\\s@\x00-\x1f\ud800-\udfff]{1,189}")


def visitor(secrets: Sequence[str], audience: str, token: str, now: datetime) -> Visitor:
    """The customer whom one of our secrets vouches for, now and for this desk. `Forged`, `Stale` or `Malformed`."""
    parts = token.split(".")
    if len(token) > LONGEST or len(parts) != 3 or not all(PART.fullmatch(one) for one in parts):
        raise Malformed("this is no token: three parts with dots between them")
    header, claims, signature = parts
    if _object(header).get("alg") != "HS256":
        raise Forged("a token is signed by HS256 and by nothing else")
    signed = f"{header}.{claims}".encode()
    one_fits([_written(hmac_sha256(one, signed)) for one in secrets], [signature])
    return _believed(_object(claims), audience, now)


def _believed(claims: dict[str, Any], audience: str, now: datetime) -> Visitor:
    email, name, issued, ends = (claims.get(one) for one in ("sub", "name", "iat", "exp"))
    if claims.get("aud") != audience:
        raise Forged("it was made for somebody else (aud)")
    if type(issued) is not int or type(ends) is not int:
        raise Malformed("it needs whole seconds in iat and exp")
    if not isinstance(email, str) or not ADDRESS.fullmatch(email):
        raise Malformed("it needs the customer's e-mail address in sub")
    if not isinstance(claims.get("jti"), str) or not claims["jti"]:
        raise Malformed("it needs an id of its own in jti")
    if not 0 < ends - issued <= LIVES:
        raise Malformed(f"from iat to exp it may live {LIVES // 60} minutes at most")
    if now.timestamp() >= ends:
        raise Stale("it has expired")
    if issued > now.timestamp() + AHEAD:
        raise Stale("it is from the future: compare the clocks")
    return Visitor(email.lower(), storable(name) if isinstance(name, str) else "")


def _object(part: str) -> dict[str, Any]:
    """A JSON object in which no name stands twice: two readers might believe different ones."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("a name stands twice")
        return dict(pairs)

    try:
        found = json.loads(_bytes(part), object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        raise Malformed("its header or its claims cannot be read") from error
    if not isinstance(found, dict):
        raise Malformed("its header or its claims are no object")
    return found


def _bytes(part: str) -> bytes:
    """In its one spelling: bits that mean nothing are zero."""
    try:
        found = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (ValueError, binascii.Error) as error:
        raise Malformed("it is not base64url") from error
    if _written(found) != part:
        raise Malformed("it is not base64url in its one spelling")
    return found


def _written(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
