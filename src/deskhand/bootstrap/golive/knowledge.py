"""Knowledge: what a customer may read is found by the words that its own title says."""

from deskhand.bootstrap.golive.item import Item, found
from deskhand.bootstrap.storage.queries import Queries
from deskhand.domain.article import Asker
from deskhand.ports.search import Knowledge
from deskhand.settings import Settings

TRIED = 20  # articles, spread over all of them
ALL = 100_000


def knowledge(settings: Settings, queries: Queries, library: Knowledge) -> Item:
    """Every tried article is among the passages that its title finds; every site of desk.toml was read."""
    rows = [one for one in queries.articles("", limit=ALL) if one.audience != "internal"]
    tried = rows[:: max(1, len(rows) // TRIED)][:TRIED]
    asker = Asker(verified=True)
    missed = [
        one for one in tried if all(hit.passage.source != one.source for hit in library.search(one.title, asker=asker))
    ]
    lacks = [f"The article {one.source} is not found by its title." for one in missed]
    lacks += [] if rows else ["No article was taken over that a customer may read."]
    sites = [f"sites.{name}" for name in settings.table.knowledge.sites]
    held = {one.origin for one in rows}
    lacks += [f"Nothing of {one} was read yet." for one in sites if one not in held]
    seen = [
        f"{len(rows)} articles; {len(tried) - len(missed)} of {len(tried)} that were tried are found by their titles."
    ]
    return found("knowledge", seen if rows else [], lacks, "Add articles, and read them: deskhand knowledge sync")
