"""Our client of Stripe against somebody else's stand-in: we do not mark our own homework.

Install it with: npm install --prefix .emulators stripe-stateful-mock@0.0.16
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.contracts.rigs import ROOT

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.stripe.billing_ledger import StripeLedger
from deskhand.connectors.stripe.billing_writer import StripeWriter
from deskhand.connectors.stripe.client import StripeClient
from deskhand.connectors.stripe.customer_directory import StripeCustomers
from deskhand.domain.billing import ChargeStatus
from deskhand.domain.errors import Invalid, Missing
from deskhand.domain.money import Money
from deskhand.domain.ref import Ref

pytestmark = pytest.mark.emulator

PROGRAM = ROOT / ".emulators" / "node_modules" / "stripe-stateful-mock" / "dist" / "cli.js"
HEADERS = {"Authorization": "Bearer sk_test_key"}
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
        pytest.skip("stripe-stateful-mock is not installed: see the top of this file")
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
    made = Wire(address, headers=HEADERS)
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


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until it answers. It stops on its own when it cannot start."""
    while process.poll() is None:
        try:
            httpx2.get(f"http://127.0.0.1:{port}/v1/charges", headers=HEADERS)
            return
        except httpx2.TransportError:
            time.sleep(0.1)
    pytest.fail("the emulator did not start")
