"""Builds the packet that goes with a ticket to people: complete by construction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from deskhand.domain.action import Proposal, Receipt
from deskhand.domain.attachment import Attachment
from deskhand.domain.customer import Ambiguous, Identity, Matched, Strength, Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.finding import Fact
from deskhand.domain.handoff import NO_WORDS, Handoff, Who
from deskhand.domain.recap import NOTHING_BEFORE, Recap
from deskhand.domain.recap import WORDS as NO_KIND
from deskhand.domain.resolution import GiveUp
from deskhand.domain.understanding import Kind, Understanding
from deskhand.escalation.quoting import quoted
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
    "hold_out": "Answer yourself: only people answer this customer, so that the assistant's work can be compared.",
    "restricted": "Answer yourself: they objected to an assistant, so none has read this.",
    "human": "Go on with the ticket.",
}

WORDS = frozenset({"assign", "code", "letter", "note", "reply"})
FILES = 20  # that are listed
NOTHING = "nothing"  # the name of a fact that only says why there is none
SHOWN = 1_000  # characters of a line of the packet as people read it
NO_DEADLINE = "none, because the help desk gave no deadline for this ticket"
ANSWERED = "nothing beyond our earlier replies on this ticket"
UNANSWERED = "nothing, because the customer has not been answered yet"


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
    recap: Recap = NOTHING_BEFORE,
    channel: str = "",
    promises: tuple[Fact, ...] = (),
    policy: tuple[str, ...] = (),
    proven_at: datetime | None = None,
    guidance: tuple[str, ...] = (),
) -> Handoff:
    """Every field is filled; "none, because ..." is a filling. `queue` is the default one, `at` the time of asking,
    `effects` what the ledger holds of this ticket; `limits` say which files an agent can have from the workspace;
    `due_at` is when an answer is due that was promised, `disputes` what is known of disputed payments; `promises` are
    our sentences that say what will be, `policy` what was decided on this message, `proven_at` when a code came back,
    `guidance` what agents whispered.
    """
    # What an undo needs is personal, and stays in the ledger.
    deeds = [one for one in effects if one.receipt and one.action not in WORDS]
    done = tuple(replace(one.receipt, before={}) for one in deeds if one.receipt)
    answered = any(one.receipt and one.action == "reply" for one in effects)
    who = _who(dossier.identity, proven_at)
    asked = _told((one.quote for one in understanding.requests), NO_WORDS)
    earlier = tuple(one for one in recap.still_open if not _stands_in(one, asked))
    refused = [_refused(p) for p in give_up.proposals if p.verdict.effect in ("deny", "escalate")]
    pending = [_pending(p) for p in give_up.proposals if p.verdict.effect not in ("deny", "escalate")]
    return Handoff(
        queue=_or(give_up.queue or queue, "none, because this desk names no queue"),
        reason=_or(give_up.reason, "human"),
        because=_or(give_up.because, "none, because whoever gave up did not say"),
        identity=_identity(dossier.identity, who),
        requests=(*asked, *earlier),
        procedures=_told(give_up.procedures, "none, because no procedure fits"),
        facts=tuple(map(_whole, (*disputes, *(give_up.facts or facts_of(dossier, at)), *_shown(understanding, at)))),
        done=done,
        tried=_told(give_up.trace, "nothing, because the message went straight to people"),
        refused=_told(refused, "nothing, because policy refused nothing that was proposed"),
        pending=_told(pending, "nothing, because nothing was proposed that still waits"),
        promised=_or(give_up.says, ANSWERED if answered else UNANSWERED),
        open_question=_question(understanding, earlier),
        next_step=NEXT_STEPS.get(give_up.reason, "Read what was found, then answer."),
        sentiment=str(understanding.sentiment),
        urgency=str(understanding.urgency),
        language=_or(understanding.language, "und"),
        deadline=f"{due_at:%Y-%m-%d %H:%M} UTC" if due_at else NO_DEADLINE,
        attachments=_told(_files(attachments, limits), "none, because the message has none"),
        summary=_summary(asked, done),
        who=who,
        stated=_stated(recap, asked) or _none("none, because no words were left to tell", at),
        deeds=_told((_deed(one) for one in deeds), "nothing, because no action was carried out on this ticket"),
        promises=tuple(map(_whole, promises)) or _none("none, because no reply of ours promised anything", at),
        policy=_told(policy, "nothing, because policy was not asked"),
        trend=_or(recap.trend, "none, because this is the first message"),
        channel=_or(channel, "none, because the ticket names none"),
        guidance=guidance,
    )


def _told(lines: Iterable[str], none: str) -> tuple[str, ...]:
    """Those that say something, or that none does, and why."""
    return tuple(one for one in lines if one.strip()) or (none,)


def _whole(fact: Fact) -> Fact:
    """A field that is there and holds nothing says so."""
    name, source = _or(fact.name, "a field without a name"), _or(fact.source, "an unnamed source")
    return replace(fact, name=name, value=_or(fact.value, "none, because it is empty there"), source=source)


def _none(why: str, at: datetime) -> tuple[Fact, ...]:
    return (Fact(NOTHING, why, "deskhand", at),)


def _or(words: str, none: str) -> str:
    return words if words.strip() else none


def _stands_in(quote: str, others: Iterable[str]) -> bool:
    """Whether one of those has all of its words."""
    same = " ".join(quote.casefold().split())
    return any(same in " ".join(one.casefold().split()) for one in others)


def _stated(recap: Recap, asked: tuple[str, ...]) -> tuple[Fact, ...]:
    """Without what only says again what was asked for, where that is short enough to be shown whole."""
    whole = [one for one in asked if len(one) <= SHOWN]
    return tuple(_whole(one) for one in recap.stated if one.name != NO_KIND or not _stands_in(one.value, whole))


def _deed(effect: Effect) -> str:
    assert effect.receipt is not None
    receipt, what = effect.receipt, effect.amount or effect.subject
    told = f"{effect.action} {what}: {receipt.system} {receipt.id} at {receipt.at:%Y-%m-%d %H:%M} UTC ({effect.key})"
    return told if effect.state is not EffectState.UNDONE else f"{told}, taken back later by {effect.reason}"


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


def _shown(understanding: Understanding, at: datetime) -> tuple[Fact, ...]:
    """What the message gives away, each with the words that show it."""
    shown = [(one.topic, one.quote) for one in understanding.risks]
    shown += [(str(one.sign), one.quote) for one in understanding.signals]
    return tuple(Fact(f"message.{name}", quoted(quote), "the message", at) for name, quote in shown)


def _who(identity: Identity, proven_at: datetime | None) -> Who:
    match identity:
        case Matched(customer, strength, by):
            proof = proven_at if strength is Strength.PROVEN else None
            return Who(_or(customer.name, str(customer.ref)), strength, by, str(customer.ref), proof)
        case Ambiguous(_, by):
            return Who("none, because several customers fit", Strength.UNKNOWN, by)
        case Unknown():
            return Who("none, because no customer has this address", Strength.UNKNOWN, "no hint fits")


def _identity(identity: Identity, who: Who) -> str:
    match identity:
        case Matched(customer, strength, by):
            also = "".join(f"; also {one.ref} by {one.by}" for one in customer.also)
            known = f"{customer.name} <{customer.email}>, {customer.ref}, tier {customer.tier}"
            proof = f", proven by a one-time code at {who.proven_at:%Y-%m-%d %H:%M} UTC" if who.proven_at else ""
            return f"{known}; {strength.name.lower()} by {by}{proof}{also}"
        case Ambiguous(refs, by):
            return f"several customers fit by {by}: {', '.join(map(str, refs))}"
        case Unknown():
            return "nobody we know: no customer has this address"


def _refused(proposal: Proposal) -> str:
    return f"{proposal.preview or proposal.action.name}: {proposal.verdict.effect} by {proposal.verdict.rule}"


def _pending(proposal: Proposal) -> str:
    return f"{proposal.preview}: {proposal.verdict.effect} by {proposal.verdict.rule}, not done"


def _question(understanding: Understanding, earlier: tuple[str, ...]) -> str:
    open_ones = [one.quote for one in understanding.requests if one.kind is not Kind.SMALL_TALK and one.quote.strip()]
    return "; ".join((*open_ones, *earlier)) or "none, because the message asks for nothing"


def _summary(asked: tuple[str, ...], done: tuple[Receipt, ...]) -> str:
    wrote = "; ".join(f'"{one}"' for one in asked)
    deeds = ", ".join(f"{r.system} {r.id}" for r in done) or "nothing yet"
    return f"You wrote: {wrote}. Done so far: {deeds}."
