"""Passwords, PINs, security codes and one-time codes: known by the words that people put before them."""

import re
from collections.abc import Iterator

from deskhand.understanding.sensitive.found import Found, Kind

IS = r"is|was|are|will be|ist|war|lautet|lautete|est|était|es|era|é|è|är|er|to|jest"
NO_ARTICLE = r"(?!(?:the|my|your|our|this|that|a|an|die|das|der|le|la|el|het|de)\b)"
BETWEEN = r"(?:[ \t]{1,3}(?!(?:and|or|but|not|n't|und|oder|et|y)\b)[\w'@.-]{1,24}){0,6}?"  # "... I use for the portal"
OPENS, CLOSES = "\"'`\u2018\u201c\u201e\u00ab", "\"'`\u2018\u2019\u201c\u201d\u00bb"
PASSWORD = re.compile(
    r"(?<![^\W_])(?:pass[ _-]?(?:word|code|phrase|wd)|password\w{0,3}|pass(?=\s?[:=])|pwd|pw(?=\s?[:= ])"
    r"|passwort\w{0,3}|kennwort|mot de passe|contrase[nñ]a|senha|wachtwoord|has[lł]o|l[öo]senord|adgangskode|passord"
    r"|salasana|api[ _-]?key|secret[ _-]?(?:access[ _-]?)?key|(?:client|app|shared|webhook)[ _-]?secret"
    r"|(?:access|auth|api|refresh|bearer|session)?[ _-]?token)(?![^\W_])"
    rf"(?:(?P<sign>\"?{BETWEEN}[ \t]{{0,3}}(?::=|=>|->|[:=](?!//))\s{{0,3}}(?:(?:{IS})[ \t]{{1,3}})?)"
    rf"|(?P<verb>{BETWEEN}[ \t]{{1,3}}(?:{IS})[ \t]{{0,3}}:?\s{{1,3}}{NO_ARTICLE})|(?P<bare>[ \t]{{1,3}}))"
    rf"(?:\(?[{OPENS}](?P<quoted>[^{CLOSES}\n]{{1,80}})[{CLOSES}]|(?P<value>[^\s\"\u201c\u201d\u00ab\u00bb]{{3,200}}+))",
    re.IGNORECASE,
)
LAST = ".,;:)]}>?"
WORDS = frozenset(
    "a able about accepted again already also always an and any asked at bad because been being blank blocked but by"
    " can cannot case case-sensitive changed correct different does down empty encrypted enough expired fine for from"
    " forgotten found gone good good? hard has have here hidden i in incorrect invalid it just known lost maybe missing"
    " my needed never new no none not not-working now ok okay old on one only or out please probably really required"
    " reset right safe same secret secure sent set shared short so still strong super that the then there this to too"
    " unclear under unknown unset up used valid very visible weak what where which wrong yes you your"
    " falsch richtig weg abgelaufen vergessen nicht ungültig gesperrt faux incorrecte oublié expiré incorrecta onjuist"
    " fout verlopen null n/a tbd".split()
)
COUNTED = re.compile(r"\s{1,2}(?:char|letter|digit|symbol|word|day|hour|minute|week|month|year|time|sign)", re.I)
CLAUSE_ENDS = re.compile(
    r"\s*(?:$|[.,;!?)\n/]|(?:and|but|please|pls|for|it|thanks?|thx|und|aber|bitte|when|if)\b)", re.IGNORECASE
)

PIN = re.compile(
    r"\bpin(?:[ -]?(?:code|number|nummer))?\b(?:[ \t]{1,3}(?:is|was|ist|est|es)\b)?[ \t]{0,3}[:=#]?[ \t]{0,3}"
    r"(?P<value>\d(?:[ -]?\d){3,7})(?![\w-])",
    re.IGNORECASE,
)
CVV = re.compile(
    r"\b(?:cvv2?|cvc2?|csc|cid|security code|card verification (?:code|number|value)|prüfziffer|kartenprüfnummer)\b"
    r"(?:[ \t]{1,3}(?:is|was|number|code|ist|on the back)\b){0,3}[ \t]{0,3}[:=(#]?[ \t]{0,3}"
    r"(?P<value>\d{3,4})(?![\w-])",
    re.IGNORECASE,
)
SOURCES = (
    r"otp|2fa|mfa|tan|one[ -]?time|verification|security|log[ -]?in|sign[ -]?in|authenticat(?:ion|or)|auth|sms"
    r"|access|backup|recovery|activation|einmal|bestätigungs|sicherheits|vérification|verificación|verificatie"
)
CODE = rf"(?:otp|tan|(?:{SOURCES})[ -]?(?:pass)?(?:codes?|pins?|passwords?))"
SENT = r"(?= (?:that )?(?:you|they|i|was|we) (?:just )?(?:sent|texted|emailed|mailed|got|received))"
ONCE = re.compile(
    rf"\b(?:{CODE}|codes?{SENT})\b(?:[ \t]{{1,3}}(?!(?:and|or|but|for order)\b)[\w']{{1,12}}){{0,6}}?"
    r"[ \t]{0,3}[:=#]?[ \t]{0,3}(?P<value>(?:[A-Z]{1,2}-)?\d{3,4}(?:[ -]?\d{2,4})?)(?![\w-])",
    re.IGNORECASE,
)
REVERSE = re.compile(
    r"(?<![\w#])(?P<value>\d{3,4}[ -]?\d{0,4}) (?:is|ist|est|es) (?:your|my|the|a|dein|ihr|votre|su|tu) "
    rf"(?:\w{{1,15}} ){{0,2}}{CODE}\b",
    re.IGNORECASE,
)
HINTS = {
    PASSWORD: (
        *"pass pwd pw kennwort contrase senha wachtwoord has lösenord losenord adgangskode salasana key".split(),
        *"secret token".split(),
    ),
    PIN: ("pin",),
    CVV: ("cv", "csc", "cid", "security code", "card verif", "prüf"),
    ONCE: ("otp", "tan", "code", "pin", "password"),
    REVERSE: ("otp", "tan", "code", "pin", "password"),
}


def passwords(text: str) -> Iterator[Found]:
    """The values only; the words around them stay."""
    lower = text.lower()
    for pattern, hints in HINTS.items():
        if not any(hint in lower for hint in hints):
            continue
        for one in pattern.finditer(text):
            if pattern is not PASSWORD:
                yield Found(*one.span("value"), Kind.SECRET)
            elif found := _password(text, one):
                yield found


def _password(text: str, match: re.Match[str]) -> Found | None:
    if match["quoted"]:
        return Found(*match.span("quoted"), Kind.SECRET)
    start, end = match.span("value")
    while end > start + 1 and text[end - 1] in LAST:
        end -= 1
    return Found(start, end, Kind.SECRET) if _secret(text, start, end, bare=bool(match["bare"])) else None


def _secret(text: str, start: int, end: int, *, bare: bool) -> bool:
    """Whether this is what somebody types, and not the next word of a sentence. `bare`: nothing says that it is."""
    value = text[start:end]
    word = value.lower().strip("!?.,'")
    if word in WORDS or word.endswith(("n't", "ing")) or len(value) < 3 or value[0] in "[<{(" or "://" in value:
        return False
    letters, digits = any(c.isalpha() for c in value), sum(c.isdigit() for c in value)
    signs = any(not c.isalnum() and c not in "-'." for c in value[:-1])
    if digits and (letters or signs or len(value) >= 4):
        return not COUNTED.match(text, end) and (not bare or (letters and len(value) >= 5))
    mixed = any(c.isupper() for c in value[1:]) and any(c.islower() for c in value)
    return signs or mixed or (not bare and not word.endswith("ed") and bool(CLAUSE_ENDS.match(text, end)))
