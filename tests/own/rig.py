"""A desk's own actions at work without the rest of a desk: gate, executor and a real client, on the shop's stand-in."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx2

from deskhand.connectors.http.faulty import Faulty
from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.own.http import OwnHttp
from deskhand.connectors.own.mcp import OwnMcp
from deskhand.connectors.own.twin import TOKEN, OwnTwin, account_of
from deskhand.domain.action import Action
from deskhand.domain.case import Case
from deskhand.domain.confirmation import Confirmation
from deskhand.domain.customer import Customer, Matched, Strength
from deskhand.domain.digest import digest
from deskhand.domain.effect import Effect
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS, schema_of, with_own
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.execution.catalogue.own.loading import load_actions
from deskhand.execution.doors import Reads, Writes
from deskhand.execution.executor import Approval, Executor
from deskhand.execution.gate import Gate
from deskhand.execution.results import Result
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.policy.loading import load_policies
from deskhand.policy.policy import Policy
from deskhand.ports.reads import BillingLedger
from deskhand.ports.writes import BillingWriter

PARCEL = Path(__file__).parents[2] / "examples" / "parcel"
SERVER = "https://shop.test/api"
NORA = "nora.blum@example.com"
NO_LEDGER = cast(BillingLedger, None)  # no action here touches it
NO_BILLING = cast(BillingWriter, None)
TICKET = "zendesk:ticket:1"


def texts(part: str) -> dict[str, str]:
    return {f"{part}/{one.name}": one.read_text("utf-8") for one in (PARCEL / part).glob("*.yaml")}


def customer(email: str = NORA, id: str = "cus_1") -> Customer:
    return Customer(Ref("stripe", "customer", id), "Nora", email, "standard", False, Clock()())


def order(clock: Callable[[], datetime], id: str = "PC-10001", **more: Any) -> dict[str, Any]:
    """Placed, not packed, 49.90 EUR, Nora's."""
    return {
        "id": id,
        "status": "placed",
        "total": "49.90",
        "currency": "EUR",
        "placed_at": (clock() - timedelta(days=1)).isoformat(),
        "shipped_at": None,
        "delivered_at": None,
        "customer": {"email": NORA, "name": "Nora Blum"},
        "address": "Lindenweg 4, Berlin",
        "country": "DE",
        "made_to_order": False,
        "final_sale": [],
        "items": [{"sku": "MUG-01", "name": "Mug", "state": "kept"}],
        "parcel": None,
        "reshipped": False,
        **more,
    }


@dataclass
class Asked:
    """What went over the wire."""

    method: str
    target: str
    host: str
    headers: Mapping[str, str]
    body: bytes


class Tap(httpx2.BaseTransport):
    """Writes down what passes. `before` the next write something happens; `cut`: we die when it comes back, when so
    many others were let by (`skip`)."""

    def __init__(self, inner: httpx2.BaseTransport):
        self.inner, self.asked = inner, list[Asked]()
        self.cut, self.skip = False, 0
        self.before: Callable[[], None] | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        target = request.url.raw_path.decode("ascii")
        self.asked.append(Asked(request.method, target, request.url.host, dict(request.headers), request.read()))
        if self.before and request.method != "GET":
            now, self.before = self.before, None
            now()
        answer = self.inner.handle_request(request)
        if self.cut and request.method != "GET":
            if not self.skip:
                self.cut = False
                raise Killed
            self.skip -= 1
        return answer

    @property
    def written(self) -> list[Asked]:
        return [one for one in self.asked if one.method != "GET"]


class Killed(BaseException):
    """Nothing of ours catches it, as nothing catches a power cut."""


class Shop:
    """One shop, one store, and workers on both. `faults` are met by the next requests, in order."""

    def __init__(
        self,
        place: Path,
        store: SqlStore,
        clock: Clock,
        *,
        files: Mapping[str, str] | None = None,
        rules: str = "",
        mcp: bool = False,
    ):
        self.clock, self.store = clock, store
        self.twin = OwnTwin(str(place / "own.sqlite"), clock)
        self.faults: deque[str] = deque()
        self.tap = Tap(Under(Faulty(InProcess(self.twin.app), self.faults)))
        self.files = dict(files if files is not None else texts("actions"))
        self.rules, self.kind = rules, "mcp" if mcp else "http"
        self.reload()

    def reload(self) -> None:
        """As a desk that is started anew, with the files as they are."""
        headers = {"authorization": f"Bearer {TOKEN}"}
        server = SERVER if self.kind == "http" else "https://shop.test"
        wire = Wire(server, headers=headers, transport=self.tap, deadline=0.5)
        self.system: OwnHttp | OwnMcp = OwnHttp("shop", wire, self.clock)
        if self.kind == "mcp":
            self.system = OwnMcp("shop", wire, "/mcp", self.clock)
        self.own: dict[str, OwnAction] = load_actions(self.files, {"shop": self.kind}, ACTIONS)
        self.actions = with_own(self.own)
        self.policy = self.compiled(self.rules)
        self.gate, self.executor = self.worker()

    def compiled(self, rules: str) -> Policy:
        written = {"policies/test.yaml": rules} if rules else texts("policies")
        return load_policies(written | self.files, schema_of(self.actions))

    def worker(self, store: SqlStore | None = None) -> tuple[Gate, Executor]:
        """One more at the same store, or at another connection to it."""
        actions = self.actions
        gate = Gate(self.policy, Reads(NO_LEDGER, own={"shop": self.system}), store or self.store, actions)
        writes = Writes(NO_BILLING, {}, own={"shop": self.system})
        grace = timedelta(0)
        return gate, Executor(gate, store or self.store, writes, actions, self.clock, grace)

    def put(self, **more: Any) -> None:
        self.twin.put_order(order(self.clock, **more))

    def account(self, email: str = NORA, **more: Any) -> None:
        one = account_of("cus_1", email, "Nora", {"workspace": "Blum"}) | more
        self.twin.store.put([("account", email, "", email, 0, one)])

    def case(self, ticket: str = TICKET, email: str = NORA, *, agent: str = "") -> Case:
        known = Matched(customer(email), Strength.ATTESTED, "email")
        return Case(ticket, "email", known, Stage.AUTONOMOUS, self.clock(), agent=agent)

    def commit(
        self, action: Action, ticket: str = TICKET, email: str = NORA, approval: Approval | None = None
    ) -> Result:
        return self.executor.commit(action, self.case(ticket, email), approval)

    def confirm(self, action: Action, ticket: str = TICKET) -> None:
        """The customer says yes to exactly this."""
        proposal = self.gate.propose(action, self.case(ticket))
        shown, now = digest(dict(self.own[action.name].canonical(action.args))), self.clock()
        with self.store.begin() as tx:
            tx.confirmations.ask(
                Confirmation(ticket, proposal.key, shown, action, "any", now, now + timedelta(hours=1))
            )
            tx.confirmations.confirm(proposal.key, shown, now)

    def effects(self, ticket: str = TICKET) -> list[Effect]:
        with self.store.begin() as tx:
            return list(tx.ledger.of_ticket(ticket))

    def done(self, id: str = "PC-10001") -> list[str]:
        """What was really done at the shop."""
        return [one["kind"] for one in self.twin.done(id)]


class Under(httpx2.BaseTransport):
    """A server whose API begins below /api: the stand-in knows nothing of it."""

    def __init__(self, inner: httpx2.BaseTransport):
        self.inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        raw = request.url.raw_path
        if raw.startswith(b"/api/"):
            request.url = request.url.copy_with(raw_path=raw.removeprefix(b"/api"))
        return self.inner.handle_request(request)
