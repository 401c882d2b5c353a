"""Who gets in: accounts, sessions, links, passkeys, and tries that failed."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, Table, Text

from deskhand.infrastructure.storage.columns import Moment
from deskhand.infrastructure.storage.tables.metadata import metadata, number

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("number", number, primary_key=True, autoincrement=True),
    Column("address", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("sign_in_attempt_at", "at"),
)

account = Table(
    "account",
    metadata,
    Column("person", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("queues", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("password", Text, nullable=False),
    Column("totp", Text, nullable=False),
    Column("totp_step", sa.BigInteger, nullable=False),
    Column("codes", Text, nullable=False),
    Column("disabled_at", Moment),
    Column("seen_at", Moment),
)

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("agent", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("revoked_at", Moment),
    Index("session_person", "person"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    Index("api_token_person", "person"),
)

sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

federated = Table(
    "federated",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person", Text, nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
)

passkey = Table(
    "passkey",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("public", Text, nullable=False),
    Column("uses", sa.BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("passkey_person", "person"),
)

passkey_challenge = Table(
    "passkey_challenge",
    metadata,
    Column("id", Text, primary_key=True),
    Column("challenge", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

sign_in_trip = Table(
    "sign_in_trip",
    metadata,
    Column("id", Text, primary_key=True),
    Column("browser", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("next", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

break_glass = Table(
    "break_glass",
    metadata,
    Column("id", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("told_at", Moment),
    Column("seen_by", Text, nullable=False),
    Column("seen_at", Moment),
)

account_attempt = Table(
    "account_attempt",
    metadata,
    Column("who", Text, primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)
