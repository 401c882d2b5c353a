"""Freshdesk's unsigned calls: which ticket to read. What proves them is a header of ours, a secret by itself.

They name no message, so whoever takes one reads the ticket for the newest word of its customer.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from deskhand.connectors.freshdesk import SYSTEM
from deskhand.connectors.http.signatures import one_fits
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import Malformed
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author
from deskhand.ports.reads import TicketDesk

TOKEN = "x-deskhand-token"
NUMBER = re.compile(r"[0-9]{1,20}")


def verify(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery:
    """The delivery, when its header holds one of our secrets; `Forged` or `Malformed` otherwise.

    Header names are in lower case. There is no stamp, so a call that is sent again is told from a new one only by its
    body; `message` is empty.
    """
    one_fits([secret for secret in secrets if secret], [headers.get(TOKEN, "")])
    try:
        told = json.loads(body)
        told = told.get("freshdesk_webhook", told)
        ticket = told["ticket_id"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed(f"no call: {type(error).__name__}") from error
    if isinstance(ticket, bool) or not isinstance(ticket, int | str) or not NUMBER.fullmatch(str(ticket)):
        raise Malformed("the ticket is no number")
    return Delivery(SYSTEM, hashlib.sha256(body).hexdigest(), str(Ref(SYSTEM, "ticket", str(ticket))), "", SYSTEM, now)


def named(delivery: Delivery, tickets: TicketDesk) -> Delivery | None:
    """The same with the customer's newest message, and an id that another message does not share; None when there is
    none. Reads the ticket, and raises what that raises."""
    ticket = tickets.ticket(Ref.parse(delivery.ticket)).value
    own = [one.id for one in ticket.messages if one.author is Author.CUSTOMER and one.public]
    if not own:
        return None
    return replace(delivery, id=f"{delivery.id}.{own[-1]}", message=own[-1], channel=ticket.channel)
