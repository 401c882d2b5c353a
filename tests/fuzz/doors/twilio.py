"""Twilio's messages."""

from urllib.parse import parse_qsl, urlencode

from hypothesis import strategies as st
from tests.fuzz.door import Door
from tests.fuzz.mutating import pieces
from tests.fuzz.signing import SECRET, Signed, base64_mac, beside_words, deliveries

from deskhand.connectors.twilio import webhook
from deskhand.domain.errors import Rejected

DOOR = "https://desk.example.com/hooks/twilio"
FIELDS = {
    "MessageSid": "SM1",
    "From": "whatsapp:+15005550006",
    "To": "whatsapp:+15005550001",
    "Body": "Where is my order?",
    "NumMedia": "1",
    "MediaContentType0": "image/png",
    "ProfileName": "Ada B",
}
VALUES: tuple[str, ...] = (
    "",
    "x",
    "\x00",
    "+4930901820",
    "+49\x0030901820",
    "9" * 30,
    "9" * 5_000,
    "-1",
    "\u0663",
    "received",
    "\ud7ff",
)
VALUES += ("whatsapp:", "whatsapp:+0", "+" + "1" * 40, "a\x00b", "\u2028", "STOP")


def form(changed: dict[str, str]) -> bytes:
    return urlencode({**FIELDS, **changed}).encode()


def sign(body: bytes, stamp: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
    except ValueError:
        pairs = []
    text = DOOR + "".join(name + value for name, value in sorted(pairs))
    return {"x-twilio-signature": base64_mac(text.encode("utf-8", "replace"), "sha1")}


def read(given: Signed) -> object:
    return beside_words(webhook.read(webhook.verify([SECRET], DOOR, given[0], given[1])))


names = st.sampled_from([*FIELDS, "MessageStatus", "OptOutType"])
forms = st.dictionaries(names, st.sampled_from(VALUES), max_size=3).map(form)


def signed(changed: dict[str, str]) -> Signed:
    return sign(form(changed), ""), form(changed)


DOORS = [
    Door(
        "twilio webhook",
        deliveries(sign, "", st.one_of(forms, forms, pieces([form({})])), "x-twilio-signature"),
        read,
        (Rejected,),
        once=(signed({"NumMedia": "9" * 5_000}), signed({"ProfileName": "a\x00b"}), signed({"NumMedia": "\u0663"})),
        long=(signed({"Body": "x" * 3_000_000}), (sign(b"", ""), b"a=b&" * 1_000_000)),
    )
]
