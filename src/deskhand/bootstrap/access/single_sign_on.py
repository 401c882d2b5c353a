"""Single sign-on: who the company's identity provider vouches for gets a session, with the role of their groups."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from deskhand.bootstrap.access.access import NAME, Access
from deskhand.bootstrap.connections.connectors import egress_of
from deskhand.bootstrap.secret import desk_secret
from deskhand.connectors.http.egress import Guarded
from deskhand.connectors.oidc.provider import NotProven, Provider
from deskhand.domain.errors import NotGranted
from deskhand.domain.proven import Proven
from deskhand.infrastructure.storage.federated import SqlFederated
from deskhand.settings import Settings
from deskhand.settings.access import OidcTable

Clock = Callable[[], datetime]
BACK = "/sign-in/oidc/back"
NO_TRIP = "This sign-in was not begun in this browser, or it took too long. Begin again; nobody is signed in."
NOT_HOLDING = "What the identity provider sent does not hold. Begin again; nobody is signed in."
NO_ROLE = "You are in no group that may use this desk. Ask an admin; nobody is signed in."
UNVERIFIED = "The identity provider has not verified your e-mail address. Nobody is signed in."
TAKEN = "Somebody of your name has an account here already. Ask an admin; nobody is signed in."
KEPT_OUT = "You are kept out of this desk. Ask an admin; nobody is signed in."


@dataclass(frozen=True)
class Setting:
    """`address`: where the browser goes; `cookie`: what it keeps until it comes back."""

    address: str
    cookie: str


@dataclass(frozen=True)
class SignedOn:
    session: str
    next: str


class SingleSignOn:
    def __init__(self, table: OidcTable, provider: Provider, access: Access, kept: SqlFederated):
        self.table, self.provider, self._access, self.kept = table, provider, access, kept
        self._back = table.address.rstrip("/") + BACK

    def begin(self, next: str, now: datetime) -> Setting:
        trip = self.kept.set_out(next, now)
        sent = {"state": trip.state, "nonce": trip.nonce, "verifier": trip.verifier}
        return Setting(self.provider.address(self._back, self.table.scopes, **sent), trip.browser)

    def finish(
        self, *, state: str, code: str, issuer: str, cookie: str, agent: str, address: str, now: datetime
    ) -> SignedOn:
        """`NotGranted` says why nobody is signed in."""
        trip = self.kept.come_back(state, cookie, now)
        if trip is None:
            raise NotGranted(NO_TRIP)
        try:
            self.provider.answers_for(issuer)
            proven = self.provider.redeem(code, self._back, verifier=trip.verifier, nonce=trip.nonce)
        except NotProven as error:
            raise NotGranted(NOT_HOLDING) from error
        person = self._person(proven, now)
        if self._access.person(person) is None:
            raise NotGranted(KEPT_OUT)
        return SignedOn(self._access.begin(person, agent=agent, address=address, now=now), trip.next)

    def leaving(self) -> str:
        """Where somebody signs out at the provider, too."""
        return self.provider.leaving(f"{self.table.address.rstrip('/')}/sign-in?out=true")

    def _person(self, proven: Proven, now: datetime) -> str:
        """Whose identity this is, by nothing but its subject: an address is no proof of being who had an account."""
        roles = [role for group, role in self.table.roles.items() if group in proven.groups]
        role = str(max(roles, key=lambda one: one.rank)) if roles else ""
        known = self.kept.person(proven)
        named = next((name for name, subject in self.table.subjects.items() if subject == proven.subject), None)
        if named is not None:
            if known is None and not self.kept.join(proven, named, "", now):
                raise NotGranted(TAKEN)
            if known not in (None, named):
                raise NotGranted(TAKEN)
            return named
        if not role:
            raise NotGranted(NO_ROLE)
        if known is not None:
            if self._access.names(known):
                raise NotGranted(NO_ROLE)
            self.kept.now_is(known, role, now)
            return known
        if not proven.verified or not NAME.fullmatch(proven.email):
            raise NotGranted(UNVERIFIED)
        if self._access.names(proven.email) or not self.kept.join(proven, proven.email, role, now):
            raise NotGranted(TAKEN)
        return proven.email


def single_sign_on(settings: Settings, database: sa.Engine, access: Access, clock: Clock) -> SingleSignOn | None:
    """None where `[access.oidc]` is not set."""
    table = settings.table.access.oidc
    if table is None:
        return None
    secret = settings.secrets.get("DESKHAND_OIDC_SECRET", "")
    way = Guarded(egress_of(settings))
    provider = Provider(table.issuer, table.client_id, secret, table.groups_claim, clock, way)
    return SingleSignOn(table, provider, access, SqlFederated(database, desk_secret(settings)))
