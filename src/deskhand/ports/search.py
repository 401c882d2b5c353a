"""Finding passages of the company's knowledge."""

from typing import Protocol

from deskhand.domain.article import Article, Hit


class Knowledge(Protocol):
    def search(self, question: str, limit: int = 5) -> tuple[Hit, ...]:
        """The nearest passages that a customer may read, best first, however far they are."""
        ...

    def article(self, source: str) -> Article | None:
        """The whole article, or None."""
        ...
