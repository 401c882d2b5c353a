"""Own actions are judged like any other: whose it is, on facts of now, in their currency, and by people."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from tests.own.rig import NORA, Shop, texts

from deskhand.domain.action import Action
from deskhand.domain.effect import EffectState
from deskhand.domain.errors import DeskFault, Down
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.execution.executor import Approval
from deskhand.execution.kind import Undo
from deskhand.execution.results import Changed, Done, Stopped
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.policy.policy import Policy
from deskhand.policy.recorded import again, record, recorded
from deskhand.policy.replay import TextsOfThen

CANCEL = Action("cancel_order", {"order": "PC-10001", "reason": "other"})
MOVE = Action("change_address", {"order": "PC-10001", "address_text": "Am Markt 2, 99084 Erfurt"})
AGAIN = Action("reship_parcel", {"order": "PC-10001"})
LOST = {"number": "PX1", "carrier_says": "lost", "last_scan_at": "2026-11-10T00:00:00+00:00"}
ALLOW_ALL = """
roles: [agent]
rules:
  - {id: all, on: [cancel_order, grant_voucher], effect: allow}
"""


def voucher(amount: str) -> Action:
    return Action("grant_voucher", {"order": "PC-10001", "amount": amount})


# -- whose it is --------------------------------------------------------------------------------------


def test_an_order_of_somebody_else_is_left_alone(shop: Shop) -> None:
    shop.put(customer={"email": "emil@example.com", "name": "Emil"})

    result = shop.commit(CANCEL)

    assert isinstance(result, Stopped)
    assert isinstance(result.verdict, Deny)
    assert result.verdict.rule == "own-order"
    assert shop.done() == []


def test_an_order_whose_owner_nobody_can_tell_is_left_alone(shop: Shop) -> None:
    found = shop.twin.store.get("order", "PC-10001")
    assert found is not None
    shop.twin.store.put([("order", "PC-10001", "", "", 0, {**found, "customer": None})])

    verdict = shop.gate.propose(CANCEL, shop.case()).verdict

    assert isinstance(verdict, Deny)
    assert verdict.rule == "own-order"


def test_an_address_is_the_same_in_any_letter_case(shop: Shop) -> None:
    shop.put(customer={"email": NORA.upper(), "name": "Nora"})

    assert isinstance(shop.gate.propose(CANCEL, shop.case()).verdict, Confirm)


def test_an_owner_may_be_told_by_an_id(tmp_path: Path, store: SqlStore, clock: Clock) -> None:
    files = texts("actions")
    name = "actions/cancel_order.yaml"
    files[name] = files[name].replace("owner: {email: customer.email}", "owner: {id: buyer, of: stripe:customer}")
    shop = Shop(tmp_path, store, clock, files=files)
    shop.put(id="PC-10001", buyer="cus_1")
    shop.put(id="PC-10002", buyer="cus_2")

    mine = shop.gate.propose(CANCEL, shop.case()).verdict
    theirs = shop.gate.propose(Action("cancel_order", {"order": "PC-10002", "reason": "other"}), shop.case()).verdict

    assert isinstance(mine, Confirm)
    assert isinstance(theirs, Deny)


def test_what_is_not_there_is_said_to_be_in_no_account_of_theirs(shop: Shop) -> None:
    verdict = shop.gate.propose(Action("cancel_order", {"order": "PC-9999", "reason": "other"}), shop.case()).verdict

    assert verdict == Deny("catalogue", "I cannot find that in your account.")


# -- facts of now -------------------------------------------------------------------------------------


def test_an_order_that_was_packed_since_the_yes_is_not_cancelled(shop: Shop) -> None:
    shop.confirm(CANCEL)
    assert isinstance(shop.gate.propose(CANCEL, shop.case()).verdict, Allow)
    shop.put(status="picking")

    result = shop.commit(CANCEL)

    assert isinstance(result, Stopped)
    assert isinstance(result.verdict, Escalate)
    assert (result.verdict.rule, result.verdict.to) == ("stop-the-picking", "warehouse")
    assert shop.tap.written == []


def test_a_yes_to_one_address_is_none_to_another(shop: Shop) -> None:
    shop.confirm(MOVE)
    elsewhere = Action("change_address", {"order": "PC-10001", "address_text": "Elsewhere 1, 10999 Berlin"})

    result = shop.commit(elsewhere)

    assert isinstance(result, Stopped)
    assert isinstance(result.verdict, Confirm)
    assert shop.tap.written == []


def test_an_approval_is_void_when_the_order_has_changed(shop: Shop) -> None:
    shop.put(status="shipped", total="300.00", parcel=LOST)
    asked = shop.gate.propose(AGAIN, shop.case())
    assert isinstance(asked.verdict, Approve)
    shop.put(status="shipped", total="301.00", parcel=LOST)

    result = shop.commit(AGAIN, approval=Approval(asked.digest, ("team_lead",), "raj"))

    assert isinstance(result, Changed)
    assert shop.tap.written == []


def test_an_approval_is_void_when_the_file_of_an_action_has_changed(shop: Shop) -> None:
    shop.put(status="shipped", total="300.00", parcel=LOST)
    asked = shop.gate.propose(AGAIN, shop.case())
    name = "actions/reship_parcel.yaml"
    shop.files[name] = shop.files[name].replace("free of charge", "for free")
    shop.reload()

    result = shop.commit(AGAIN, approval=Approval(asked.digest, ("team_lead",), "raj"))

    assert isinstance(result, Changed)
    assert shop.tap.written == []


@pytest.mark.parametrize(
    "wrong",
    [{"total": "49.9O"}, {"total": 49}, {"placed_at": "2026-11-24"}, {"made_to_order": "no"}, {"currency": "EURO"}],
    ids=str,
)
def test_an_answer_of_another_type_is_no_answer(shop: Shop, wrong: Mapping[str, object]) -> None:
    """A whole number is a sum in major units, and is one; what is not what the file says stops the deed."""
    shop.put()
    found = shop.twin.store.get("order", "PC-10001")
    assert found is not None
    shop.twin.store.put([("order", "PC-10001", NORA, NORA, 0, {**found, **wrong})])

    if wrong == {"total": 49}:
        assert shop.gate.prepare(CANCEL, shop.case())
        return
    with pytest.raises(Down):
        shop.gate.propose(CANCEL, shop.case())


# -- money --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "effect"),
    [
        ("10.00 EUR", "allow"),
        ("10.01 EUR", "approve"),
        ("10.00 USD", "allow"),
        ("50.01 USD", "escalate"),
        ("0.00 EUR", "deny"),
        ("10 JPY", "escalate"),
        ("10.00 CHF", "escalate"),
    ],
)
def test_limits_hold_in_their_currency_and_allow_nothing_in_another(shop: Shop, amount: str, effect: str) -> None:
    assert shop.gate.propose(voucher(amount), shop.case()).verdict.effect == effect


def test_a_limit_in_the_month_counts_what_was_given_before(shop: Shop) -> None:
    shop.put(id="PC-10002")
    assert isinstance(shop.commit(voucher("10.00 EUR")), Done)

    second = Action("grant_voucher", {"order": "PC-10002", "amount": "5.01 EUR"})
    fits = Action("grant_voucher", {"order": "PC-10002", "amount": "5.00 EUR"})
    dollars = Action("grant_voucher", {"order": "PC-10002", "amount": "10.00 USD"})

    assert isinstance(shop.gate.propose(second, shop.case("t:ticket:2")).verdict, Approve)
    assert isinstance(shop.gate.propose(fits, shop.case("t:ticket:2")).verdict, Allow)
    assert isinstance(shop.gate.propose(dollars, shop.case("t:ticket:2")).verdict, Allow), "a cap per currency"


def test_the_amount_of_an_order_is_compared_in_its_own_currency(shop: Shop) -> None:
    shop.confirm(MOVE)
    small = shop.gate.propose(MOVE, shop.case()).verdict
    shop.put(total="280.01")
    large = shop.gate.propose(MOVE, shop.case()).verdict
    shop.put(total="1.00", currency="CHF")
    foreign = shop.gate.propose(MOVE, shop.case()).verdict

    assert isinstance(small, Allow)
    assert isinstance(large, Approve)
    assert isinstance(foreign, Approve), "no limit in this currency, so a person looks"


# -- harm ---------------------------------------------------------------------------------------------


def adverse(tmp_path: Path, store: SqlStore, clock: Clock) -> Shop:
    files = texts("actions")
    name = "actions/cancel_order.yaml"
    files[name] = files[name].replace("nature: neutral", "nature: adverse")
    shop = Shop(tmp_path, store, clock, files=files, rules=ALLOW_ALL)
    shop.put()
    return shop


def test_what_harms_the_customer_waits_for_a_person_whatever_policy_says(
    tmp_path: Path, store: SqlStore, clock: Clock
) -> None:
    shop = adverse(tmp_path, store, clock)

    result = shop.commit(CANCEL)

    assert isinstance(result, Stopped)
    assert isinstance(result.verdict, Approve)
    assert result.verdict.by == ("agent",)
    assert shop.tap.written == []


def test_with_a_persons_yes_it_is_done(tmp_path: Path, store: SqlStore, clock: Clock) -> None:
    shop = adverse(tmp_path, store, clock)
    asked = shop.gate.propose(CANCEL, shop.case())

    result = shop.commit(CANCEL, approval=Approval(asked.digest, ("agent",), "ina"))

    assert isinstance(result, Done)
    assert shop.done() == ["cancelled"]


def test_the_same_action_is_done_alone_where_it_does_no_harm(tmp_path: Path, store: SqlStore, clock: Clock) -> None:
    shop = Shop(tmp_path, store, clock, rules=ALLOW_ALL)
    shop.put()

    assert isinstance(shop.commit(CANCEL), Done)


# -- afterwards ---------------------------------------------------------------------------------------


def test_a_deed_is_taken_back_by_the_action_its_file_names(shop: Shop) -> None:
    shop.confirm(MOVE)
    done = shop.commit(MOVE)
    assert isinstance(done, Done)

    way = shop.own["change_address"].undo(shop.effects()[0].args, done.receipt)

    assert isinstance(way, Undo)
    assert way.within == timedelta(days=2)
    assert way.action == Action("restore_address", {"order": "PC-10001", "address_text": "Lindenweg 4, Berlin"})
    asked = shop.gate.propose(way.action, shop.case(agent="ina"))
    back = shop.executor.commit(way.action, shop.case(agent="ina"), Approval(asked.digest, (), "ina", own="agent"))
    assert isinstance(back, Done)
    order = shop.twin.store.get("order", "PC-10001")
    assert order is not None
    assert order["address"] == "Lindenweg 4, Berlin"


def test_a_verdict_of_then_comes_out_again_although_the_action_is_another_one_now(shop: Shop) -> None:
    case, kept = shop.case(), {shop.policy.digest: shop.policy.texts}
    prepared = shop.gate.prepare(CANCEL, case)
    assert not isinstance(prepared, Deny)
    with shop.store.begin() as tx:
        line = record(shop.gate.decide(prepared, case, tx))
    name = "actions/cancel_order.yaml"
    shop.files[name] = shop.files[name].replace("order.made_to_order", "order.bespoke")
    with pytest.raises(DeskFault, match="made_to_order"):
        shop.reload()  # the rules of today do not know this fact

    one = recorded(line)
    assert one is not None
    policy = TextsOfThen(kept, schema_of_texts).policy(one.policy)

    assert isinstance(policy, Policy)
    assert again(policy, one).answer == one.answer
    assert again(policy, one).unread == ()


def test_an_open_effect_of_an_action_counts_under_every_cap(shop: Shop) -> None:
    shop.put(id="PC-10002")
    shop.faults.extend(["", "drop after", *["500"] * 4])
    shop.commit(voucher("10.00 EUR"))
    shop.faults.clear()
    shop.reload()
    assert [one.state for one in shop.effects()] == [EffectState.UNCONFIRMED]

    other = Action("grant_voucher", {"order": "PC-10002", "amount": "9.00 EUR"})

    assert isinstance(shop.gate.propose(other, shop.case("t:ticket:2")).verdict, Approve)
