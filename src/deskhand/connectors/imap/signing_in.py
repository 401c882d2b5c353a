"""Saying to an IMAP server who we are: by password, or by a token."""

import imaplib

from imap_tools import BaseMailBox

from deskhand.connectors.bearer.client import Tokens, mechanism, sign_in_by, words
from deskhand.connectors.imap.server import Server
from deskhand.domain.errors import Busy, Refused


def sign_in(box: BaseMailBox, at: Server, where: str) -> None:
    """`Refused` when a token is not accepted. A password that is not raises what `imap_tools` raises."""
    if at.tokens is None:
        box.login(at.user, at.password, initial_folder=None)
    else:
        _by_token(box.client, at, at.tokens, where)


def _by_token(client: imaplib.IMAP4, at: Server, tokens: Tokens, where: str) -> None:
    by = mechanism(one[5:] for one in client.capabilities if one.startswith("AUTH="))
    if not by:
        raise Refused(f"{where}: takes no tokens (XOAUTH2 or OAUTHBEARER): none was sent")

    def tried(token: str) -> bool:
        said = iter(words(by, at.user, token, at.host, at.port))
        try:
            client.authenticate(by, lambda _: next(said, None))  # type: ignore[arg-type,return-value]
        except imaplib.IMAP4.abort:  # no word of refusal: the connection is gone
            raise
        except imaplib.IMAP4.error as error:
            if "[UNAVAILABLE]" in str(error):  # RFC 5530: whoever knows our tokens does not answer them
                raise Busy(f"{where}: cannot tell now whether our token is good") from error
            return False
        return True

    sign_in_by(tokens, tried, where, "see that its app may use this very mailbox")
