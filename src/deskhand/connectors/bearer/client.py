"""Signing in to mail servers with a token of OAuth: XOAUTH2, or OAUTHBEARER (RFC 7628) where there is only that."""

import imaplib
from collections.abc import Callable, Iterable

from deskhand.domain.errors import NotSent, Refused

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


def sign_in_by(tokens: Tokens, tried: Callable[[str], bool], where: str, advice: str) -> None:
    """`tried` says whether a token was accepted. Another is tried once: they may have ended the first before its time.
    `Refused` with `advice` when that is not accepted either; `NotSent` when they hung up before they heard of it."""
    used = tokens("")
    if tried(used):
        return
    another = tokens(used)
    try:
        if another != used and tried(another):
            return
    except (OSError, imaplib.IMAP4.abort) as error:
        what = f"our token is not accepted, and they hung up before another one was tried: {advice}"
        raise NotSent(f"{where}: {what}") from error
    raise Refused(f"{where}: our token is not accepted: {advice}")
