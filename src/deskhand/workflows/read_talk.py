"""A closed ticket as the rules of quality read it: the conversation itself, and what our own store knows of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskhand.domain.errors import ConnectorError
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import RunOutcome, RunResult
from deskhand.domain.ref import Ref
from deskhand.domain.survey import SURVEY
from deskhand.domain.ticket import Author, Message, Ticket
from deskhand.measurement.quality.talk import ASSISTANT, PEOPLE, SENTENCE, WORD, Asked, Claimed, Reply, Talk, Turn
from deskhand.measurement.stretch import Stretch
from deskhand.planning.claim import Claim, Of
from deskhand.planning.claims import claims
from deskhand.planning.reading import spoken
from deskhand.planning.tongues import TONGUES
from deskhand.understanding.understand import readable
from deskhand.workflows.chat import PERSON
from deskhand.workflows.desk import Desk

KINDS = frozenset({"effect.done", "message.considered", "message.ended", PERSON})
TOLD = {Of.DEED: "deed", Of.PROMISE: "promise", Of.GRANT: "entitlement"}
SAID = frozenset({RunOutcome.RESOLVED, RunOutcome.ANSWERED, RunOutcome.ASKED, RunOutcome.HANDED_OFF})
CAN_TELL = frozenset(one.code for one in TONGUES)

# Words of a request that stand in many answers, whatever they are about.
COMMON = frozenset(
    "about after again also anything because been before cannot could does done from give have hello help here just"
    " know last like make more much need only other over please send should since some tell thank thanks that their"
    " them then there these they thing this want what when where which will with would your you my and the for can"
    " bitte danke haben habe hallo kann können möchte nicht oder noch schon sich sind wann warum wenn werden".split()
)


@dataclass(frozen=True)
class Known:
    """What our own store holds of a ticket: the newest line about each message, and its result."""

    considered: Mapping[str, Mapping[str, Any]]
    ended: Mapping[str, Mapping[str, Any]]
    pressed: frozenset[str]
    done: tuple[str, ...]
    results: Mapping[str, RunResult]
    surveys: frozenset[str]


def read_talk(desk: Desk, stretch: Stretch) -> Talk:
    """From opening to closing. Where the help desk does not answer, from our own store alone."""
    ticket, messages = stretch.ticket, list(stretch.came)
    with desk.store.begin() as tx:
        lines = tx.journal.of_ticket(ticket, KINDS)
        results = {one: found for one in messages if (found := tx.results.get(ticket, one))}
        surveys = frozenset(
            one.args.get("text", "") for one in tx.ledger.of_ticket(ticket) if one.key.startswith(SURVEY)
        )
    known = _known(lines, messages, results, surveys)
    read = _read(desk, ticket)
    deeds = frozenset(word for name in known.done if name in desk.actions for word in desk.actions[name].deeds)
    turns = [_turn(desk, one, known, deeds, read) for one in messages if one not in stretch.elsewhere]
    return Talk(f"{ticket}#{stretch.number}", tuple(turns), complete=read is not None)


def _known(
    lines: Iterable[JournalLine], messages: Sequence[str], results: Mapping[str, RunResult], surveys: frozenset[str]
) -> Known:
    told: dict[str, dict[str, Mapping[str, Any]]] = {"message.considered": {}, "message.ended": {}, PERSON: {}}
    done: list[str] = []
    for line in lines:
        if line.kind == "effect.done":
            done.append(str(line.body["action"]))
        elif (message := str(line.body.get("message", ""))) in messages:
            told[line.kind][message] = line.body
    return Known(
        told["message.considered"],
        told["message.ended"],
        frozenset(told[PERSON]),
        tuple(done),
        results,
        surveys,
    )


def _read(desk: Desk, ticket: str) -> Ticket | None:
    ref = Ref.parse(ticket)
    if ref.system not in desk.desks:
        return None
    try:
        return desk.desks[ref.system].ticket(ref).value
    except ConnectorError:
        return None


def _turn(desk: Desk, message: str, known: Known, deeds: frozenset[str], read: Ticket | None) -> Turn:
    considered, ended = known.considered.get(message, {}), known.ended.get(message, {})
    result = known.results.get(message)
    reason = ended.get("handoff", {}).get("reason", "")
    outcome = "thanks" if ended.get("thanks") else str(ended.get("outcome", ""))
    actions = ended.get("actions", ())
    language = str(considered.get("language") or ended.get("language") or "und")
    written = _written(read, message) if read else None
    return Turn(
        message=message,
        text=readable(written[0].text) if written else " ".join(one.quote for one in result.requests) if result else "",
        language=language,
        asked=tuple(_asked(desk, one.quote, one.procedure or "") for one in result.requests) if result else (),
        wants_person=bool(considered.get("wants_person")) or reason == "asked" or message in known.pressed,
        angry=considered.get("sentiment") == "angry",
        outcome=outcome,
        people=outcome == "handed_off",
        citations=int(ended.get("citations", 0)),
        procedures=tuple(ended.get("procedures", ())),
        allowed=sum(one["effect"] in ("allow", "approve") for one in actions),
        denied=sum(one["effect"] == "deny" for one in actions),
        done=deeds,
        replies=_replies(message, language, written, result, known.surveys),
    )


def _written(read: Ticket, message: str) -> list[Message] | None:
    """The customer's message and what was publicly written until their next one."""
    public = [one for one in read.messages if one.public]
    place = next((at for at, one in enumerate(public) if one.id == message), None)
    if place is None:
        return None
    end = next(
        (at for at in range(place + 1, len(public)) if public[at].author is Author.CUSTOMER),
        len(public),
    )
    return public[place:end]


def _replies(
    message: str, language: str, written: list[Message] | None, result: RunResult | None, surveys: frozenset[str]
) -> tuple[Reply, ...]:
    if written is None:
        said = result.reply if result and result.outcome in SAID else ""
        return (_reply(message, ASSISTANT, said, language),) if said else ()
    own = [one for one in written[1:] if one.text not in surveys]
    return tuple(
        _reply(message, ASSISTANT, one.text, language)
        if one.author is Author.ASSISTANT
        else _reply(one.id, PEOPLE, one.text, language)
        for one in own
    )


def _reply(message: str, by: str, text: str, language: str) -> Reply:
    plain = readable(text)
    told = {tongue.code for one in SENTENCE.split(plain) if (tongue := spoken(one))}
    return Reply(
        message,
        by,
        plain,
        frozenset(told) if language in CAN_TELL else frozenset(),
        tuple(found for one in claims(plain) if (found := _claimed(one))),
    )


def _claimed(one: Claim) -> Claimed | None:
    if one.of not in TOLD:
        return None
    if one.of is Of.DEED:
        return Claimed("deed", one.text.strip(), str(one.value[0]), ours=bool(one.value[1]))
    if one.of is Of.PROMISE:
        return Claimed("promise", one.text.strip(), ours=not (len(one.value) > 1 and one.value[1]))
    return Claimed(TOLD[one.of], one.text.strip())


def _asked(desk: Desk, quote: str, procedure: str) -> Asked:
    """An answer speaks of it in its own words, or in those of its procedure."""
    known = desk.procedures.get(procedure)
    texts = [quote, known.title, *known.examples] if known else [quote]
    words = {word.lower() for text in texts for word in WORD.findall(text)} - COMMON
    return Asked(quote, procedure, frozenset(words))
