"""Asking for a proof at desks that are set up otherwise: by a procedure, and without a way to send letters."""

from dataclasses import replace
from pathlib import Path

from tests.stories.lumen import apart, opened
from tests.stories.mailbox import Mailbox
from tests.stories.test_step_up import MOVE, moved

from deskhand.domain.outcome import RunOutcome
from deskhand.settings import Settings


def test_a_procedure_may_want_a_proof_before_anything_of_it_is_done(folder: Path) -> None:
    file = folder / "procedures" / "delete-account.yaml"
    wanted = file.read_text("utf-8").replace("requires: [customer.verified]", "requires: [customer.proven]")
    file.write_text(wanted, "utf-8")
    with opened(folder, apart, Mailbox()) as lumen:
        email = lumen.customer("single_charge")
        told = lumen.say(email, "delete my account")
        assert told.result.outcome is RunOutcome.ASKED
        assert lumen.owner(told.ticket) == "assistant"
        after = lumen.say(email, lumen.mailbox.code(email), told.number)
        assert after.result.handoff is not None
        assert (after.result.handoff.queue, after.result.handoff.reason) == ("risk", "rule")


def test_without_a_way_to_send_letters_people_take_over(folder: Path) -> None:
    def without_mail(settings: Settings) -> Settings:
        table = apart(settings).table
        systems = table.systems.model_copy(update={"mail": None})
        return replace(settings, table=table.model_copy(update={"systems": systems}))

    with opened(folder, without_mail) as lumen:
        email = lumen.customer("single_charge")
        told = lumen.say(email, MOVE)
        assert told.result.actions[0].verdict.rule == "email-proven"
        assert "proven that it is you" in told.result.reply
        assert not moved(lumen, email)
