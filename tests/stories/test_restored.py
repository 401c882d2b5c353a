"""A desk is put back from a backup of before its last deeds: it knows nothing of them, and does none of them again."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.stories.lumen import TWICE, Lumen, Signed, opened
from tests.stories.mailbox import Mailbox

from deskhand.bootstrap import backup, now, restore
from deskhand.domain.effect import Effect, EffectState, Forgotten
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ref import Ref
from deskhand.execution.executor import Letter
from deskhand.execution.results import Done, Paused, Result, Unsure
from deskhand.workflows.pause import resume

pytestmark = pytest.mark.sqlite("restores its file; tests/storage/test_backup_postgres.py is its counterpart")
PHRASE = "a pass phrase of the tests"


@dataclass(frozen=True)
class Before:
    """What was done after the backup: two customers got their money back, and were told so."""

    folder: Path
    first: Signed
    second: Signed
    emails: tuple[str, str]
    keys: tuple[str, ...]
    effects: tuple[Effect, ...]


@pytest.fixture(scope="module")
def before(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Before:
    place = tmp_path_factory.mktemp("restored")
    folder = Path(shutil.copytree(prepared, place / "desk"))
    with opened(folder) as lumen:
        backup(lumen.installation.settings, place / "old.backup", PHRASE, by="ana", clock=now, tell=silent)
        emails = lumen.customer("double_charge_small"), lumen.customer("double_charge_small")
        first, second = (lumen.write(email, TWICE) for email in emails)
        for signed, email in zip((first, second), emails, strict=True):
            assert lumen.deliver(signed).status_code == 202
            assert lumen.told(signed).result.outcome is RunOutcome.RESOLVED
            assert (len(lumen.refunds(email)), len(lumen.replies(lumen.number(signed)))) == (1, 1)
        with lumen.installation.store.begin() as tx:
            done = tx.ledger.of_ticket(f"zendesk:ticket:{lumen.number(first)}")
        more = [done_by_hand(lumen, one) for one in others(lumen, emails[0], lumen.number(first))]
    restore(place / "old.backup", PHRASE, place / "again", by="ana", clock=now, tell=silent)
    twins = place / "again" / ".deskhand" / "twins"  # other systems are not put back with us
    shutil.rmtree(twins)
    shutil.copytree(folder / ".deskhand" / "twins", twins)
    return Before(
        place / "again", first, second, emails, tuple(one.key for one in done if one.action == "reply"), (*done, *more)
    )


def others(lumen: Lumen, email: str, number: int) -> list[Effect]:
    """Of other kinds, each of which our side knows how to look for: a credit, and tags."""
    with lumen.network.quiet():
        customer = lumen.installation.systems.directories[0].by_email(email)[0].value.ref
    ticket = f"zendesk:ticket:{number}"
    credit = {"customer": customer.id, "amount": f"5.00 {lumen.charges(email)[0].amount.currency}"}
    return [
        effect("credit_customer", ticket, str(customer), credit),
        effect("tag_ticket", ticket, str(customer), {"ticket": ticket, "tags": "restored-once"}),
    ]


def effect(action: str, ticket: str, customer: str, args: dict[str, str]) -> Effect:
    key = f"{action}/{ticket}/by-hand"
    return Effect(key, ticket, customer, action, key, args, None, False, EffectState.RESERVED, now())


def done_by_hand(lumen: Lumen, one: Effect, forgotten: Forgotten | None = None) -> Effect:
    """Reserved and brought to its end, past any policy; as it stands in the ledger then."""
    reserved = replace(one, state=EffectState.RESERVED, receipt=None)
    with lumen.installation.store.begin() as tx:
        assert tx.ledger.reserve(reserved)
    lumen.installation.desk.executor.settling.settle(reserved, fresh=True, forgotten=forgotten)
    with lumen.installation.store.begin() as tx:
        kept = tx.ledger.effect(one.key)
    assert kept is not None
    return kept


def silent(what: str, done: int, whole: int) -> None:
    """Nobody watches."""


@contextmanager
def again(before: Before, place: Path) -> Iterator[Lumen]:
    with opened(shutil.copytree(before.folder, place / "desk"), mailbox=Mailbox()) as lumen:
        yield lumen


def test_nothing_is_done_until_a_person_resumes_the_desk_and_then_nothing_twice(before: Before, tmp_path: Path) -> None:
    with again(before, tmp_path) as lumen:
        assert lumen.deliver(before.first).status_code == 202, "the help desk sends its event once more"
        told = lumen.told(before.first)
        assert (len(lumen.refunds(before.emails[0])), len(lumen.replies(told.number))) == (1, 1)
        assert resume(lumen.installation.store, "desk", by="tom", now=lumen.clock())
        for one in lumen.pending(told.ticket):
            lumen.decide(one, "approved", "ana")
            lumen.settled(one)
        assert (len(lumen.refunds(before.emails[0])), len(lumen.replies(told.number))) == (1, 1)

        assert lumen.deliver(before.second).status_code == 202, "by now the assistant acts alone"
        told = lumen.told(before.second)
        assert told.result.outcome is not RunOutcome.HANDED_OFF
        assert (len(lumen.refunds(before.emails[1])), len(lumen.replies(told.number))) == (1, 1)
        email = [lumen.customer("double_charge_small") for _ in range(3)][-1]  # the others are met already
        fresh = lumen.say(email, TWICE)
        assert fresh.result.outcome is RunOutcome.RESOLVED
        assert (len(lumen.refunds(email)), len(lumen.replies(fresh.number))) == (1, 1)


def test_an_effect_that_was_forgotten_is_found_and_one_that_nobody_can_look_for_waits(
    before: Before, tmp_path: Path
) -> None:
    with again(before, tmp_path) as lumen:
        desk, number = lumen.installation.desk, lumen.number(before.first)
        ticket, letter = Ref("zendesk", "ticket", str(number)), Letter("x@example.com", "About", "Words")
        (key,) = before.keys
        assert isinstance(say(lumen, ticket, key), Paused)
        resume(lumen.installation.store, "desk", by="tom", now=lumen.clock())
        assert isinstance(say(lumen, ticket, key), Done)
        assert len(lumen.replies(number)) == 1, "it was found at the help desk"
        assert isinstance(say(lumen, ticket, f"{key}/new"), Done)
        assert len(lumen.replies(number)) == 2, "what was never sent is sent"
        held = desk.executor.send_letter(ticket, letter, key="letter/1", customer="")
        assert isinstance(held, Unsure)
        assert "backup was put back" in held.reason
        assert lumen.mailbox.letters == []
        lumen.clock.ahead += timedelta(days=2)
        assert isinstance(desk.executor.send_letter(ticket, letter, key="letter/2", customer=""), Done)


def test_every_kind_of_effect_is_looked_for_before_it_is_done_again(before: Before, tmp_path: Path) -> None:
    """A refund, a reply, a credit, tags: what their side holds is the receipt. A letter is nobody's to look for."""
    kinds = {one.action for one in before.effects}
    assert {"refund_charge", "reply", "credit_customer", "tag_ticket"} <= kinds
    with again(before, tmp_path) as lumen:
        resume(lumen.installation.store, "desk", by="tom", now=lumen.clock())
        since = Forgotten(lumen.clock() - timedelta(minutes=1), lumen.clock() + timedelta(days=1))
        for one in before.effects:
            kept = done_by_hand(lumen, one, since)
            assert kept.receipt is not None, one.action
            assert one.receipt is not None
            assert (kept.state, kept.receipt.id) == (EffectState.DONE, one.receipt.id), one.action
        assert len(lumen.refunds(before.emails[0])) == 1
        assert len(lumen.replies(lumen.number(before.first))) == 1
        letter = {"to": before.emails[0], "subject": "About", "text": "Words"}
        ticket = f"zendesk:ticket:{lumen.number(before.first)}"
        held = done_by_hand(lumen, effect("send_email", ticket, "", letter), since)
        assert (held.state, lumen.mailbox.letters) == (EffectState.RESERVED, [])


def say(lumen: Lumen, ticket: Ref, key: str) -> Result:
    return lumen.installation.desk.executor.say(ticket, "Other words", public=True, key=key, customer="", freeze=False)
