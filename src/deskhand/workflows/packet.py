"""The packet of a handoff, and the letter that tells the customer of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from deskhand.context.disputed import disputed
from deskhand.domain.customer import Matched
from deskhand.domain.dossier import Dossier
from deskhand.domain.guidance import in_words
from deskhand.domain.handoff import Handoff
from deskhand.domain.heard import Heard
from deskhand.domain.phrases import phrases_in
from deskhand.domain.resolution import GiveUp
from deskhand.domain.summary_phrases import summary_phrases_in
from deskhand.escalation.handoff import hand_over
from deskhand.understanding.redact import unmask
from deskhand.workflows.desk import Desk
from deskhand.workflows.dress import dress, with_lines
from deskhand.workflows.give_back import for_people
from deskhand.workflows.promised import promised


def packet(
    desk: Desk, heard: Heard, reason: GiveUp, dossier: Dossier, *, policy: Sequence[str], at: datetime
) -> Handoff:
    """From what was heard, what is known and what was done; `policy` is what was decided on this message, in words."""
    identity = dossier.identity
    with desk.store.look() as tx:
        effects = tx.ledger.of_ticket(heard.ticket)
        guidance = tuple(map(in_words, tx.guidance.standing(heard.ticket)))
        customer = str(identity.customer.ref) if isinstance(identity, Matched) else ""
        received = tx.inbox.received_at(heard.ticket, heard.message) or at
        proven_at = tx.identity.proven_at(heard.ticket, customer, heard.message, received)
    still_open = tuple(unmask(one, heard.masked) for one in heard.recap.still_open)
    return hand_over(
        reason,
        for_people(heard.understanding, heard.masked),
        dossier,
        queue=desk.voice.default_queue,
        at=at,
        effects=effects,
        attachments=heard.attachments,
        limits=desk.limits,
        due_at=heard.due_at,
        disputes=disputed(dossier, desk.look_ups, at, failed=reason.reason == "failure"),
        recap=replace(heard.recap, still_open=still_open),
        channel=heard.channel,
        promises=promised(effects, heard.thread, heard.masked),
        policy=tuple(policy),
        proven_at=proven_at,
        guidance=guidance,
    )


def letter(desk: Desk, heard: Heard, dossier: Dossier, says: str) -> str:
    """What tells the customer of a handoff, with the address of the summary where this desk has one. A message whose
    writer the help desk doubts gets none."""
    language = heard.understanding.language
    # Whoever only says that an address is theirs must not learn whose it is.
    name = dossier.identity.customer.name if isinstance(dossier.identity, Matched) and dossier.verified else ""
    words = dress(says or phrases_in(language).passing_on, name, desk.voice, language)
    link = desk.summary_link(heard.ticket, heard.message) if heard.vouched else ""
    lines = [summary_phrases_in(language).link.format(link=link)] if link else []
    return with_lines(words, lines, desk.voice.signature)
