"""An identity provider: where people are sent to, and what its signed word about them says."""

import hashlib
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from deskhand.connectors.http.wire import Wire
from deskhand.domain.errors import Invalid, Refused
from deskhand.domain.proven import Proven
from deskhand.domain.storable import storable

ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")  # by a key of theirs alone: never "none", never our secret
KEPT, KEYS_KEPT = timedelta(hours=1), timedelta(minutes=1)  # how long what they told is not asked for again
SKEW = 60  # seconds that two clocks may differ
LARGEST = 256 * 1024  # bytes of one answer of theirs
OWN = ("localhost", "127.0.0.1", "::1")  # the only hosts that may be asked without TLS


class NotProven(Refused):
    """What came back proves nothing. Nobody is signed in."""


@dataclass
class Provider:
    """`transport` of one call to a host; what the provider tells of itself, and its keys, are kept for a while."""

    issuer: str
    client_id: str
    secret: str
    groups_claim: str
    clock: Callable[[], datetime]
    transport: httpx2.BaseTransport | None = None
    _kept: dict[str, tuple[datetime, Any]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)  # keys ask for what they tell of themselves

    def address(self, back: str, scopes: Sequence[str], *, state: str, nonce: str, verifier: str) -> str:
        """Where somebody is sent to prove who they are."""
        challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "scope": " ".join(scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        at = self._endpoint("authorization_endpoint")
        return f"{at}{'&' if '?' in at else '?'}{urlencode(asked)}"

    def leaving(self, back: str) -> str:
        """Where somebody signs out there, too; "" where they offer no such page."""
        at = self._about().get("end_session_endpoint", "")
        return f"{at}?{urlencode({'client_id': self.client_id, 'post_logout_redirect_uri': back})}" if at else ""

    def answers_for(self, issuer: str) -> None:
        """`NotProven` when an answer says that it comes from another provider, or hides where it comes from."""
        named = self._about().get("authorization_response_iss_parameter_supported") is True
        if (issuer or named) and issuer != self.issuer:
            raise NotProven("the answer is of another provider")

    def redeem(self, code: str, back: str, *, verifier: str, nonce: str) -> Proven:
        """Whom this code stands for. `NotProven` unless all of it holds."""
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        asked |= {"client_id": self.client_id, **({"client_secret": self.secret} if self.secret else {})}
        try:
            told = self._ask("POST", self._endpoint("token_endpoint"), data=asked)
        except (Invalid, Refused) as error:
            raise NotProven("the code is not good") from error
        if not isinstance(told, Mapping) or not isinstance(told.get("id_token"), str):
            raise NotProven("the provider sent no ID token")
        return self.proven(told["id_token"], nonce)

    def proven(self, token: str, nonce: str) -> Proven:
        """What an ID token says, when it is theirs, for us, of now, and of this very sign-in."""
        wanted = jwt.JWTClaimsRegistry(
            now=int(self.clock().timestamp()),
            leeway=SKEW,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = self._opened(token).claims
            wanted.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise NotProven(f"the ID token does not hold: {type(error).__name__}") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self.client_id:
            raise NotProven("the ID token was made for another application")
        subject, email = str(claims["sub"]), str(claims.get("email", "")).strip().lower()
        if storable(subject + email) != subject + email:
            raise NotProven("the ID token names somebody by what is no text")
        groups = claims.get(self.groups_claim, [])
        return Proven(
            issuer=self.issuer,
            subject=subject,
            email=email,
            verified=claims.get("email_verified") is True,
            groups=frozenset(map(str, groups)) if isinstance(groups, list) else frozenset({str(groups)}),
        )

    def _opened(self, token: str) -> jwt.Token:
        """With a key that we know; a key that we do not know is asked for, once in a while: they change theirs."""
        try:
            return jwt.decode(token, self._keys(KEPT), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            return jwt.decode(token, self._keys(KEYS_KEPT), algorithms=ALGORITHMS)

    def _about(self) -> Mapping[str, Any]:
        def asked() -> Any:
            told = self._ask("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if not isinstance(told, Mapping) or told.get("issuer") != self.issuer:
                raise NotProven("the provider calls itself by another name than [access.oidc] issuer")
            return told

        found: Mapping[str, Any] = self._once_in(KEPT, "about", asked)
        return found

    def _keys(self, age: timedelta) -> KeySet:
        def asked() -> Any:
            told = self._ask("GET", self._endpoint("jwks_uri"))
            try:
                return KeySet.import_key_set(told)
            except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
                raise NotProven("the provider's keys cannot be read") from error

        found: KeySet = self._once_in(age, "keys", asked)
        return found

    def _once_in(self, age: timedelta, what: str, asked: Callable[[], Any]) -> Any:
        with self._lock:
            now, known = self.clock(), self._kept.get(what)
            if known is None or now - known[0] >= age:
                known = self._kept[what] = (now, asked())
            return known[1]

    def _endpoint(self, name: str) -> str:
        at = str(self._about().get(name, ""))
        if not careful(at):
            raise NotProven(f"the provider's {name} is no https address")
        return at

    def _ask(self, method: str, at: str, **request: Any) -> Any:
        where = urlsplit(at)
        base = f"{where.scheme}://{where.netloc}"
        with closing(Wire(base, transport=self.transport, patience=5.0, deadline=10.0, largest=LARGEST)) as wire:
            return wire.ask(method, at.removeprefix(base) or "/", **request)


def careful(address: str) -> bool:
    """Whether what is sent there is read by nobody on the way: https, or this machine itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OWN))
