"""Jira's signed events: which message of which ticket to read."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from deskhand.connectors.http.signatures import hmac_sha256, one_fits
from deskhand.connectors.jira import SYSTEM
from deskhand.connectors.jira.door import KEY
from deskhand.connectors.jira.ticket_desk import DESCRIPTION
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import Malformed
from deskhand.domain.ref import Ref

SIGNATURE = "x-hub-signature"
IDENTIFIER = "x-atlassian-webhook-identifier"
COMMENT, ISSUE = "comment_created", "jira:issue_created"
NUMBER = re.compile(r"[0-9]{1,20}")
NAME = re.compile(r"[\w.:-]{1,200}", re.ASCII)
Json = dict[str, Any]


def verify(
    secrets: Sequence[str], own: str, project: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> Delivery | None:
    """The delivery, when one of our secrets signed it; None when it is no customer's word in this project.

    Jira signs no time: only the delivery's id, which a repeat has too, stops an old one. `own` is the account that we
    write as. Header names are in lower case. `Forged` or `Malformed` otherwise; nothing of the body is trusted but ids.
    """
    proven(secrets, headers, body)
    try:
        event = json.loads(body)
        kind = event["webhookEvent"]
        if kind not in (COMMENT, ISSUE):
            return None
        key = _fitting(KEY, event["issue"]["key"])
        delivery = _fitting(NAME, headers.get(IDENTIFIER, ""))
        message = _comment(event, own) if kind == COMMENT else _opening(event, own)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed(f"no event: {type(error).__name__}") from error
    if message is None or key.rpartition("-")[0] != project:
        return None
    return Delivery(SYSTEM, delivery, str(Ref(SYSTEM, "ticket", key)), message, SYSTEM, now)


def proven(secrets: Sequence[str], headers: Mapping[str, str], body: bytes) -> None:
    """`Forged` unless one of our secrets signed this body."""
    one_fits([f"sha256={hmac_sha256(secret, body).hex()}" for secret in secrets], [headers.get(SIGNATURE, "")])


def _comment(event: Json, own: str) -> str | None:
    """The id of what the requester said to us; whoever is not told apart here will be when the ticket is read."""
    comment = event["comment"]
    author, public = comment["author"]["accountId"], comment.get("jsdPublic", True)
    if not isinstance(author, str) or not isinstance(public, bool):
        raise Malformed("who wrote it, and for whom, cannot be told")
    requester = _account(event["issue"], "reporter")
    if not public or author == own or requester not in (None, author):
        return None
    return _fitting(NUMBER, comment["id"])


def _opening(event: Json, own: str) -> str | None:
    return None if own in (_account(event["issue"], "creator"), _account(event, "user")) else DESCRIPTION


def _account(raw: Json, who: str) -> str | None:
    """Of somebody on an event or on an issue, where they are told."""
    found = (raw.get("fields") or raw).get(who)
    account = None if found is None else found["accountId"]
    if not isinstance(account, str | None):
        raise Malformed("an account is no account")
    return account


def _fitting(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Malformed("ids are not ids")
    return value
