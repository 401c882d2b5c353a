"""What an identity provider sends: its tokens, and what it says of itself."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from typing import Any

import httpx2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import strategies as st
from joserfc.jwk import ECKey
from tests.fuzz.door import Door
from tests.fuzz.mutating import jsons, texts
from tests.fuzz.signing import NOW

from deskhand.connectors.oidc.provider import Provider
from deskhand.domain.errors import ConnectorError
from deskhand.domain.proven import Proven

ISSUER, NONCE = "https://id.example", "a-nonce"
KEY = ECKey.generate_key("P-256", {"kid": "one"})
AT = int(NOW.timestamp())
HEADER = {"alg": "ES256", "kid": "one", "typ": "JWT"}
CLAIMS: dict[str, Any] = {"iss": ISSUER, "aud": ["desk"], "sub": "kim", "iat": AT, "exp": AT + 300, "nonce": NONCE}
CLAIMS |= {"email": "Kim@lumen.example", "email_verified": True, "groups": ["support"], "azp": "desk"}
ABOUT = {"issuer": ISSUER} | {
    name: f"{ISSUER}/{name}"
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")
}
KEYS = {"keys": [KEY.as_dict(private=False)]}


def part(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def token(header: Any, claims: Any) -> str:
    said = f"{part(json.dumps(header).encode())}.{part(json.dumps(claims).encode())}"
    assert KEY.private_key is not None
    r, s = decode_dss_signature(KEY.private_key.sign(said.encode(), ECDSA(SHA256())))
    return f"{said}.{part(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def provider(about: Any = ABOUT, keys: Any = KEYS, answer: Any = None) -> Provider:
    def told(request: httpx2.Request) -> httpx2.Response:
        path = request.url.path
        body = about if path.startswith("/.well-known") else keys if path == "/jwks_uri" else answer
        return httpx2.Response(200, content=json.dumps(body).encode())

    return Provider(ISSUER, "desk", "s", "groups", lambda: NOW, httpx2.MockTransport(told))


KNOWN = provider()


def of_itself(told: tuple[Any, Any, Any]) -> object:
    """A whole sign-in with a provider that says this of itself, shows these keys, and answers the code with this."""
    one = provider(*told)
    one.address("https://desk.example/back", ["openid"], state="s", nonce=NONCE, verifier="v")
    one.answers_for(ISSUER)
    one.leaving("https://desk.example")
    return kept(one.redeem("code", "https://desk.example/back", verifier="v", nonce=NONCE))


def kept(found: Proven) -> Proven:
    """Without the groups, which are compared and never kept: cleaned, one would be another."""
    return replace(found, groups=frozenset())


GOOD = token(HEADER, CLAIMS)
ANSWER = {"id_token": GOOD, "access_token": "x", "token_type": "Bearer"}
signed = st.tuples(st.just(HEADER) | jsons(HEADER), jsons(CLAIMS)).map(lambda one: token(*one))
DOORS = [
    Door(
        "ID token",
        st.one_of(signed, signed, texts([GOOD], [".", "=", "A"])),
        lambda given: kept(KNOWN.proven(given, NONCE)),
        (ConnectorError,),
        once=(
            token(HEADER, CLAIMS | {"sub": "\ud800"}),
            token(HEADER, CLAIMS | {"email": "a\x00b\ud800"}),
            token(HEADER | {"crit": ["b64"], "b64": False}, CLAIMS),
            token(HEADER, [CLAIMS]),
        ),
        long=(f"{part(b'[' * 60_000)}.e30.x", "a" * 3_000_000),
    ),
    Door(
        "identity provider",
        st.tuples(st.just(ABOUT) | jsons(ABOUT), st.just(KEYS) | jsons(KEYS), st.just(ANSWER) | jsons(ANSWER)),
        of_itself,
        (ConnectorError,),
        once=(
            (ABOUT, {"keys": [{"kty": "EC"}]}, ANSWER),
            (ABOUT, [], ANSWER),
            (ABOUT, {"keys": "x"}, ANSWER),
            (ABOUT | {"token_endpoint": "https://[x"}, KEYS, ANSWER),
            (ABOUT | {"end_session_endpoint": ["x"]}, KEYS, ANSWER),
        ),
    ),
]
