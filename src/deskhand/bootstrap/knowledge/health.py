"""Knowledge health of a desk: its articles, its journal, and the words that it keeps, put together for reading."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.storage.queries import Queries
from deskhand.bootstrap.storage.store import has_journal
from deskhand.domain.article import Article
from deskhand.domain.example import Example
from deskhand.domain.standing import Standing
from deskhand.infrastructure.library.library import articles_in
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.likeness import Alike
from deskhand.infrastructure.search.vector_cache import VectorCache
from deskhand.infrastructure.storage import queries
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.examples import KeptExamples
from deskhand.infrastructure.storage.migrations import set_up
from deskhand.measurement.knowledge.health import Health
from deskhand.measurement.knowledge.past import Past, past
from deskhand.settings import Settings
from deskhand.workflows.knowledge_health import compared_since
from deskhand.workflows.knowledge_health import knowledge_health as health_of

Progress = Callable[[str, int, int], None]
BEFORE = timedelta(minutes=1)  # a row is written just before its journal line


def knowledge_health(settings: Settings, *, now: datetime, progress: Progress) -> Health:
    """A desk that was never asked anything has a health, too: what its articles say of each other. `progress` is told
    what is being read, how much of it, and of how much."""
    table, own = settings.table, load_folder(settings).articles
    kept = settings.state.exists()
    embed, cache = MiniLM(), VectorCache(settings.state / "vectors.sqlite" if kept else None)
    told, standings, examples, taken_over = _remembered(settings)
    known = {one.source for one in own}  # as they are now, whatever was taken over
    articles = (*own, *(one for one in taken_over if one.source not in known))
    return health_of(
        told,
        articles,
        standings=standings,
        examples=examples,
        published=Alike(embed, cache.vectors, partial(progress, "Comparing articles")),
        # Words of people are in no cache: when they are erased, all of them is.
        private=Alike(embed, progress=partial(progress, "Comparing questions")),
        nameless=table.company.split(),
        stale_days=table.knowledge.stale_days,
        gap_messages=table.knowledge.gap_messages,
        now=now,
    )


def _remembered(
    settings: Settings,
) -> tuple[Past, list[tuple[str, str, Standing]], list[Example], tuple[Article, ...]]:
    if not has_journal(settings):
        return Past(), [], [], ()
    database = connect(settings.database_url, settings.table.privacy.own)
    try:
        set_up(database)
        told = past(Queries(database).lines())
        examples = list(KeptExamples(database).after(0).values())
        return told, _standings(database, compared_since(told)), examples, articles_in(database)
    finally:
        database.dispose()


def _standings(database: sa.Engine, since: datetime | None) -> list[tuple[str, str, Standing]]:
    if since is None:
        return []
    with database.connect() as connection:
        return list(queries.standings(connection, since - BEFORE))
