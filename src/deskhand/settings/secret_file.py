"""A desk's secrets in one encrypted file outside its folder, so that the folder can be shared and be versioned.

Fernet (AES-128-CBC with HMAC-SHA256): whoever changes a byte of the file is noticed. The key is DESKHAND_SECRETS_KEY.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken


class Unopened(Exception):
    """The file cannot be read with this key; its text says why, and holds no secret."""


def new_key() -> str:
    return Fernet.generate_key().decode("ascii")


def read(file: Path, key: str) -> dict[str, str]:
    """By name; empty when there is no file yet. `Unopened` when the key is another one, or the file was changed."""
    if not file.exists():
        return {}
    try:
        found = json.loads(_fernet(key).decrypt(file.read_bytes()))
    except InvalidToken as error:
        raise Unopened(f"{file} was written with another DESKHAND_SECRETS_KEY, or was changed") from error
    return {str(name): str(value) for name, value in found.items()}


def write(file: Path, key: str, secrets: Mapping[str, str]) -> None:
    """All of them, in one step: a reader sees the old file or the new one. Nobody but its owner may read it."""
    sealed = _fernet(key).encrypt(json.dumps(dict(secrets)).encode())
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(sealed)
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(file)


def _fernet(key: str) -> Fernet:
    try:
        return Fernet(key.encode())
    except ValueError as error:
        raise Unopened("DESKHAND_SECRETS_KEY is no key: `deskhand connect` makes one") from error
