"""Finding what is near a message: passages of the company's knowledge, and what agents made of suggestions."""

from typing import Protocol

from deskhand.domain.article import Hit
from deskhand.domain.example import Example


class Knowledge(Protocol):
    def search(self, question: str, limit: int = 5) -> tuple[Hit, ...]:
        """The nearest passages that a customer may read, best first, however far they are."""
        ...

    def within(self, source: str, question: str) -> tuple[Hit, ...]:
        """Passages of one article that a customer may read, nearest first; empty when there is none."""
        ...


class Precedents(Protocol):
    def near(self, message: str, language: str) -> tuple[Example, ...]:
        """Kept examples of messages in this language that mean nearly the same, nearest first, three at most."""
        ...

    def forget(self) -> None:
        """Let no cache outlive an example that was erased."""
        ...


class NoPrecedents:
    """Keeps `Precedents` where a desk does without."""

    def near(self, message: str, language: str) -> tuple[Example, ...]:
        return ()

    def forget(self) -> None:
        """There is nothing to forget."""
