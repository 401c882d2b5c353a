"""Keys and tokens that machines make: known by their look, whatever stands around them."""

import re
from collections.abc import Iterator

from deskhand.understanding.sensitive.found import Found, Kind

LONG = re.compile(r"(?<![\w.-])[\w-][\w.-]{15,}+")
VENDORS = re.compile(
    r"(?:sk|pk|rk)_(?:live|test)_\w{10,}|whsec_\w{16,}"  # Stripe
    r"|(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b|ABSK[A-Za-z0-9]{20,}"  # AWS
    r"|gh[pousr]_\w{20,}|github_pat_\w{20,}|gl(?:pat|ptt|dt|rt)-[\w-]{20,}"  # GitHub, GitLab
    r"|xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}"  # Slack
    r"|AIza[\w-]{35}|GOCSPX-[\w-]{20,}|ya29\.[\w-]{20,}|AQ\.[\w-]{20,}"  # Google
    r"|sk-[\w-]{20,}|xai-\w{20,}|gsk_\w{20,}|hf_\w{20,}|r8_\w{20,}|pplx-\w{20,}"  # language models
    r"|SG\.[\w-]{16,}\.[\w-]{16,}|key-[0-9a-f]{32}\b|[0-9a-f]{32}-us\d{1,2}\b|SK[0-9a-f]{32}\b"  # mail, telephony
    r"|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|sq0(?:atp|csp|idp)-[\w-]{20,}|EAA[A-Za-z]\w{30,}"  # shops, Square, Meta
    r"|npm_\w{30,}|pypi-[\w-]{30,}|rubygems_[0-9a-f]{40,}|dckr_pat_[\w-]{20,}"  # registries
    r"|do[opr]_v1_[0-9a-f]{40,}|dapi[0-9a-f]{32}|hv[sb]\.[\w-]{20,}|glsa_\w{20,}|sntry[su]_\w{20,}|NRAK-[A-Z0-9]{20,}"
    r"|figd_[\w-]{20,}|lin_api_\w{20,}|(?:ntn|secret)_\w{30,}|PMAK-[\w-]{20,}|pat-(?:na|eu)\d-[\w-]{30,}|sbp_\w{30,}"
    r"|ATATT3[\w-]{20,}|dp\.(?:pt|st)\.\w{20,}|AGE-SECRET-KEY-1\w{20,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"  # JSON web tokens
)
BOT = re.compile(r"(?<!\w)\d{8,10}:AA[\w-]{30,}")  # Telegram
PRIVATE = re.compile(r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
END = re.compile(r"-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
BODY = re.compile(r"[A-Za-z0-9+/=\s\\:,-]*+")
LOGIN = re.compile(r"(?<=://)[^\s/@:]{0,100}+:[^\s/@]{1,200}+(?=@)")
IN_LINK = re.compile(
    r"(?<=[?&#])(?:\w{0,20}(?:token|secret|passw(?:or)?d|signature|apikey|api_key|access_key)|code|key|sig|pwd|auth|ticket"
    r"|session|sid)=(?P<value>[^\s&#\"'<>]{4,}+)",
    re.IGNORECASE,
)
BEARER = re.compile(r"\b(?:bearer|basic)\s{1,3}(?P<value>(?=\S{0,200}[\d=+/._~-])[\w.~+/-]{12,}+=*)", re.IGNORECASE)
ON_COMMAND_LINE = re.compile(r"(?<!\S)(?:-u|--user)[ =]['\"]?(?P<value>[^\s:'\"]{1,100}:[^\s'\"]{1,100})")
HOOK = re.compile(r"(?<=hooks\.slack\.com/services/)[\w/]{20,}+")


def keys(text: str) -> Iterator[Found]:
    """Keys of the usual vendors, web tokens, private keys, and the log-in within an address."""
    for token in LONG.finditer(text):
        if key := VENDORS.match(text, token.start(), token.end()):
            yield Found(key.start(), key.end(), Kind.SECRET)
    if "://" in text:
        yield from (Found(*one.span(), Kind.SECRET) for one in LOGIN.finditer(text))
        yield from (Found(*one.span(), Kind.SECRET) for one in HOOK.finditer(text))
    if " -u" in text or "--user" in text:
        yield from (Found(*one.span("value"), Kind.SECRET) for one in ON_COMMAND_LINE.finditer(text))
    if "=" in text:
        yield from (Found(*one.span("value"), Kind.SECRET) for one in IN_LINK.finditer(text))
    if ":AA" in text:
        yield from (Found(*one.span(), Kind.SECRET) for one in BOT.finditer(text))
    lower = text.lower()
    if "bearer" in lower or "basic" in lower:
        yield from (Found(*one.span("value"), Kind.SECRET) for one in BEARER.finditer(text))
    yield from _private(text)


def _private(text: str) -> Iterator[Found]:
    """With its last line, or as far as there is nothing else when that one is missing."""
    place, ended = 0, True
    while begin := PRIVATE.search(text, place):
        end = END.search(text, begin.end()) if ended else None
        ended = end is not None  # where one has no end, no later one has
        body = BODY.match(text, begin.end())
        assert body is not None, "it may be empty"
        place = end.end() if end else body.end()
        yield Found(begin.start(), place, Kind.SECRET)
