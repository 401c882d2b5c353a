"""Builds the packet that goes with a ticket to people: complete by construction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from deskhand.domain.action import Proposal, Receipt
from deskhand.domain.attachment import Attachment
from deskhand.domain.customer import Ambiguous, Identity, Matched, Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.effect import Effect
from deskhand.domain.finding import Fact
from deskhand.domain.handoff import Handoff
from deskhand.domain.resolution import GiveUp
from deskhand.domain.understanding import Kind, Understanding
from deskhand.policy.attachments import Limits, held_against

NEXT_STEPS: Mapping[str, str] = {
    "asked": "Answer the customer yourself: they asked for a person.",
    "rule": "Decide what the rule leaves to people, then answer.",
    "deadline": "Answer now: what was promised is due, or nearly so.",
    "predicted": "Answer yourself: tickets like this one have ended with people so far.",
    "loop": "Read the last messages: the same was said again and led nowhere, or a machine is writing.",
    "identity": "Establish who is writing, then answer.",
    "failure": "Look at the system named above, finish what is pending, then answer.",
    "no_source": "Answer from your own knowledge, and consider an article on it.",
    "unforeseen": "Answer, and consider a procedure or an article for requests like it.",
    "language": "Answer in the customer's language, or pass it to somebody who can.",
    "rejected": "Answer yourself: an agent rejected what would have been suggested; see why below.",
    "ungrounded": "Answer yourself: a draft made claims that have no source, and was thrown away.",
    "human": "Go on with the ticket.",
}

WORDS = frozenset({"code", "note", "reply"})
FILES = 20  # that are listed
LONGEST = 160  # characters of a quote beside a fact
NO_DEADLINE = "none, because the help desk gave no deadline for this ticket"
ANSWERED = "nothing beyond our earlier replies on this ticket"


def hand_over(
    give_up: GiveUp,
    understanding: Understanding,
    dossier: Dossier,
    *,
    queue: str,
    at: datetime,
    effects: Sequence[Effect],
    attachments: Sequence[Attachment] = (),
    limits: Limits,
    due_at: datetime | None = None,
    disputes: tuple[Fact, ...] = (),
) -> Handoff:
    """Every field is filled; "none, because ..." is a filling. `queue` is the default one, `at` the time of asking,
    `effects` what the ledger holds of this ticket; `limits` say which files an agent can have from the workspace;
    `due_at` is when an answer is due that was promised, `disputes` what is known of disputed payments.
    """
    # What an undo needs is personal, and stays in the ledger.
    done = tuple(replace(one.receipt, before={}) for one in effects if one.receipt and one.action not in WORDS)
    answered = any(one.receipt and one.action == "reply" for one in effects)
    return Handoff(
        queue=give_up.queue or queue,
        reason=give_up.reason,
        because=give_up.because,
        identity=_identity(dossier.identity),
        requests=tuple(one.quote for one in understanding.requests),
        procedures=give_up.procedures or ("none, because no procedure fits",),
        facts=(*disputes, *(give_up.facts or facts_of(dossier, at)), *_told(understanding, at)),
        done=done,
        tried=give_up.trace or ("nothing, because the message went straight to people",),
        refused=tuple(_refused(p) for p in give_up.proposals if p.verdict.effect in ("deny", "escalate")),
        pending=tuple(_pending(p) for p in give_up.proposals if p.verdict.effect not in ("deny", "escalate")),
        promised=give_up.says or (ANSWERED if answered else "nothing, because the customer has not been answered yet"),
        open_question=_question(understanding),
        next_step=NEXT_STEPS.get(give_up.reason, "Read what was found, then answer."),
        sentiment=str(understanding.sentiment),
        urgency=str(understanding.urgency),
        language=understanding.language,
        deadline=f"{due_at:%Y-%m-%d %H:%M} UTC" if due_at else NO_DEADLINE,
        attachments=_files(attachments, limits) or ("none, because the message has none",),
        summary=_summary(understanding, done),
    )


def _files(attachments: Sequence[Attachment], limits: Limits) -> tuple[str, ...]:
    """A line each, with what speaks against it."""
    told = [
        f"{one}: withheld, since {refused.says}" if (refused := held_against(one, limits)) else str(one)
        for one in attachments[:FILES]
    ]
    more = len(attachments) - FILES
    return (*told, f"and {more} more, which the workspace lists") if more > 0 else tuple(told)


def facts_of(dossier: Dossier, at: datetime) -> tuple[Fact, ...]:
    """What is known of the customer without any procedure; that nothing is known is a fact, too."""
    known = tuple(
        Fact(f"{finding.name}.{name}", str(value), finding.source, finding.read_at)
        for finding in dossier.findings
        for name, value in finding.fields.items()
    )
    why = (
        f"none, because {', '.join(dossier.missing)} did not answer" if dossier.missing else "none, because nobody fits"
    )
    return known or (Fact("customer", why, "deskhand", at),)


def _told(understanding: Understanding, at: datetime) -> tuple[Fact, ...]:
    """What the message gives away, each with the words that show it."""
    shown = [(one.topic, one.quote) for one in understanding.risks]
    shown += [(str(one.sign), one.quote) for one in understanding.signals]
    return tuple(Fact(f"message.{name}", f'"{_short(quote)}"', "the message", at) for name, quote in shown)


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}\u2026"


def _identity(identity: Identity) -> str:
    match identity:
        case Matched(customer, strength, by):
            also = "".join(f"; also {one.ref} by {one.by}" for one in customer.also)
            known = f"{customer.name} <{customer.email}>, {customer.ref}, tier {customer.tier}"
            return f"{known}; {strength} by {by}{also}"
        case Ambiguous(refs, by):
            return f"several customers fit by {by}: {', '.join(map(str, refs))}"
        case Unknown():
            return "nobody we know: no customer has this address"


def _refused(proposal: Proposal) -> str:
    return f"{proposal.preview or proposal.action.name}: {proposal.verdict.effect} by {proposal.verdict.rule}"


def _pending(proposal: Proposal) -> str:
    return f"{proposal.preview}: {proposal.verdict.effect} by {proposal.verdict.rule}, not done"


def _question(understanding: Understanding) -> str:
    open_ones = [one.quote for one in understanding.requests if one.kind is not Kind.SMALL_TALK]
    return "; ".join(open_ones) or "none, because the message asks for nothing"


def _summary(understanding: Understanding, done: tuple[Receipt, ...]) -> str:
    asked = "; ".join(f'"{one.quote}"' for one in understanding.requests)
    deeds = ", ".join(f"{r.system} {r.id}" for r in done) or "nothing yet"
    return f"You wrote: {asked}. Done so far: {deeds}."
