"""ID tokens that were made otherwise than they should: each proves nothing."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from deskhand.connectors.oidc.provider import NotProven, Provider, careful

ISSUER, NONCE = "https://id.example", "a-nonce"
KEY, NEWER, FOREIGN = (RSAKey.generate_key(2048, {"kid": kid}) for kid in ("one", "two", "one"))
BEGAN = datetime(2026, 11, 28, 9, tzinfo=UTC)


class Company:
    """Its provider: the keys that it shows now, and how often it was asked for them."""

    def __init__(self) -> None:
        self.keys, self.asked, self.now = [KEY], 0, BEGAN
        self.calls_itself = ISSUER

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/.well-known/openid-configuration":
            ways = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return httpx2.Response(200, json={"issuer": self.calls_itself, **ways})
        self.asked += 1
        return httpx2.Response(200, json={"keys": [one.as_dict(private=False) for one in self.keys]})


@pytest.fixture
def company() -> Company:
    return Company()


@pytest.fixture
def provider(company: Company) -> Provider:
    return Provider(ISSUER, "desk", "s", "groups", lambda: company.now, httpx2.MockTransport(company))


def token(key: Any = KEY, alg: str = "RS256", **changed: Any) -> str:
    at = int(BEGAN.timestamp())
    claims = {"iss": ISSUER, "aud": "desk", "sub": "kim", "iat": at, "exp": at + 300, "nonce": NONCE}
    claims |= {"email": "Kim@Lumen.example", "email_verified": True, "groups": ["support"], **changed}
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": "one"}, kept, key, algorithms=[alg])


def test_a_good_one_says_who_it_is(provider: Provider) -> None:
    found = provider.proven(token(), NONCE)
    assert (found.subject, found.email, found.verified) == ("kim", "kim@lumen.example", True)
    assert found.groups == {"support"}
    assert not provider.proven(token(email_verified="true"), NONCE).verified, "only what is plainly said"


AT = int(BEGAN.timestamp())
BAD: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "of another sign-in"},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "another application"},
    "no audience": {"aud": None},
    "for several, and made for another": {"aud": ["desk", "other"], "azp": "other"},
    "for several, and nobody says for whom": {"aud": ["desk", "other"]},
    "expired": {"iat": AT - 900, "exp": AT - 61},
    "without an end": {"exp": None},
    "of the future": {"iat": AT + 600, "exp": AT + 900},
    "of nobody": {"sub": None},
}


@pytest.mark.parametrize("changed", BAD.values(), ids=BAD)
def test_one_that_does_not_fit_proves_nothing(provider: Provider, changed: dict[str, Any]) -> None:
    with pytest.raises(NotProven):
        provider.proven(token(**changed), NONCE)


def test_two_clocks_may_differ_by_a_minute(provider: Provider) -> None:
    assert provider.proven(token(iat=AT - 400, exp=AT - 50), NONCE)
    assert provider.proven(token(iat=AT + 50, exp=AT + 350), NONCE)


def unsigned() -> str:
    head = urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    return f"{head}.{token().split('.')[1]}."


def confused(secret: bytes) -> str:
    head = urlsafe_b64encode(b'{"alg":"HS256","kid":"one"}').rstrip(b"=").decode()
    said = f"{head}.{token().split('.')[1]}"
    return f"{said}.{urlsafe_b64encode(hmac.digest(secret, said.encode(), 'sha256')).rstrip(b'=').decode()}"


FORGED: dict[str, Callable[[], str]] = {
    "not signed": unsigned,
    "signed by somebody else under the same name": lambda: token(FOREIGN),
    "signed with our own secret": lambda: token(OctKey.import_key("s" * 32), "HS256"),
    "signed with the public key as a secret": lambda: confused(KEY.as_pem(private=False)),
    "cut": lambda: token()[:-8],
    "no token": lambda: "x",
    "nothing": lambda: "",
}


@pytest.mark.parametrize("made", FORGED.values(), ids=FORGED)
@pytest.mark.filterwarnings("ignore:OctKey")
def test_one_that_is_not_theirs_proves_nothing(provider: Provider, made: Callable[[], str]) -> None:
    with pytest.raises(NotProven):
        provider.proven(made(), NONCE)


def test_new_keys_are_taken_up_and_old_ones_let_go_and_nobody_makes_us_ask_at_each_try(
    provider: Provider, company: Company
) -> None:
    assert provider.proven(token(), NONCE)
    company.keys, company.now = [NEWER], BEGAN + timedelta(minutes=2)
    newer = token(NEWER)
    head = jwt.encode({"alg": "RS256", "kid": "two"}, {"x": 1}, NEWER).split(".")[0]
    assert head != newer.split(".")[0]
    fresh = jwt.encode({"alg": "RS256", "kid": "two"}, _claims(newer), NEWER)
    assert provider.proven(fresh, NONCE).subject == "kim"
    with pytest.raises(NotProven):
        provider.proven(token(), NONCE)
    asked = company.asked
    for _ in range(20):
        with pytest.raises(NotProven):
            provider.proven(token(FOREIGN), NONCE)
    assert company.asked == asked


def _claims(given: str) -> dict[str, Any]:
    return dict(jwt.decode(given, NEWER).claims)


def test_a_provider_that_calls_itself_otherwise_is_not_heard(provider: Provider, company: Company) -> None:
    company.calls_itself = "https://evil.example"
    with pytest.raises(NotProven):
        provider.proven(token(), NONCE)


@pytest.mark.parametrize(
    "at", ["http://id.example/x", "ftp://id.example", "https:///x", "", "http://127.0.0.1.evil.example/"]
)
def test_nothing_is_sent_where_others_can_read_it(at: str) -> None:
    assert not careful(at)
