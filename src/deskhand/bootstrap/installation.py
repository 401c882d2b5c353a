"""A desk at work: what pages, the API and commands have in their hands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from deskhand.bootstrap.access.access import Access
from deskhand.bootstrap.access.open_access import access_of
from deskhand.bootstrap.access.passkeys import Passkeys, passkeys_of
from deskhand.bootstrap.access.single_sign_on import SingleSignOn, single_sign_on
from deskhand.bootstrap.channels.channels import Channels
from deskhand.bootstrap.channels.widget import Widget
from deskhand.bootstrap.knowledge.library import Bookkeeper
from deskhand.bootstrap.numbers.numbers import Counting
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.storage.queries import Queries
from deskhand.bootstrap.systems.systems import Systems
from deskhand.connectors.manifest import Verify
from deskhand.domain.outcome import RunResult
from deskhand.domain.suggestion import Person
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.receipt_token import OPT_OUT, RATING, key_of
from deskhand.infrastructure.storage.conversations import Conversations
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.infrastructure.typed_json import codec
from deskhand.settings import Settings
from deskhand.workflows.announce import PARKED, REVIVED, Parked, parked, revive
from deskhand.workflows.desk import Desk
from deskhand.workflows.outreach import Outreach


@dataclass(frozen=True)
class Installation:
    """A desk at work. `doors` verify deliveries by system; `tokens` are people's by their id, see `Access`."""

    settings: Settings
    desk: Desk
    store: SqlStore
    engine: Engine
    conversations: Conversations
    queries: Queries
    knowledge: Bookkeeper
    systems: Systems
    people: Mapping[str, Person]
    tokens: Mapping[str, str]
    channels: Channels
    widget: Widget
    outreach: Outreach = field(default_factory=Outreach)

    @property
    def counting(self) -> Counting:
        """Every metric, from roll-ups."""
        return Counting(self.settings, self.queries.database)

    @cached_property
    def access(self) -> Access:
        """Who gets in, and what they are let in with."""
        return access_of(self.settings, self.queries.database)

    @cached_property
    def single_sign_on(self) -> SingleSignOn | None:
        """None where `[access.oidc]` is not set."""
        return single_sign_on(self.settings, self.queries.database, self.access, self.desk.clock)

    @cached_property
    def passkeys(self) -> Passkeys | None:
        """None where `[access] address` is not set."""
        return passkeys_of(self.settings, self.queries.database, self.access)

    @property
    def doors(self) -> Mapping[str, Verify]:
        return self.systems.doors

    def wait(self, key: str, timeout: float) -> RunResult:
        """The result of a run of a message or a decision."""
        result: RunResult = codec(RunResult).load(self.engine.wait(key, timeout))
        return result

    def receipt_key(self, token: str) -> str | None:
        """The effect whose receipt has this address; None when the address is none of ours."""
        return key_of(token, desk_secret(self.settings))

    def opting_out(self, token: str) -> str | None:
        """The customer whom this address of ours stops messages to; None when the address is none of ours."""
        return key_of(token, desk_secret(self.settings), OPT_OUT)

    def rated(self, token: str) -> str | None:
        """The ticket that this address of ours asks about (`domain.survey.name_of`); None when it is none of ours."""
        return key_of(token, desk_secret(self.settings), RATING)

    def parked_events(self) -> list[Parked]:
        """Events that a system of the company's never took."""
        return parked_events(self.queries)

    def post_again(self, id: str, by: str) -> int:
        """Post a parked event again, to all that never took it; to how many."""
        waiting = [one for one in self.parked_events() if one.id == id]
        for one in waiting:
            revive(self.store, one, by, self.desk.clock())
        return len(waiting)

    def write_as_customer(self, email: str, text: str) -> tuple[dict[str, str], bytes]:
        """At the help desk's twin, which `spoken_for` names: the signed delivery about a new ticket."""
        found = self.systems.customers_twin
        assert found is not None, "only a twin's customers can be spoken for"
        return found[1].receive(email, text)

    @property
    def spoken_for(self) -> str:
        """The help desk whose customers can be made to write, as it is a twin; "" where none is."""
        found = self.systems.customers_twin
        return found[0] if found else ""

    def people_of_the_world(self) -> dict[str, list[str]]:
        """Addresses of made-up customers by situation, flagged ones left out; empty where nothing is made up."""
        found: dict[str, list[str]] = {}
        for one in self.systems.world().people if self.systems.world else ():
            if not one.flagged:
                found.setdefault(one.situation, []).append(one.email)
        return found


def parked_events(queries: Queries) -> list[Parked]:
    """Events that a system of the company's never took, oldest first."""
    return parked(queries.of_kinds([PARKED, REVIVED]))
