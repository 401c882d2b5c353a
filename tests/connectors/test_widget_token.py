"""A customer of the company's own site: attested by its server's token, or by nothing."""

import base64
import hashlib
import hmac
import json
import string
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.connectors.widget.token import visitor
from deskhand.domain.errors import Forged, Malformed, Rejected, Stale
from deskhand.domain.visitor import Visitor

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECRET = "s" * 32
OTHER = "o" * 32
AT = int(NOW.timestamp())
CLAIMS: dict[str, Any] = {
    "sub": "Ada@example.com",
    "name": "Ada",
    "aud": "lumen",
    "iat": AT - 10,
    "exp": AT + 290,
    "jti": "t-1",
}
HEADER = {"alg": "HS256", "typ": "JWT"}


def part(value: object) -> str:
    return raw(json.dumps(value, separators=(",", ":")).encode())


def raw(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def token(
    claims: dict[str, Any] | str = CLAIMS, header: dict[str, Any] = HEADER, secret: str = SECRET, digest: str = "sha256"
) -> str:
    signed = f"{part(header)}.{claims if isinstance(claims, str) else part(claims)}"
    return f"{signed}.{raw(hmac.digest(secret.encode(), signed.encode(), digest))}"


def known(text: str, *, secrets: tuple[str, ...] = (SECRET,), audience: str = "lumen", now: datetime = NOW) -> Visitor:
    return visitor(secrets, audience, text, now)


def test_a_signed_token_names_the_customer() -> None:
    assert known(token()) == Visitor("ada@example.com", "Ada")


def test_the_signature_is_the_one_of_the_published_example() -> None:
    """RFC 7515, A.1: its signature fits its key; what it claims is too old and made for others."""
    key = base64.urlsafe_b64decode(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow=="
    )
    example = (
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    )
    signed, _, signature = example.rpartition(".")
    assert raw(hmac.digest(key, signed.encode(), hashlib.sha256)) == signature
    with pytest.raises(Forged, match="signature"):
        known(example)


def test_while_a_secret_is_changed_the_old_and_the_new_one_count() -> None:
    for secret in (SECRET, OTHER):
        assert known(token(secret=secret), secrets=(OTHER, SECRET)).email == "ada@example.com"
    with pytest.raises(Forged):
        known(token(secret=SECRET), secrets=(OTHER,))


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", "HS384", "HS512", "RS256", "hs256", None, ["HS256"]])
def test_no_header_chooses_another_algorithm(alg: object) -> None:
    for text in (token(header=HEADER | {"alg": alg}), f"{part({'alg': alg})}.{part(CLAIMS)}."):
        with pytest.raises(Rejected):
            known(text)


def test_a_signature_by_another_digest_does_not_fit() -> None:
    with pytest.raises(Forged):
        known(token(digest="sha512"))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"exp": AT}, Stale),
        ({"exp": AT - 1, "iat": AT - 100}, Stale),
        ({"iat": AT + 61, "exp": AT + 300}, Stale),
        ({"exp": AT + 100_000}, Malformed),
        ({"exp": float(AT + 290)}, Malformed),
        ({"exp": True}, Malformed),
        ({"exp": str(AT + 290)}, Malformed),
        ({"exp": None}, Malformed),
        ({"iat": None}, Malformed),
        ({"iat": AT + 290}, Malformed),
        ({"aud": "another-desk"}, Forged),
        ({"aud": None}, Forged),
        ({"aud": ["lumen"]}, Forged),
        ({"sub": "ada"}, Malformed),
        ({"sub": ""}, Malformed),
        ({"sub": "ada@example.com\nbob@example.com"}, Malformed),
        ({"sub": None}, Malformed),
        ({"sub": ["ada@example.com"]}, Malformed),
        ({"jti": None}, Malformed),
        ({"jti": ""}, Malformed),
    ],
)
def test_a_claim_that_is_wrong_or_missing_attests_nobody(change: dict[str, Any], error: type[Exception]) -> None:
    changed = {name: value for name, value in (CLAIMS | change).items() if value is not None}
    with pytest.raises(error):
        known(token(changed))


def test_a_token_is_good_until_it_expires_and_no_longer() -> None:
    text = token()
    assert known(text, now=NOW + timedelta(seconds=289)).name == "Ada"
    with pytest.raises(Stale):
        known(text, now=NOW + timedelta(seconds=290))


def test_a_name_that_stands_twice_is_not_read() -> None:
    twice = raw(json.dumps(CLAIMS).replace('"aud"', '"sub": "bob@example.com", "aud"').encode())
    with pytest.raises(Malformed):
        known(token(twice))


@given(place=st.integers(0, 10_000), char=st.sampled_from(string.ascii_letters + "0189-_.="))
def test_no_character_of_a_token_can_be_changed(place: int, char: str) -> None:
    text = token()
    place %= len(text)
    changed = text[:place] + char + text[place + 1 :]
    if changed != text:
        with pytest.raises(Rejected):
            known(changed)


@given(
    claims=st.dictionaries(st.sampled_from([*CLAIMS, "admin"]), st.one_of(st.integers(), st.text(), st.booleans())),
    secret=st.text(max_size=40).filter(lambda one: one != SECRET),
    alg=st.sampled_from(["HS256", "none", "HS512"]),
)
def test_without_the_secret_nothing_is_attested(claims: dict[str, Any], secret: str, alg: str) -> None:
    with pytest.raises(Rejected):
        known(token(CLAIMS | claims, HEADER | {"alg": alg}, secret))


@given(st.text(max_size=300))
def test_any_text_is_refused_and_breaks_nothing(text: str) -> None:
    with pytest.raises(Rejected):
        known(text)


@given(st.binary(max_size=120), st.binary(max_size=120))
def test_any_bytes_in_its_parts_are_refused_and_break_nothing(header: bytes, claims: bytes) -> None:
    signed = f"{raw(header)}.{raw(claims)}"
    with pytest.raises(Rejected):
        known(f"{signed}.{raw(hmac.digest(SECRET.encode(), signed.encode(), 'sha256'))}")
