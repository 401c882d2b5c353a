"""Passwords and second factors: Argon2id, TOTP (RFC 6238), and recovery codes."""

import hashlib
import secrets
from base64 import b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from cryptography.exceptions import InvalidKey, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.twofactor.totp import TOTP

MEMORY, ROUNDS, LANES = 19_456, 2, 1  # KiB; the lowest that OWASP advises for Argon2id
STEP, DIGITS = 30, 6  # seconds a code is good for, and what every authenticator shows
CODES = 10  # recovery codes of a person


def hashed(password: str) -> str:
    """The password as a PHC string, which names its own parameters and salt."""
    kdf = Argon2id(salt=secrets.token_bytes(16), length=32, iterations=ROUNDS, lanes=LANES, memory_cost=MEMORY)
    return kdf.derive_phc_encoded(password.encode())


@cache
def nobodys() -> str:
    """What the password of an unknown name is held against: it takes as long."""
    return hashed(secrets.token_urlsafe(32))


def right(password: str, kept: str) -> bool:
    """Whether it is the one that was hashed; "" was never set, and takes as long to refuse."""
    try:
        Argon2id.verify_phc_encoded(password.encode(errors="replace"), kept or nobodys())
    except InvalidKey:
        return False
    return bool(kept)


def digest(secret: str) -> str:
    """By which a random secret of ours is kept: it has too many bits to be guessed, so that a plain hash is enough."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def new_totp() -> bytes:
    return secrets.token_bytes(20)


def in_letters(totp: bytes) -> str:
    """As it is typed into an authenticator."""
    return b32encode(totp).decode("ascii")


def address(totp: bytes, person: str, company: str) -> str:
    """The `otpauth:` address that an authenticator takes over."""
    return _totp(totp).get_provisioning_uri(person, company)


def step_of(totp: bytes, code: str, now: datetime, after: int) -> int | None:
    """The step of this code, one step early or late allowed; None for a wrong one, and for one of a step up to `after`,
    which was used already."""
    given, found = code.strip().replace(" ", "").encode(errors="replace"), None
    for step in _steps(now):
        same = secrets.compare_digest(_totp(totp).generate(step * STEP), given)
        found = step if same and step > after and found is None else found
    return found


def new_codes() -> tuple[str, ...]:
    """Each good once, when the authenticator is lost."""
    letters = (b32encode(secrets.token_bytes(10)).decode("ascii").lower() for _ in range(CODES))
    return tuple(f"{one[:4]}-{one[4:8]}-{one[8:12]}-{one[12:]}" for one in letters)


def plain_code(code: str) -> str:
    return code.strip().lower().replace("-", "").replace(" ", "")


def sealed(value: bytes, secret: bytes, person: str) -> str:
    """Encrypted under a key from the desk's secret, and bound to this person."""
    nonce = secrets.token_bytes(12)
    return urlsafe_b64encode(nonce + AESGCM(_key(secret)).encrypt(nonce, value, person.encode())).decode("ascii")


def opened(text: str, secret: bytes, person: str) -> bytes | None:
    """None when it was sealed under another secret, or for somebody else."""
    whole = urlsafe_b64decode(text)
    try:
        return AESGCM(_key(secret)).decrypt(whole[:12], whole[12:], person.encode())
    except InvalidTag:
        return None


def _steps(now: datetime) -> Iterator[int]:
    here = int(now.timestamp()) // STEP
    yield from (here, here - 1, here + 1)


def _totp(key: bytes) -> TOTP:
    return TOTP(key, DIGITS, SHA1(), STEP)  # nosec B303  # authenticators know SHA-1 alone


def _key(secret: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"deskhand second factor").derive(secret)
