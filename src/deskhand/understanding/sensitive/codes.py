"""PINs, security codes of cards, and one-time codes: short numbers, known by the words beside them."""

import re
from collections.abc import Iterator

from deskhand.understanding.sensitive.found import Found, Kind
from deskhand.understanding.sensitive.passwords import BETWEEN

SIGN = r"[ \t]{0,3}[:=(#]?[ \t]{0,3}"
PIN = re.compile(
    rf"\bpin(?:[ -]?(?:code|number|nummer))?\b(?:{BETWEEN}[ \t]{{1,3}}(?:is|was|ist|est|es)\b)?{SIGN}"
    r"(?P<value>\d(?:[ -]?\d){3,7})(?![\w-])",
    re.IGNORECASE,
)
CVV = re.compile(
    r"\b(?:cvv2?|cvc2?|csc|cid|security code|card verification (?:code|number|value)|prüfziffer|kartenprüfnummer"
    r"|cryptogramme|código de seguridad|codice di sicurezza)\b"
    rf"(?:[ \t]{{1,3}}(?:is|was|number|code|ist|on the back)\b){{0,3}}{SIGN}(?P<value>\d{{3,4}})(?![\w-])",
    re.IGNORECASE,
)
BACK = re.compile(r"(?<![\w.,-])(?P<value>\d{3,4}) on (?:the|its) back\b", re.IGNORECASE)
SOURCES = (
    r"otp|2fa|mfa|tan|one[ -]?time|verification|security|log[ -]?in|sign[ -]?in|authenticat(?:ion|or)|auth|sms"
    r"|access|backup|recovery|activation|einmal|bestätigungs|sicherheits|vérification|verificación|verificatie"
)
CODE = rf"(?:otp|tan|(?:{SOURCES})[ -]?(?:pass)?(?:codes?|pins?|passwords?))"
SENT = r"(?= (?:that )?(?:you|they|i|was|we) (?:just )?(?:sent|texted|emailed|mailed|got|received))"
ONCE = re.compile(
    rf"\b(?:{CODE}|codes?{SENT})\b(?:[ \t]{{1,3}}(?!(?:and|or|but|for order)\b)[\w']{{1,12}}){{0,6}}?{SIGN}"
    r"(?P<value>(?:[A-Z]{1,2}-)?\d{3,4}(?:[ -]?\d{2,4})?)(?![\w-])",
    re.IGNORECASE,
)
REVERSE = re.compile(
    r"(?<![\w#])(?P<value>\d{3,4}[ -]?\d{0,4}) (?:is|as|was|ist|est|es) "
    rf"(?:(?:your|my|the|a|dein|ihr|votre|su|tu) )?(?:\w{{1,15}} ){{0,2}}{CODE}\b",
    re.IGNORECASE,
)
APP = re.compile(
    r"\bcode (?P<value>\d{3} ?\d{3}) (?:from|in|of|by) (?:\w{1,12} ){0,2}(?:authenticator|app|sms|text|e-?mail)\b",
    re.IGNORECASE,
)
ANY_CODE = ("otp", "tan", "code", "pin", "password")
HINTS = {
    PIN: ("pin",),
    CVV: ("cv", "csc", "cid", "security code", "card verif", "prüf", "cryptogramme", "segur", "sicurezza"),
    BACK: (" back",),
    ONCE: ANY_CODE,
    REVERSE: ANY_CODE,
    APP: ("code ",),
}


def codes(text: str) -> Iterator[Found]:
    """The values only; the words around them stay."""
    lower = text.lower()
    for pattern, hints in HINTS.items():
        if any(hint in lower for hint in hints):
            yield from (Found(*one.span("value"), Kind.SECRET) for one in pattern.finditer(text))
