"""What a source says twice is kept once."""

from collections.abc import Iterable
from dataclasses import replace

from deskhand.domain.article import Article
from deskhand.ports.knowledge import Unread


def once(articles: Iterable[Article]) -> tuple[tuple[Article, ...], tuple[Unread, ...]]:
    """Without those that say the same to the same people as one before them."""
    first: dict[Article, str] = {}
    kept: list[Article] = []
    twice: list[Unread] = []
    for one in articles:
        same = replace(one, source="", title="", updated_at=one.updated_at.min, owner="", family="")
        if (before := first.setdefault(same, one.source)) == one.source:
            kept.append(one)
        else:
            twice.append(Unread(one.source, f"says word for word what {before} says, which is kept", gone=True))
    return tuple(kept), tuple(twice)
