"""Every write, under every fault of a network and a busy system: one effect, never two, and no false "done"."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx2
import pytest
from tests.contracts import rigs
from tests.contracts.rigs import NOW, Desk, Money

from deskhand.connectors.http.faulty import FAULTS
from deskhand.connectors.zendesk import twin as zendesk
from deskhand.connectors.zendesk.webhook import verify
from deskhand.domain.action import Receipt
from deskhand.domain.errors import Unconfirmed
from deskhand.domain.money import Money as Amount
from deskhand.domain.ref import Ref

LOST = ("500 after", "drop after", "cut json", "slow")  # done, and the answer lost


@dataclass(frozen=True)
class Write:
    """One write on a twin: `act` does it, `find` looks for it, `effects` counts what is there."""

    act: Callable[[], Receipt]
    find: Callable[[], Receipt | None]
    effects: Callable[[], int]

    def once(self) -> Receipt:
        """What the executor does: look after a lost answer, and come again while nobody can tell."""
        try:
            return self.act()
        except Unconfirmed:
            return self.find() or self.act()


def reply(desk: Desk) -> Write:
    headers, body = desk.twin.receive("maya.chen@example.com", "Hello")
    delivery = verify([zendesk.SECRET], headers, body, NOW)
    assert delivery is not None
    ref = Ref.parse(delivery.ticket)
    return Write(
        act=lambda: desk.writer.reply(ref, "Refunded.", public=True, key="reply/1"),
        find=lambda: desk.writer.find_effect(ref, key="reply/1"),
        effects=lambda: len(desk.twin.replies(int(ref.id))),
    )


def charge_of(money: Money) -> Ref:
    maya = money.customers.by_email("maya.chen@example.com")[0].value
    return money.ledger.charges(maya.ref, NOW - timedelta(days=365)).value[0].ref


def refund(money: Money) -> Write:
    charge = charge_of(money)
    return Write(
        act=lambda: money.writer.refund(charge, Amount(100, "USD"), key="refund/1"),
        find=lambda: money.writer.find_refund(charge, key="refund/1"),
        effects=lambda: len(money.ledger.refunds(charge).value),
    )


def invoice(money: Money) -> Write:
    maya = money.customers.by_email("maya.chen@example.com")[0].value
    ref = money.ledger.invoices(maya.ref, NOW - timedelta(days=365)).value[0].ref

    def letters() -> int:
        raw = money.twin.store.get("invoice", ref.id)
        assert raw is not None
        return int(raw["metadata"].get("times_sent", "0"))

    return Write(lambda: money.writer.send_invoice(ref, key="invoice/1"), lambda: None, letters)


@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_a_refund_is_made_exactly_once(money: Money, fault: str) -> None:
    write = refund(money)
    money.faults.append(fault)
    receipt = write.once()

    assert write.effects() == 1
    found = write.find()
    assert found is not None
    assert found.id == receipt.id


@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_an_invoice_is_sent_exactly_once(money: Money, fault: str) -> None:
    write = invoice(money)
    money.faults.append(fault)
    write.once()

    assert write.effects() == 1


@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_a_reply_is_written_exactly_once(desk: Desk, fault: str) -> None:
    write = reply(desk)
    desk.faults.extend(["", fault])  # the version is read first
    write.once()

    assert write.effects() == 1
    assert write.find() is not None


@pytest.mark.parametrize("fault", [*LOST, "500"])
def test_a_reply_whose_answer_is_lost_is_not_sent_again_by_itself(desk: Desk, fault: str) -> None:
    write = reply(desk)
    desk.faults.extend(["", fault])
    with pytest.raises(Unconfirmed):
        write.act()

    assert write.effects() == (0 if fault == "500" else 1)
    assert (write.find() is None) == (fault == "500")


@pytest.mark.parametrize("fault", LOST)
def test_a_refund_whose_every_answer_is_lost_is_never_called_undone(money: Money, fault: str) -> None:
    """`Unconfirmed`, and not an error that says that nothing was changed."""
    write = refund(money)
    money.faults.extend([fault] * 4)
    with pytest.raises(Unconfirmed):
        write.act()

    assert write.effects() == 1
    assert write.find() is not None


@pytest.mark.parametrize("then", ["429", "429 bare", "drop before", "500"])
def test_a_refund_that_was_lost_and_then_refused_is_never_called_undone(money: Money, then: str) -> None:
    write = refund(money)
    money.faults.extend(["drop after", then, then, then])
    with pytest.raises(Unconfirmed):
        write.act()

    assert write.effects() == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_read_survives(money: Money, desk: Desk, fault: str) -> None:
    charge = charge_of(money)
    money.faults.append(fault)
    desk.faults.append(fault)
    ref = Ref.parse(f"zendesk:ticket:{1 + desk.twin.store.count('ticket')}")
    desk.twin.receive("maya.chen@example.com", "Hello")

    assert money.ledger.charge(charge).value.ref == charge
    assert desk.tickets.ticket(ref).value.ref == ref


class Unreadable(httpx2.BaseTransport):
    """Answers to changes lack a field that we rely on."""

    def __init__(self, inner: httpx2.BaseTransport):
        self.inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self.inner.handle_request(request)
        if request.method == "GET":
            return response
        kept = {name: value for name, value in json.loads(response.read()).items() if name not in ("currency", "items")}
        return httpx2.Response(response.status_code, json=kept)


def test_a_refund_whose_answer_cannot_be_read_is_never_called_undone() -> None:
    money = rigs.money(Unreadable)
    write = refund(money)
    with pytest.raises(Unconfirmed):
        write.act()

    assert write.effects() == 1
    assert write.find() is not None
    money.twin.store.close()
