"""Each effect of an own action once: whatever the network loses, whoever dies, and however many try."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.own.rig import Killed, Shop, texts

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.action import Action
from deskhand.domain.effect import EffectState
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.results import Declined, Done, Result, Unsure
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.store import SqlStore

CANCEL = Action("cancel_order", {"order": "PC-10001", "reason": "other"})
LOST = ("500 after", "drop after", "cut json", "slow")  # done, and the answer lost


def ways(how: str) -> dict[str, str]:
    """The shop's actions, cancelling among them with another way to make a lost answer certain."""
    files = texts("actions")
    text = files["actions/cancel_order.yaml"]
    if how in ("repeat", "person"):
        before, found, behind = text.partition("find:\n  path: /orders/{order}/events\n  list: events\n  key: key\n")
        assert found
        text = before + behind
    files["actions/cancel_order.yaml"] = text.replace(
        "recovery: keyed", f"recovery: {how}" + ("\nbecause: it does." if how in ("repeat", "person") else "")
    )
    return files


@pytest.fixture
def confirmed(shop: Shop) -> Shop:
    shop.confirm(CANCEL)
    shop.tap.asked.clear()
    return shop


def again(shop: Shop, result: Result) -> Result:
    """As a later run does, while nobody can tell."""
    for _ in range(4):
        if not isinstance(result, Unsure):
            return result
        result = shop.commit(CANCEL)
    return result


def test_it_is_done_with_our_key_in_the_header_and_in_the_body_and_has_a_receipt(confirmed: Shop) -> None:
    result = confirmed.commit(CANCEL)

    assert isinstance(result, Done)
    assert result.receipt.system == "shop"
    assert result.receipt.details == {"refunded": "49.90 EUR"}
    (asked,) = confirmed.tap.written
    assert asked.headers["idempotency-key"] == result.receipt.key == "cancel_order/zendesk:ticket:1/PC-10001"
    assert f'"key":"{result.receipt.key}"' in asked.body.decode().replace(" ", "")
    assert confirmed.done() == ["cancelled"]


def test_a_second_time_it_tells_the_same_receipt_and_asks_nobody(confirmed: Shop) -> None:
    first = confirmed.commit(CANCEL)

    assert confirmed.commit(CANCEL) == first
    assert len(confirmed.tap.written) == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_under_any_fault_of_the_network_there_is_one_effect_and_one_receipt(confirmed: Shop, fault: str) -> None:
    confirmed.faults.extend(["", fault])  # the facts are read first

    result = again(confirmed, confirmed.commit(CANCEL))

    assert isinstance(result, Done)
    assert confirmed.done() == ["cancelled"]
    assert [one.state for one in confirmed.effects()] == [EffectState.DONE]


@pytest.mark.parametrize("fault", LOST)
def test_where_keys_are_unknown_a_lost_answer_is_looked_for_and_nothing_is_sent_twice(
    tmp_path: Path, store: SqlStore, clock: Clock, fault: str
) -> None:
    shop = Shop(tmp_path, store, clock, files=ways("look"))
    shop.put()
    shop.confirm(CANCEL)
    shop.faults.extend(["", fault])

    result = again(shop, shop.commit(CANCEL))

    assert isinstance(result, Done)
    assert len(shop.tap.written) == 1
    assert shop.done() == ["cancelled"]


@pytest.mark.parametrize("fault", LOST)
def test_what_only_a_person_can_find_out_is_never_sent_again(
    tmp_path: Path, store: SqlStore, clock: Clock, fault: str
) -> None:
    shop = Shop(tmp_path, store, clock, files=ways("person"))
    shop.put()
    shop.confirm(CANCEL)
    shop.faults.extend(["", fault])

    result = again(shop, shop.commit(CANCEL))

    assert isinstance(result, Unsure)
    assert len(shop.tap.written) == 1
    assert [one.state for one in shop.effects()] == [EffectState.UNCONFIRMED]


@pytest.mark.parametrize("fault", LOST)
def test_what_may_be_repeated_is_repeated_with_the_same_words_and_key(
    tmp_path: Path, store: SqlStore, clock: Clock, fault: str
) -> None:
    shop = Shop(tmp_path, store, clock, files=ways("repeat"))
    shop.put()
    shop.confirm(CANCEL)
    shop.faults.extend(["", fault])

    assert isinstance(again(shop, shop.commit(CANCEL)), Done)
    assert shop.done() == ["cancelled"]
    assert {(one.target, one.body, one.headers["idempotency-key"]) for one in shop.tap.written} == {
        (one.target, one.body, one.headers["idempotency-key"]) for one in shop.tap.written[:1]
    }


@pytest.mark.parametrize("how", ["keyed", "look"])
def test_a_process_that_dies_with_the_deed_done_finds_it_in_its_next_life(
    tmp_path: Path, store: SqlStore, clock: Clock, how: str
) -> None:
    shop = Shop(tmp_path, store, clock, files=ways(how))
    shop.put()
    shop.confirm(CANCEL)
    shop.tap.cut = True
    with pytest.raises(Killed):
        shop.commit(CANCEL)
    assert [one.state for one in shop.effects()] == [EffectState.RESERVED]

    shop.gate, shop.executor = shop.worker()
    result = again(shop, shop.commit(CANCEL))

    assert isinstance(result, Done)
    assert len(shop.tap.written) == 1
    assert shop.done() == ["cancelled"]


def test_two_workers_with_one_deed_at_the_same_time_do_it_once(confirmed: Shop, tmp_path: Path) -> None:
    stores = [SqlStore(connect(f"sqlite:///{tmp_path / 'scratch.sqlite'}"), lambda *_, **__: None) for _ in range(4)]
    workers = [confirmed.worker(one)[1] for one in stores]
    with ThreadPoolExecutor(len(workers)) as threads:
        results = list(threads.map(lambda worker: worker.commit(CANCEL, confirmed.case()), workers))

    end = again(confirmed, results[0])

    assert isinstance(end, Done)
    assert {one.receipt.id for one in results if isinstance(one, Done)} <= {end.receipt.id}
    assert confirmed.done() == ["cancelled"]
    assert len(confirmed.effects()) == 1


def test_two_tickets_about_one_order_do_it_once(shop: Shop) -> None:
    for ticket in ("t:ticket:1", "t:ticket:2"):
        shop.confirm(CANCEL, ticket)
    shop.faults.extend(["", "drop after", "500", "500", "500", "500"])  # done, and nobody can look
    first = shop.commit(CANCEL, "t:ticket:1")
    second = shop.commit(CANCEL, "t:ticket:2")

    assert isinstance(first, Unsure)
    assert isinstance(second, Unsure), "while one is open nothing is judged about the same order"
    assert shop.done() == ["cancelled"]


def test_what_they_surely_did_not_do_is_declined(confirmed: Shop) -> None:
    confirmed.tap.before = lambda: confirmed.put(status="shipped")  # between our look and our deed

    result = confirmed.commit(CANCEL)

    assert isinstance(result, Declined)
    assert confirmed.done() == []
    assert [one.state for one in confirmed.effects()] == [EffectState.DECLINED]


def test_an_answer_that_does_not_say_what_was_done_is_no_receipt(tmp_path: Path, store: SqlStore, clock: Clock) -> None:
    files = texts("actions")
    text = files["actions/cancel_order.yaml"]
    files["actions/cancel_order.yaml"] = text.replace("refund.amount, type", "refund.sum, type")
    assert files["actions/cancel_order.yaml"] != text
    shop = Shop(tmp_path, store, clock, files=files)
    shop.put()
    shop.confirm(CANCEL)

    result = again(shop, shop.commit(CANCEL))

    assert isinstance(result, Unsure)
    assert shop.done() == ["cancelled"]
    assert [one.state for one in shop.effects()] == [EffectState.UNCONFIRMED]


def test_what_was_reserved_under_a_former_file_is_not_sent_by_another_one(confirmed: Shop) -> None:
    confirmed.tap.cut = True
    with pytest.raises(Killed):
        confirmed.commit(CANCEL)
    former = confirmed.files["actions/cancel_order.yaml"]
    confirmed.files["actions/cancel_order.yaml"] = former.replace(
        "changed_mind, ordered_twice, too_slow, other", "late"
    )
    confirmed.reload()

    (effect,) = confirmed.effects()
    result = confirmed.executor.settling.settle(effect, fresh=False)

    assert isinstance(result, Unsure)
    assert "has changed since" in result.reason
    assert len(confirmed.tap.written) == 1
