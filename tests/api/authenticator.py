"""A device with a passkey, made of nothing but a key: it signs what it is asked to, or what somebody hostile would."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

THERE, UNLOCKED, NEW = 0x01, 0x04, 0x40  # flags: somebody touched it, proved who they are, and a key comes along
ECDSA_KEY, ES256, P256 = 2, -7, 1


@dataclass
class Authenticator:
    """`origin` is what its browser says where it is; `count` goes up with each use; `flags` what its person did."""

    origin: str
    site: str
    count: int = 0
    flags: int = THERE | UNLOCKED
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    handle: str = ""

    def make(self, options: dict[str, Any]) -> str:
        """The answer to a question for a new passkey."""
        self.handle = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (numbers.x, numbers.y))
        key = cbor2.dumps({1: ECDSA_KEY, 3: ES256, -1: P256, -2: x, -3: y})
        told = self._told(NEW) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told})
        return self._answer(clientDataJSON=self._client("webauthn.create", options), attestationObject=made)

    def sign(self, options: dict[str, Any], **changed: Any) -> str:
        """The answer to a question for one that is there; `changed` parts of it stand instead of its own."""
        self.count += 1
        client, told = self._client("webauthn.get", options), self._told(0)
        signature = self.key.sign(told + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        handle = urlsafe_b64decode(self.handle + "=" * (-len(self.handle) % 4))
        parts = {"clientDataJSON": client, "authenticatorData": told, "signature": signature, "userHandle": handle}
        return self._answer(**{**parts, **changed})

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _told(self, more: int) -> bytes:
        flags = bytes([self.flags | more])
        return hashlib.sha256(self.site.encode()).digest() + flags + self.count.to_bytes(4, "big")

    def _answer(self, **parts: bytes) -> str:
        own = written(self.id)
        response = {name: written(value) for name, value in parts.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})


def written(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
