"""The generic door: Standard Webhooks signatures, a company's own JSON."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.connectors.webhook.mapping import Mapped
from deskhand.connectors.webhook.standard import key_of, signed, verify
from deskhand.domain.errors import Forged, Malformed, Stale

VECTOR = json.loads((Path(__file__).parent / "signature_vectors.json").read_text("utf-8"))["standard_webhooks"]
HEADERS = {name.lower(): value for name, value in VECTOR["headers"].items()}
BODY, NOW = VECTOR["body"].encode(), datetime.fromtimestamp(VECTOR["now"], UTC)
KEY, OTHER = key_of(VECTOR["secret"]), b"o" * 24
MAPPED = Mapped("thread.id", "from.email", "items.0.text", name="from.name", subject="title", only={"type": "message"})
TOLD: dict[str, Any] = {
    "type": "message",
    "thread": {"id": 7},
    "from": {"email": "ada@example.com", "name": "Ada\nB"},
    "items": [{"text": "Hello"}],
}


def test_the_vector_is_accepted_under_its_id() -> None:
    assert verify([KEY], HEADERS, BODY, NOW) == VECTOR["files_under"]
    assert verify([OTHER, KEY], HEADERS, BODY, NOW) == VECTOR["files_under"]


@pytest.mark.parametrize("keys", [[], [OTHER]])
def test_another_key_is_a_forgery(keys: list[bytes]) -> None:
    with pytest.raises(Forged):
        verify(keys, HEADERS, BODY, NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-id": "msg_2"},
        {"webhook-id": ""},
        {"webhook-id": "msg 1"},
        {"webhook-timestamp": "1795460271"},
        {"webhook-timestamp": "yesterday"},
        {"webhook-timestamp": "٣"},
        {"webhook-signature": ""},
        {"webhook-signature": HEADERS["webhook-signature"].replace("v1,", "v2,")},
    ],
)
def test_an_altered_header_is_a_forgery(changes: Mapping[str, str]) -> None:
    with pytest.raises(Forged):
        verify([KEY], {**HEADERS, **changes}, BODY, NOW)


def test_an_altered_body_is_a_forgery() -> None:
    with pytest.raises(Forged):
        verify([KEY], HEADERS, BODY + b" ", NOW)


@pytest.mark.parametrize("seconds", [-301, 301])
def test_an_old_or_future_stamp_is_stale(seconds: int) -> None:
    with pytest.raises(Stale):
        verify([KEY], HEADERS, BODY, NOW + timedelta(seconds=seconds))


@given(st.binary(max_size=200))
def test_what_we_sign_is_accepted_with_either_key_while_one_is_changed(body: bytes) -> None:
    headers = signed([KEY, OTHER], "evt_1", body, NOW)

    assert verify([KEY], headers, body, NOW) == verify([OTHER], headers, body, NOW) == "evt_1"


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_!!!", "whsec_c2hvcnQ="])
def test_a_secret_that_can_be_guessed_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        key_of(secret)


def test_the_fields_of_a_company_become_a_message() -> None:
    found = MAPPED.read("shop", "msg_1", json.dumps(TOLD).encode())

    assert found is not None
    assert (found.requester.name, found.requester.email, found.text) == ("Ada B", "ada@example.com", "Hello")
    assert found.route == {"thread": "7"}
    assert not found.requester.verified
    assert not found.vouched


def test_no_field_makes_anybody_more_than_claimed() -> None:
    """Not even one that says so in our own words."""
    sure = TOLD | {"verified": True, "vouched": True, "strength": "proven", "requester": {"verified": True}}
    found = MAPPED.read("shop", "msg_1", json.dumps(sure).encode())

    assert found is not None
    assert not found.vouched
    assert not found.requester.verified


def test_another_requester_has_another_thread() -> None:
    eve = TOLD | {"from": {"email": "eve@example.com"}}
    found = [MAPPED.read("shop", "msg_1", json.dumps(one).encode()) for one in (TOLD, eve)]

    assert len({one.thread for one in found if one}) == 2


def test_what_is_no_message_wakes_nobody() -> None:
    assert MAPPED.read("shop", "msg_1", json.dumps(TOLD | {"type": "order"}).encode()) is None


@pytest.mark.parametrize(
    "change",
    [
        {"thread": None},
        {"thread": {"id": True}},
        {"thread": {"id": "x" * 201}},
        {"from": {"email": "ada"}},
        {"from": {"email": "ada@example.com, eve@example.com"}},
        {"from": ["ada@example.com"]},
        {"items": []},
        {"items": [{"text": "  "}]},
        {"items": [{"text": "x" * 20_001}]},
        {"items": [{"text": {"a": 1}}]},
    ],
)
def test_what_lacks_a_field_is_malformed(change: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        MAPPED.read("shop", "msg_1", json.dumps(TOLD | change).encode())


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        MAPPED.read("shop", "msg_1", body)
