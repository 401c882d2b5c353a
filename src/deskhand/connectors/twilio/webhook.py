"""Messages of Twilio at our door: signed over the address that it posts to, read into our values."""

import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import parse_qsl

from deskhand.connectors.http.signatures import base64_of, one_fits
from deskhand.connectors.twilio import SMS, WHATSAPP
from deskhand.domain.attachment import Attachment, claimed
from deskhand.domain.errors import Forged, Malformed
from deskhand.domain.incoming import Incoming, Kind
from deskhand.domain.phone import e164
from deskhand.domain.ticket import Requester

SID = re.compile(r"[A-Za-z0-9]{2,64}")
COUNT = re.compile(r"[0-9]{1,3}")
FIELDS = 200  # of one form
MEDIA = 10  # files of one message
QUIET = timedelta(days=3)  # after which somebody who writes again begins a new conversation


def verify(tokens: Sequence[str], address: str, headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    """The fields of the form. `address`: the public one of our door, as Twilio was told it.

    `Forged` unless it is signed with one of these tokens; there is no time stamp, so only its id stops a repeat.
    """
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError as error:
        raise Forged("no form") from error
    signed = address + "".join(name + value for name, value in sorted(pairs))
    ours = [base64_of(hmac.digest(one.encode(), signed.encode("utf-8", "replace"), "sha1")) for one in tokens]
    one_fits(ours, [headers.get("x-twilio-signature", "")])
    return dict(pairs)


def read(fields: Mapping[str, str]) -> Incoming | None:
    """Whoever has this number wrote it, or says so: that is claimed. None for a report on what we sent."""
    if "MessageStatus" in fields and fields["MessageStatus"] != "received":
        return None
    sid, sender, to = (fields.get(name, "") for name in ("MessageSid", "From", "To"))
    channel = WHATSAPP if sender.startswith("whatsapp:") else SMS
    number = e164(sender.removeprefix("whatsapp:"))
    if not SID.fullmatch(sid) or not number or not e164(to.removeprefix("whatsapp:")):
        raise Malformed("a message has an id and two numbers")
    text = fields.get("Body", "").replace("\x00", "")
    media = int(fields["NumMedia"]) if COUNT.fullmatch(fields.get("NumMedia", "")) else 0
    kind, why = Kind.WORDS, ""
    if fields.get("OptOutType"):  # Twilio answers these words itself
        kind, why = Kind.AUTOMATIC, "a word that Twilio answers itself"
    elif not text.strip():
        kind, why = Kind.UNREADABLE, "has no words"
    return Incoming(
        channel=channel,
        id=sid,
        requester=Requester(" ".join(fields.get("ProfileName", "").split())[:200], "", verified=False, phone=number),
        text=text if text.strip() else "[A message without words. What is attached to it lies at Twilio.]",
        kind=kind,
        why=why,
        attachments=tuple(_media(fields, place) for place in range(min(media, MEDIA))),
        outer=sid,
        thread=f"{to} {sender}",
        quiet=QUIET,
        route={"from": to, "to": sender},
    )


def _media(fields: Mapping[str, str], place: int) -> Attachment:
    """Twilio tells neither a name nor a size."""
    return claimed(f"file {place + 1}", fields.get(f"MediaContentType{place}"))
