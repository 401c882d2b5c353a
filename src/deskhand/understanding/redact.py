"""Masks what no brain needs and no log may hold: passwords, keys, card and account numbers."""

import re

CARD_ISSUERS = re.compile(
    r"4(\d{12}|\d{15}|\d{18})$"  # Visa
    r"|(5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}$"  # Mastercard
    r"|3[47]\d{13}$|(30[0-5]|36\d|3[89]\d)\d{11}$"  # American Express, Diners
    r"|(6011|65\d\d|64[4-9]\d|35(2[89]|[3-8]\d))\d{12}$"  # Discover, JCB
)
CARD = re.compile(r"(?<![\w#.-])\d(?:[ -]?\d){12,18}(?![\w-])")
IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,4})?\b")
SOCIAL = re.compile(r"\b(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}\b")
SECRET = re.compile(
    r"\b(?:sk|pk|rk)_(?:live|test)_\w{10,}"
    r"|(?<=\bpassword is )\S+|(?<=\bpassword: )\S+|(?<=\bpin is )\d{4,8}\b|(?<=\bcv[vc] )\d{3,4}\b",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """The same text with [secret], [card], [iban] and [social security number] in place of the real ones."""
    text = SECRET.sub("[secret]", text)
    text = CARD.sub(lambda found: "[card]" if is_card(found[0]) else found[0], text)
    text = IBAN.sub(lambda found: "[iban]" if is_iban(found[0]) else found[0], text)
    return SOCIAL.sub("[social security number]", text)


def is_card(text: str) -> bool:
    """Issuer and length first, then Luhn's check: alone, that one accepts one number in ten, order numbers too."""
    digits = re.sub(r"\D", "", text)
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return bool(CARD_ISSUERS.match(digits)) and sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def is_iban(text: str) -> bool:
    """ISO 13616: four characters to the end, letters to numbers, remainder 1 modulo 97."""
    compact = text.replace(" ", "").upper()
    if not (15 <= len(compact) <= 34 and compact.isascii() and compact.isalnum()):
        return False
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1
