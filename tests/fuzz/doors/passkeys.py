"""What a browser answers when it is asked for a passkey."""

import json
from typing import Any

from hypothesis import strategies as st
from tests.api.authenticator import Authenticator, written
from tests.fuzz.door import Door
from tests.fuzz.mutating import jsons, pieces

from deskhand.domain.errors import NotGranted
from deskhand.infrastructure import passkeys
from deskhand.infrastructure.passkeys import Site

SITE, CHALLENGE, KNOWN = Site("http://localhost:8700", "Lumen"), b"c" * 32, b"k" * 32
ASKED = {"challenge": written(CHALLENGE), "user": {"id": written(KNOWN)}}
DEVICE = Authenticator(SITE.origin, SITE.name, id=b"i" * 16)
MADE = json.loads(DEVICE.make(ASKED))
KEPT = passkeys.made(SITE, CHALLENGE, json.dumps(MADE))
SIGNED = json.loads(DEVICE.sign(ASKED))
CBOR = (
    b"\xa0",
    b"\xbf",
    b"\x5f",
    b"\x9f",
    b"\xff",
    b"\xfb\x7f\xf0",
    b"\x1b" + b"\xff" * 8,
    b"\x81" * 40,
    b"\xc2\x58",
    b"\x3b",
)


def inside(answer: Any, part: str) -> st.SearchStrategy[Any]:
    """The answer with other bytes in one part of it."""
    from webauthn import base64url_to_bytes

    known = base64url_to_bytes(answer["response"][part])
    other = pieces([known], CBOR).map(written)
    return other.map(lambda told: {**answer, "response": {**answer["response"], part: told}})


def made(answer: Any) -> object:
    found = passkeys.made(SITE, CHALLENGE, json.dumps(answer))
    return [found.id, found.count]


def proved(answer: Any) -> object:
    passkeys.id_in(json.dumps(answer))
    return [passkeys.proved(SITE, CHALLENGE, json.dumps(answer), KEPT, KNOWN)]


news = [inside(MADE, part) for part in MADE["response"]]
proofs = [inside(SIGNED, part) for part in SIGNED["response"]]
DOORS = [
    Door(
        "new passkey", st.one_of(jsons(MADE), *news), made, (NotGranted,), once=(None, [], {}, {**MADE, "response": 7})
    ),
    Door("passkey", st.one_of(jsons(SIGNED), *proofs), proved, (NotGranted,), once=(None, [], {}, {**SIGNED, "id": 7})),
]
