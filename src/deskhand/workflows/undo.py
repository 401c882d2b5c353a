"""An agent takes a deed back: a deed of its own, judged by policy, done once, with a receipt."""

from datetime import datetime

from deskhand.domain.action import Action, Proposal
from deskhand.domain.digest import digest
from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.merging import MERGE
from deskhand.domain.ref import Ref
from deskhand.domain.suggestion import Person
from deskhand.execution.kind import NoUndo
from deskhand.execution.merging import note_parted
from deskhand.ports.store import Transaction
from deskhand.workflows.by_click import Clicked, Ending, by_click
from deskhand.workflows.desk import Desk


def way_back(desk: Desk, effect: Effect, now: datetime) -> Action | NoUndo:
    """The action that would take this effect back now, or why there is none."""
    if effect.state is EffectState.UNDONE:
        return NoUndo("It was taken back already.")
    if effect.state is not EffectState.DONE or effect.receipt is None:
        return NoUndo(f"It is {effect.state}, and only what is done can be taken back.")
    kind = desk.actions.get(effect.action)
    if kind is None:
        return NoUndo("A letter that was sent cannot be called back.")
    undo = kind.undo(effect.args, effect.receipt)
    if isinstance(undo, NoUndo):
        return undo
    if now - effect.receipt.at > undo.within:
        days = undo.within.total_seconds() / 86_400
        return NoUndo(f"It can be taken back within {days:g} days only, and they have passed.")
    return undo.action


def start_undo(desk: Desk, key: str, person: Person) -> Clicked:
    """The click: STARTED or REFUSED. Clicks of one person within a minute start it once."""
    now = desk.clock()
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(key)
        if effect is None:
            return Clicked(Ending.REFUSED, "There is no such effect.")
        way = way_back(desk, effect, now)
        if isinstance(way, NoUndo):
            return Clicked(Ending.REFUSED, way.why)
        tx.journal.append("undo.asked", effect.ticket, {"key": key, "by": person.id}, now)
        roles = ",".join(sorted(person.roles))
        tx.runs.enqueue("undo_effect", effect.ticket, run_key(key, person, now), key, person.id, roles)
    return Clicked(Ending.STARTED, run_key(key, person, now))


def run_key(key: str, person: Person, now: datetime) -> str:
    return f"undo/{key}/{person.id}/{now:%Y%m%d%H%M}"


def undo_effect(desk: Desk, key: str, by: str, roles: str) -> Clicked:
    """The run: judged again on the facts of now. How it ended goes into the journal and into a note for colleagues."""
    person = Person(by, frozenset(roles.split(",")))
    undone = desk.step(_take_back, desk, key, person)
    for wait in desk.patience.rounds:
        if undone.end is not Ending.UNSURE:
            break
        desk.pause(wait)
        undone = desk.step(_take_back, desk, key, person)
    return desk.step(_tell, desk, key, person, undone)


def _take_back(desk: Desk, key: str, person: Person) -> Clicked:
    now = desk.clock()
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(key)
    if effect is None:
        raise AssertionError(f"{key} is in no ledger")
    way = way_back(desk, effect, now)
    if isinstance(way, NoUndo):
        return Clicked(Ending.REFUSED, way.why)

    def mark(tx: Transaction, proposal: Proposal) -> None:
        tx.ledger.undone(key, proposal.key)
        if effect.action == MERGE:
            note_parted(tx, effect, person.id, now)

    return by_click(desk, way, effect.ticket, person, mark)


def _tell(desk: Desk, key: str, person: Person, undone: Clicked) -> Clicked:
    now = desk.clock()
    with desk.store.begin() as tx:
        effect = tx.ledger.effect(key)
        assert effect is not None
        line = {"key": key, "by": person.id, "end": str(undone.end), "why": undone.why}
        tx.journal.append("undo.ended", effect.ticket, line, now)
    title = desk.actions[effect.action].title
    words = {
        Ending.DONE: f"{title} taken back by {person.id} ({undone.why}).",
        Ending.REFUSED: f"{title} was not taken back, and nothing was changed: {undone.why}.",
        Ending.UNSURE: f"Nobody can tell whether this was taken back: {title} ({undone.why}). Please look there.",
    }[undone.end]
    note = f"note/{effect.ticket}/undo/{digest([key, str(effect.state), str(undone.end), now.isoformat()])[:12]}"
    ticket = Ref.parse(effect.ticket)
    desk.executor.say(ticket, words, public=False, key=note, customer=effect.customer, freeze=False)
    return undone
