"""Every write, under every fault of a network and a busy system: one effect, never two, and no false "done"."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from tests.contracts import rigs
from tests.contracts.rigs import NOW, Desk, Money

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.action import Receipt
from deskhand.domain.billing import Address
from deskhand.domain.errors import Busy, Refused, Unconfirmed
from deskhand.domain.money import Money as Amount
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Status
from deskhand.testing.weather import EXPIRED, STORM

PLAN = "price_team_usd"
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


def letter(money: Money) -> Write:
    maya = money.customers.by_email("maya.chen@example.com")[0].value
    ref = money.ledger.invoices(maya.ref, NOW - timedelta(days=365)).value[0].ref

    def letters() -> int:
        raw = money.twin.store.get("invoice", ref.id)
        assert raw is not None
        return int(raw["metadata"].get("times_sent", "0"))

    return Write(lambda: money.writer.send_invoice(ref, key="invoice/1"), lambda: None, letters)


def credit(money: Money) -> Write:
    lars = money.customers.by_email("lars.holm@example.com")[0].value.ref
    return Write(
        act=lambda: money.writer.credit(lars, Amount(100, "USD"), key="credit/1"),
        find=lambda: money.writer.find_credit(lars, key="credit/1"),
        effects=lambda: len(money.twin.store.owned("balance_transaction", lars.id)),
    )


def debit(money: Money) -> Write:
    lars = money.customers.by_email("lars.holm@example.com")[0].value.ref
    given = money.writer.credit(lars, Amount(100, "USD"), key="credit/1").id
    return Write(
        act=lambda: money.writer.take_back_credit(lars, given, key="undo/1"),
        find=lambda: money.writer.find_credit(lars, key="undo/1"),
        effects=lambda: len(money.twin.store.owned("balance_transaction", lars.id)) - 1,
    )


def plan(money: Money) -> Write:
    return changed(money, lambda ref: money.writer.change_plan(ref, Ref("stripe", "price", PLAN), key="change/1"))


def pause(money: Money) -> Write:
    return changed(money, lambda ref: money.writer.pause_subscription(ref, days=14, key="change/1"))


def end(money: Money) -> Write:
    return changed(money, lambda ref: money.writer.cancel_subscription(ref, key="change/1"))


def keep(money: Money) -> Write:
    return changed(money, lambda ref: money.writer.keep_subscription(ref, key="change/1"))


def resume(money: Money) -> Write:
    return changed(money, lambda ref: money.writer.resume_subscription(ref, key="change/1"))


def trial(money: Money) -> Write:
    ref = next(one["id"] for one in money.twin.store.every("subscription") if one["status"] == "trialing")
    on_trial = Ref("stripe", "subscription", ref)
    return changed(money, lambda ref: money.writer.extend_trial(ref, 7, key="change/1"), on_trial)


def contact(money: Money) -> Write:
    lars = money.customers.by_email("lars.holm@example.com")[0].value.ref
    return changed(money, lambda ref: money.writer.update_contact(ref, name="Lars", key="change/1"), lars)


def address(money: Money) -> Write:
    lars = money.customers.by_email("lars.holm@example.com")[0].value.ref
    return changed(money, lambda ref: money.writer.update_address(ref, Address("Here"), key="change/1"), lars)


def changed(money: Money, act: Callable[[Ref], Receipt], ref: Ref | None = None) -> Write:
    """An absolute change, of Lars's subscription if not said. Its effects are counted by the answers that were made."""
    if ref is None:
        lars = money.customers.by_email("lars.holm@example.com")[0].value.ref
        ref = money.ledger.subscriptions(lars).value[0].ref
    of = ref
    return Write(
        act=lambda: act(of),
        find=lambda: money.writer.find_change(of, key="change/1"),
        effects=lambda: int(money.twin.store.answered("change/1") is not None),
    )


def update(desk: Desk) -> Write:
    return on_ticket(desk, lambda ref: desk.writer.update_ticket(ref, status=Status.SOLVED, key="update/1"), "update/1")


def tags(desk: Desk) -> Write:
    return on_ticket(desk, lambda ref: desk.writer.add_tags(ref, ["vip"], key="tags/1"), "tags/1")


def on_ticket(desk: Desk, act: Callable[[Ref], Receipt], key: str) -> Write:
    ref = Ref.parse(f"zendesk:ticket:{1 + desk.twin.store.count('ticket')}")
    desk.twin.receive("maya.chen@example.com", "Hello")

    def marks() -> int:
        raw = desk.twin.store.get("ticket", ref.id)
        assert raw is not None
        return sum(one.startswith("dh_") for one in raw["tags"])

    return Write(lambda: act(ref), lambda: desk.writer.find_effect(ref, key=key), marks)


# Each with the number of reads that come before the write.
MONEY = [(refund, 0), (letter, 0), (credit, 0), (debit, 2)]
MONEY += [(one, 1) for one in (plan, pause, resume, end, keep, trial, contact, address)]
DESK = [(update, 1), (tags, 1)]  # by their marks; all else of a help desk is in `deskhand.testing`


def named(writes: list[Any]) -> list[Any]:
    return [pytest.param(*one, id=one[0].__name__) for one in writes]


@pytest.mark.parametrize("fault", ["", *FAULTS])
@pytest.mark.parametrize(("made", "reads"), named(MONEY))
def test_a_write_at_stripe_happens_exactly_once(
    money: Money, made: Callable[[Money], Write], reads: int, fault: str
) -> None:
    write = made(money)
    money.faults.extend([""] * reads + [fault])
    receipt = write.once()

    assert write.effects() == 1
    assert write.act().id == receipt.id  # the same key once more
    assert write.effects() == 1
    if made is not letter:
        found = write.find()
        assert found is not None
        assert (found.id, found.details) == (receipt.id, receipt.details)


@pytest.mark.parametrize("fault", ["", *FAULTS])
@pytest.mark.parametrize(("made", "reads"), named(DESK))
def test_a_change_of_a_ticket_at_zendesk_leaves_one_mark(
    desk: Desk, made: Callable[[Desk], Write], reads: int, fault: str
) -> None:
    write = made(desk)
    desk.faults.extend([""] * reads + [fault])
    receipt = write.once()

    assert write.effects() == 1
    found = write.find()
    assert found is not None
    assert found.id == receipt.id


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize(("made", "reads"), named(MONEY))
def test_a_write_at_stripe_whose_every_answer_is_lost_is_never_called_undone(
    money: Money, made: Callable[[Money], Write], reads: int, fault: str
) -> None:
    """`Unconfirmed`, and not an error that says that nothing was changed."""
    write = made(money)
    money.faults.extend([""] * reads + [fault] * 4)
    with pytest.raises(Unconfirmed):
        write.act()

    assert write.effects() == 1
    assert made is letter or write.find() is not None


@pytest.mark.parametrize(("made", "reads"), named(MONEY))
def test_a_storm_of_429_at_stripe_changes_nothing_and_is_over_when_it_is_over(
    money: Money, made: Callable[[Money], Write], reads: int
) -> None:
    write = made(money)
    money.faults.extend([""] * reads + list(STORM))
    with pytest.raises(Busy):
        write.act()
    money.faults.clear()

    assert write.effects() == 0
    write.once()
    assert write.effects() == 1


@pytest.mark.parametrize(("made", "reads"), named(MONEY))
def test_a_key_at_stripe_that_ends_in_the_middle_of_a_write_leaves_one_effect_after_all(
    money: Money, made: Callable[[Money], Write], reads: int
) -> None:
    write = made(money)
    money.faults.extend([""] * reads + list(EXPIRED))
    with pytest.raises(Refused):
        write.act()
    money.faults.clear()

    assert write.effects() == 0
    write.once()
    assert write.effects() == 1


@pytest.mark.parametrize("made", [made for made, _ in MONEY if made is not letter])
def test_a_write_whose_answer_cannot_be_read_is_never_called_undone(made: Callable[[Money], Write]) -> None:
    blind = Blind()
    money = rigs.money(blind)
    write = made(money)
    blind.now = True
    with pytest.raises(Unconfirmed):
        write.act()

    assert write.effects() == 1
    assert write.find() is not None
    money.twin.store.close()


class Blind:
    """Puts `Unreadable` before a twin; it is at work from `now` on."""

    now = False

    def __call__(self, inner: httpx2.BaseTransport) -> httpx2.BaseTransport:
        unreadable = Unreadable(inner)
        return httpx2.MockTransport(lambda request: (unreadable if self.now else inner).handle_request(request))


@pytest.mark.parametrize("then", ["429", "429 bare", "drop before", "500"])
def test_a_refund_that_was_lost_and_then_refused_is_never_called_undone(money: Money, then: str) -> None:
    write = refund(money)
    money.faults.extend(["drop after", then, then, then])
    with pytest.raises(Unconfirmed):
        write.act()

    assert write.effects() == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_read_at_stripe_survives(money: Money, fault: str) -> None:
    charge = charge_of(money)
    money.faults.append(fault)

    assert money.ledger.charge(charge).value.ref == charge


UNREAD = ("currency", "id", "items")


class Unreadable(httpx2.BaseTransport):
    """Answers to changes lack a field that we rely on."""

    def __init__(self, inner: httpx2.BaseTransport):
        self.inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self.inner.handle_request(request)
        if request.method == "GET":
            return response
        kept = {name: value for name, value in json.loads(response.read()).items() if name not in UNREAD}
        return httpx2.Response(response.status_code, json=kept)
