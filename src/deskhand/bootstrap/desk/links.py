"""The addresses by which customers reach what is theirs alone: receipts, summaries, and the question how it was."""

from dataclasses import dataclass, field

from deskhand.infrastructure.receipt_token import RATING, token_of
from deskhand.workflows.correct import name_of


@dataclass(frozen=True)
class Links:
    """`address`: where the desk is reached; without one there are no links."""

    address: str
    secret: bytes = field(repr=False)

    def receipt(self, key: str) -> str:
        return self._at("receipts", token_of(key, self.secret))

    def summary(self, ticket: str, message: str) -> str:
        return self._at("summaries", token_of(name_of(ticket, message), self.secret))

    def rating(self, name: str) -> str:
        return self._at("ratings", token_of(name, self.secret, RATING))

    def _at(self, page: str, token: str) -> str:
        return f"{self.address}/{page}/{token}" if self.address else ""
