"""After a ticket has closed: rules look at it, people grade a blind sample, and its customer is asked once."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import httpx2
import pytest
from tests.stories.lumen import TWICE, Lumen, apart, opened

from deskhand.bootstrap.rounds.quality import Rounds
from deskhand.domain.calendar import Span
from deskhand.domain.journal_line import JournalLine
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.measurement.csat import KINDS as RATED
from deskhand.measurement.csat import csat
from deskhand.measurement.quality import graded, sent
from deskhand.measurement.quality.checks import VERSIONS
from deskhand.measurement.quality.to_grade import looked_at, to_grade
from deskhand.settings import CsatTable, ReceiptsTable, Settings
from deskhand.workflows.ask_rating import Asked, ask_rating
from deskhand.workflows.check_quality import check_quality
from deskhand.workflows.close_quiet import Looked, look
from deskhand.workflows.desk import Desk
from deskhand.workflows.opt_out import opt_out

PLACE = "https://desk.lumen.example"
THREE_DAYS = timedelta(hours=73)
GOES_ON = "Your subscription goes on as before"
BOTH = "Cancel my plan and give me back the last payment."


def asking(settings: Settings) -> Settings:
    settings = apart(settings)
    more = {"csat": CsatTable(ask=True), "receipts": ReceiptsTable(address=PLACE)}
    return replace(settings, table=settings.table.model_copy(update=more))


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("quality") / "desk"), asking, finished=True) as lumen:
        yield lumen


def at(lumen: Lumen, moment: datetime) -> Desk:
    """The desk at exactly this time, and no hour is night there."""
    desk = lumen.installation.desk
    return replace(desk, clock=lambda: moment, closing=replace(desk.closing, night=Span(0, 1)))


def lines(lumen: Lumen, ticket: str, kind: str) -> list[JournalLine]:
    return [line for line in lumen.installation.queries.timeline(ticket) if line.kind == kind]


def closed(lumen: Lumen, ticket: str) -> datetime:
    """The timer closes it; when."""
    last = [one.at for one in lumen.installation.queries.timeline(ticket)][-1]
    moment = (last + THREE_DAYS).replace(hour=10)
    moment = moment if moment > last + THREE_DAYS else moment + timedelta(days=1)
    assert look(at(lumen, moment), ticket) is Looked.CLOSED
    return moment


def links(lumen: Lumen, number: int) -> list[str]:
    """The addresses with the question that this ticket's customer got."""
    found = re.findall(rf"{PLACE}(/ratings/\S+)", "\n".join(lumen.replies(number)))
    return [str(one) for one in found]


def signed_in(lumen: Lumen, person: str) -> dict[str, str]:
    return {"authorization": f"Bearer {lumen.installation.tokens[person]}"}


def form_of(lumen: Lumen, person: str) -> tuple[str, dict[str, str]]:
    """The page of quality as this person sees it, and the fields that its first form holds."""
    text = lumen.http.get("/quality", headers=signed_in(lumen, person)).text
    form = text.partition('action="/quality/grades"')[2].partition("</form>")[0]
    return text, dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def post(lumen: Lumen, person: str, path: str, fields: dict[str, str]) -> httpx2.Response:
    return lumen.http.post(path, data=fields, headers=signed_in(lumen, person))


# -- rules ------------------------------------------------------------------------------------------------


def test_a_conversation_is_held_to_each_rule_once_and_again_by_nobody(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE)
    assert check_quality(desk.installation.desk, told.ticket) == [], "it is open still"
    closed(desk, told.ticket)
    (first,) = check_quality(desk.installation.desk, told.ticket)
    assert check_quality(desk.installation.desk, told.ticket) == []
    (line,) = lines(desk, told.ticket, "quality.checked")
    assert line.body["checks"] == dict(VERSIONS)
    assert (line.body["found"], line.body["complete"], line.body["handler"]) == ([], True, "assistant")
    assert first.found.keys() == VERSIONS.keys()


def test_a_round_checks_what_closed_since_the_last_one_whichever_process_made_that(desk: Lumen) -> None:
    one = Rounds(desk.installation.desk, desk.installation.queries)
    one.check()
    told = desk.say(desk.customer("double_charge_small"), TWICE)
    closed(desk, told.ticket)
    assert one.check() == 1
    assert one.check() == 0
    assert Rounds(desk.installation.desk, desk.installation.queries).check() == 0
    assert len(lines(desk, told.ticket, "quality.checked")) == 1


def test_who_cancels_and_wants_money_back_is_not_told_that_the_plan_goes_on(desk: Lumen) -> None:
    both = desk.say(desk.customer("single_charge"), BOTH).result
    alone = desk.say(desk.customer("single_charge"), "Please give me back the last payment.").result
    for one in (both, alone):
        assert [action.name for action in one.actions][-1] == "refund_charge"
        assert "I have refunded your payment" in one.reply
    assert "cancel_subscription" in [action.name for action in both.actions]
    assert GOES_ON not in both.reply
    assert GOES_ON in alone.reply


def test_a_reply_from_a_help_desk_that_is_away_is_checked_by_what_we_keep(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE)
    closed(desk, told.ticket)
    check_quality(replace(desk.installation.desk, desks={}), told.ticket)
    (line,) = lines(desk, told.ticket, "quality.checked")
    assert (line.body["complete"], line.body["found"]) == (False, [])


# -- people who grade -------------------------------------------------------------------------------------


def test_a_wrong_reply_opens_a_finding_that_somebody_else_closes_with_a_reason(desk: Lumen) -> None:
    desk.say(desk.customer("double_charge_small"), TWICE)
    text, fields = form_of(desk, "tom")
    assert {"form", "ticket", "message"} <= fields.keys()
    assert "assistant" not in text.partition("The reply to grade")[2].partition("</figure>")[0].lower()
    assert "Lumen Analytics Support" not in text.partition("The reply to grade")[2].partition("</figure>")[0]
    ticket = fields["ticket"]
    assert post(desk, "tom", "/quality/grades", {**fields, "mark": "wrong", "why": "wrong sum"}).status_code == 303
    (line,) = lines(desk, ticket, "quality.graded")
    assert line.body.keys() == {"ticket", "message", "verdict", "hallucinated", "by", "double", "why"}
    assert (line.body["verdict"], line.body["hallucinated"], line.body["by"]) == ("wrong", False, "tom")
    post(desk, "tom", "/quality/grades", {**fields, "mark": "right"})
    assert len(lines(desk, ticket, "quality.graded")) == 1, "nobody grades a reply twice"
    (opened_,) = lines(desk, ticket, "finding.opened")
    assert opened_.body["kind"] == "wrong"
    assert opened_.body["procedure"] == "duplicate-charge"
    finding = {"form": fields["form"], "ticket": ticket, "finding": opened_.body["finding"], "why": "mended"}
    assert f"deskhand eval add {ticket}" in form_of(desk, "tom")[0]
    post(desk, "tom", "/quality/findings", finding)
    assert lines(desk, ticket, "finding.closed") == [], "not by whoever opened it"
    mei = {**finding, **_token(desk, "mei")}
    post(desk, "mei", "/quality/findings", {**mei, "why": " "})
    assert lines(desk, ticket, "finding.closed") == [], "not without a reason"
    post(desk, "mei", "/quality/findings", mei)
    (closing,) = lines(desk, ticket, "finding.closed")
    assert (closing.body["by"], closing.body["why"]) == ("mei", "mended")


def test_nobody_is_shown_what_they_had_to_do_with(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
    waiting = desk.suggestion(told.ticket)
    assert desk.decide(waiting, "approved", "tom").stands
    desk.settled(waiting)
    now = desk.clock()
    replies = list(desk.installation.queries.lately(sent.KINDS, looked_at(now)))
    known = graded.grades(desk.installation.queries.of_kinds(graded.KINDS))
    every = {one.sent.ticket: one for month in to_grade(replies, known, "tom", now, 300).months for one in month.drawn}
    assert every[told.ticket].sent.hands == {"tom"}
    shown = set[str]()
    for _ in range(40):
        _, fields = form_of(desk, "tom")
        if not fields or fields["ticket"] in shown:
            break
        shown.add(fields["ticket"])
        post(desk, "tom", "/quality/grades", {**fields, "mark": "right"})
    assert told.ticket not in shown
    got = post(
        desk,
        "tom",
        "/quality/grades",
        {**_token(desk, "tom"), "ticket": told.ticket, "message": told.message, "mark": "right"},
    )
    assert "had+to+do" in got.headers["location"] or "had%20to%20do" in got.headers["location"]
    assert lines(desk, told.ticket, "quality.graded") == []


def test_what_is_in_no_sample_cannot_be_graded(desk: Lumen) -> None:
    desk.say(desk.customer("double_charge_small"), TWICE)
    fields = {**_token(desk, "mei"), "ticket": "zendesk:ticket:99999", "message": "1", "mark": "right"}
    assert post(desk, "mei", "/quality/grades", fields).status_code == 409


def _token(lumen: Lumen, person: str) -> dict[str, str]:
    text = lumen.http.get("/quality", headers=signed_in(lumen, person)).text
    return {"form": re.findall(r'name="form" value="([^"]*)"', text)[0]}


# -- customers --------------------------------------------------------------------------------------------


def test_a_customer_is_asked_once_in_the_channel_and_may_change_the_answer(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE)
    moment = closed(desk, told.ticket)
    for _ in range(2):
        assert ask_rating(at(desk, moment), told.ticket) in (Asked.SENT, Asked.NOT)
    (path,) = links(desk, told.number)
    assert len(lines(desk, told.ticket, "csat.asked")) == 1
    page = desk.http.get(path)
    assert page.status_code == 200
    assert lines(desk, told.ticket, "csat.given") == [], "looking is no answer"
    assert desk.http.post(path, data={"score": "2", "words": "slow, my card is 4242 4242 4242 4242"}).status_code == 303
    assert desk.http.post(path, data={"score": "5", "words": "fine after all"}).status_code == 303
    assert [
        (one.body["score"], one.body["again"], one.body["owner"]) for one in lines(desk, told.ticket, "csat.given")
    ] == [
        (2, False, "assistant"),
        (5, True, "assistant"),
    ]
    with desk.installation.store.begin() as tx:
        kept = tx.visits.answered(told.ticket, 1)
    assert kept is not None
    assert (kept.score, kept.words) == (5, "fine after all")
    assert "4242" not in str([one.body for one in desk.installation.queries.timeline(told.ticket)])
    found = csat(desk.installation.queries.of_kinds(RATED), moment, timedelta(days=7))
    assert found.by_handler["assistant"].satisfied.n == 1


def test_the_page_takes_no_other_address_and_no_other_score_and_not_many_tries(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE)
    ask_rating(at(desk, closed(desk, told.ticket)), told.ticket)
    (path,) = links(desk, told.number)
    assert desk.http.post(path[:-1] + ("0" if path[-1] != "0" else "1"), data={"score": "1"}).status_code == 404
    assert desk.http.post(path, data={"score": "6"}).status_code == 422
    answers = [desk.http.post(path, data={"score": str(1 + n % 5)}).status_code for n in range(12)]
    assert answers.count(303) == 10
    assert answers[-1] == 429


def test_nobody_is_asked_at_night_after_an_opt_out_or_where_the_assistant_only_reads(desk: Lumen) -> None:
    told = desk.say(desk.customer("double_charge_small"), TWICE)
    moment = closed(desk, told.ticket)
    night = replace(at(desk, moment), closing=replace(desk.installation.desk.closing, night=Span(9 * 60, 11 * 60)))
    assert ask_rating(night, told.ticket) == moment.replace(hour=11, minute=0, second=0, microsecond=0)
    assert links(desk, told.number) == []
    customer = lines(desk, told.ticket, "message.ended")[-1].body["customer"]
    opt_out(desk.installation.store, customer, by="customer", now=moment)
    assert ask_rating(at(desk, moment), told.ticket) is Asked.NOT
    assert links(desk, told.number) == []

    only = desk.say(desk.customer("double_charge_small"), TWICE, stage=Stage.READ_ONLY)
    desk.decide(desk.suggestion(only.ticket), "rejected", "ana")
    moment = closed(desk, only.ticket)
    assert ask_rating(at(desk, moment), only.ticket) is Asked.NOT
    assert desk.replies(only.number) == []


def test_nobody_is_asked_while_a_yes_would_still_permit_something(desk: Lumen) -> None:
    told = desk.say(desk.customer("single_charge"), "please cancel my subscription")
    assert told.result.outcome is RunOutcome.ASKED
    with desk.installation.store.begin() as tx:
        (open_,) = tx.confirmations.open(told.ticket, desk.clock())
        tx.confirmations.ask(replace(open_, expires_at=open_.expires_at + timedelta(days=7)))
    moment = closed(desk, told.ticket)
    assert ask_rating(at(desk, moment), told.ticket) is Asked.NOT
    with desk.installation.store.begin() as tx:
        tx.confirmations.withdraw(told.ticket)
    assert ask_rating(at(desk, moment), told.ticket) is Asked.SENT


def test_a_ticket_that_people_handled_is_asked_about_in_the_same_words(desk: Lumen) -> None:
    ours = desk.say(desk.customer("double_charge_small"), TWICE)
    ask_rating(at(desk, closed(desk, ours.ticket)), ours.ticket)
    theirs = desk.say(desk.customer("double_charge_small"), "I want to speak to a person about this.")
    assert theirs.result.outcome is RunOutcome.HANDED_OFF
    twin = desk.installation.systems.zendesk_twin
    assert twin is not None
    twin.resolve(theirs.number, "I have looked into it, and all is settled now.")
    closing = desk.clock() + timedelta(days=4)
    look(at(desk, closing.replace(hour=10)), theirs.ticket)
    assert lines(desk, theirs.ticket, "ticket.closed")
    assert ask_rating(at(desk, closing.replace(hour=11)), theirs.ticket) is Asked.SENT

    def asked(number: int) -> str:
        letter = next(one for one in desk.replies(number) if "/ratings/" in one)
        return re.sub(r"\S*/ratings/\S+", "", letter.partition("\n\n")[2])

    assert asked(ours.number) == asked(theirs.number)
