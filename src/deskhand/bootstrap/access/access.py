"""Who gets in: people of `[people]` and of accounts, what they prove it by, and what they are let in with."""

import hmac
import ipaddress
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from deskhand.bootstrap.secret import desk_secret
from deskhand.domain.account import GLASS, ApiToken, Member
from deskhand.domain.errors import NotGranted
from deskhand.domain.rights import Role, narrowed, role_of
from deskhand.domain.suggestion import Person
from deskhand.domain.within import Within
from deskhand.infrastructure import passwords
from deskhand.infrastructure.storage.accounts import SqlAccounts
from deskhand.infrastructure.storage.glass import SqlGlass
from deskhand.infrastructure.storage.sessions import DIRECTORY, PREFIX, SqlApiTokens, SqlSessions
from deskhand.infrastructure.storage.sign_ins import WINDOW, SignIns
from deskhand.settings import Settings

SHORTEST, LONGEST = 12, 200  # characters of a password
FIRST, INVITED = timedelta(minutes=30), timedelta(hours=24)  # how long a link is good
LONGEST_TOKEN = timedelta(days=366)
RESERVED = frozenset({"assistant", "system", "operator", DIRECTORY, GLASS})  # names of what is nobody
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@ -]{0,63}")


@dataclass(frozen=True)
class Signed:
    """Whoever calls, and by what: the id of a session, or of an API token."""

    person: Person
    session: str = ""
    token: str = ""


@dataclass(frozen=True)
class Tried:
    """What came of a try to sign in: `session` for the browser to keep, or until when nobody may try."""

    session: str = ""
    until: datetime | None = None


class Access:
    """`desk_tokens`: a token for each of `[people]` made from the desk's secret, where every system is a twin and
    nothing real can be done; each is good until its person has an account."""

    def __init__(self, settings: Settings, database: sa.Engine, desk_tokens: Mapping[str, str]):
        table, secret = settings.table, desk_secret(settings)
        self._named = {name: frozenset(roles) for name, roles in table.people.items()}
        self._scopes, self._default = table.access.scopes, table.default_queue
        self._company, self._secret, self._tokens = table.company, secret, desk_tokens
        self.glass = SqlGlass(database, secret)
        self.accounts, self.tokens = SqlAccounts(database, secret), SqlApiTokens(database, secret)
        idle, most = timedelta(hours=table.access.idle_hours), timedelta(days=table.access.most_days)
        self.sessions, self._sign_ins = SqlSessions(database, secret, idle=idle, most=most), SignIns(database)

    # -- who somebody is ---------------------------------------------------------------------------------------

    def person(self, name: str) -> Person | None:
        """With the roles that they have now; None for who is nobody here, or was disabled."""
        account = self.accounts.get(name)
        if account is not None and account.disabled_at is not None:
            return None
        if name in self._named:
            return Person(name, self._named[name])
        return Person(name, frozenset({account.role})) if account and account.role else None

    def names(self, name: str) -> bool:
        """Whether this is somebody of `[people]`."""
        return name in self._named

    def within(self, person: Person) -> Within | None:
        """The queues that they are limited to; None where they see all."""
        queues: Collection[str] | None = self._scopes.get(person.id)
        if person.id not in self._named:
            account = self.accounts.get(person.id)
            queues = account.queues if account and account.queues else None
        return None if queues is None else Within(person.id, frozenset(queues), self._default)

    def by_session(self, given: str, now: datetime) -> Signed | None:
        found = self.sessions.find(given, now) if given else None
        if found is not None and found.person == GLASS:
            return Signed(Person(GLASS, frozenset({str(Role.ADMIN)})), found.id) if self.glass.open(now) else None
        person = self.person(found.person) if found else None
        return Signed(person, found.id) if found and person else None

    def by_token(self, given: str, now: datetime) -> Signed | None:
        """An API token, or a token of the desk's secret where those are good."""
        if given.startswith(PREFIX):
            found = self.tokens.find(given, now)
            person = self.person(found.person) if found else None
            return Signed(narrowed(person, found.role), token=found.id) if found and found.role and person else None
        name = self.desk_token_of(given)
        person = self.person(name) if name else None
        return Signed(person) if person else None

    def by_directory(self, given: str, now: datetime) -> ApiToken | None:
        """The token by which the company's directory ends accounts; None for any other."""
        found = self.tokens.find(given, now)
        return found if found is not None and found.role is None else None

    def desk_token_of(self, given: str) -> str | None:
        """Whose it is. Every one is compared, so that the time tells nothing."""
        text = given.encode(errors="replace")
        same = [one for one, theirs in self._tokens.items() if hmac.compare_digest(theirs.encode(), text)]
        if not same:
            return None
        account = self.accounts.get(same[0])
        return None if account is not None and account.ready else same[0]

    def form_token(self, signed: Signed) -> str:
        """For the forms of one session."""
        text = f"form {signed.session} {signed.person.id}".encode()
        return hmac.digest(self._secret, text, "sha256").hex()

    # -- signing in --------------------------------------------------------------------------------------------

    def begin(self, person: str, *, agent: str, address: str, now: datetime) -> str:
        """A session for somebody who has proven who they are, by whatever way; its secret is told this once."""
        given = self.sessions.begin(person, agent=agent, place=place_of(address), now=now)
        self.accounts.seen(person, now)
        return given

    def by_password(self, name: str, password: str, code: str, *, agent: str, address: str, now: datetime) -> Tried:
        """The same answer, after the same work, whichever was wrong; wrong tries make an address wait, and a name."""
        waits = self.accounts.waits(name, now)
        good = waits is None and self.accounts.prove(name, password, code, now) and self.person(name) is not None
        until = self.counted(address, now, right=good or waits is not None) or waits
        if until is not None:
            return Tried(until=until)
        self.accounts.tried(name, good=good, now=now, known=self._known(name), place=place_of(address))
        return Tried(self.begin(name, agent=agent, address=address, now=now)) if good else Tried()

    def by_link(self, token: str, *, agent: str, address: str, now: datetime) -> Tried:
        """By a token of the desk's secret."""
        signed = None if token.startswith(PREFIX) else self.by_token(token, now)
        until = self.counted(address, now, right=signed is not None)
        if until is not None or signed is None:
            return Tried(until=until)
        return Tried(self.begin(signed.person.id, agent=agent, address=address, now=now))

    def takes_desk_tokens(self) -> bool:
        """Whether anybody can still sign in by one."""
        ready = {one.person for one in self.accounts.all() if one.ready}
        return bool(set(self._tokens) - ready)

    def asks_passwords(self) -> bool:
        return any(one.ready for one in self.accounts.all())

    def counted(self, address: str, now: datetime, *, right: bool) -> datetime | None:
        """Count a try to sign in from this address; until when nobody may try from there, None when they may."""
        until = self._sign_ins.tried(address, now, right=right)
        if until is not None:
            self.accounts.refused_place(place_of(address), now, WINDOW)
        return until

    def _known(self, name: str) -> bool:
        return name in self._named or self.accounts.get(name) is not None

    def by_glass(self, given: str, *, agent: str, address: str, now: datetime) -> str | None:
        """A session of an admin that lasts an hour; None when the link is used, too old, or none."""
        if not self.glass.use(given, now):
            return None
        return self.sessions.begin(GLASS, agent=agent, place=place_of(address), now=now)

    # -- people ------------------------------------------------------------------------------------------------

    def first_link(self, now: datetime) -> tuple[str, str] | None:
        """Who is to be the first admin, and a link for them to set a password; None once an admin has one."""
        ready = [one.person for one in self.accounts.all() if one.ready and one.disabled_at is None]
        if any((person := self.person(name)) and role_of(person.roles) is Role.ADMIN for name in ready):
            return None
        admins = [name for name, roles in self._named.items() if role_of(roles) is Role.ADMIN]
        free = next(one for one in ("admin", "first admin") if one not in self._named or one in admins)
        name = admins[0] if admins else free
        role = "" if name in self._named else str(Role.ADMIN)
        return name, self.accounts.link(name, role, (), by="serve", now=now, life=FIRST)

    def invite(self, name: str, role: Role | None, queues: Collection[str], *, by: str, now: datetime) -> str:
        """The secret of a link by which they set a password. `NotGranted` when it cannot be, with why."""
        if not NAME.fullmatch(name) or name in RESERVED:
            raise NotGranted(
                f"{name[:80]!r} is no name for a person: letters, digits, spaces and . _ @ -. Nobody was invited."
            )
        account = self.accounts.get(name)
        if name in self._named:
            if role is not None or queues:
                raise NotGranted(f"{name} is in [people]: roles and queues stand in desk.toml. Nobody was invited.")
            return self.accounts.link(name, "", (), by=by, now=now, life=INVITED)
        wanted = str(role) if role else account.role if account else ""
        if not wanted:
            raise NotGranted(f"Say with which role: {name} is nobody of [people]. Nobody was invited.")
        kept = tuple(queues) or (account.queues if account and role is None else ())
        return self.accounts.link(name, wanted, kept, by=by, now=now, life=INVITED)

    def set_password(self, given: str, password: str, now: datetime) -> str | None:
        """Whose it was; None when the link is good no more. `NotGranted` for a weak one, which does not use it."""
        person = self.accounts.linked(given, now)
        if person is None:
            return None
        self._strong(person, password)
        return self.accounts.set_by_link(given, password, now)

    def confirms(self, person: str, password: str, now: datetime) -> bool:
        """Whether somebody who is signed in knows their own password; wrong tries make the name wait as at sign-in."""
        if self.accounts.waits(person, now) is not None:
            return False
        good = self.accounts.knows(person, password)
        self.accounts.tried(person, good=good, now=now, known=True, place="")
        return good

    def change_password(self, person: str, old: str, new: str, now: datetime) -> bool:
        """False when the old one is wrong. `NotGranted` for a weak new one."""
        self._strong(person, new)
        return self.accounts.change_password(person, old, new, now)

    def _strong(self, person: str, password: str) -> None:
        plain = password.lower()
        if not SHORTEST <= len(password) <= LONGEST:
            raise NotGranted(f"A password has {SHORTEST} to {LONGEST} characters. Nothing was changed.")
        if len(set(plain)) < 5 or plain.replace(person.lower(), "").replace(self._company.lower(), "").strip() == "":
            raise NotGranted("This password is guessed too easily. Nothing was changed. Take several words.")

    # -- the second factor ---------------------------------------------------------------------------------------

    def offer_second_factor(self, person: str) -> tuple[str, str, str]:
        """A new secret: sealed, to be given back with a code; in letters; and as an address for an authenticator."""
        made = passwords.new_totp()
        seal = passwords.sealed(made, self._secret, person)
        return seal, passwords.in_letters(made), passwords.address(made, person, self._company)

    def take_second_factor(self, person: str, seal: str, code: str, now: datetime) -> Sequence[str]:
        """Recovery codes, told this once; none when the code does not fit."""
        try:
            made = passwords.opened(seal, self._secret, person)
        except ValueError:
            made = None
        return self.accounts.set_second_factor(person, made, code, now) if made else ()

    # -- API tokens, and what there is --------------------------------------------------------------------------

    def make_token(self, name: str, person: str, role: Role, life: timedelta, *, by: str, now: datetime) -> str:
        """`NotGranted` where it would live too long, be of somebody who is nobody here, or hold more than they do."""
        found = self.person(person)
        if found is None:
            raise NotGranted(f"{person} is nobody here. No token was made; `deskhand people list` tells who is.")
        if role_of(found.roles).rank < role.rank:
            raise NotGranted(
                f"{person} is {role_of(found.roles)}, and no token holds more than its person. None was made."
            )
        _good_token(name, life)
        return self.tokens.make(name.strip(), person, role, until=now + life, by=by, now=now)

    def make_directory_token(self, name: str, life: timedelta, *, by: str, now: datetime) -> str:
        """For the company's directory: it ends accounts at `/scim/v2/Users`, and opens nothing else."""
        _good_token(name, life)
        return self.tokens.make(name.strip(), DIRECTORY, None, until=now + life, by=by, now=now)

    def members(self, now: datetime) -> list[Member]:
        """Everybody who can get in or could, by name."""
        accounts = {one.person: one for one in self.accounts.all()}
        sessions, tokens = self.sessions.standing(now), self.tokens.all()
        found = []
        for name in sorted({*accounts, *self._named, *(one.person for one in tokens)}):
            account = accounts.get(name)
            roles = self._named.get(name, frozenset({account.role} if account and account.role else ()))
            limits = self.within(Person(name, roles))
            found.append(
                Member(
                    person=name,
                    roles=tuple(sorted(roles)),
                    role=role_of(roles) if roles or name in self._named else None,
                    named=name in self._named,
                    queues=tuple(sorted(limits.queues)) if limits else None,
                    account=account,
                    sessions=[one for one in sessions if one.person == name],
                    tokens=[one for one in tokens if one.person == name],
                )
            )
        return found


def _good_token(name: str, life: timedelta) -> None:
    if not timedelta(0) < life <= LONGEST_TOKEN:
        raise NotGranted("A token expires, after a year at the latest. None was made.")
    if not name.strip() or len(name) > 80:
        raise NotGranted("A token has a name, of 80 letters at most. None was made.")


def place_of(address: str) -> str:
    """The network of an address: enough to recognise, too little to name a person by."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))
