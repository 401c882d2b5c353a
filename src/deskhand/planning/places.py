"""Where a text sends the reader: links, e-mail addresses, telephone numbers, ways through the settings; and ids."""

import re
from collections.abc import Collection
from itertools import pairwise

from deskhand.planning.claim import Claim, Of

HOSTS = (
    "com|org|net|io|example|dev|app|info|biz|me|ai|co|eu|de|at|ch|fr|es|it|pt|nl|be|pl|dk|se|no|fi|uk|us|ca|help|support"
    "|cloud|shop|online|site|tech|xyz|page|link|ly|ru|cn|br|jp|kr|au|nz|mx|tr|ua|gr|hu|ro|cz|sk|ie|cc|tv|gg|tk|pw|su"
    "|mobi|icu|club|live|store|website|space|click|vip|top"
)
ADDRESS = re.compile(
    r"\b(?:https?|ftp)://[^\s)>\]\"]{1,2000}|\b(?:mailto|tel):[^\s)>\]]{1,200}"
    r"|(?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    rf"|(?<![\w.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,8}}\.(?:{HOSTS})\b(?:[/:?#][^\s)>\]]{{0,500}})?"
)
HOST = re.compile(r"(?:[\w.+-]{1,64}@)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?::\d{1,5})?(?:[/?#].*)?")
NEARBY = re.compile(r"#[\w-]+|(?:\.{0,2}/)?(?:\.\./|[\w-]+/){0,9}[\w-]+(?:\.md|\.html?)?(?:#[\w-]*)?")
TARGET = re.compile(r"\]\(([^()\s]{1,500})\)")
PHONE = re.compile(r"(?<![\w.,-])(?:\+ ?|\()?\d(?:[ ()./-]{0,2}\d){6,14}(?![\w])")
GROUPED = re.compile(r"\d{1,3}(?: \d{3})+")
NOT_IDS = "CSV|PDF|XLSX|SSO|API|URL|FAQ|UTC|GMT|GB|MB|TB|KB|SMS|CET|EST|PST|BST|HTTP|VAT|TOP|MAX|MIN"
ID = re.compile(
    r"\b[a-z]{2,8}_ ?[A-Za-z0-9_]{2,80}(?: \d{2,12}){0,3}\b"
    rf"|\b(?!(?:{NOT_IDS})\b)[A-Z]{{2,6}}-?\d[\w-]{{0,80}}(?: \d{{2,12}}){{0,4}}"
    rf"|\b(?!(?:{NOT_IDS})\b)[A-Z]{{2,6}} \d{{3,12}}(?:[ -]\d{{1,12}}){{0,4}}(?![\w.,]\d)"
    r"|#\d{1,40}|\b\d{5,40}\b"
)
RECORD = re.compile(r"[a-z]{2,8}_ ?(?=\w*(?:\d|[a-z][A-Z]))\w{6,}")
LABEL = re.compile(r"\*\*([^*\n]{1,120})\*\*")
STEP = re.compile(r"([\w?']{1,40})[\"')]{0,2} ?(?:>|→|») ?[\"'(]{0,2}(?=([\w?']{1,40}))")


def addresses(text: str) -> list[Claim]:
    """Links, hosts and e-mail addresses, in lower case, without what they begin with."""
    found = [Claim(Of.ADDRESS, m[0], (bare(m[0]),)) for m in ADDRESS.finditer(text)]
    seen = {claim.value for claim in found}
    targets = [Claim(Of.ADDRESS, m[1], (bare(m[1]),)) for m in TARGET.finditer(text)]
    return found + [claim for claim in targets if claim.value not in seen]


def bare(address: str) -> str:
    """lumen.example/a for https://www.lumen.example/a/."""
    rest = re.sub(r"^(?:https?://|ftp://|mailto:|tel:)?(?:www\.)?", "", address.lower())
    return rest.rstrip(".,;:!?/'\"*")


def host(address: str) -> str:
    """Whom a link or an e-mail address leads to, in lower case; "" when that cannot be told for sure."""
    found = HOST.fullmatch(bare(address))
    return found[1] if found else ""


def leads_to(address: str, hosts: Collection[str]) -> bool:
    """Whether it leads to one of these hosts, to a part of one, or to nobody else: one page names another so."""
    if NEARBY.fullmatch(address):
        return True
    there = host(address)
    return any(there == one or there.endswith(f".{one}") for one in hosts)


def phones(text: str) -> list[Claim]:
    """Seven digits and more in groups. What could be one number in groups of three says so in its value."""
    found = []
    for m in PHONE.finditer(text):
        digits = re.sub(r"\D", "", m[0])
        if m[0].isdigit() and not m[0].startswith("0"):
            continue
        found.append(Claim(Of.PHONE, m[0], (digits, bool(GROUPED.fullmatch(m[0])))))
    return found


def ids(text: str) -> list[Claim]:
    """Ids and numbers that look like one, without blanks and hyphens."""
    return [Claim(Of.ID, m[0], (compact(m[0]),)) for m in ID.finditer(text)]


def compact(id: str) -> str:
    """The letters and digits of an id, in lower case."""
    return re.sub(r"[^a-z0-9]", "", id.lower())


def is_record(id: str) -> bool:
    """Whether a system gave it to one of its records: cus_4Fh2kLw9."""
    return bool(RECORD.match(id))


def ways(text: str) -> list[Claim]:
    """From one label in bold to the next: the steps of a list are a way, too."""
    labels = [re.findall(r"[\w?']{1,40}", label) for label in LABEL.findall(text)]
    pairs = [(one[-1].lower(), other[0].lower()) for one, other in pairwise(filter(None, labels))]
    return [Claim(Of.PATH, f"{one} > {other}", (one, other)) for one, other in pairs]


def paths(text: str) -> list[Claim]:
    """Each step of a way like Settings > Billing: the words before and behind the mark."""
    return [Claim(Of.PATH, f"{m[1]} > {m[2]}", (m[1].lower(), m[2].lower())) for m in STEP.finditer(text)]
