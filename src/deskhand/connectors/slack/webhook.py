"""Slack's events at our door: who signed them and when, and whether a person wrote in a channel of ours."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from deskhand.connectors.http.signatures import fresh, hmac_sha256, one_fits
from deskhand.connectors.slack import SYSTEM
from deskhand.connectors.slack.text import plain
from deskhand.domain.attachment import Attachment, claimed
from deskhand.domain.errors import Forged, Malformed
from deskhand.domain.incoming import Challenge, Incoming
from deskhand.domain.storable import storable
from deskhand.domain.ticket import Requester

ID = re.compile(r"[A-Za-z0-9]{2,40}")
STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")
SUBTYPES = (None, "file_share", "thread_broadcast")  # a person's own words; edits and joins are none


def verify(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> dict[str, Any]:
    """The event. `Forged` or `Stale` unless it is signed with one of these secrets, and fresh."""
    stamp = headers.get("x-slack-request-timestamp", "")
    if not re.fullmatch(r"[0-9]{1,12}", stamp):
        raise Forged("no time stamp")
    text = f"v0:{stamp}:".encode() + body
    ours = [f"v0={hmac_sha256(one, text).hex()}" for one in secrets]
    one_fits(ours, [headers.get("x-slack-signature", "")])
    fresh(float(stamp), now)
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"no event: {type(error).__name__}") from error
    if not isinstance(told, dict):
        raise Malformed("no event")
    return told


def read(
    told: Mapping[str, Any], channels: Collection[str], who: Callable[[str], Requester]
) -> Incoming | Challenge | None:
    """`channels`: ids of those in which we answer. `who` looks up a user. None when it is no person's new message."""
    if told.get("type") == "url_verification":
        return Challenge(_text(told, "challenge")[:500])
    event = told.get("event")
    if told.get("type") != "event_callback" or not isinstance(event, dict) or event.get("type") != "message":
        return None
    if event.get("bot_id") or event.get("subtype") not in SUBTYPES or event.get("channel") not in channels:
        return None
    id, user, channel, ts = (_text(one, name) for one, name in ((told, "event_id"), *_of(event)))
    thread = _text(event, "thread_ts") if event.get("thread_ts") else ts
    team = _text(told, "team_id") if told.get("team_id") else ""
    if not (ID.fullmatch(id) and ID.fullmatch(user) and STAMP.fullmatch(ts) and STAMP.fullmatch(thread)):
        raise Malformed("ids are not ids")
    files = event.get("files") or ()
    if not isinstance(files, list | tuple):
        raise Malformed("files are no list")
    return Incoming(
        channel=SYSTEM,
        id=id,
        requester=who(user),
        text=plain(_text(event, "text")) or "[A message without words.]",
        attachments=tuple(_file(one) for one in files[:10] if isinstance(one, dict)),
        outer=ts,
        thread=f"{team}/{channel}/{thread}",
        shared=True,
        route={"channel": channel, "thread": thread, "user": user},
    )


def _file(told: Mapping[str, Any]) -> Attachment:
    return claimed(told.get("name"), told.get("mimetype"), told.get("size"))


def _of(event: Mapping[str, Any]) -> tuple[tuple[Mapping[str, Any], str], ...]:
    return tuple((event, name) for name in ("user", "channel", "ts"))


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str):
        raise Malformed(f"{name} is no text")
    return storable(found)
