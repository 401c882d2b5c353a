"""All ten, in the guide's order. One that cannot be looked at is not proven, and the others are looked at."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.golive import record, rules, systems
from deskhand.bootstrap.golive.item import Item
from deskhand.bootstrap.golive.knowledge import knowledge
from deskhand.bootstrap.knowledge.library import build_library
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.storage.queries import Queries
from deskhand.bootstrap.storage.store import has_journal, open_store
from deskhand.bootstrap.systems.systems import real_records
from deskhand.domain.errors import DeskhandError
from deskhand.infrastructure.library.finding import Finder
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.storage.store import SqlStore
from deskhand.ports.search import Knowledge
from deskhand.settings import Settings

NAMES = (
    "crm",
    "ticketing",
    "billing-and-orders",
    "knowledge",
    "escalation",
    "override",
    "quality",
    "csat",
    "privacy",
    "rollout",
)
Look = Callable[[], Item]


def golive(settings: Settings, store: SqlStore, library: Knowledge, clock: systems.Clock) -> list[Item]:
    """`DeskFault` only for a desk folder that does not start. Nothing is written, here or elsewhere."""
    folder = load_folder(settings)
    queries = Queries(store.engine, desk_secret(settings))

    def last_event(system: str) -> datetime | None:
        with store.begin() as tx:
            return tx.inbox.last_of(system)

    asking = systems.Asking(settings, folder, clock, last_event, partial(real_records, settings, folder, clock))
    looks: dict[str, Look] = {
        "crm": partial(systems.crm, asking),
        "ticketing": partial(systems.ticketing, asking),
        "billing-and-orders": partial(systems.billing, asking),
        "knowledge": partial(knowledge, settings, queries, library),
        "escalation": partial(rules.escalation, settings, folder),
        "override": partial(record.override, queries),
        "quality": partial(record.quality, settings, queries, clock()),
        "csat": partial(record.csat, settings, queries),
        "privacy": partial(record.privacy, queries),
        "rollout": partial(record.rollout, settings, queries),
    }
    return [_looked(name, looks[name]) for name in NAMES]


def golive_here(settings: Settings, clock: systems.Clock) -> list[Item]:
    """The same without a desk at work. Nothing was ever proven on a desk that was never started."""
    load_folder(settings)
    if not has_journal(settings):
        told = ("Nothing was ever started on this desk.",)
        return [Item(name, False, told, "Start it: deskhand serve") for name in NAMES]
    embed = MiniLM()
    with open_store(settings) as store:
        library = build_library(settings, store.engine, embed, lambda text: None)
        return golive(settings, store, Finder(store.engine, embed, library.embedder), clock)


def _looked(name: str, look: Look) -> Item:
    try:
        return look()
    except (DeskhandError, SQLAlchemyError, OSError) as error:
        what = f"This could not be looked at: {type(error).__name__}."
        return Item(name, False, (what,), "See what is wrong: deskhand doctor")
