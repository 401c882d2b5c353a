"""Passwords, and keys of any look: known by the words that people put before them."""

import re
from collections.abc import Iterator

from deskhand.understanding.sensitive.found import Found, Kind

IS = r"is|was|are|will be|ist|war|lautet|lautete|est|était|es|era|é|è|är|er|to|as|jest"
NO_ARTICLE = r"(?!(?:the|my|your|our|this|that|a|an|die|das|der|le|la|el|het|de)\b)"
BETWEEN = r"(?:[ \t]{1,3}(?!(?:and|or|but|not|n't|und|oder|et|y)\b)[\w'@.-]{1,24}){0,6}?"  # "... I use for the portal"
OPENS, CLOSES = "\"'`\u2018\u201c\u201e\u00ab", "\"'`\u2018\u2019\u201c\u201d\u00bb"
NOUN = (
    r"(?<![^\W_])(?:pass[ _-]?(?:word|code|phrase|wd)|password\w{0,3}|(?<!boarding )(?<!season )pass(?=[ :=])|pwd"
    r"|pw(?=\s?[:= ])|passwort\w{0,3}|kennwort|mot de passe|contrase[nñ]a|senha|wachtwoord|has[lł]o|l[öo]senord"
    r"|adgangskode|passord|salasana|api[ _-]?key|secret[ _-]?(?:access[ _-]?)?key"
    r"|(?:client|app|shared|webhook)[ _-]?secret|(?:access|auth|api|refresh|bearer|session)?[ _-]?token)(?![^\W_])"
)
SIGN = rf"\"?{BETWEEN}[ \t]{{0,3}}(?::=|=>|->|[:=](?!//))\s{{0,3}}(?:(?:{IS})[ \t]{{1,3}})?"
LATER = r"[^\n.]{0,40}?\b(?:it|one|which)(?:'s| is| was)(?: now)?"  # "I changed it yesterday, it is now ..."
VERB = rf"(?:{BETWEEN}[ \t]{{1,3}}(?:{IS})|{LATER})[ \t]{{0,3}}:?\s{{1,3}}{NO_ARTICLE}"
BARE = rf"{BETWEEN}[ \t]{{0,3}}\(|[ \t]{{1,3}}"
QUOTED = rf"\(?[{OPENS}](?P<quoted>[^{CLOSES}\n]{{1,80}})[{CLOSES}]"
VALUE = r"(?P<value>[^\s\"\u201c\u201d\u00ab\u00bb]{3,200}+)"
PASSWORD = re.compile(rf"{NOUN}(?:{SIGN}|{VERB}|(?P<bare>{BARE}))(?:{QUOTED}|{VALUE})", re.IGNORECASE)
LAST = ".,;:)]}>?"
WORDS = frozenset(
    "a able about accepted again already also always an and any asked at bad because been being blank blocked but by"
    " can cannot case case-sensitive changed correct different does down empty encrypted enough expired fine for from"
    " forgotten found gone good good? hard has have here hidden i in incorrect invalid it just known lost maybe missing"
    " my needed never new no none not not-working now ok okay old on one only or out please probably really required"
    " reset right safe same secret secure sent set shared short so still strong super that the then there this to too"
    " unclear under unknown unset up used valid very visible weak what where which well wrong yes you your"
    " falsch richtig weg abgelaufen vergessen nicht ungültig gesperrt faux incorrecte oublié expiré incorrecta onjuist"
    " fout verlopen null n/a tbd".split()
)
COUNTED = re.compile(r"\s{1,2}(?:char|letter|digit|symbol|word|day|hour|minute|week|month|year|time|sign)", re.I)
CLAUSE_ENDS = re.compile(
    r"\s*(?:$|[.,;!?)\n/]|(?:and|but|please|pls|for|it|thanks?|thx|und|aber|bitte|when|if)\b)", re.IGNORECASE
)

TYPED = re.compile(
    r"(?P<value>(?=\S{0,80}\d)[^\s\"'(]{4,80}+)[\"']? (?:as|for|is|was) (?:my|the|our|a|your) (?:\w{1,15} )?"
    r"(?:password|passcode|passphrase|pwd|pw|passwort|pin)\b",
    re.IGNORECASE,
)
HINTS = (
    *"pass pwd pw kennwort contrase senha wachtwoord has lösenord losenord adgangskode salasana key".split(),
    *("secret", "token", "pin"),
)


def passwords(text: str) -> Iterator[Found]:
    """The values only; the words around them stay."""
    lower = text.lower()
    if any(hint in lower for hint in HINTS):
        yield from (found for one in PASSWORD.finditer(text) if (found := _password(text, one)))
        yield from (Found(*one.span("value"), Kind.SECRET) for one in TYPED.finditer(text))


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
