"""A web shop whose orders live in a system of its own: what is said and done about them, alone, asked, or by people."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from tests.own.rig import order
from tests.stories.lumen import Lumen, apart, opened
from tests.stories.prepared import WAITING

from deskhand.connectors.own.twin import OwnTwin
from deskhand.domain.effect import EffectState
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.workflows.undo import start_undo

PARCEL = Path("examples/parcel").resolve()
NORA, EMIL, RUTH = "nora.blum@example.com", "emil.sand@example.com", "ruth.adler@example.com"
POST = "shop POST"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """One desk for all of them: each story has an order of its own."""
    folder = copytree(PARCEL, tmp_path_factory.mktemp("parcel") / "desk", ignore=ignore_patterns(".deskhand"))
    table = folder / "desk.toml"
    table.write_text(table.read_text("utf-8") + WAITING, "utf-8")
    with opened(folder, apart, finished=True) as desk:
        yield desk


def shop(desk: Lumen) -> OwnTwin:
    twin = desk.installation.systems.own_twin
    assert twin is not None
    return twin


def put(desk: Lumen, id: str, email: str = NORA, **more: Any) -> str:
    shop(desk).put_order(order(desk.clock, id, customer={"email": email, "name": ""}, **more))
    return id


def done(desk: Lumen, id: str) -> list[str]:
    return [one["kind"] for one in shop(desk).done(id)]


def delivered(desk: Lumen, days: int = 3) -> dict[str, Any]:
    return {"status": "delivered", "delivered_at": (desk.clock() - timedelta(days=days)).isoformat()}


def test_where_an_order_is_is_told_from_the_shops_own_database(desk: Lumen) -> None:
    told = desk.say(NORA, "where is my order PC-10311?")

    assert told.result.outcome is RunOutcome.ANSWERED
    assert "PX00310311" in told.result.reply


def test_an_order_of_somebody_else_is_not_told_of(desk: Lumen) -> None:
    told = desk.say(NORA, "where is my order PC-10205?")

    assert told.result.outcome is RunOutcome.ASKED
    assert "I see no order of that number" in told.result.reply


def test_a_cancellation_is_confirmed_done_once_and_told_with_its_receipt(desk: Lumen) -> None:
    id = put(desk, "PC-20001")
    asked = desk.say(NORA, f"please cancel my order {id}")
    assert asked.result.outcome is RunOutcome.ASKED
    assert done(desk, id) == []

    told = desk.say(NORA, "yes", asked.number)

    assert told.result.outcome is RunOutcome.RESOLVED
    (event,) = shop(desk).done(id)
    assert event["id"] in told.result.reply
    assert "49.90 EUR" in told.result.reply
    desk.say(NORA, "yes", asked.number)
    assert done(desk, id) == ["cancelled"]


def test_an_order_that_is_packed_between_the_question_and_the_yes_goes_to_the_warehouse(desk: Lumen) -> None:
    id = put(desk, "PC-20002")
    asked = desk.say(NORA, f"please cancel my order {id}")
    put(desk, id, status="picking")

    told = desk.say(NORA, "yes", asked.number)

    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert told.result.handoff is not None
    assert told.result.handoff.queue == "warehouse"
    assert done(desk, id) == []


@pytest.mark.parametrize(
    ("number", "fault"), [(3, "drop after"), (4, "500 after"), (5, "cut json"), (6, "drop before")]
)
def test_a_lost_answer_is_looked_for_and_the_customer_told_the_truth(desk: Lumen, number: int, fault: str) -> None:
    id = put(desk, f"PC-2000{number}")
    asked = desk.say(NORA, f"please cancel my order {id}")
    desk.network.trouble(f"{POST} /orders/{id}/cancel", fault)

    told = desk.say(NORA, "yes", asked.number)

    assert told.result.outcome is RunOutcome.RESOLVED
    assert desk.network.met(fault)
    assert done(desk, id) == ["cancelled"]
    with desk.installation.store.begin() as tx:
        (effect,) = [one for one in tx.ledger.of_ticket(asked.ticket) if one.action == "cancel_order"]
    assert effect.state is EffectState.DONE


def test_a_new_address_is_asked_for_confirmed_and_can_be_taken_back_by_an_agent(desk: Lumen) -> None:
    id = put(desk, "PC-20010")
    asked = desk.say(NORA, f"please change the delivery address of order {id}")
    assert asked.result.outcome is RunOutcome.ASKED
    confirm = desk.say(NORA, "Nora Blum, 12 Market Street, 10117 Berlin", asked.number)
    assert confirm.result.outcome is RunOutcome.ASKED
    assert "12 Market Street" in confirm.result.reply
    told = desk.say(NORA, "yes", asked.number)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert address(desk, id) == "Nora Blum, 12 Market Street, 10117 Berlin"

    with desk.installation.store.begin() as tx:
        (effect,) = [one for one in tx.ledger.of_ticket(asked.ticket) if one.action == "change_address"]
    start_undo(desk.installation.desk, effect.key, desk.installation.people["ina"])

    desk.eventually(lambda: address(desk, id) == "Lindenweg 4, Berlin")
    desk.eventually(lambda: "undo.ended" in desk.kinds(asked.ticket))


def address(desk: Lumen, id: str) -> str:
    found = shop(desk).store.get("order", id)
    assert found is not None
    return str(found["address"])


def test_a_return_gets_its_label_and_a_second_wish_none(desk: Lumen) -> None:
    id = put(desk, "PC-20020", **delivered(desk))
    told = desk.say(NORA, f"I want to return order {id}")
    again = desk.say(NORA, f"I want to return order {id}")

    assert told.result.outcome is RunOutcome.RESOLVED
    assert shop(desk).done(id)[0]["label"] in told.result.reply
    assert again.result.outcome is RunOutcome.ANSWERED
    assert done(desk, id) == ["return"]


def test_what_came_long_ago_stays(desk: Lumen) -> None:
    id = put(desk, "PC-20021", **delivered(desk, days=31))
    told = desk.say(NORA, f"I want to return order {id}")

    assert told.result.outcome is RunOutcome.ANSWERED
    assert "within 30 days" in told.result.reply
    assert done(desk, id) == []


def test_an_exchange_asks_for_what_instead(desk: Lumen) -> None:
    id = put(desk, "PC-20022", **delivered(desk))
    asked = desk.say(NORA, f"I want to exchange order {id} for another colour")
    assert asked.result.outcome is RunOutcome.ASKED

    told = desk.say(NORA, "The black one please", asked.number)

    assert told.result.outcome is RunOutcome.RESOLVED
    assert shop(desk).done(id)[0]["wanted"] == "The black one please"


def test_a_lost_parcel_is_sent_again_and_a_second_one_in_the_month_waits_for_a_lead(desk: Lumen) -> None:
    lost = {"number": "PX1", "carrier_says": "lost", "last_scan_at": desk.clock().isoformat()}
    first = put(desk, "PC-20030", EMIL, status="shipped", parcel=lost)
    second = put(desk, "PC-20031", EMIL, status="shipped", parcel=lost)

    told = desk.say(EMIL, f"my order {first} never arrived")
    later = desk.say(EMIL, f"my order {second} never arrived")

    assert told.result.outcome is RunOutcome.RESOLVED
    assert done(desk, first) == ["reshipment"]
    assert later.result.outcome is RunOutcome.AWAITING_APPROVAL
    assert done(desk, second) == []
    suggestion = desk.suggestion(later.ticket)
    desk.decide(suggestion, "approved", "raj")
    assert desk.settled(suggestion).outcome is RunOutcome.RESOLVED
    assert done(desk, second) == ["reshipment"]


def test_an_approval_given_for_an_order_that_changed_since_does_nothing(desk: Lumen) -> None:
    lost = {"number": "PX1", "carrier_says": "lost", "last_scan_at": desk.clock().isoformat()}
    id = put(desk, "PC-20032", RUTH, status="shipped", total="300.00", parcel=lost)
    told = desk.say(RUTH, f"my order {id} never arrived")
    assert told.result.outcome is RunOutcome.AWAITING_APPROVAL
    suggestion = desk.suggestion(told.ticket)
    put(desk, id, RUTH, **delivered(desk), total="300.00", parcel={**lost, "carrier_says": "delivered"})

    desk.decide(suggestion, "approved", "raj")
    desk.settled(suggestion)

    assert done(desk, id) == []


@pytest.mark.parametrize("stage", [Stage.READ_ONLY, Stage.ASSISTED])
def test_where_the_assistant_may_not_act_alone_nothing_is_done(desk: Lumen, stage: Stage) -> None:
    id = put(desk, f"PC-2004{len(stage)}", **delivered(desk))
    told = desk.say(NORA, f"I want to return order {id}", stage=stage)

    assert told.result.outcome in (RunOutcome.SUGGESTED, RunOutcome.AWAITING_APPROVAL)
    assert done(desk, id) == []


def test_when_the_shop_does_not_answer_people_take_over_and_nothing_is_claimed(desk: Lumen) -> None:
    id = put(desk, "PC-20050", **delivered(desk))
    desk.network.trouble(f"shop GET /orders/{id}/items", "500", times=50)
    told = desk.say(NORA, f"I want to return order {id}")

    assert told.result.outcome is RunOutcome.HANDED_OFF
    assert done(desk, id) == []
