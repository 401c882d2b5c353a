"""Checkpoints: the newest line of the journal, signed with an Ed25519 key that only this desk can open."""

import base64
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deskhand.domain.checkpoint import MADE, Checkpoint
from deskhand.domain.journal_line import Broken
from deskhand.infrastructure.storage.columns import written
from deskhand.infrastructure.storage.journal import LAST, SqlJournal
from deskhand.infrastructure.storage.tables.journal import journal, signing_key

NO_TICKET = ""


class SqlCheckpoints:
    """See `ports.store.Checkpoints`. The key is made at its first use; what opens it is made from the desk's secret."""

    def __init__(self, connection: sa.Connection, lines: SqlJournal, secret: bytes):
        self.connection, self.lines, self.secret = connection, lines, secret

    def make(self, at: datetime) -> Checkpoint | None:
        last = self.connection.execute(LAST).one_or_none()
        if last is None:
            return None
        kind = self.connection.scalar(sa.select(journal.c.kind).where(journal.c.seq == last.seq))
        if kind == MADE:
            return None
        private = _private(self.connection, self.secret) or self._new(at)
        at = datetime.fromisoformat(written(at))
        point = Checkpoint(last.seq, last.hash, at, private.public_key().public_bytes_raw().hex(), "")
        point = replace(point, signature=private.sign(point.signed).hex())
        self.lines.append(MADE, NO_TICKET, told(point), at)
        return point

    def _new(self, at: datetime) -> Ed25519PrivateKey:
        private = Ed25519PrivateKey.generate()
        row = {
            "public": private.public_key().public_bytes_raw().hex(),
            "private": _box(self.secret).encrypt(private.private_bytes_raw()).decode("ascii"),
            "made_at": at,
        }
        self.connection.execute(sa.insert(signing_key).values(row))
        return private


def public_key(connection: sa.Connection, secret: bytes) -> str:
    """In hex; "" while there is none."""
    private = _private(connection, secret)
    return private.public_key().public_bytes_raw().hex() if private else ""


def told(point: Checkpoint) -> dict[str, object]:
    """As it stands in the journal and in files."""
    return {
        "seq": point.seq,
        "hash": point.hash,
        "at": point.at.isoformat(),
        "public": point.public,
        "signature": point.signature,
    }


def read(told: Mapping[str, object]) -> Checkpoint:
    """KeyError, TypeError or ValueError when it is none."""
    at = datetime.fromisoformat(str(told["at"]))
    return Checkpoint(int(str(told["seq"])), str(told["hash"]), at, str(told["public"]), str(told["signature"]))


def in_journal(connection: sa.Connection) -> list[tuple[int, Checkpoint | None]]:
    """Each with the number of its line; None where the line is no checkpoint at all."""
    found: list[tuple[int, Checkpoint | None]] = []
    for row in connection.execute(sa.select(journal).where(journal.c.kind == MADE).order_by(journal.c.seq)):
        try:
            found.append((row.seq, read(json.loads(row.body))))
        except (KeyError, TypeError, ValueError):
            found.append((row.seq, None))
    return found


def lines_of(text: str) -> list[Checkpoint]:
    """Of a file of checkpoints. KeyError, TypeError or ValueError when one of its lines is none."""
    return [read(json.loads(line)) for line in text.splitlines() if line.strip()]


def genuine(point: Checkpoint, public: str) -> bool:
    """Whether it was signed with this key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(point.signature), point.signed)
    except (InvalidSignature, ValueError):
        return False
    return point.public == public


def held_against(
    connection: sa.Connection, secret: bytes, elsewhere: Iterable[Checkpoint], here: Iterable[Checkpoint] | None
) -> Mapping[int, set[str]] | Broken:
    """The hash of each line that was ever signed, or what is wrong with a checkpoint. `here`: the desk's own file,
    which holds every checkpoint of its journal; None where several machines have one each."""
    if not sa.inspect(connection).has_table(signing_key.name):
        return {}
    try:
        public = public_key(connection, secret)
    except InvalidToken:
        return Broken(0, "the key that signs checkpoints was replaced, or the secret of this desk is another one")
    known: dict[int, set[str]] = {}
    kept = None if here is None else {(one.seq, one.hash) for one in here}
    for line, point in in_journal(connection):
        if point is None or not genuine(point, public):
            return Broken(line, "the checkpoint was not signed by this desk")
        if kept is not None and (point.seq, point.hash) not in kept:
            return Broken(line, "the checkpoint is missing in the file checkpoints.jsonl")
        known.setdefault(point.seq, set()).add(point.hash)
    for point in (*(here or ()), *elsewhere):
        if not genuine(point, public):
            return Broken(point.seq, "a checkpoint of this line that lies in a file was not signed by this desk")
        known.setdefault(point.seq, set()).add(point.hash)
    return known


def _private(connection: sa.Connection, secret: bytes) -> Ed25519PrivateKey | None:
    """InvalidToken when it was put there by somebody without the secret."""
    row = connection.execute(sa.select(signing_key).order_by(signing_key.c.made_at).limit(1)).one_or_none()
    if row is None:
        return None
    private = Ed25519PrivateKey.from_private_bytes(_box(secret).decrypt(row.private.encode()))
    if private.public_key().public_bytes_raw().hex() != row.public:
        raise InvalidToken
    return private


def _box(secret: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret, b"checkpoint key", "sha256")))
