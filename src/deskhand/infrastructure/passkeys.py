"""Passkeys: what a browser is asked for, and what its answer proves. The one file that knows `webauthn`."""

import hmac
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from deskhand.domain.errors import NotGranted

UNPROVEN = "This passkey proves nothing here. Begin again; nothing was changed."
PATIENCE = 120_000  # milliseconds that a person has in front of their device


@dataclass(frozen=True)
class Site:
    """Where browsers reach this desk, and who it is for a device. Passkeys are of a name, never of a number."""

    address: str
    company: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def name(self) -> str:
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True)
class Made:
    """A passkey as it is kept: `public` is its public key, `count` how often its device says it was used."""

    id: str
    public: bytes
    count: int


@dataclass(frozen=True)
class Asked:
    """`options` for the browser, as JSON; `challenge` is what it has to sign."""

    options: str
    challenge: bytes


def handle(person: str, secret: bytes) -> bytes:
    """What a device knows a person by: no name, and the same each time."""
    return hmac.digest(secret, f"passkey {person}".encode(), "sha256")


# The library and what it needs take a quarter of a second to import, and most commands need neither.
def ask_for_new(site: Site, person: str, known: bytes, held: Sequence[str]) -> Asked:
    """A passkey that a device unlocks by a finger, a face or a PIN, and finds without a name; none of `held`."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name=site.company,
        user_name=person,
        user_id=known,
        timeout=PATIENCE,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one)) for one in held
        ],
    )
    return Asked(webauthn.options_to_json(options), options.challenge)


def made(site: Site, challenge: bytes, answer: str) -> Made:
    """The passkey that a browser made for this challenge. `NotGranted` unless all of it holds."""
    import webauthn

    with proving():
        found = webauthn.verify_registration_response(
            credential=_object(answer),
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
        id = webauthn.helpers.bytes_to_base64url(found.credential_id)
    return Made(id, found.credential_public_key, found.sign_count)


def ask_for_one(site: Site) -> Asked:
    """Any passkey of this desk: its device says whose it is."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=site.name, timeout=PATIENCE, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asked(webauthn.options_to_json(options), options.challenge)


def id_in(answer: str) -> str:
    """Which passkey an answer claims to be of; "" when it claims none."""
    with proving():
        id = _object(answer).get("id")
    return id if isinstance(id, str) else ""


def proved(site: Site, challenge: bytes, answer: str, kept: Made, known: bytes) -> int:
    """How often the device says by now that it was used. `NotGranted` unless this passkey signed this challenge for
    this site, its person was there and unlocked it, and its count went up where it counts."""
    import webauthn

    with proving():
        told = _object(answer)
        claimed = told["response"].get("userHandle")
        if claimed and not hmac.compare_digest(webauthn.base64url_to_bytes(claimed), known):
            raise NotGranted(UNPROVEN)
        found = webauthn.verify_authentication_response(
            credential=told,
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=kept.public,
            credential_current_sign_count=kept.count,
            require_user_verification=True,
        )
    return found.new_sign_count


@contextmanager
def proving() -> Iterator[None]:
    """`NotGranted` for whatever is wrong with an answer: it is read in more ways than there are errors."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, InvalidSignature, UnsupportedAlgorithm) as error:
        raise NotGranted(UNPROVEN) from error
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError) as error:
        raise NotGranted(UNPROVEN) from error


def _object(answer: str) -> dict[str, Any]:
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise ValueError("an answer is an object")
    return found
