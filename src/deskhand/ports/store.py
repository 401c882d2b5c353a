"""Our own memory. One transaction covers rows and the runs they start: all of it commits, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from deskhand.domain.action import Action
from deskhand.domain.checkpoint import Checkpoint
from deskhand.domain.confirmation import Confirmation
from deskhand.domain.correction import Correction
from deskhand.domain.delivery import Delivery
from deskhand.domain.effect import Effect, EffectState, Past
from deskhand.domain.example import Example
from deskhand.domain.guidance import Guidance
from deskhand.domain.handoff import Handoff
from deskhand.domain.journal_line import Broken, JournalLine
from deskhand.domain.link import Bond, Link
from deskhand.domain.matter import Claim
from deskhand.domain.model_call import ModelCall
from deskhand.domain.one_time_code import Attempt, IssuedCode
from deskhand.domain.outcome import RunResult
from deskhand.domain.outreach import Contact, ContactState, OptOut
from deskhand.domain.pause import Pause
from deskhand.domain.ref import Ref
from deskhand.domain.sighting import Sighting
from deskhand.domain.standing import Standing
from deskhand.domain.suggestion import Suggestion, SuggestionState
from deskhand.domain.survey import Answered
from deskhand.domain.ticket import Ticket
from deskhand.domain.visit import Rating, SentFile
from deskhand.domain.waiting import Waiting

Json = Mapping[str, object]


class Inbox(Protocol):
    def file(self, delivery: Delivery) -> bool:
        """True when it is new: neither this delivery nor this message was filed before."""
        ...

    def received_at(self, ticket: str, message: str) -> datetime | None:
        """When that message was received, or None when it was never filed."""
        ...

    def last_of(self, source: str) -> datetime | None:
        """When the newest delivery of this system was received, or None when it never sent one."""
        ...


class Tickets(Protocol):
    def next_turn(self, ticket: str, channel: str) -> int:
        """Numbers the messages of a ticket from 1, and keeps others out of its row until the commit."""
        ...

    def owner(self, ticket: str) -> str:
        """ "assistant", a person's id, or "queue:<name>". Read under the row's lock, so it holds until the commit."""
        ...

    def give_to(self, ticket: str, owner: str) -> None: ...

    def of(self, owner: str) -> Sequence[str]:
        """Open tickets that they have, or that were given to them to answer."""
        ...

    def describe(self, ticket: str, name: str, about: str, language: str) -> None:
        """What queues show of it: who wrote last, the first words of that (masked), and their language."""
        ...

    def turns(self, ticket: str) -> int: ...

    def quiet(self, now: datetime, before: datetime, limit: int) -> Sequence[str]:
        """Open tickets that customers wrote on and on which nothing has happened since `before`, without those that are
        to be looked at later than `now`; the longest quiet first."""
        ...

    def look_again(self, ticket: str, at: datetime) -> None:
        """Not before then, as long as nobody writes."""
        ...

    def close(self, ticket: str, at: datetime) -> None:
        """Until the customer writes again."""
        ...

    def channel(self, ticket: str) -> str:
        """That of its newest message, "" when the ticket is not known."""
        ...


class Awaiting(Protocol):
    """What waits for an agent; a ticket has one open handoff at most."""

    def add(self, waiting: Waiting) -> bool:
        """In place of an older one of its ticket. False, and nothing is written, when it was added before."""
        ...

    def reopen(self, ticket: str, message: str, queue: str, person: str) -> Waiting | None:
        """That of this message, which ended because the ticket was given back, waits again on its former clock; None
        when there is none."""
        ...

    def open(self, ticket: str) -> Waiting | None: ...

    def waiting(self) -> Sequence[Waiting]:
        """Every open one, oldest first."""
        ...

    def load(self) -> Mapping[str, int]:
        """How many are open, by person."""
        ...

    def give_to(self, ticket: str, person: str) -> None:
        """Whose the open one of this ticket is, where there is one."""
        ...

    def warned(self, ticket: str, message: str, at: datetime) -> bool:
        """Note that its time is nearly over; False when that was noted before, or it is open no more."""
        ...

    def breached(self, ticket: str, message: str, at: datetime) -> bool:
        """Note that its time is over; False as in `warned`."""
        ...

    def end(self, ticket: str, by: str, at: datetime) -> bool:
        """`by`: "agent", "solved" or "given back". False when none is open on this ticket."""
        ...


class Ledger(Protocol):
    def effect(self, key: str) -> Effect | None: ...

    def on(self, subject: str, payer: str | None, but: str) -> Mapping[str, EffectState]:
        """The state, by its key, of every effect on this subject and of every one that moves money of this customer;
        `but` is left out."""
        ...

    def past(self, customer: str, action: str, currency: str, since: tuple[datetime, datetime], but: str) -> Past:
        """What was done for this customer, or perhaps done, since a day and a month ago; `but` is left out."""
        ...

    def desk_alone(self, currency: str, since: tuple[datetime, datetime], but: str) -> tuple[int, int]:
        """Minor units that moved for all customers without a person since a day and a month ago, open ones too."""
        ...

    def acts_alone(self, since: datetime) -> int:
        """Actions without a person since then, letters and notes not counted."""
        ...

    def free_key(self, key: str, sets: Action | None = None) -> str:
        """The key itself, or with an ordinal ("refund/7/ch_1/2") when the effect under it was taken back.

        `sets`: an action that sets what is there. Its key is also free when something else was set under it last.
        """
        ...

    def reserve(self, effect: Effect) -> bool:
        """False when the key is taken: nothing was written."""
        ...

    def settle(self, effect: Effect) -> None:
        """Write state, receipt and reason of an effect that is open."""
        ...

    def undone(self, key: str, by: str) -> None:
        """Mark an effect that is done as taken back by the effect `by`. Again is harmless."""
        ...

    def of_ticket(self, ticket: str) -> Sequence[Effect]: ...

    def unsettled(self, before: datetime) -> Sequence[Effect]: ...

    def since(self, at: datetime) -> Sequence[Effect]:
        """Every effect that was reserved at that time or later, oldest first."""
        ...


class Pauses(Protocol):
    def put(self, pause: Pause) -> bool:
        """False when this scope is paused already: nothing was written."""
        ...

    def lift(self, scope: str, at: datetime) -> bool:
        """False when it was not paused."""
        ...

    def standing(self) -> Sequence[Pause]:
        """Every pause that was not lifted, oldest first."""
        ...

    def on(self, scopes: Collection[str]) -> Pause | None:
        """One that stands on any of these scopes."""
        ...

    def reset_at(self) -> datetime | None:
        """When a pause of a circuit breaker was last lifted: what it counts begins anew there."""
        ...


class Suggestions(Protocol):
    def add(self, suggestion: Suggestion) -> None:
        """A second time with the same id changes nothing."""
        ...

    def get(self, id: str) -> Suggestion | None: ...

    def settle(self, id: str, state: SuggestionState, by: str, at: datetime, text: str = "") -> bool:
        """The only way out of PENDING; False when somebody was faster. `text`: the edited reply, or the reason."""
        ...

    def settled_by(self, id: str) -> tuple[str, str] | None:
        """Who settled it and with which text; None while it is pending."""
        ...

    def approve_as(self, id: str, role: str, person: str, digest: str, at: datetime) -> None:
        """One role's approval of exactly what `digest` covers."""
        ...

    def approvals(self, id: str) -> Sequence[tuple[str, str, str]]:
        """(role, person, digest), in order."""
        ...

    def show(self, id: str, person: str, at: datetime) -> None:
        """Note that this person sees it; the first time counts."""
        ...

    def shown_at(self, id: str, person: str) -> datetime | None: ...

    def pending(self, ticket: str | None = None, limit: int | None = None) -> Sequence[Suggestion]:
        """Oldest first; of one ticket where it is named, and no more than `limit`."""
        ...


class Confirmations(Protocol):
    def ask(self, confirmation: Confirmation) -> None:
        """Replaces an older question about the same effect."""
        ...

    def open(self, ticket: str, now: datetime) -> Sequence[Confirmation]: ...

    def confirm(self, key: str, digest: str, at: datetime) -> None: ...

    def withdraw(self, ticket: str) -> None: ...

    def confirmed(self, key: str, digest: str, now: datetime) -> bool:
        """Whether the customer said yes to exactly this, and it has not grown old."""
        ...


class Identities(Protocol):
    """One-time codes, what came back, and what of our own memory speaks of an account that was taken over."""

    def issue(self, code: IssuedCode) -> None:
        """Every other code that is open on its ticket is replaced by it."""
        ...

    def code(self, key: str) -> IssuedCode | None: ...

    def latest(self, ticket: str) -> IssuedCode | None: ...

    def first(self, ticket: str) -> IssuedCode | None: ...

    def issued(self, ticket: str, customer: str, since: datetime) -> int:
        """How many since then, on this ticket or for this customer, whichever is more."""
        ...

    def elsewhere(self, ticket: str, at: datetime) -> Sequence[IssuedCode]:
        """Those that are open on other tickets, newest first, a few hundred at most."""
        ...

    def sent(self, key: str, at: datetime) -> bool:
        """Note that it was; False when that was noted before."""
        ...

    def note(self, attempt: Attempt, code: IssuedCode | None) -> None:
        """Keep what a message's numbers were, and how the code of its ticket stands after it."""
        ...

    def attempt(self, ticket: str, message: str) -> Attempt | None: ...

    def proven(self, ticket: str, customer: str, message: str, at: datetime) -> bool:
        """Whether this message proved who wrote it, or came while an earlier proof on this ticket held."""
        ...

    def proven_at(self, ticket: str, customer: str, message: str, at: datetime) -> datetime | None:
        """When that proof came; None where there is none."""
        ...

    def proofs_elsewhere(self, ticket: str, customer: str, at: datetime) -> Sequence[tuple[str, bool]]:
        """Of the proofs of this customer on other tickets that hold at this time: the channel, and whether that
        vouched for the customer by itself."""
        ...

    def signals(self, ticket: str, customer: str, since: datetime) -> Sequence[str]:
        """Names of `domain/takeover.py`, sorted."""
        ...


class Journal(Protocol):
    def append(self, kind: str, ticket: str, body: Json, at: datetime) -> int:
        """One line more, chained to the one before; its number."""
        ...

    def of_ticket(self, ticket: str, kinds: Collection[str]) -> Sequence[JournalLine]:
        """The lines of these kinds on this ticket, in order; with those of this transaction."""
        ...

    def newest(self, kind: str) -> JournalLine | None:
        """The last line of this kind."""
        ...

    def behind(self, after: int, kinds: Collection[str], limit: int) -> Sequence[JournalLine]:
        """The first lines of these kinds with a number above `after`, in order."""
        ...

    def before(self, seq: int, tickets: Collection[str], kinds: Collection[str]) -> Sequence[JournalLine]:
        """The lines of these kinds on these tickets with a number up to `seq`, in order."""
        ...

    def last_number(self) -> int:
        """Of the newest line; 0 while there is none."""
        ...


class Results(Protocol):
    def put(
        self,
        ticket: str,
        message: str,
        result: RunResult,
        *,
        customer: str,
        at: datetime,
        verified: bool = False,
        standing: Standing | None = None,
    ) -> None:
        """`customer` is a `Ref` as text, empty when nobody is known; whose it was known to be before stays. `verified`:
        the help desk vouched for whoever wrote."""
        ...

    def get(self, ticket: str, message: str) -> RunResult | None: ...

    def customer(self, ticket: str, message: str) -> str:
        """Whose message it was, as `put` was told; empty when nobody is known."""
        ...

    def standings(self, ticket: str, limit: int) -> Sequence[tuple[str, Standing]]:
        """How the conversation stood after each message (its id), newest first."""
        ...

    def former(
        self, customer: str, *, but: str, since: datetime, tickets: int
    ) -> Sequence[tuple[str, datetime, RunResult, Standing]]:
        """What became of this customer's own messages on other tickets than `but`: ticket, time, result and standing,
        newest first. Only where it was verified that they wrote."""
        ...


class Handoffs(Protocol):
    """What follows a handoff."""

    def packet(self, ticket: str, message: str = "") -> tuple[str, datetime, Handoff] | None:
        """The newest packet of this ticket, or that of this message: for which message and when it was made, and it."""
        ...

    def correct(self, one: Correction) -> bool:
        """False when it was kept before."""
        ...

    def correction(self, id: str) -> Correction | None: ...

    def corrections(self, ticket: str) -> Sequence[Correction]:
        """All of this ticket, oldest first."""
        ...

    def saw(self, ticket: str, message: str, at: datetime) -> bool:
        """Note that this message of an agent was looked at; False when that was noted before."""
        ...


class Whispers(Protocol):
    """What agents told the assistant in private, by ticket."""

    def add(self, one: Guidance) -> bool:
        """False when there is one with this id."""
        ...

    def standing(self, ticket: str) -> Sequence[Guidance]:
        """Those that were not withdrawn, oldest first."""
        ...

    def take_up(self, id: str, message: str) -> None:
        """Its procedure is for this message, and for no other one; what was taken up before stays as it is."""
        ...

    def withdraw(self, ticket: str, id: str, by: str, at: datetime) -> bool:
        """False when none with this id stands on this ticket."""
        ...


class Matters(Protocol):
    """Of several messages of one customer about one matter, the one that gets the full answer."""

    def claim(self, claim: Claim) -> bool:
        """False when this message has claimed its matter before: nothing was written."""
        ...

    def claimed(self, customer: str, since: datetime) -> Sequence[Claim]:
        """Those of this customer since then, oldest first."""
        ...

    def forget(self, before: datetime) -> None:
        """Erase older claims of everybody."""
        ...


class ModelCalls(Protocol):
    def note(
        self, ticket: str, message: str, call: ModelCall, *, policy: str, question: str, answer: str, at: datetime
    ) -> None:
        """The journal's line of this call (which holds no words), and apart from it what was asked and answered."""
        ...

    def of_ticket(self, ticket: str) -> Sequence[tuple[str, ModelCall]]:
        """Each call with the message it was made for, from the journal, oldest first."""
        ...

    def answer(self, ticket: str, question: str) -> str | None:
        """The answer to the question with this digest, when there was one."""
        ...

    def words(self, ticket: str) -> Sequence[tuple[str, str, str]]:
        """(digest of the question, question, answer) of every call on this ticket that was answered, oldest first."""
        ...


class Examples(Protocol):
    def keep(self, example: Example, ticket: str) -> bool:
        """With its journal line, which holds no words. False, and nothing is written, when there is one with this id
        already, or when this desk keeps none."""
        ...

    def all(self, customer: str = "") -> Sequence[Example]:
        """Oldest first; of one customer (a `Ref` as text), or of everybody."""
        ...

    def get(self, id: str) -> Example | None: ...

    def erase(self, customer: str) -> int:
        """Every example of this customer; how many. Call `Store.scrub` after the commit."""
        ...

    def erase_one(self, id: str) -> bool:
        """False when there is none. Call `Store.scrub` after the commit."""
        ...


class Links(Protocol):
    """What agents said of records that may or may not be one person."""

    def add(self, bond: Bond, keep: Ref, other: Ref, *, by: str, why: str, at: datetime) -> int:
        """Its number."""
        ...

    def undo(self, number: int, *, by: str, at: datetime) -> bool:
        """False when there is none that stands."""
        ...

    def among(self, refs: Collection[Ref]) -> Sequence[Link]:
        """Those that stand and join or part two of these records."""
        ...

    def every(self) -> Sequence[Link]:
        """All of them, those that were taken back too, oldest first."""
        ...


class History(Protocol):
    """Tickets of the past, as their help desk told them: to learn from and to replay, and never acted on."""

    def cursor(self, source: str) -> str:
        """How far this source was read; "" before its first time."""
        ...

    def move(self, source: str, cursor: str) -> None: ...

    def known(self, ticket: str) -> str | None:
        """The version of this ticket that is kept, or None."""
        ...

    def keep(self, ticket: Ticket, source: str, at: datetime) -> None:
        """In place of an older version of it."""
        ...

    def count(self, source: str) -> int: ...

    def every(self, after: str = "", limit: int = 100) -> Sequence[Ticket]:
        """In the order of their refs, behind the ref `after`."""
        ...

    def forget(self, tickets: Collection[str]) -> int:
        """How many of them were there to erase."""
        ...


class Contacts(Protocol):
    """Contacts that we begin ourselves, and who has opted out of them. Customers are `Ref`s as text."""

    def file(self, contact: Contact) -> bool:
        """False when there is one with this key: nothing was written."""
        ...

    def get(self, key: str) -> Contact | None: ...

    def known(self, family: str, origin: str) -> Contact | None:
        """The contact of this family that was filed for this `Noticed.origin`."""
        ...

    def waiting(self, families: Collection[str]) -> Sequence[Contact]:
        """The open ones of these families, oldest first."""
        ...

    def every(self) -> Sequence[Contact]: ...

    def told(self, customers: Collection[str], since: datetime) -> Sequence[Contact]:
        """What these customers were written to about since then."""
        ...

    def settle(self, key: str, state: ContactState, why: str, at: datetime, ticket: str = "") -> bool:
        """From open or suggested to another state; False when it has another one already."""
        ...

    def wait(self, key: str, why: str) -> bool:
        """Why it is still open; False when that is what was said before, or it is not open any more."""
        ...

    def looked_again(self, key: str, solved: bool) -> None: ...

    def sent(self, customers: Collection[str] | None, since: datetime, but: str) -> int:
        """Messages to these customers, or to all, since then, without that under the key `but`; one that may have gone
        out counts."""
        ...

    def heard_from(self, since: datetime) -> Sequence[str]:
        """Every customer who surely wrote to us since then."""
        ...

    def wrote(self, customer: str, since: datetime, until: datetime) -> bool:
        """Whether they surely wrote to us within that time."""
        ...

    def opt_out(self, customer: str, *, by: str, at: datetime) -> bool:
        """False when they had before."""
        ...

    def opt_in(self, customer: str, *, by: str, at: datetime) -> bool:
        """Take it back; False when there was nothing to take back."""
        ...

    def opted_out(self, customers: Collection[str]) -> OptOut | None:
        """That of one of these, who are one person."""
        ...


class Visits(Protocol):
    """What visitors of the company's own site do there beside writing."""

    def come(self, who: str, at: datetime, since: datetime, most: int) -> datetime | None:
        """Count one more visit of theirs, and give back None; or, when there were as many as may be since then, count
        nothing and give back when the oldest of them was."""
        ...

    def full(self, who: str, since: datetime, most: int) -> datetime | None:
        """What `come` would give back, without counting."""
        ...

    def rate(self, rating: Rating) -> bool:
        """False when this conversation was rated before: nothing was written."""
        ...

    def rating(self, ticket: str) -> Rating | None: ...

    def answer(self, one: Answered) -> None:
        """By the page of our letter; replaces the former answer about the same ticket."""
        ...

    def answered(self, ticket: str, stretch: int) -> Answered | None: ...

    def comments(self, since: datetime) -> Sequence[tuple[str, int, str]]:
        """What was said with ratings of both kinds since then, masked: ticket, score and words, oldest first."""
        ...

    def keep(self, file: SentFile, content: bytes) -> bool:
        """False when there is one with this id. What nobody attached within a day is erased."""
        ...

    def files(self, ticket: str) -> Sequence[SentFile]:
        """Oldest first."""
        ...

    def attach(self, ticket: str, ids: Collection[str], message: str) -> Sequence[SentFile]:
        """Those of these files of this conversation that hang on this message from now on, or did before."""
        ...


class Sealed(Protocol):
    """Lines of the journal that only this desk can have written: about backups, or changes of its folder."""

    def changes(self) -> Sequence[JournalLine] | Broken:
        """The journal's lines about it, in order; `Broken` when one of them was not written by this desk. Then nobody
        may rely on any of them."""
        ...

    def append(self, kind: str, body: Json, at: datetime) -> int:
        """One line more, under a kind that begins as theirs do: "rollout.", "change." or "backup."; its number."""
        ...


class Checkpoints(Protocol):
    """What is signed now and then, so that it can be told later that the journal was the same then."""

    def make(self, at: datetime) -> Checkpoint | None:
        """Sign the newest line, and say so in one more; None when nothing was written since the last checkpoint."""
        ...


class Versions(Protocol):
    """The desk folder as it was at each version."""

    def keep(self, version: str, digest: str, files: Mapping[str, bytes], at: datetime) -> None:
        """A second time with the same version changes nothing."""
        ...

    def files(self, version: str) -> Mapping[str, bytes]:
        """By path in the folder; none of a version that is not known."""
        ...


class Stages(Sealed, Protocol):
    """Every change of how far procedures are trusted, and at which stage customers were answered lately."""

    def seen(self, keys: Collection[str], procedure: str, since: datetime) -> Sequence[Sighting]:
        """Of whoever is known under one of these keys, newest first."""
        ...

    def see(self, keys: Collection[str], procedure: str, sighting: Sighting) -> None:
        """In place of what was noted under these keys before."""
        ...

    def forget(self, before: datetime) -> None:
        """Erase older sightings of everybody."""
        ...


class Drifts(Protocol):
    """What is known of signals that are watched for drift, by procedure and signal, as text; and how far the journal
    was read for it."""

    def upto(self) -> int: ...

    def move(self, before: int, to: int) -> bool:
        """False, and nothing is written, when somebody else has read on from `before`."""
        ...

    def streams(self) -> Mapping[tuple[str, str], str]: ...

    def keep(self, states: Mapping[tuple[str, str], str]) -> None:
        """In the place of what was kept of these; all others stay."""
        ...


class Restrictions(Protocol):
    """Whose messages no assistant may read. Names are e-mail addresses, numbers and `Ref`s as text; what is kept of
    them are keyed hashes."""

    def any_stands(self) -> bool:
        """Whether there is one of anybody."""
        ...

    def put(self, names: Collection[str], *, by: str, at: datetime) -> int:
        """How many of these names were not restricted before."""
        ...

    def lift(self, names: Collection[str], *, by: str, at: datetime) -> int:
        """How many of these names were."""
        ...

    def on(self, names: Collection[str]) -> bool:
        """Whether one of these names is."""
        ...


class Runs(Protocol):
    def enqueue(
        self, story: str, ticket: str, key: str, *args: str, turn: int = 0, delay: float = 0, bulk: bool = False
    ) -> None:
        """Start `story` once this transaction has committed; a key that was used before starts nothing.

        A ticket does one thing at a time: first what has no `turn`, then turn after turn. `delay` is in seconds.
        `bulk`: nobody waits for it, and there may be thousands; like what was delayed, it never takes more than a
        share of the places, and gets its turn on its ticket when it gets one of them.
        """
        ...


class Transaction(Protocol):
    inbox: Inbox
    tickets: Tickets
    awaiting: Awaiting
    ledger: Ledger
    pauses: Pauses
    suggestions: Suggestions
    confirmations: Confirmations
    identity: Identities
    links: Links
    contacts: Contacts
    history: History
    journal: Journal
    results: Results
    handoffs: Handoffs
    guidance: Whispers
    matters: Matters
    models: ModelCalls
    examples: Examples
    visits: Visits
    stages: Stages
    changes: Sealed
    backups: Sealed
    checkpoints: Checkpoints
    versions: Versions
    drifts: Drifts
    restrictions: Restrictions
    runs: Runs


class Store(Protocol):
    def begin(self) -> AbstractContextManager[Transaction]:
        """Commits at the end of the block, rolls back on any exception. Never call another system inside it."""
        ...

    def look(self) -> AbstractContextManager[Transaction]:
        """The same for reading alone, at one moment: it waits for no other, and a write in it fails. What is decided by
        it may be stale by the next line, as after any transaction."""
        ...

    def scrub(self) -> bool:
        """After rows were erased: leave none of their words in the database's files. False when somebody who reads
        kept us from it; try again later."""
        ...
