"""Signing in to mail servers with a token of OAuth: XOAUTH2, or OAUTHBEARER (RFC 7628) where there is only that."""

from collections.abc import Callable, Iterable

XOAUTH2, OAUTHBEARER = "XOAUTH2", "OAUTHBEARER"
Tokens = Callable[[str], str]  # a token that is another one than this; "" for any


def mechanism(offered: Iterable[str]) -> str:
    """The one to use, of what a server offers; "" when it takes no tokens."""
    named = {one.upper() for one in offered}
    return next((one for one in (XOAUTH2, OAUTHBEARER) if one in named), "")


def words(mechanism: str, user: str, token: str, host: str, port: int) -> tuple[str, str]:
    """What we say, one line after the other, before it is encoded. The second is for a server that refuses: it first
    says why, and waits for a word of ours before it says no."""
    if mechanism == XOAUTH2:
        return f"user={user}\x01auth=Bearer {token}\x01\x01", ""
    name = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={name},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01", "\x01"


def accepted(tokens: Tokens, tried: Callable[[str], bool]) -> bool:
    """Whether one was. Another is tried once: they may have ended the first before its time."""
    used = tokens("")
    if tried(used):
        return True
    another = tokens(used)
    return another != used and tried(another)
