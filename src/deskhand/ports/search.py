"""Finding what is near a message: passages of the company's knowledge, and what agents made of suggestions."""

from typing import Protocol

from deskhand.domain.article import ANYBODY, Asker, Hit
from deskhand.domain.example import Example


class Knowledge(Protocol):
    """What customers may read: articles for the public, and those for customers when it is proven that they are one.
    Never what is for agents only, and never a resolved ticket."""

    def search(self, question: str, limit: int = 5, asker: Asker = ANYBODY) -> tuple[Hit, ...]:
        """The nearest passages, best first, however far they are; each text once, and of a family one article.

        Empty also when what this asker may not read is clearly nearer: the rest would answer something else.
        """
        ...

    def within(self, source: str, question: str, asker: Asker = ANYBODY) -> tuple[Hit, ...]:
        """Passages of one article, nearest first; empty when there is none that this asker may read."""
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
