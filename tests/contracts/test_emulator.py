"""Our client of Stripe against somebody else's stand-in: we do not mark our own homework.

`make test` installs it where there is Node: `make emulators` does nothing else.
"""

import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.contracts.between import FAULTS, Between, between
from tests.contracts.rigs import ROOT

from deskhand.connectors.http.egress import Egress, Guarded
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.stripe.billing_ledger import StripeLedger
from deskhand.connectors.stripe.billing_writer import StripeWriter
from deskhand.connectors.stripe.client import StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.connectors.stripe.parsing import parsed
from deskhand.connectors.stripe.parsing_payments import dispute
from deskhand.domain.action import Receipt
from deskhand.domain.billing import Address, ChargeStatus
from deskhand.domain.dispute import DisputeStatus
from deskhand.domain.errors import ConnectorError, Invalid, Missing, Unconfirmed
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref

pytestmark = pytest.mark.emulator

PROGRAM = ROOT / ".emulators" / "node_modules" / "stripe-stateful-mock" / "dist" / "cli.js"
HEADERS = {"Authorization": "Bearer sk_test_key"}
HERE = Egress(frozenset({"127.0.0.1"}))
# By itself it listens to the whole network; this machine is enough.
LOOPBACK = """
const net = require("net"), listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return listen.call(this, {port, host: "127.0.0.1"}, ...rest.filter(one => typeof one === "function"));
};
require(process.env.PROGRAM);
"""


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    node = shutil.which("node")
    if node is None or not PROGRAM.is_file():
        pytest.skip("stripe-stateful-mock is not installed: it needs Node and npm, then run `make emulators`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"PATH": os.defpath, "PORT": str(port), "PROGRAM": str(PROGRAM), "LOG_LEVEL": "silent"}
    process = subprocess.Popen([node, "-e", LOOPBACK], env=settings, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def wire(address: str) -> Iterator[Wire]:
    made = Wire(address, headers=HEADERS, transport=Guarded(HERE))
    yield made
    made.close()


@pytest.fixture
def client(wire: Wire) -> StripeClient:
    return StripeClient(wire)


@pytest.fixture
def charge(client: StripeClient) -> Ref:
    """29.00 USD of a new customer."""
    customer = client.post("/v1/customers", key=f"customer/{time.time_ns()}", source="tok_visa", email="m@example.com")
    paid: dict[str, Any] = {"amount": 2900, "currency": "usd", "customer": customer["id"]}
    return Ref("stripe", "charge", client.post("/v1/charges", key=f"charge/{time.time_ns()}", **paid)["id"])


@pytest.fixture
def ledger(client: StripeClient) -> StripeLedger:
    return StripeLedger(client, now)


@pytest.fixture
def writer(client: StripeClient) -> StripeWriter:
    return StripeWriter(client, now)


def test_a_charge_is_read(ledger: StripeLedger, charge: Ref) -> None:
    """Whose it is cannot be judged here: this emulator never says."""
    read = ledger.charge(charge).value

    assert (read.amount, read.refunded, read.status) == (Money(2900, "USD"), Money(0, "USD"), ChargeStatus.SUCCEEDED)
    assert abs(read.created_at - now()) < timedelta(hours=1)


def test_the_same_key_refunds_once(ledger: StripeLedger, writer: StripeWriter, charge: Ref) -> None:
    first = writer.refund(charge, Money(1000, "USD"), key=f"refund/{charge.id}")
    again = writer.refund(charge, Money(1000, "USD"), key=f"refund/{charge.id}")

    assert again.id == first.id
    assert ledger.charge(charge).value.refunded == Money(1000, "USD")
    assert [one.ref.id for one in ledger.refunds(charge).value] == [first.id]
    found = writer.find_refund(charge, key=f"refund/{charge.id}")
    assert found is not None
    assert found.id == first.id


def test_the_same_key_for_another_amount_is_refused(writer: StripeWriter, ledger: StripeLedger, charge: Ref) -> None:
    writer.refund(charge, Money(1000, "USD"), key=f"refund/{charge.id}")
    with pytest.raises(Invalid):
        writer.refund(charge, Money(1100, "USD"), key=f"refund/{charge.id}")

    assert ledger.charge(charge).value.refunded == Money(1000, "USD")


def test_more_than_is_left_is_refused(writer: StripeWriter, charge: Ref) -> None:
    with pytest.raises(Invalid):
        writer.refund(charge, Money(2901, "USD"), key=f"refund/{charge.id}")


def test_what_was_given_back_is_not_given_back_again(writer: StripeWriter, charge: Ref) -> None:
    writer.refund(charge, Money(2900, "USD"), key=f"refund/{charge.id}")
    with pytest.raises(Invalid) as refusal:
        writer.refund(charge, Money(2900, "USD"), key=f"refund/{charge.id}/2")

    detail = refusal.value.detail
    assert isinstance(detail, dict)
    assert detail["error"]["code"] == "charge_already_refunded"


def test_what_is_not_there_is_missing(ledger: StripeLedger) -> None:
    with pytest.raises(Missing):
        ledger.charge(Ref("stripe", "charge", "ch_nothing"))


def test_pages_are_read_to_the_last(client: StripeClient, writer: StripeWriter, charge: Ref) -> None:
    for number in range(101):
        writer.refund(charge, Money(1, "USD"), key=f"refund/{charge.id}/{number}")

    assert len(list(client.each("/v1/refunds", charge=charge.id))) == 101


def test_an_address_is_found(client: StripeClient) -> None:
    made = client.post("/v1/customers", key=f"customer/{time.time_ns()}", email="only.one@example.com")

    found = [one.value.ref.id for one in StripeCustomers(client, now).by_email("Only.One@example.com")]
    assert found == [made["id"]]


def test_many_at_once_under_one_key_refund_once(ledger: StripeLedger, writer: StripeWriter, charge: Ref) -> None:
    with ThreadPoolExecutor(8) as pool:
        again = [pool.submit(writer.refund, charge, Money(500, "USD"), key=f"refund/{charge.id}") for _ in range(24)]
        receipts = {one.result().id for one in again}

    assert len(receipts) == len(ledger.refunds(charge).value) == 1
    assert ledger.charge(charge).value.refunded == Money(500, "USD")


@pytest.mark.parametrize("seed", range(12))
def test_partial_refunds_never_exceed_the_charge(
    ledger: StripeLedger, writer: StripeWriter, charge: Ref, seed: int
) -> None:
    """In any order, each key more than once; what is accepted adds up to what is there."""
    dice, given = random.Random(seed), dict[str, int]()
    wanted = {f"refund/{charge.id}/{number}": dice.randrange(1, 1200) for number in range(12)}
    for _ in range(40):
        key, amount = dice.choice(list(wanted.items()))
        try:
            writer.refund(charge, Money(amount, "USD"), key=key)
            given[key] = amount
        except Invalid:
            assert key not in given
            assert sum(given.values()) + amount > 2900

    assert ledger.charge(charge).value.refunded == Money(sum(given.values()), "USD")
    assert {one.effect: one.amount.minor for one in ledger.refunds(charge).value} == given
    assert sum(given.values()) <= 2900


@pytest.mark.parametrize("lost", [[fault] * often for fault in FAULTS for often in (1, 3)])
def test_a_refund_over_a_bad_line_is_made_once(
    address: str, ledger: StripeLedger, charge: Ref, lost: list[str]
) -> None:
    """The client asks again by itself, under the same key, and their side answers with the first refund."""
    with between(address) as proxy:
        wire = Wire(proxy.address, headers=HEADERS, transport=Guarded(HERE))
        proxy.faults.extend(lost)
        receipt = StripeWriter(StripeClient(wire), now).refund(charge, Money(1000, "USD"), key=f"refund/{charge.id}")
        wire.close()

    assert [one.ref.id for one in ledger.refunds(charge).value] == [receipt.id]
    assert ledger.charge(charge).value.refunded == Money(1000, "USD")


@pytest.mark.parametrize("fault", ["drop after", "cut after", "500 after"])
def test_a_refund_whose_every_answer_is_lost_is_found(
    address: str, ledger: StripeLedger, charge: Ref, fault: str
) -> None:
    """`Unconfirmed`, then looked for as the executor does: there it is, and it is there once."""
    key = f"refund/{charge.id}"
    with between(address) as proxy:
        wire = Wire(proxy.address, headers=HEADERS, transport=Guarded(HERE))
        writer = StripeWriter(StripeClient(wire), now)
        proxy.faults.extend([fault] * 4)
        with pytest.raises(Unconfirmed):
            writer.refund(charge, Money(1000, "USD"), key=key)
        found = writer.find_refund(charge, key=key)
        wire.close()

    assert found is not None
    assert [one.ref.id for one in ledger.refunds(charge).value] == [found.id]


def test_a_refund_that_never_arrived_is_not_found(address: str, ledger: StripeLedger, charge: Ref) -> None:
    with between(address) as proxy:
        wire = Wire(proxy.address, headers=HEADERS, transport=Guarded(HERE))
        writer = StripeWriter(StripeClient(wire), now)
        proxy.faults.extend(["drop before"] * 4)
        with pytest.raises(ConnectorError):
            writer.refund(charge, Money(1000, "USD"), key=f"refund/{charge.id}")
        assert writer.find_refund(charge, key=f"refund/{charge.id}") is None
        wire.close()

    assert ledger.refunds(charge).value == ()


@pytest.mark.crash
def test_whoever_is_killed_before_the_answer_finds_the_refund_afterwards(
    address: str, ledger: StripeLedger, writer: StripeWriter, charge: Ref
) -> None:
    """kill -9 between the deed at their side and its receipt at ours."""
    key = f"refund/{charge.id}"
    with between(address) as proxy:
        proxy.faults.append("hold")
        _killed(proxy, charge, key)

    found = writer.find_refund(charge, key=key)
    assert found is not None
    again = writer.refund(charge, Money(1000, "USD"), key=key)
    assert [one.ref.id for one in ledger.refunds(charge).value] == [found.id] == [again.id]
    assert ledger.charge(charge).value.refunded == Money(1000, "USD")


@pytest.mark.crash
def test_whoever_is_killed_before_it_is_sent_refunds_afterwards(
    address: str, ledger: StripeLedger, writer: StripeWriter, charge: Ref
) -> None:
    key = f"refund/{charge.id}"
    with between(address) as proxy:
        proxy.faults.append("drop before")
        proxy.faults.append("hold before")
        _killed(proxy, charge, key)

    assert writer.find_refund(charge, key=key) is None
    receipt = writer.refund(charge, Money(1000, "USD"), key=key)
    assert [one.ref.id for one in ledger.refunds(charge).value] == [receipt.id]


REFUND = """
import sys
from datetime import UTC, datetime
from deskhand.connectors.http.egress import Egress, Guarded
from deskhand.connectors.http.wire import Wire
from deskhand.connectors.stripe.billing_writer import StripeWriter
from deskhand.connectors.stripe.client import StripeClient
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref
address, charge, key = sys.argv[1:]
way = Guarded(Egress(frozenset({"127.0.0.1"})))
client = StripeClient(Wire(address, headers={"Authorization": "Bearer sk_test_key"}, transport=way))
StripeWriter(client, lambda: datetime(2026, 11, 24, tzinfo=UTC)).refund(
    Ref("stripe", "charge", charge), Money(1000, "USD"), key=key
)
"""


def _killed(proxy: Between, charge: Ref, key: str) -> None:
    """A process of its own refunds, and is killed while the proxy holds what it waits for."""
    command = [sys.executable, "-c", REFUND, proxy.address, charge.id, key]
    process = subprocess.Popen(command, env={"PYTHONPATH": str(ROOT / "src")})
    try:
        assert proxy.held.wait(60), "the request never came"
    finally:
        process.kill()
        process.wait(10)


def test_contact_and_address_are_set_however_often(
    client: StripeClient, ledger: StripeLedger, writer: StripeWriter
) -> None:
    """Absolute: also under another key, as when the first was forgotten."""
    made = client.post("/v1/customers", key=f"customer/{time.time_ns()}", email="old@example.com")
    ref, home = Ref("stripe", "customer", made["id"]), Address("Rua Nova 7", "", "Coimbra", "3000-000", "", "PT")

    def change(key: str) -> tuple[Receipt, Receipt]:
        contact = writer.update_contact(ref, email="new@example.com", phone="+351 1", key=f"contact/{ref.id}/{key}")
        return contact, writer.update_address(ref, home, key=f"address/{ref.id}/{key}")

    contact, moved = change("1")
    account = ledger.account(ref).value
    change("1")
    change("2")

    assert ledger.account(ref).value == account
    assert (account.email, account.phone, account.address) == ("new@example.com", "+351 1", home)
    assert contact.before["email"] == "old@example.com"
    assert moved.details == {"address": "Rua Nova 7, Coimbra, 3000-000, PT"}
    assert writer.find_change(ref, key=f"address/{ref.id}/2") is not None


def test_what_is_marked_is_seen_with_its_amount(ledger: StripeLedger, writer: StripeWriter, charge: Ref) -> None:
    writer.refund(charge, Money(700, "USD"), key=f"refund/{charge.id}")

    found = {one.key: one.amount for one in ledger.marked(now() - timedelta(hours=1), ()).value}
    assert found[f"refund/{charge.id}"] == Money(700, "USD")


@pytest.mark.parametrize(
    ("token", "status", "reason"),
    [
        ("tok_createDispute", DisputeStatus.NEEDS_RESPONSE, "fraudulent"),
        ("tok_createDisputeProductNotReceived", DisputeStatus.NEEDS_RESPONSE, "product_not_received"),
        ("tok_createDisputeInquiry", DisputeStatus.WARNING_NEEDS_RESPONSE, "fraudulent"),
    ],
)
def test_a_dispute_is_read(client: StripeClient, token: str, status: DisputeStatus, reason: str) -> None:
    """By its id: this emulator has no list of them."""
    paid = {"amount": 2900, "currency": "usd", "source": token}
    made = client.post("/v1/charges", key=f"charge/{time.time_ns()}", **paid)
    until = time.monotonic() + 30
    while not (charge := client.get(f"/v1/charges/{made['id']}"))["dispute"]:
        assert time.monotonic() < until, "nobody disputed it"
        time.sleep(0.02)
    found = parsed(dispute, client.get(f"/v1/disputes/{charge['dispute']}"))

    assert (found.charge.id, found.amount) == (charge["id"], Money(2900, "USD"))
    assert (found.status, found.reason, found.stands) == (status, reason, True)
    assert found.due_at is not None
    assert found.due_at > now()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until it answers. It stops on its own when it cannot start."""
    while process.poll() is None:
        try:
            httpx2.get(f"http://127.0.0.1:{port}/v1/charges", headers=HEADERS)
            return
        except httpx2.TransportError:
            time.sleep(0.1)
    pytest.fail("the emulator did not start")
