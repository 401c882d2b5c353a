"""The sources of a desk's knowledge: its articles folder, and those that `[knowledge]` names."""

from deskhand.bootstrap.connections.connectors import Clock, Through, guarded, straight
from deskhand.bootstrap.systems.systems import ZENDESK, Systems
from deskhand.connectors.knowledge_folder.source import KnowledgeFolder
from deskhand.connectors.knowledge_site.source import KnowledgeSite, Limits
from deskhand.connectors.manifest import Roles
from deskhand.connectors.zendesk.guide import ZendeskGuide
from deskhand.connectors.zendesk.resolved import ResolvedTickets
from deskhand.domain.contact import Contact
from deskhand.domain.errors import DeskFault
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
    sources += [_site(name, one, clock, guarded(settings, through)) for name, one in table.sites.items()]
    if table.zendesk_guide:
        sources.append(ZendeskGuide(_zendesk(settings, systems, "zendesk_guide").wire))
    if table.resolved_tickets:
        wire = _zendesk(settings, systems, "resolved_tickets").wire
        sources.append(ResolvedTickets(wire, systems.tickets[ZENDESK], _masked, table.resolved_tickets))
    return tuple(sources)


def _zendesk(settings: Settings, systems: Systems, asked: str) -> Roles:
    if ZENDESK not in systems.connected:
        what = f"knowledge.{asked} is read at Zendesk, and [systems.zendesk] is not connected"
        raise DeskFault((settings.fault(f"knowledge.{asked}", what),))
    return systems.connected[ZENDESK].roles


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
