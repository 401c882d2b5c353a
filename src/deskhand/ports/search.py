"""Finding passages of the company's knowledge."""

from typing import Protocol

from deskhand.domain.article import Hit


class Knowledge(Protocol):
    def search(self, question: str, limit: int = 5) -> tuple[Hit, ...]:
        """The nearest passages that a customer may read, best first, however far they are."""
        ...

    def within(self, source: str, question: str) -> tuple[Hit, ...]:
        """Passages of one article that a customer may read, nearest first; empty when there is none."""
        ...
