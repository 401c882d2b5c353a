"""What a customer names in a message - amount, date, e-mail, order number - each kept as it is written there."""

import re
from collections.abc import Mapping

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
NUMBER = r"\d{1,3}(?:[,' ]\d{3}){1,9}(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3}){1,9},\d{2}|\d{1,30}(?:[.,]\d{1,2})?"
CODES = "usd|eur|gbp|chf|cad|aud|nzd|sek|nok|dkk|pln|inr|jpy"
NAMES = "dollars?|bucks|euros?|pounds?|quid|francs?|kroner|kronor|zloty|rupees|yen|cents"
PATTERNS = {
    "email": re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}+@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b|\[email \d{1,4}\]"),
    "amount": re.compile(
        rf"(?:us|ca|au)?[$€£¥₹] ?(?:{NUMBER})(?!\d)(?: ?(?:{CODES})\b)?|\b(?:{CODES}) ?(?:{NUMBER})(?!\d)"
        rf"|(?<![\w.,/-])(?:{NUMBER}) ?(?:[$€£¥₹]|(?:{CODES}|{NAMES})\b)",
        re.IGNORECASE,
    ),
    "date": re.compile(
        rf"\b\d{{4}}-\d\d?-\d\d?\b|(?<![\w/.-])\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d)(?![\w/])"
        rf"|\b(?:the )?{DAY}(?:st|nd|rd|th)?(?: of|\.)? {MONTH}\b\.?(?:,? \d{{4}}\b)?"
        rf"|(?:(?<=\bin )|(?<=\bof )|(?<=\bfor )|(?<=\bfrom )){MONTH}\b(?!\.? \d)"
        rf"|\b{MONTH}\.? (?:the )?{DAY}(?:st|nd|rd|th)?\b(?!\.\d)(?:,? \d{{4}}\b)?|\b{MONTH} \d{{4}}\b"
        r"|\bthe \d{1,2}(?:st|nd|rd|th)\b|\b(?:yesterday|today|the day before yesterday)\b"
        r"|\b(?:last|this) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month|year)\b",
        re.IGNORECASE,
    ),
    "order_number": re.compile(
        r"\b(?:in|ch|re|sub|inv|ord|pi|cus|exp|imp)_[A-Za-z0-9_]{3,}\b"
        r"|(?:#|\b(?:order|invoice|inv|booking|reference|ref|ticket|receipt|case|charge|payment|export|import)\b"
        r"(?: (?:number|no|nr|id|is|num)\b\.?)*[ :.#-]{1,3})(?P<number>(?=[\w-]*\d)[A-Za-z0-9][\w-]{2,30})"
        r"|\b(?P<code>[A-Z]{2,6}-?\d[\w-]{2,20})\b",
        re.IGNORECASE,
    ),
}


def slots(text: str) -> Mapping[str, str]:
    """The first of each kind; a value stands in `text` letter for letter."""
    found: dict[str, str] = {}
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            groups = match.groupdict()
            value = groups.get("number") or groups.get("code") or match[0]
            if kind == "order_number" and _otherwise(value, found):
                continue
            found[kind] = value.strip()
            break
    return found


def _otherwise(value: str, found: Mapping[str, str]) -> bool:
    """Whether a would-be order number is already known as something else, as the 29 of "USD29" is."""
    return any(value.strip() in other for other in found.values())
