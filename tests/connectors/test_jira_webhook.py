"""Deliveries of Jira at our door: who signed them, whose words they tell of, and whether they can be read."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskhand.connectors.jira.webhook import verify
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import Forged, Malformed

HERE = Path(__file__).parent
VECTOR = json.loads((HERE / "jira_signature_vector.json").read_text("utf-8"))
SAMPLE = (HERE / "jira_comment_created.json").read_bytes()
REQUESTER = "5b10a2844c20165700ede21g"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECRET, OWN = "a secret", "712020:assistant"


def signed(body: bytes) -> dict[str, str]:
    signature = hmac.digest(SECRET.encode(), body, "sha256").hex()
    return {"x-hub-signature": f"sha256={signature}", "x-atlassian-webhook-identifier": "f2a1c1"}


def received(body: bytes, headers: dict[str, str] | None = None, *, at: datetime = NOW) -> Delivery | None:
    """`headers`: in place of those that are right."""
    return verify([SECRET], OWN, "DESK", signed(body) | (headers or {}), body, at)


def event(**changes: Any) -> bytes:
    """The sample, with values put in place of others: "issue__key" names one, and None takes it out."""
    made: dict[str, Any] = json.loads(SAMPLE)
    for path, value in changes.items():
        *outer, last = path.split("__")
        place = made
        for name in outer:
            place = place[name]
        place[last] = value
        if value is None:
            del place[last]
    return json.dumps(made).encode()


OPENED = {"webhookEvent": "jira:issue_created", "comment": None}


def vector(body: bytes | None = None, secrets: tuple[str, ...] = (VECTOR["secret"],)) -> Delivery | None:
    headers = {name.lower(): value for name, value in VECTOR["headers"].items()}
    now = datetime.fromtimestamp(VECTOR["now"], UTC)
    return verify(list(secrets), OWN, "DESK", headers, VECTOR["body"].encode() if body is None else body, now)


def test_the_vendors_signature_is_accepted() -> None:
    """The vector names no comment: only what is signed gets as far as being unreadable."""
    with pytest.raises(Malformed):
        vector()
    with pytest.raises(Malformed):
        vector(secrets=("the next one", VECTOR["secret"]))


def test_another_secret_or_an_altered_body_is_a_forgery() -> None:
    for secrets in ((), ("another",), ("",)):
        with pytest.raises(Forged):
            vector(secrets=secrets)
    with pytest.raises(Forged):
        vector(VECTOR["body"].replace("1", "2", 1).encode())
    with pytest.raises(Forged):
        vector(b"")


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=00", "sha1=00", "é", "0" * 64])
def test_a_header_that_is_no_signature_is_a_forgery(signature: str) -> None:
    with pytest.raises(Forged):
        received(SAMPLE, {"x-hub-signature": signature})


def test_no_headers_are_a_forgery() -> None:
    with pytest.raises(Forged):
        verify([SECRET], OWN, "DESK", {}, SAMPLE, NOW)


def test_a_delivery_is_filed_under_the_id_that_its_repeats_have_too() -> None:
    """Jira signs no time, so an old delivery is as good as a new one but for its id."""
    name = VECTOR["headers"]["X-Atlassian-Webhook-Identifier"]
    found = received(SAMPLE, {"x-atlassian-webhook-identifier": name})

    assert found == Delivery("jira", VECTOR["files_under"], "jira:ticket:DESK-1", "10100", "jira", NOW)
    later = received(SAMPLE, at=NOW + timedelta(days=30))
    assert later is not None
    assert later.id == found.id


def test_a_new_request_is_heard_by_its_description() -> None:
    found = received(event(**OPENED, user={"accountId": REQUESTER}))

    assert found is not None
    assert (found.ticket, found.message) == ("jira:ticket:DESK-1", "description")


def test_a_request_that_an_agent_opened_for_somebody_is_heard_too() -> None:
    """Whose words those are is read on the ticket."""
    assert received(event(**OPENED, user={"accountId": "an agent"})) is not None


@pytest.mark.parametrize("who", ["user", "issue__fields__creator"])
def test_what_we_opened_ourselves_wakes_nobody(who: str) -> None:
    assert received(event(**OPENED, **{who: {"accountId": OWN}})) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"webhookEvent": "jira:issue_updated"},
        {"webhookEvent": "comment_updated"},
        {"comment__jsdPublic": False},
        {"comment__author__accountId": "712020:somebody"},
        {"comment__author__accountId": OWN},
        {"comment__author__accountId": OWN, "issue__fields__reporter": None},
        {"comment__author__accountId": OWN, "issue__fields__reporter__accountId": OWN},
        {"issue__key": "SECRET-1"},
        {"issue__key": "DESK2-1"},
    ],
    ids=["a change", "an edit", "a note", "somebody else", "ours", "ours, bare", "ours, to us", "elsewhere", "alike"],
)
def test_what_is_no_public_word_of_the_requester_in_our_project_wakes_nobody(changes: dict[str, Any]) -> None:
    assert received(event(**changes)) is None


def test_a_comment_on_an_issue_that_tells_no_reporter_is_heard() -> None:
    """Jira shortens the issue in events of comments; the ticket that is read tells who wrote."""
    found = received(event(issue__fields=None))

    assert found is not None
    assert found.message == "10100"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{}", b"\xff\xfe{}", SAMPLE[:-40], SAMPLE[: len(SAMPLE) // 2], b"[" * 100_000],
    ids=["empty", "a list", "null", "no fields", "no UTF-8", "truncated", "halved", "too deep"],
)
def test_what_cannot_be_read_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        received(body)


@pytest.mark.parametrize(
    "changes",
    [
        {"issue__key": "../myself"},
        {"issue__key": "DESK-1\x00"},
        {"issue__key": "DESK-" + "9" * 60},
        {"issue__key": None},
        {"issue__key": 1},
        {"issue": "DESK-1"},
        {"issue__fields": "DESK-1"},
        {"issue__fields__reporter": "Maya"},
        {"comment": None},
        {"comment__id": "1/../2"},
        {"comment__id": 10100},
        {"comment__author": None},
        {"comment__author__accountId": 5},
        {"comment__jsdPublic": "false"},
    ],
    ids=lambda changes: next(iter(changes)).replace("__", "."),
)
def test_a_value_of_another_type_is_malformed(changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        received(event(**changes))


@pytest.mark.parametrize("id", ["", "a\x00b", "x" * 201, "two words"])
def test_a_delivery_id_that_cannot_be_stored_is_malformed(id: str) -> None:
    with pytest.raises(Malformed):
        received(SAMPLE, {"x-atlassian-webhook-identifier": id})
