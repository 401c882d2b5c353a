"""The other side of `client.py`, for the twins of mail servers."""

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from deskhand.connectors.bearer.client import OAUTHBEARER, XOAUTH2


@dataclass
class BearerDoor:
    """Who comes in by a token. `takes` is asked with user and token; `mechanisms` are offered. `came` and `refused`
    hold the tokens in order."""

    takes: Callable[[str, str], bool]
    mechanisms: tuple[str, ...] = (XOAUTH2,)
    came: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def opens(self, mechanism: str, said: str, ask: Callable[[str], str]) -> bool:
        """`said` and what `ask` gives are base64. ValueError for what this mechanism does not say."""
        user, token = _read(mechanism, _text(said))
        if self.takes(user, token):
            self.came.append(token)
            return True
        self.refused.append(token)
        why = json.dumps({"status": "401", "schemes": "bearer", "scope": "mail"})
        if _text(ask(base64.b64encode(why.encode()).decode())) != ("" if mechanism == XOAUTH2 else "\x01"):
            raise ValueError("they are to acknowledge the refusal")
        return False


def _read(mechanism: str, said: str) -> tuple[str, str]:
    pattern = {
        XOAUTH2: r"user=([^\x01]+)\x01auth=Bearer ([!-~]+)\x01\x01",
        OAUTHBEARER: r"n,a=([^\x01,]+),\x01host=[^\x01]+\x01port=\d+\x01auth=Bearer ([!-~]+)\x01\x01",
    }[mechanism]
    found = re.fullmatch(pattern, said)
    if not found:
        raise ValueError(f"that is not {mechanism}")
    return found[1].replace("=2C", ",").replace("=3D", "="), found[2]


def _text(said: str) -> str:
    try:
        return base64.b64decode(said, validate=True).decode()
    except binascii.Error as error:
        raise ValueError("that is no base64") from error
