"""Two tickets of one matter become one: by itself, with a suggestion, or by hand; never a circle, never twice."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.visitor import bearer, cookie
from tests.stories.lumen import TWICE, Lumen, Told, opened
from tests.stories.mailbox import Mailbox
from tests.stories.test_continuity import HERE_BEFORE, chat, with_channels

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.domain.ticket import Status
from deskhand.workflows.by_click import Clicked, Ending
from deskhand.workflows.merge import merge_tickets
from deskhand.workflows.pause import pause, resume

CSV = "How big may a CSV file be?"
ANA = Person("ana", frozenset({"agent", "team_lead"}))


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    folder = copytree(prepared, tmp_path_factory.mktemp("merge") / "desk")
    with opened(folder, with_channels, Mailbox(), finished=True) as lumen:
        yield lumen


def status(desk: Lumen, number: int) -> str:
    assert desk.installation.systems.zendesk_twin is not None
    raw = desk.installation.systems.zendesk_twin.store.get("ticket", str(number))
    assert raw is not None
    return str(raw["status"])


def merged(desk: Lumen, ticket: str) -> list[Mapping[str, Any]]:
    return [line.body for line in desk.installation.queries.timeline(ticket) if line.kind == "ticket.merged"]


def written(desk: Lumen, email: str) -> int:
    """The number of a ticket that only lies in the help desk: nobody answered it."""
    return desk.number(desk.write(email, CSV))


def by_hand(desk: Lumen, one: int, into: int) -> Clicked:
    return merge_tickets(desk.installation.desk, _name(one), _name(into), "ana", ",".join(ANA.roles))


def _name(number: int) -> str:
    return f"zendesk:ticket:{number}"


# -- by itself ------------------------------------------------------------------------------------------------


def test_a_ticket_that_got_only_the_short_letter_is_merged_into_the_first(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    first, second = desk.say(email, TWICE), desk.say(email, TWICE)

    assert HERE_BEFORE in second.result.reply
    assert (status(desk, first.number), status(desk, second.number)) == ("new", "closed")
    assert len(desk.replies(first.number)) == 1
    assert len(desk.replies(second.number)) == 1
    told = {"ticket": second.ticket, "into": first.ticket, "by": "assistant", "key": f"merge/{second.ticket}"}
    assert merged(desk, first.ticket) == merged(desk, second.ticket) == [told]
    page = desk.http.get(f"/tickets/{second.ticket}", headers=cookie(desk, "ana")).text
    assert f'Merged by assistant into: <a class="link" href="/inbox/{first.ticket}"' in page
    assert "does not part what it merged" in page


def test_two_conversations_of_ours_are_merged_and_the_closed_one_opens_again_with_its_customer(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    first, second = chat(desk, email), chat(desk, email)
    first.say(TWICE)
    assert HERE_BEFORE in second.say(TWICE).reply

    conversations = desk.installation.conversations
    ref = Ref.parse(second.ticket)
    assert conversations.ticket(ref).value.status is Status.CLOSED
    assert merged(desk, first.ticket) == merged(desk, second.ticket)
    told = second.say(CSV)
    assert "CSV" in told.reply
    assert conversations.ticket(ref).value.status is Status.OPEN


def test_tickets_of_two_systems_are_only_linked(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    chat(desk, email).say(TWICE)
    told = desk.say(email, TWICE)

    assert HERE_BEFORE in told.result.reply
    assert status(desk, told.number) == "new"
    assert "tickets.linked" in desk.kinds(told.ticket)


def test_a_ticket_on_which_more_was_said_is_only_linked(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    other = desk.say(email, CSV)
    desk.say(email, TWICE)
    told = desk.say(email, TWICE, other.number)

    assert HERE_BEFORE in told.result.reply
    assert (status(desk, other.number), merged(desk, other.ticket)) == ("new", [])


def test_what_a_person_has_is_never_merged_by_the_assistant(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    first = desk.say(email, TWICE)
    desk.http.post(f"/api/tickets/{first.ticket}/take-over", headers=bearer(desk, "mei"))
    told = desk.say(email, TWICE)

    assert (status(desk, told.number), merged(desk, told.ticket)) == ("new", [])


def test_while_the_action_is_paused_tickets_are_only_linked(desk: Lumen) -> None:
    email, store, now = desk.customer("double_charge_small"), desk.installation.store, desk.clock()
    pause(store, "action:merge_tickets", by="ana", why="a test", now=now)
    desk.say(email, TWICE)
    told = desk.say(email, TWICE)
    resume(store, "action:merge_tickets", by="ana", now=now)

    assert told.result.outcome is RunOutcome.ANSWERED
    assert (status(desk, told.number), merged(desk, told.ticket)) == ("new", [])


@pytest.mark.parametrize("fault", ["drop after", "500 after"])
def test_a_merge_whose_answer_is_lost_happens_once(desk: Lumen, fault: str) -> None:
    email = desk.customer("double_charge_small")
    desk.say(email, TWICE)
    before = desk.network.count("zendesk POST /api/v2/tickets")
    desk.network.trouble("zendesk POST", fault)
    told = desk.say(email, TWICE)

    assert status(desk, told.number) == "closed"
    assert len(merged(desk, told.ticket)) == 1
    assert desk.network.count("zendesk POST /api/v2/tickets") == before + 1


# -- with a suggestion ----------------------------------------------------------------------------------------


def suggested_twice(desk: Lumen, stage: Stage) -> tuple[str, Told, Told]:
    email = desk.customer("double_charge_small")
    return email, desk.say(email, TWICE, stage=stage), desk.say(email, TWICE, stage=stage)


def test_approving_both_suggestions_gives_one_refund_and_one_full_answer(desk: Lumen) -> None:
    email, first, second = suggested_twice(desk, Stage.ASSISTED)
    full, short = desk.suggestion(first.ticket), desk.suggestion(second.ticket)

    where = f"This matter is on {first.ticket} since"
    assert short.resolution.elsewhere.startswith(where)
    assert "(email): a suggestion waits there." in short.resolution.elsewhere
    assert [one.action.name for one in short.resolution.proposals] == ["merge_tickets"]
    assert where in desk.http.get(f"/inbox/{second.ticket}", headers=cookie(desk, "ana")).text
    assert full.resolution.elsewhere == ""
    for one in (short, full):
        assert desk.decide(one, "approved", "ana").stands
        desk.settled(one)

    assert len(desk.refunds(email)) == 1
    assert HERE_BEFORE in desk.replies(second.number)[0]
    assert [HERE_BEFORE in one for one in desk.replies(first.number)] == [False]
    assert status(desk, second.number) == "closed"
    assert merged(desk, second.ticket)[0]["by"] == "ana"


def test_a_suggestion_that_waits_longer_is_pointed_to_all_the_same(desk: Lumen) -> None:
    email = desk.customer("double_charge_small")
    first = desk.say(email, TWICE, stage=Stage.ASSISTED)
    desk.clock.ahead += desk.installation.desk.patience.suggestion / 2
    second = desk.say(email, TWICE, stage=Stage.ASSISTED)

    assert desk.suggestion(second.ticket).resolution.elsewhere.startswith(f"This matter is on {first.ticket}")


def test_an_agent_who_writes_an_answer_of_their_own_keeps_the_ticket_apart(desk: Lumen) -> None:
    email, _, second = suggested_twice(desk, Stage.ASSISTED)
    short = desk.suggestion(second.ticket)
    assert desk.decide(short, "edited", "ana", text="I am looking into it.").stands
    desk.settled(short)

    assert desk.replies(second.number) == ["I am looking into it."]
    assert (status(desk, second.number), merged(desk, second.ticket)) == ("new", [])
    assert desk.refunds(email) == []


def test_a_short_letter_that_is_rejected_gives_its_ticket_to_people(desk: Lumen) -> None:
    _, _, second = suggested_twice(desk, Stage.ASSISTED)
    short = desk.suggestion(second.ticket)
    assert desk.decide(short, "rejected", "ana", text="It is another matter.").stands

    assert desk.settled(short).outcome is RunOutcome.HANDED_OFF
    assert merged(desk, second.ticket) == []


def test_read_only_says_where_the_matter_is_and_does_nothing(desk: Lumen) -> None:
    _, first, second = suggested_twice(desk, Stage.READ_ONLY)
    full = desk.suggestion(second.ticket)
    assert desk.decide(full, "approved", "ana").stands
    desk.settled(full)

    assert full.resolution.elsewhere.startswith(f"This matter is on {first.ticket}")
    assert full.resolution.reply == desk.suggestion(first.ticket).resolution.reply
    assert [one.action.name for one in full.resolution.proposals] == ["refund_charge"]
    assert desk.replies(second.number) == []
    assert (status(desk, second.number), merged(desk, second.ticket)) == ("new", [])


# -- by hand --------------------------------------------------------------------------------------------------


def test_an_agent_merges_two_tickets_of_one_customer(desk: Lumen) -> None:
    email = desk.customer("single_charge")
    first, second = desk.say(email, CSV), written(desk, email)
    who, address = bearer(desk, "ana"), f"/api/tickets/{_name(second)}/merge"
    assert desk.http.post(address, headers=who, json={"into": first.ticket}).status_code == 202
    desk.eventually(lambda: status(desk, second) == "closed" and bool(merged(desk, first.ticket)))

    assert merged(desk, first.ticket)[0]["by"] == "ana"
    again = desk.http.post(address, headers=who, json={"into": first.ticket})
    assert again.status_code == 409
    assert "nothing was merged" in again.json()["detail"]


def test_tickets_of_two_customers_are_never_merged(desk: Lumen) -> None:
    first, second = (written(desk, desk.customer("single_charge")) for _ in range(2))
    address = f"/api/tickets/{_name(second)}/merge"
    refused = desk.http.post(address, headers=bearer(desk, "ana"), json={"into": _name(first)})

    assert refused.status_code == 409
    assert "not of one customer" in refused.json()["detail"]
    assert by_hand(desk, second, first).end is Ending.REFUSED
    assert status(desk, second) == "new"


@pytest.mark.parametrize(
    ("into", "why"),
    [
        ("zendesk:ticket:1000000", "could not be read"),
        ("deskhand:ticket:x", "one help desk"),
        ("7", "zendesk:ticket:7"),
    ],
)
def test_what_is_no_other_ticket_there_is_told(desk: Lumen, into: str, why: str) -> None:
    number = written(desk, desk.customer("single_charge"))
    address = f"/api/tickets/{_name(number)}/merge"
    refused = desk.http.post(address, headers=bearer(desk, "ana"), json={"into": into})

    assert refused.status_code == 409
    assert why in refused.json()["detail"]


def test_of_two_merges_into_each_other_at_once_only_one_is_done(desk: Lumen) -> None:
    email = desk.customer("single_charge")
    one, two = written(desk, email), written(desk, email)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda pair: by_hand(desk, *pair), [(one, two), (two, one)]))

    assert sorted(one.end for one in done) == [Ending.DONE, Ending.REFUSED]
    assert sorted([status(desk, one), status(desk, two)]) == ["closed", "new"]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8))
def test_whatever_is_asked_for_no_merges_make_a_circle(desk: Lumen, wanted: list[tuple[int, int]]) -> None:
    email = desk.customer("single_charge")
    numbers = [written(desk, email) for _ in range(4)]
    into = {one: two for one, two in wanted if by_hand(desk, numbers[one], numbers[two]).end is Ending.DONE}

    for start in into:
        place, steps = start, 0
        while place in into:
            place, steps = into[place], steps + 1
            assert steps <= len(into)
        assert status(desk, numbers[place]) == "new"
