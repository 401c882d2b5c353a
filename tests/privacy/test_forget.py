"""Who asks to be forgotten is found nowhere any more, and nothing that counts has changed."""

import json
import shutil
from pathlib import Path

import pytest
from tests.privacy.planted import holding, plant, privacy_of, report
from tests.storage import everywhere
from tests.stories.lumen import TWICE, Lumen, Signed, opened

from deskhand.bootstrap.privacy import Erased
from deskhand.bootstrap.retention import tidy
from deskhand.domain.delivery import Delivery
from deskhand.domain.errors import DeskFault
from deskhand.domain.journal_line import Sought, Verified
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.infrastructure import forgotten_file
from deskhand.workflows.take_in import take_in


class PowerCut(BaseException):
    """The process ends here."""


def begun(lumen: Lumen, email: str) -> None:
    with lumen.network.quiet():
        subject = privacy_of(lumen).find(email, lumen.installation.systems.directories)
    privacy_of(lumen).begin(subject)


def forget(lumen: Lumen, email: str) -> Erased:
    begun(lumen, email)
    (done,) = privacy_of(lumen).go_on("ana")
    return done


def test_nothing_of_them_is_found_in_any_file_not_even_after_a_restore(folder: Path) -> None:
    state, older = folder / ".deskhand", folder.parent / "older"
    with opened(folder) as lumen:
        planted = plant(lumen, state)
        other = lumen.say(lumen.customer("double_charge_small"), TWICE)
        at, figures = lumen.clock(), report(lumen, lumen.clock())
        assert len(planted.texts) >= 50
        assert set(holding(folder, planted.texts)) == set(planted.texts)
        shutil.copytree(state, older)

        begun(lumen, planted.email)
        steps: list[str] = []

        def die(step: str) -> None:
            """Once before each step, and once more before the receipt."""
            if step not in steps:
                steps.append(step)
                raise PowerCut

        done: list[Erased] = []
        while not done:
            try:
                done = privacy_of(lumen).go_on("ana", die)
            except PowerCut:
                continue

        assert [one.whole for one in done] == [True]
        assert holding(folder, planted.texts) == {}
        assert isinstance(lumen.installation.queries.verify(), Verified)
        # The line that tells of it is one more than was read before.
        assert without_place(report(lumen, at)) == without_place(figures)
        line = lumen.installation.queries.newest_of("privacy.forgotten")
        assert line is not None
        assert line.body["receipt"] == done[0].digest
        assert lumen.installation.queries.contacts(customer_of(lumen, other.ticket), 10)[0].requests
        again = lumen.say(planted.email, TWICE)
        assert again.result.outcome is RunOutcome.AWAITING_APPROVAL  # they are paused still
        (considered,) = lumen.installation.queries.found(Sought("message.considered", again.ticket), 2)
        assert considered.body["former"] == 0
        assert again.number not in (int(one.split(":")[-1]) for one in planted.tickets if "zendesk" in one)

    if everywhere.server():
        return  # a copy of the folder holds no database: tests/storage/test_backup_postgres.py restores one
    shutil.rmtree(state)
    shutil.copytree(older, state)
    shutil.rmtree(older)
    assert set(holding(folder, planted.texts)) >= {"Quagmirella"}
    with opened(folder) as lumen:
        assert holding(folder, planted.texts) == {}
        assert isinstance(lumen.installation.queries.verify(), Verified)
        assert lumen.installation.queries.newest_of("privacy.forgotten") is not None


def test_who_was_forgotten_is_not_written_to_first(lumen: Lumen) -> None:
    told = lumen.say(lumen.customer("double_charge_small"), TWICE)
    ref = customer_of(lumen, told.ticket)
    with lumen.installation.store.begin() as tx:
        assert tx.contacts.opted_out([ref]) is None
    done = forget(lumen, ref)
    with lumen.installation.store.begin() as tx:
        assert tx.contacts.opted_out([ref]) is not None
    receipt = json.loads(done.receipt.read_text("utf-8"))
    assert ref not in done.receipt.read_text("utf-8")
    assert {one["system"] for one in receipt["systems"]} == {"stripe", "zendesk"}


def test_who_writes_while_they_are_forgotten_is_answered_as_a_new_person(lumen: Lumen) -> None:
    email = lumen.customer("double_charge_small")
    first = lumen.say(email, "I want a person, please.")
    begun(lumen, email)
    signed: list[Signed] = []

    def write(step: str) -> None:
        """When most of the tables are done, on the ticket that is being erased. It waits until all are."""
        if step == "survey_answer":
            signed.append(lumen.write(email, "It is about ORD-1.", first.number))
            assert lumen.deliver(signed[0]).status_code == 202

    (done,) = privacy_of(lumen).go_on("ana", write)

    assert done.whole
    said = lumen.told(signed[0]).message
    with lumen.installation.store.begin() as tx:
        kept = tx.results.get(first.ticket, said)
        old = tx.results.get(first.ticket, first.message)
    assert kept is not None
    assert old is not None
    assert (old.reply, old.handoff) == ("", None)


def test_what_comes_in_the_moment_of_an_erasure_is_answered_and_what_came_before_it_goes(lumen: Lumen) -> None:
    """Old and new tickets, while a run still waits for its turn: nothing is lost, and nothing escapes."""
    email, privacy = lumen.customer("double_charge_small"), privacy_of(lumen)
    lumen.say(email, "I want a person, please. I am Quagmirella.")
    first = lumen.say(email, "I want a person, please.")  # the help desk has it still, and is read anew with what comes
    with lumen.network.quiet():
        subject = privacy.find(email, lumen.installation.systems.directories)
    between = lumen.say(email, "How do I invite a colleague to my workspace?", stage=Stage.ASSISTED)
    assert lumen.pending(between.ticket) != [], "it waits, on a ticket that was not found"
    privacy.begin(subject)
    signed: list[Signed] = []
    chats, store = lumen.installation.conversations, lumen.installation.store

    def write(step: str) -> None:
        if step == "runs":
            signed.append(lumen.write(email, "It is about ORD-1. I want a person.", first.number))
            assert lumen.deliver(signed[0]).status_code == 202
            chat = chats.open("new1", email, name="Ada", verified=True, subject="", channel="chat")
            chats.say(chat, "m1", "How do I export a dashboard as PDF?")
            take_in(store, Delivery("deskhand", "m1", str(chat), "m1", "chat", lumen.clock()), "")

    (done,) = privacy.go_on("ana", write)

    assert done.whole
    message = lumen.told(signed[0]).message
    lumen.installation.wait("message/deskhand:ticket:new1/m1", 30.0)
    with store.begin() as tx:
        answered, old = (tx.results.get(first.ticket, one) for one in (message, first.message))
        chatted = tx.results.get("deskhand:ticket:new1", "m1")
    assert answered is not None
    assert chatted is not None
    assert old is not None
    assert (answered.outcome, old.handoff) == (RunOutcome.HANDED_OFF, None)
    assert chatted.reply
    assert lumen.installation.conversations.ticket(Ref("deskhand", "ticket", "new1")).value.messages
    assert lumen.pending(between.ticket) == []
    assert lumen.installation.engine.status.keys_of([between.ticket]) == []
    assert holding(lumen.installation.settings.state, ["Quagmirella"]) == {}


def test_a_night_erases_again_whoever_was_forgotten_in_another_copy(lumen: Lumen) -> None:
    """As though an older copy had been put back while the desk was open."""
    told = lumen.say(lumen.customer("double_charge_small"), "I want a person, please. I am Quagmirella.")
    privacy = privacy_of(lumen)
    names = [told.ticket, customer_of(lumen, told.ticket)]
    forgotten_file.add(privacy.registers[1:], privacy.secret, "elsewhere", lumen.clock(), names)
    tidy(privacy)
    with lumen.installation.store.begin() as tx:
        kept = tx.results.get(told.ticket, told.message)
        assert tx.contacts.opted_out(names[1:]) is not None
    assert kept is not None
    assert (kept.reply, kept.handoff) == ("", None)
    line = lumen.installation.queries.newest_of("privacy.forgotten")
    assert line is not None
    assert line.body["by"] == "night"


@pytest.mark.sqlite("takes its files away")
def test_a_restored_desk_with_another_secret_stays_shut(folder: Path) -> None:
    with opened(folder) as lumen:
        told = lumen.say(lumen.customer("double_charge_small"), TWICE)
        forget(lumen, customer_of(lumen, told.ticket))
    for name in ("desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm", "secret"):
        (folder / ".deskhand" / name).unlink(missing_ok=True)
    with pytest.raises(DeskFault, match="another secret"), opened(folder):
        pass


def customer_of(lumen: Lumen, ticket: str) -> str:
    (line,) = [one for one in lumen.installation.queries.timeline(ticket) if one.kind == "message.ended"]
    return str(line.body["customer"])


def without_place(figures: str) -> dict[str, object]:
    return {name: value for name, value in json.loads(figures).items() if name != "upto_line"}
