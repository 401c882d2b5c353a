"""At the door: what is not signed, not fresh or not an event is not filed, and says nothing about why."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.stories.lumen import Lumen, Signed

from deskhand.connectors.zendesk.twin import ZendeskTwin
from deskhand.entrypoints.api.webhooks import LARGEST

STAMP = "x-zendesk-webhook-signature-timestamp"
SIGNATURE = "x-zendesk-webhook-signature"


def twin(lumen: Lumen) -> ZendeskTwin:
    assert lumen.installation.systems.zendesk_twin is not None
    return lumen.installation.systems.zendesk_twin


def unsigned(lumen: Lumen, signed: Signed) -> Signed:
    return {"content-type": "application/json"}, signed[1]


def signed_by_another(lumen: Lumen, signed: Signed) -> Signed:
    return signed[0] | {SIGNATURE: "AAAA" + signed[0][SIGNATURE][4:]}, signed[1]


def signed_for_another_body(lumen: Lumen, signed: Signed) -> Signed:
    return signed[0], signed[1].replace(b'"9', b'"8')


def signed_with_another_stamp(lumen: Lumen, signed: Signed) -> Signed:
    return signed[0] | {STAMP: lumen.clock().isoformat()}, signed[1]


def without_a_stamp(lumen: Lumen, signed: Signed) -> Signed:
    return {SIGNATURE: signed[0][SIGNATURE]}, signed[1]


def with_odd_letters(lumen: Lumen, signed: Signed) -> Signed:
    return {**signed[0], SIGNATURE: "\xfcnfug"}, signed[1]


def of_an_hour_ago(lumen: Lumen, signed: Signed) -> Signed:
    return twin(lumen).signed(signed[1], lumen.clock() - timedelta(hours=1))


def of_tomorrow(lumen: Lumen, signed: Signed) -> Signed:
    return twin(lumen).signed(signed[1], lumen.clock() + timedelta(days=1))


def without_a_zone(lumen: Lumen, signed: Signed) -> Signed:
    return twin(lumen).signed(signed[1], lumen.clock().replace(tzinfo=None))


@pytest.mark.parametrize(
    "forge",
    [
        unsigned,
        signed_by_another,
        signed_for_another_body,
        signed_with_another_stamp,
        without_a_stamp,
        with_odd_letters,
        of_an_hour_ago,
        of_tomorrow,
        without_a_zone,
    ],
)
def test_a_delivery_that_proves_nothing_is_not_filed(shared: Lumen, forge: Callable[[Lumen, Signed], Signed]) -> None:
    honest = shared.write("lars.holm@example.com", "How big can a CSV file be?")
    answer = shared.deliver(forge(shared, honest))
    assert answer.status_code == 401
    assert answer.json() == {"filed": False, "detail": "not accepted"}
    assert shared.kinds(f"zendesk:ticket:{shared.number(honest)}") == []


def test_an_honest_delivery_replayed_later_is_stale(shared: Lumen) -> None:
    honest = shared.write("lars.holm@example.com", "How big can a CSV file be?")
    assert shared.deliver(honest).status_code == 202
    told = shared.told(honest)
    assert shared.deliver(honest).status_code == 200
    shared.clock.ahead += timedelta(minutes=6)
    assert shared.deliver(honest).status_code == 401
    assert len(shared.replies(told.number)) == 1


BODIES = {
    "nothing": b"",
    "no JSON": b"hello",
    "invalid UTF-8": b'{"type": "\xff\xfe"}',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "text": b'"zen:event-type:ticket.comment_added"',
    "deep": b"[" * 200_000,
    "deep objects": b'{"a":' * 200_000,
    "a huge number": b"1" * 5000,
    "an event of nothing": b'{"type": "zen:event-type:ticket.comment_added"}',
    "an event with lists for objects": json.dumps(
        {"type": "zen:event-type:ticket.comment_added", "event": [], "detail": []}
    ).encode(),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_what_is_signed_but_no_event_cannot_be_read(shared: Lumen, body: bytes) -> None:
    answer = shared.deliver(twin(shared).signed(body))
    assert answer.status_code == 400
    assert answer.json()["filed"] is False


@pytest.mark.parametrize("ticket", ["1/../2", "", "-1", "١٢", "1 or 1=1", "9" * 50_000, None, {"id": 1}])
def test_a_ticket_that_is_no_number_cannot_be_read(shared: Lumen, ticket: object) -> None:
    event = json.loads(shared.write("lars.holm@example.com", "hello")[1])
    event["detail"]["id"] = ticket
    assert shared.deliver(twin(shared).signed(json.dumps(event).encode())).status_code == 400


def test_an_event_that_is_none_of_our_business_is_acknowledged_and_not_filed(shared: Lumen) -> None:
    honest = shared.write("lars.holm@example.com", "hello")
    event = json.loads(honest[1])
    for change in (
        {"type": "zen:event-type:ticket.status_changed"},
        {"event": {"comment": event["event"]["comment"] | {"is_public": False}}},
        {"event": {"comment": event["event"]["comment"] | {"author": {"id": "1", "is_staff": True}}}},
    ):
        answer = shared.deliver(twin(shared).signed(json.dumps(event | change).encode()))
        assert (answer.status_code, answer.json()["filed"]) == (200, False)
    assert shared.kinds(f"zendesk:ticket:{shared.number(honest)}") == []


def test_a_delivery_over_the_limit_is_refused_before_it_is_read(shared: Lumen) -> None:
    assert shared.deliver(twin(shared).signed(b" " * (LARGEST + 1))).status_code == 413
    assert shared.deliver(twin(shared).signed(b" " * LARGEST)).status_code == 400


def test_what_one_system_signed_proves_nothing_at_the_door_of_another(shared: Lumen) -> None:
    headers, body = shared.write("lars.holm@example.com", "hello")
    assert shared.http.post("/webhooks/stripe", headers=headers, content=body).status_code == 401


@pytest.mark.parametrize("system", ["nowhere", "ZENDESK", "zendesk%00", "..%2Fhealth"])
def test_there_is_no_door_of_another_name(shared: Lumen, system: str) -> None:
    headers, body = shared.write("lars.holm@example.com", "hello")
    assert shared.http.post(f"/webhooks/{system}", headers=headers, content=body).status_code == 404


def test_an_event_about_a_ticket_that_is_gone_becomes_an_agents_task(shared: Lumen) -> None:
    event = json.loads(shared.write("lars.holm@example.com", "hello")[1])
    event["detail"]["id"] = "987654"
    assert shared.deliver(twin(shared).signed(json.dumps(event).encode())).status_code == 202
    shared.eventually(lambda: "run.failed" in shared.kinds("zendesk:ticket:987654"))
    assert shared.owner("zendesk:ticket:987654") == "queue:support"
