"""The sources of a desk's knowledge: its articles folder, and those that `[knowledge]` names."""

from deskhand.bootstrap.systems import Clock, Systems, Through, straight
from deskhand.connectors.knowledge_folder.source import KnowledgeFolder
from deskhand.connectors.knowledge_site.source import KnowledgeSite, Limits
from deskhand.domain.contact import Contact
from deskhand.domain.ticket import Requester
from deskhand.ports.knowledge import KnowledgeSource
from deskhand.settings import Settings, SiteTable
from deskhand.understanding.redact import for_others, known_of, mask
from deskhand.understanding.understand import readable


def knowledge_sources(
    settings: Settings, systems: Systems, clock: Clock, through: Through = straight
) -> tuple[KnowledgeSource, ...]:
    """In the order in which they are read; none of them has been asked anything yet."""
    table = settings.table.knowledge
    sources: list[KnowledgeSource] = [KnowledgeFolder(settings.folder / settings.table.articles)]
    sources += [_site(name, one, clock, through) for name, one in table.sites.items()]
    if table.zendesk_guide:
        sources.append(systems.guide)
    if table.resolved_tickets:
        sources.append(systems.resolved(_masked, table.resolved_tickets))
    return tuple(sources)


def _site(name: str, table: SiteTable, clock: Clock, through: Through) -> KnowledgeSite:
    return KnowledgeSite(
        f"sites.{name}",
        table.sitemap,
        clock,
        hosts=table.hosts,
        audience=table.audience,
        locale=table.locale,
        product=table.product,
        limits=Limits(pages=table.pages),
        transport=through(f"sites.{name}", None),
    )


def _masked(text: str, requester: Requester) -> str:
    """For everybody but this customer: without secrets, contacts, and the name that they are known by."""

    def nameless(text: str) -> str:
        return for_others(mask(text, (Contact.NAME,), known_of(requester)).text)

    return readable(text, nameless)
