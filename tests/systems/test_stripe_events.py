"""Events that somebody else's Stripe signs and posts: taken by our verifier, and by no key, text or hour but theirs.
And payments as they stand there."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from queue import Empty, Queue

import httpx2
import pytest
from tests.systems.emulators import LOOPBACK, free_port, no_program, program, running

from deskhand.connectors.http.egress import Egress, Guarded
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.stripe.client import StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.connectors.stripe.parsing import parsed
from deskhand.connectors.stripe.parsing_payments import payment_intent
from deskhand.connectors.stripe.webhook import verify
from deskhand.domain.errors import ConnectorError, Forged, Stale
from deskhand.domain.money import Money
from deskhand.domain.payment_intent import Cause, PaymentIntent, PaymentStatus
from deskhand.domain.ref import Ref

pytestmark = pytest.mark.emulator

KEY, SECRET = "sk_test_12345", "whsec_of_this_test"
DECLINED, ASKS = "4000000000000341", "4000002500003155"  # cards of Stripe's for tests


@dataclass(frozen=True)
class Posted:
    headers: Mapping[str, str]
    body: bytes

    def at(self) -> datetime:
        """The hour that its signature names."""
        stamp = next(part for part in self.headers["stripe-signature"].split(",") if part.startswith("t="))
        return datetime.fromtimestamp(int(stamp[2:]), UTC)


@dataclass(frozen=True)
class Stripe:
    address: str
    door: "Queue[Posted]"

    def event(self, kind: str) -> Posted:
        """The next one of this kind."""
        seen: list[str] = []
        while True:
            try:
                posted = self.door.get(timeout=30)
            except Empty:
                raise AssertionError(f"no {kind} came, but {seen}") from None
            seen.append(json.loads(posted.body)["type"])
            if seen[-1] == kind:
                return posted


@pytest.fixture(scope="module")
def stripe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stripe]:
    if why := no_program("localstripe"):
        pytest.skip(why)
    port, log = free_port(), tmp_path_factory.mktemp("localstripe") / "log"
    command: list[str | Path] = [program("localstripe", "localstripe"), "--port", str(port), "--from-scratch"]
    address = f"http://[::1]:{port}"
    with running(command, log, {"PYTHONPATH": str(LOOPBACK)}) as wait, posted_here() as (door, url):
        wait(lambda: httpx2.get(f"{address}/v1/customers", auth=(KEY, "")).raise_for_status())
        registered = httpx2.post(f"{address}/_config/webhooks/ours", json={"url": url, "secret": SECRET})
        assert registered.status_code == 200
        yield Stripe(address, door)


@pytest.fixture
def client(stripe: Stripe) -> Iterator[StripeClient]:
    here = Guarded(Egress(private=frozenset({"::1"})))
    wire = Wire(stripe.address, headers={"Authorization": f"Bearer {KEY}"}, transport=here)
    yield StripeClient(wire)
    wire.close()


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def test_an_event_is_taken_as_what_it_tells_of(stripe: Stripe, client: StripeClient) -> None:
    made = client.post("/v1/customers", key=f"customer/{time.time_ns()}", email="maya.chen@example.com")
    posted = stripe.event("customer.created")
    event = verify([SECRET], posted.headers, posted.body, now())

    assert (event.kind, event.about) == ("customer.created", Ref("stripe", "customer", made["id"]))
    assert event.id == json.loads(posted.body)["id"]


def test_one_key_of_two_is_enough_and_another_is_not(stripe: Stripe, client: StripeClient) -> None:
    """While one takes the other's place."""
    client.post("/v1/customers", key=f"customer/{time.time_ns()}", email="lars.holm@example.com")
    posted = stripe.event("customer.created")

    assert verify(["whsec_new", SECRET], posted.headers, posted.body, now()).kind == "customer.created"
    with pytest.raises(Forged):
        verify(["whsec_new"], posted.headers, posted.body, now())


@pytest.mark.parametrize("changed", [b"lars.holm@", b"customer.created"])
def test_a_changed_event_is_refused(stripe: Stripe, client: StripeClient, changed: bytes) -> None:
    client.post("/v1/customers", key=f"customer/{time.time_ns()}", email="lars.holm@example.com")
    posted = stripe.event("customer.created")
    altered = posted.body.replace(changed, changed[:-1] + b"X")
    assert altered != posted.body

    with pytest.raises(Forged):
        verify([SECRET], posted.headers, altered, now())


@pytest.mark.parametrize("skew", [timedelta(minutes=5, seconds=1), timedelta(minutes=-5, seconds=-1)])
def test_an_event_of_another_hour_is_refused(stripe: Stripe, client: StripeClient, skew: timedelta) -> None:
    client.post("/v1/customers", key=f"customer/{time.time_ns()}", email="maya.chen@example.com")
    posted = stripe.event("customer.created")

    with pytest.raises(Stale):
        verify([SECRET], posted.headers, posted.body, posted.at() + skew)
    assert verify([SECRET], posted.headers, posted.body, posted.at() + skew / 2)


def test_a_change_is_told_of_the_customer_whom_we_find(stripe: Stripe, client: StripeClient) -> None:
    """No more of our reading is tried here: this stand-in leaves out fields that Stripe always sends."""
    email = f"ada.{time.time_ns()}@example.com"
    client.post("/v1/customers", key=f"customer/{time.time_ns()}", email=email)
    (found,) = StripeCustomers(client, now).by_email(email)
    client.post(f"/v1/customers/{found.value.ref.id}", key=f"contact/{time.time_ns()}", name="Ada")
    posted = stripe.event("customer.updated")

    assert verify([SECRET], posted.headers, posted.body, now()).about == found.value.ref


def begun(client: StripeClient, card: str) -> Ref:
    """A payment of 49.00 USD with this card, which was not tried yet."""
    made = client.post("/v1/customers", key=f"customer/{time.time_ns()}", email="maya.chen@example.com")
    numbers = {"number": card, "exp_month": 12, "exp_year": 2040, "cvc": "123"}
    method = client.post("/v1/payment_methods", key=f"method/{time.time_ns()}", type="card", card=numbers)
    asked = {"amount": 4900, "currency": "usd", "customer": made["id"], "payment_method": method["id"]}
    return Ref("stripe", "payment_intent", client.post("/v1/payment_intents", key=f"{time.time_ns()}", **asked)["id"])


def confirm(client: StripeClient, payment: Ref) -> None:
    client.post(f"/v1/payment_intents/{payment.id}/confirm", key=f"confirm/{payment.id}")


def read(client: StripeClient, payment: Ref) -> PaymentIntent:
    """Out of its list, which knows no customers here."""
    every = client.each("/v1/payment_intents")
    return parsed(payment_intent, next(one for one in every if one["id"] == payment.id))


def test_a_payment_that_a_bank_refused_is_told_and_read_as_declined(stripe: Stripe, client: StripeClient) -> None:
    payment = begun(client, DECLINED)
    with pytest.raises(ConnectorError):
        confirm(client, payment)
    posted = stripe.event("payment_intent.payment_failed")
    found = read(client, payment)

    assert verify([SECRET], posted.headers, posted.body, now()).about == payment
    assert (found.amount, found.status) == (Money(4900, "USD"), PaymentStatus.REQUIRES_PAYMENT_METHOD)
    assert found.cause is Cause.DECLINED


def test_a_payment_that_waits_for_the_customer_at_their_bank_is_read_so(client: StripeClient) -> None:
    payment = begun(client, ASKS)
    assert read(client, payment).status is PaymentStatus.REQUIRES_CONFIRMATION
    confirm(client, payment)

    assert (read(client, payment).status, read(client, payment).cause) == (PaymentStatus.REQUIRES_ACTION, None)


def test_a_payment_that_went_through_is_read_so(stripe: Stripe, client: StripeClient) -> None:
    payment = begun(client, "4242424242424242")
    confirm(client, payment)
    stripe.event("payment_intent.succeeded")

    assert (read(client, payment).status, read(client, payment).cause) == (PaymentStatus.SUCCEEDED, None)


@contextmanager
def posted_here() -> Iterator[tuple["Queue[Posted]", str]]:
    """What is posted to this address, as it came."""
    door: Queue[Posted] = Queue()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            door.put(Posted({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield door, f"http://127.0.0.1:{server.server_port}/webhooks/stripe"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
