"""How the tickets of a desk ended, past every quiet timer and the window: each in one state, or open for a reason."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskhand.bootstrap import Installation
from deskhand.domain.ref import Ref
from deskhand.measurement.ledger_of_outcomes import KINDS, ledger, tickets
from deskhand.measurement.outcomes import TicketOutcome, outcome
from deskhand.measurement.stretch import Stretch
from deskhand.workflows.agent_reply import agent_reply, next_nonce
from deskhand.workflows.close_quiet import close_quiet
from deskhand.workflows.closing import DECIDE, PEOPLE, why_open
from deskhand.workflows.settle_by_hand import settle_by_hand
from deskhand.workflows.settle_decision import expire_suggestion
from deskhand.workflows.take_over import take_over

SEEN: Counter[str] = Counter()  # of this process: states, "open: " and "left out: " with the reason
LONG = timedelta(days=70)  # some stories have put a ticket aside for two months
Past = Callable[[Iterable[timedelta]], Iterator[datetime]]  # puts the clock ahead by each wait, and yields the time
UNSURE = "nobody can tell yet whether something was done"
SETTLED = "We have looked into this for you, and it is settled now."
WAIT = 30.0  # seconds for one run
WAITS = (timedelta(hours=1), timedelta(hours=13), timedelta(days=4, hours=9), timedelta(days=4, hours=9))
# A reminder waits for the morning, and a desk that is opened again looks at a ticket when it was to be looked at.
MORE = [timedelta(days=4, hours=9)] * 8


@dataclass(frozen=True)
class Endings:
    """`states` by ticket, of its closed stretches in order; `open` and `left` by ticket, with the reason."""

    states: dict[str, list[TicketOutcome]]
    open: dict[str, str]
    left: dict[str, str]


def endings(installation: Installation, now: datetime) -> Endings:
    """As the journal tells them now."""
    made = ledger(installation.queries.of_kinds(KINDS), now)
    window, found = installation.desk.closing.window, Endings({}, {}, {})
    for one in tickets(made, window):
        state, ticket = outcome(one.facts, now, window), one.stretch.ticket
        if state is None:
            found.open[ticket] = reason(installation, one.stretch)
        else:
            found.states.setdefault(ticket, []).append(state)
    found.left.update({one.ticket: one.no_ticket for one in made.every() if one.no_ticket})
    return found


def reason(installation: Installation, last: Stretch) -> str:
    with installation.store.begin() as tx:
        return why_open(tx, last)


def ended_well(installation: Installation, past: Past) -> None:
    """Every ticket that got a message has one ending, and one only: what is open at first is so for a reason that is
    true, and closes once people have seen to it."""
    closed_by_time(installation, past)
    if people_finish(installation):
        closed_by_time(installation, past, LONG)
    found = endings(installation, installation.desk.clock() + installation.desk.closing.window)
    left = {ticket for ticket, why in found.open.items() if why in (PEOPLE, DECIDE, UNSURE)}
    assert not any(within_reach(installation, Ref.parse(one)) for one in left), f"people saw to {left}, and it is open"
    SEEN.update(str(state) for states in found.states.values() for state in states)
    SEEN.update(f"open: {why}" for why in found.open.values() if why)  # without those that only steps were on
    SEEN.update(f"left out: {why}" for why in found.left.values())


def people_finish(installation: Installation) -> bool:
    """Nobody decides in time; agents find that what nobody could tell was not done, answer what they were given, and
    solve it at the help desk. False where there is nothing to do."""
    twin, desk = installation.systems.zendesk_twin, installation.desk
    open_now = endings(installation, desk.clock()).open
    if not open_now:
        return False
    for ticket in (one for one, why in open_now.items() if why == UNSURE):
        find_out(installation, ticket)
    for ticket in (one for one, why in open_now.items() if why == DECIDE):
        with installation.store.begin() as tx:
            pending = [one.id for one in tx.suggestions.pending(ticket)]
        for id in pending:
            expire_suggestion(desk, id)
            installation.wait(f"settle/{id}", WAIT)
    for ref in map(Ref.parse, open_now):
        if not within_reach(installation, ref):
            continue
        if twin and ref.system == "zendesk":
            twin.resolve(int(ref.id), SETTLED)
        elif open_now[str(ref)] in (PEOPLE, DECIDE):
            answer_here(installation, str(ref))
    return True


def within_reach(installation: Installation, ref: Ref) -> bool:
    """Whether an agent of these stories can answer there: where a help desk still has it, or we do."""
    twin = installation.systems.zendesk_twin
    return ref.system != "zendesk" or (twin is not None and bool(twin.said(int(ref.id), public=True)))


def find_out(installation: Installation, ticket: str) -> None:
    """Of everything with a lost answer: an agent looked, and it was not done."""
    with installation.store.begin() as tx:
        unsure = [one.key for one in tx.ledger.of_ticket(ticket) if one.state.open]
    for key in unsure:
        settle_by_hand(installation.store, key, receipt="", by="ana", now=installation.desk.clock())


def answer_here(installation: Installation, ticket: str) -> None:
    """From the workspace: the only place to answer in where a conversation is ours."""
    store, desk, ana = installation.store, installation.desk, installation.people["ana"]
    take_over(store, ticket, ana, desk.clock())
    agent_reply(desk, ticket, ana, text=SETTLED, public=True, nonce=next_nonce(store, ticket, ana))


def closed_by_time(installation: Installation, past: Past, first: timedelta = timedelta()) -> None:
    """What nothing keeps open closes, each once; what stays open does so for a reason that is true."""
    for _ in past((first, *WAITS)):
        close_quiet(installation.desk)
    for _ in past(MORE):
        if "" not in endings(installation, installation.desk.clock()).open.values():
            break
        close_quiet(installation.desk)
    found = endings(installation, installation.desk.clock() + installation.desk.closing.window)
    lines = list(installation.queries.of_kinds(["message.received", "message.ended", "run.failed", "ticket.closed"]))
    known = {line.ticket for line in lines if line.kind == "message.received"}  # without those that only steps were on
    assert known <= found.states.keys() | found.open.keys() | found.left.keys(), "a ticket is lost"
    told = {(line.ticket, str(line.body["message"])) for line in lines if line.kind == "message.ended"}
    failed = {str(line.body["run"]) for line in lines if line.kind == "run.failed"}
    came = {(line.ticket, str(line.body["message"])) for line in lines if line.kind == "message.received"}
    busy = {ticket for ticket, message in came - told if f"message/{ticket}/{message}" not in failed}
    for ticket in found.open.keys() & known:
        _true(installation, ticket, found.open[ticket], busy)
    closed = Counter(line.ticket for line in lines if line.kind == "ticket.closed")
    counted = Counter({ticket: len(states) for ticket, states in found.states.items()})
    assert counted == closed - Counter({one: closed[one] for one in found.left}), "closed once, counted once"


def _true(installation: Installation, ticket: str, why: str, busy: set[str]) -> None:
    """What is said to keep it open is so, asked of what is not the journal."""
    with installation.store.begin() as tx:
        match why:
            case "a message is being worked on":
                assert ticket in busy
            case str() if why == DECIDE:
                assert tx.suggestions.pending(ticket)
            case str() if why == UNSURE:
                assert any(one.state.open for one in tx.ledger.of_ticket(ticket))
            case _:
                assert why == PEOPLE, f"{ticket} is open, and nothing keeps it open"
                assert tx.awaiting.open(ticket) or tx.tickets.owner(ticket) != "assistant"
