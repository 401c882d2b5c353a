"""Run by the Python of aiosmtpd, which we do not import: its server, with sign-in by tokens, until it is stopped.

    python token_post.py PORT TOKEN CERTIFICATE

It says on a line of its own output each token that it was given, and who sent to whom.
"""

import asyncio
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class Post:
    def __init__(self, token: str) -> None:
        self.token = token

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        said = args[1].encode() if len(args) > 1 else await server.challenge_auth("")
