"""Which articles answers rest on, and which none does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from deskhand.domain.article import Article
from deskhand.measurement.knowledge.past import Ended

PUBLIC = "public"  # what no customer may read is never cited


@dataclass(frozen=True)
class Use:
    """`answers` are the messages whose last plan cites it; `title` is empty when there is no such article any more."""

    source: str
    title: str
    answers: int
    last: datetime | None


@dataclass(frozen=True)
class Usage:
    """`used` by most answers first; `unused` are public articles; `untold` are answers whose line only counts its
    citations, as lines once did."""

    used: tuple[Use, ...]
    unused: tuple[Use, ...]
    untold: int


def usage(ended: Iterable[Ended], articles: Iterable[Article]) -> Usage:
    times: dict[str, list[datetime]] = {}
    titles = {one.source: one for one in articles}
    untold = 0
    for one in ended:
        untold += one.untold
        for source in {cited.source for cited in one.cited}:
            times.setdefault(source, []).append(one.at)
    used = [
        Use(source, titles[source].title if source in titles else "", len(at), max(at)) for source, at in times.items()
    ]
    unused = [
        Use(one.source, one.title, 0, None)
        for one in titles.values()
        if one.audience == PUBLIC and not one.precedent and one.source not in times
    ]
    return Usage(
        tuple(sorted(used, key=lambda use: (-use.answers, use.source))),
        tuple(sorted(unused, key=lambda use: use.source)),
        untold,
    )
