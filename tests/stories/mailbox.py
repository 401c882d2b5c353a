"""Where letters arrive: a mailer that keeps them, and may lose its answer or refuse."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from deskhand.domain.action import Receipt
from deskhand.domain.errors import Invalid, Unconfirmed

CODE = re.compile(r"\b(\d{4}) (\d{4})\b")


@dataclass(frozen=True)
class Delivered:
    to: str
    subject: str
    text: str

    @property
    def code(self) -> str:
        (found,) = CODE.findall(self.text)
        return "".join(found)


@dataclass
class Mailbox:
    """`letters` is all that was ever sent, by key. `trouble`: how the next sending goes wrong."""

    letters: list[tuple[str, Delivered]] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    system: str = "mail"

    def send(self, to: str, subject: str, text: str, *, key: str) -> Receipt:
        trouble = self.trouble.pop(0) if self.trouble else ""
        if trouble == "refused":
            raise Invalid("550 no such mailbox")
        letter = Delivered(to, subject, text)
        if (key, letter) not in self.letters:
            self.letters.append((key, letter))
        if trouble == "lost":
            raise Unconfirmed(key, "no answer")
        return Receipt(key, self.system, f"letter_{len(self.letters)}", datetime(2026, 1, 1, tzinfo=UTC))

    def to(self, address: str) -> list[Delivered]:
        return [letter for _, letter in self.letters if letter.to == address]

    def code(self, address: str) -> str:
        """The one in the newest letter to this address."""
        return self.to(address)[-1].code
