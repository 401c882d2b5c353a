"""What language models were asked, and what agents made of suggestions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from deskhand.domain.example import Example
from deskhand.domain.model_call import ModelCall


class ModelCalls(Protocol):
    def note(
        self, ticket: str, message: str, call: ModelCall, *, policy: str, question: str, answer: str, at: datetime
    ) -> None:
        """The journal's line of this call (which holds no words), and apart from it what was asked and answered."""
        ...

    def of_ticket(self, ticket: str) -> Sequence[tuple[str, ModelCall]]:
        """Each call with the message it was made for, from the journal, oldest first."""
        ...

    def answer(self, ticket: str, question: str) -> str | None:
        """The answer to the question with this digest, when there was one."""
        ...

    def words(self, ticket: str) -> Sequence[tuple[str, str, str]]:
        """(digest of the question, question, answer) of every call on this ticket that was answered, oldest first."""
        ...


class Examples(Protocol):
    def keep(self, example: Example, ticket: str) -> bool:
        """With its journal line, which holds no words. False, and nothing is written, when there is one with this id
        already, or when this desk keeps none."""
        ...

    def all(self, customer: str = "") -> Sequence[Example]:
        """Oldest first; of one customer (a `Ref` as text), or of everybody."""
        ...

    def get(self, id: str) -> Example | None: ...

    def erase(self, customer: str) -> int:
        """Every example of this customer; how many. Call `Store.scrub` after the commit."""
        ...

    def erase_one(self, id: str) -> bool:
        """False when there is none. Call `Store.scrub` after the commit."""
        ...
