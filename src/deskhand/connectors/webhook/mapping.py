"""Which field of a company's own JSON is what: its thread, who writes, and their words."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.domain.digest import digest
from deskhand.domain.errors import Malformed
from deskhand.domain.incoming import Incoming
from deskhand.domain.storable import storable
from deskhand.domain.ticket import Requester

EMAIL = re.compile(r"(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
LONGEST = 20_000  # characters of a message
NAME = 200  # of a name, a subject, or the id of a thread


@dataclass(frozen=True)
class Mapped:
    """Paths such as "message.text" or "items.0.body". `only`: what other fields must hold for it to be a message.

    No field says how well we know who writes: whoever it names is only claimed.
    """

    thread: str
    requester: str
    text: str
    name: str = ""
    subject: str = ""
    only: Mapping[str, str] = field(default_factory=dict)

    def read(self, channel: str, id: str, body: bytes) -> Incoming | None:
        """None when it is none of our business. `Malformed` when what we need is not there."""
        try:
            told = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Malformed(f"no JSON: {type(error).__name__}") from error
        if any(_text(told, path) != wanted for path, wanted in self.only.items()):
            return None
        thread, email, text = (_text(told, path) for path in (self.thread, self.requester, self.text))
        if not thread or len(thread) > NAME or not EMAIL.fullmatch(email) or not text.strip() or len(text) > LONGEST:
            raise Malformed("the thread, the requester's address or the text is not there, or is none")
        who = Requester(_line(_text(told, self.name)), email, verified=False)
        return Incoming(
            channel=channel,
            id=id,
            requester=who,
            text=text,
            subject=_line(_text(told, self.subject)),
            thread=digest([thread, email.casefold()])[:40],  # nobody joins the thread of another
            route={"thread": thread},
        )


def _text(told: Any, path: str) -> str:
    """The text or the whole number at this path; "" when there is neither."""
    if not path:
        return ""
    for name in path.split("."):
        if isinstance(told, dict):
            told = told.get(name)
        elif isinstance(told, list) and name.isdigit() and int(name) < len(told):
            told = told[int(name)]
        else:
            return ""
    if isinstance(told, str):
        return storable(told)
    return str(told) if isinstance(told, int) and not isinstance(told, bool) else ""


def _line(text: str) -> str:
    return " ".join(text.split())[:NAME]
