"""Who can sign in by themselves, and what they are signed in with. No secret stands in any of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.rights import Role

GLASS = "break-glass"  # who is signed in by a link that was made in an emergency: nobody of the desk


@dataclass(frozen=True)
class Account:
    """`role` and `queues` count for who is not named in `[people]`. `ready`: a password was set; `authenticator`: a
    code of one is asked for beside it."""

    person: str
    role: str
    queues: tuple[str, ...]
    made_at: datetime
    ready: bool
    authenticator: bool
    passkeys: int
    codes_left: int
    disabled_at: datetime | None
    seen_at: datetime | None

    @property
    def second_factor(self) -> bool:
        """Whether their password alone opens nothing."""
        return self.authenticator or self.passkeys > 0


@dataclass(frozen=True)
class Passkey:
    """`id` names it and opens nothing; `name` is what its person calls it."""

    id: str
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Session:
    """`id` names it and opens nothing. `place` is the network that it was begun from, not the whole address."""

    id: str
    person: str
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    agent: str
    place: str
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class ApiToken:
    """`id` names it and opens nothing. Without a `role` it is the company's directory's: it ends accounts, and opens
    nothing else."""

    id: str
    name: str
    person: str
    role: Role | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Member:
    """Somebody who may get in, or might: what an access review shows. `named`: in `[people]` of desk.toml; `queues`
    are those that they are limited to, None where they are not."""

    person: str
    roles: tuple[str, ...]
    role: Role | None
    named: bool
    queues: tuple[str, ...] | None
    account: Account | None
    sessions: Sequence[Session]
    tokens: Sequence[ApiToken]
