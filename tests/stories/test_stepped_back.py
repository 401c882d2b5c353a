"""What steps back or is tried out while messages come in: nothing is done by a stage that holds no more."""

from pathlib import Path

from tests.stories.lumen import TWICE, Lumen, as_written, opened

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.workflows.carry_out import Setback, commit
from deskhand.workflows.consider import Way, consider
from deskhand.workflows.hear import hear
from deskhand.workflows.step_back import step_back

PROCEDURE = "duplicate-charge"


def lower(lumen: Lumen, why: str) -> Stage:
    store, now = lumen.installation.store, lumen.clock()
    return step_back(store, procedure=PROCEDURE, why=why, by="ana", now=now, evidence={}).stage


def test_a_plan_of_the_assistant_alone_is_not_carried_out_after_a_step_back(lumen: Lumen) -> None:
    email, desk = lumen.customer("double_charge_small"), lumen.installation.desk
    told = lumen.say(email, TWICE, stage=Stage.READ_ONLY)
    message = lumen.suggestion(told.ticket).heard.message
    heard = hear(desk, told.ticket, message)
    planned = consider(desk, heard, {}, "")
    assert (planned.way, planned.stage) == (Way.COMMIT, Stage.AUTONOMOUS)
    assert lower(lumen, "a drill") is Stage.ASSISTED
    stopped = commit(desk, heard, planned, None)
    assert isinstance(stopped, Setback)
    assert stopped.how == "lowered"
    assert not lumen.refunds(email) + lumen.replies(told.number)
    assert consider(desk, heard, {}, "").way is Way.AWAIT


def test_the_next_message_of_anybody_is_handled_at_the_lower_stage(lumen: Lumen) -> None:
    first = lumen.say(lumen.customer("double_charge_small"), TWICE)
    assert first.result.outcome is RunOutcome.RESOLVED
    lower(lumen, "a drill")
    second = lumen.say(lumen.customer("double_charge_small"), TWICE)
    assert second.result.outcome is RunOutcome.AWAITING_APPROVAL
    lower(lumen, "another drill")
    third = lumen.say(lumen.customer("double_charge_small"), TWICE)
    assert third.result.outcome is RunOutcome.SUGGESTED


def test_a_second_version_of_a_procedure_answers_its_share_and_says_so(folder: Path) -> None:
    first = (folder / "procedures" / f"{PROCEDURE}.yaml").read_text("utf-8")
    (folder / "trials").mkdir()
    words = "I am sorry for the trouble."
    (folder / "trials" / "shorter.yaml").write_text(first.replace(words, "Sorry about that."), "utf-8")
    desk = folder / "desk.toml"
    trial = f'\n[rollout.trials.shorter]\nprocedure = "{PROCEDURE}"\npercent = 50\n'
    desk.write_text(desk.read_text("utf-8") + trial, "utf-8")
    said: dict[str, str] = {}
    with opened(folder, as_written, finished=True) as lumen:
        for _ in range(10):
            if len(said) < 2:
                told = lumen.say(lumen.customer("double_charge_small"), TWICE)
                lines = lumen.installation.queries.timeline(told.ticket)
                ended = next(one for one in lines if one.kind == "message.ended")
                said[ended.body["trials"]["shorter"]] = told.result.reply
    assert words in said["a"]
    assert "Sorry about that." in said["b"]
    assert words not in said["b"]
