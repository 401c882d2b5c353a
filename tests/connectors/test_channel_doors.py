"""What Twilio and Slack post at our door: signed by them, fresh where they say when, and a person's own words."""

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from deskhand.connectors.slack import webhook as slack
from deskhand.connectors.slack.text import plain, written
from deskhand.connectors.twilio import webhook as twilio
from deskhand.domain.attachment import Attachment
from deskhand.domain.errors import Forged, Malformed, Stale
from deskhand.domain.incoming import Challenge, Incoming, Kind
from deskhand.domain.ticket import Requester

VECTORS = json.loads((Path(__file__).parent / "signature_vectors.json").read_text("utf-8"))


def vector(system: str) -> tuple[str, dict[str, str], bytes, datetime]:
    one = VECTORS[system]
    headers = {name.lower(): value for name, value in one["headers"].items()}
    return one["secret"], headers, one["body"].encode(), datetime.fromtimestamp(one["now"], UTC)


# -- Twilio -------------------------------------------------------------------------------------------

DOOR = VECTORS["twilio"]["url"]


def test_twilios_vector_is_read_under_its_id_and_its_number_is_only_claimed() -> None:
    token, headers, body, _ = vector("twilio")
    found = twilio.read(twilio.verify(["the next one", token], DOOR, headers, body))

    assert found is not None
    assert (found.id, found.channel, found.text) == (VECTORS["twilio"]["files_under"], "sms", "Where is my order?")
    assert found.requester == Requester("", "", verified=False, phone="+15005550006")
    assert not found.vouched
    assert found.route == {"from": "+15005550001", "to": "+15005550006"}


@pytest.mark.parametrize("change", ["key", "body", "address", "no signature", "no keys"])
def test_what_twilio_did_not_sign_is_a_forgery(change: str) -> None:
    token, headers, body, _ = vector("twilio")
    keys = {"key": ["another"], "no keys": []}.get(change, [token])
    with pytest.raises(Forged):
        twilio.verify(
            keys,
            DOOR.replace("https", "http") if change == "address" else DOOR,
            {} if change == "no signature" else headers,
            body.replace(b"order", b"money") if change == "body" else body,
        )


@pytest.mark.parametrize("body", [b"\xff=\xfe", urlencode({str(n): "x" for n in range(300)}).encode()])
def test_what_is_no_form_is_a_forgery(body: bytes) -> None:
    with pytest.raises(Forged):
        twilio.verify(["tsecret"], DOOR, {"x-twilio-signature": "x"}, body)


def texted(**changes: str) -> Incoming | None:
    fields = {"MessageSid": "SM1", "From": "+15005550006", "To": "+15005550001", "Body": "Hello", "NumMedia": "0"}
    return twilio.read(fields | changes)


def test_whatsapp_is_a_channel_of_its_own() -> None:
    found = texted(From="whatsapp:+15005550006", To="whatsapp:+15005550001", ProfileName="Ada\nB")

    assert found is not None
    assert (found.channel, found.requester.phone, found.requester.name) == ("whatsapp", "+15005550006", "Ada B")
    assert found.route["to"] == "whatsapp:+15005550006"


def test_a_report_on_what_we_sent_wakes_nobody() -> None:
    assert texted(MessageStatus="delivered") is None


def test_stop_is_answered_by_twilio_and_pictures_by_people() -> None:
    stop, picture = texted(OptOutType="STOP", Body="STOP"), texted(Body="", NumMedia="1", MediaContentType0="image/png")

    assert stop is not None
    assert stop.kind is Kind.AUTOMATIC
    assert picture is not None
    assert (picture.kind, picture.attachments) == (Kind.UNREADABLE, (Attachment("file 1", "image/png"),))


@pytest.mark.parametrize("changes", [{"MessageSid": ""}, {"MessageSid": "a/b"}, {"From": "12345"}, {"To": "shop"}])
def test_a_message_without_an_id_or_a_number_is_malformed(changes: Mapping[str, str]) -> None:
    with pytest.raises(Malformed):
        texted(**changes)


def test_a_field_of_another_name_cannot_pass_for_a_signature() -> None:
    """Names and values are joined without a border: the words still have to be signed with the token."""
    fields = {"Body": "x", "BodyFrom": "+15005550006"}
    text = DOOR + "".join(name + value for name, value in sorted(fields.items()))
    forged = base64.b64encode(hmac.digest(b"guess", text.encode(), "sha1")).decode()
    with pytest.raises(Forged):
        twilio.verify(["tsecret"], DOOR, {"x-twilio-signature": forged}, urlencode(fields).encode())


# -- Slack --------------------------------------------------------------------------------------------


def who(user: str) -> Requester:
    return Requester("Ada", "ada@example.com", verified=False)


def test_slacks_vector_is_accepted_under_its_id() -> None:
    secret, headers, body, now = vector("slack")
    told = slack.verify(["the next one", secret], headers, body, now)

    assert told["event_id"] == VECTORS["slack"]["files_under"]


@pytest.mark.parametrize("change", ["key", "body", "no headers", "no keys"])
def test_what_slack_did_not_sign_is_a_forgery(change: str) -> None:
    secret, headers, body, now = vector("slack")
    with pytest.raises(Forged):
        slack.verify(
            {"key": ["another"], "no keys": []}.get(change, [secret]),
            {} if change == "no headers" else headers,
            body.replace(b"hi", b"ho") if change == "body" else body,
            now,
        )


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_stamp_of_slack_far_from_our_clock_is_stale(seconds: int) -> None:
    secret, headers, body, now = vector("slack")
    with pytest.raises(Stale):
        slack.verify([secret], headers, body, now + timedelta(seconds=seconds))


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b"[" * 100_000])
def test_an_event_of_slack_that_cannot_be_read_is_malformed(body: bytes) -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    stamp = str(int(now.timestamp()))
    signature = "v0=" + hmac.digest(b"s", f"v0:{stamp}:".encode() + body, "sha256").hex()
    with pytest.raises(Malformed):
        slack.verify(["s"], {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}, body, now)


def event(**changes: Any) -> dict[str, Any]:
    said = {"type": "message", "channel": "C1", "user": "U1", "text": "Hello", "ts": "1.000100", **changes}
    return {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": said}


def heard(told: Mapping[str, Any]) -> Incoming | Challenge | None:
    return slack.read(told, ["C1"], who)


def test_a_persons_message_begins_a_thread_and_goes_on_in_it() -> None:
    first, second = heard(event()), heard(event(ts="2.000100", thread_ts="1.000100"))

    assert isinstance(first, Incoming)
    assert isinstance(second, Incoming)
    assert first.thread == second.thread == "T1/C1/1.000100"
    assert first.route == {"channel": "C1", "thread": "1.000100", "user": "U1"}
    assert not first.vouched


def test_the_challenge_is_answered() -> None:
    assert heard({"type": "url_verification", "challenge": "3eZb"}) == Challenge("3eZb")


@pytest.mark.parametrize(
    "changes",
    [
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"channel": "C2"},
        {"type": "app_mention"},
        {"type": "reaction_added"},
    ],
)
def test_what_is_no_persons_new_message_in_our_channel_wakes_nobody(changes: dict[str, Any]) -> None:
    assert heard(event(**changes)) is None


@pytest.mark.parametrize(
    "changes",
    [{"user": None}, {"user": "../x"}, {"ts": "now"}, {"text": None}, {"thread_ts": ["1.0"]}, {"files": 7}],
)
def test_a_value_of_another_type_is_malformed(changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        heard(event(**changes))


def test_slacks_marks_are_read_as_people_do() -> None:
    assert plain("<@U1> see <https://a.example|the page> &amp; <mailto:a@b.c|a@b.c> &lt;3") == (
        "U1 see the page & a@b.c <3"
    )
    assert plain(written("<!channel> & <@U1>")) == "<!channel> & <@U1>"
