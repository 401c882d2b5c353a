"""Suggestions that are the same, approved by one click: each still decided by itself."""

import re

import httpx2
import pytest
from tests.api.visitor import cookie, form_token
from tests.stories.lumen import TWICE, Lumen, Told

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.workflows.alike import MOST

QUESTION = "How big can a CSV file be?"


def asking(lumen: Lumen, number: int, text: str = QUESTION, stage: Stage = Stage.ASSISTED) -> list[Told]:
    return [lumen.say(lumen.customer("single_charge"), text, stage=stage) for _ in range(number)]


def offered(lumen: Lumen, told: Told) -> str:
    """The page of this ticket's suggestion and those like it."""
    first = lumen.suggestion(told.ticket).id
    answer = lumen.http.get("/alike", params={"first": first}, headers=cookie(lumen, "tom"))
    assert answer.status_code == 200
    return answer.text


def named(lumen: Lumen, *told: Told) -> list[str]:
    waiting = [lumen.suggestion(one.ticket) for one in told]
    return [f"{one.id}:{one.digest}" for one in waiting]


def approve(lumen: Lumen, ones: list[str], person: str = "tom") -> httpx2.Response:
    form = form_token(lumen.http.get("/inbox", headers=cookie(lumen, person)))
    return lumen.http.post("/alike", headers=cookie(lumen, person), data={"form": form, "one": ones})


def test_the_queue_offers_them_and_one_click_decides_each_by_itself(shared: Lumen) -> None:
    told = asking(shared, 3)
    queue = shared.http.get("/inbox?view=decide", headers=cookie(shared, "tom")).text
    assert "3 suggestions are the same" in queue
    page = offered(shared, told[0])
    ones = re.findall(r'name="one" value="([^"]+)"', page)
    assert ones == named(shared, *told)
    waiting = [shared.suggestion(one.ticket) for one in told]
    answer = approve(shared, ones)
    assert (answer.status_code, answer.text.count("Approved.")) == (200, 3)
    assert "3 of 3 approved" in answer.text
    for one, suggestion in zip(told, waiting, strict=True):
        assert shared.settled(suggestion).outcome is RunOutcome.ANSWERED
        assert len(shared.replies(one.number)) == 1
        assert shared.kinds(one.ticket).count("suggestion.settled") == 1


def test_whoever_changed_meanwhile_is_left_and_told_of(shared: Lumen) -> None:
    told = asking(shared, 3)
    ones = named(shared, *told)
    rejected = shared.suggestion(told[1].ticket)
    assert shared.decide(rejected, "rejected", by="mei").stands
    answer = approve(shared, [ones[0], ones[1], ones[2].partition(":")[0] + ":another"])
    assert "1 of 3 approved" in answer.text
    assert "Already rejected: nothing was changed." in answer.text
    assert "The suggestion is not the one you saw." in answer.text
    shared.eventually(lambda: len(shared.replies(told[0].number)) == 1)
    assert shared.pending(told[2].ticket) != []
    shared.decide(shared.suggestion(told[2].ticket), "approved", by="ana")


def test_what_acts_is_never_decided_with_others(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    acts = shared.say(email, TWICE, stage=Stage.ASSISTED)
    told = asking(shared, 2)
    assert "Nothing is the same as this any more" in offered(shared, acts)
    first = approve(shared, [*named(shared, acts), *named(shared, *told)])
    assert first.status_code == 422
    last = approve(shared, [*named(shared, *told), *named(shared, acts)])
    assert "2 of 3 approved" in last.text
    assert "It is not the same as the first" in last.text
    assert shared.pending(acts.ticket) != []
    assert shared.refunds(email) == []


def test_a_look_at_one_is_no_look_at_the_others(shared: Lumen) -> None:
    """What agents read, and for how long, is told of nothing that was not on their screen."""
    told = asking(shared, 2)
    offered(shared, told[0])
    waiting = [shared.suggestion(one.ticket) for one in told]
    approve(shared, named(shared, *told))
    seconds = []
    for one, suggestion in zip(told, waiting, strict=True):
        shared.settled(suggestion)
        lines = shared.installation.queries.timeline(one.ticket)
        seconds += [line.body["review_seconds"] for line in lines if line.kind == "suggestion.settled"]
    assert seconds[0] is not None
    assert seconds[1] is None


@pytest.mark.parametrize("ones", [[], ["nothing:there"], [""], ["\x00"]])
def test_what_does_not_exist_is_refused(shared: Lumen, ones: list[str]) -> None:
    assert approve(shared, ones).status_code in (404, 422)


def test_more_than_so_many_are_refused_and_nothing_is_sent(shared: Lumen) -> None:
    told = asking(shared, 2)
    ones = named(shared, *told)
    assert approve(shared, [*ones, *(f"{number}:x" for number in range(MOST))]).status_code == 422
    assert all(shared.pending(one.ticket) for one in told)
    approve(shared, ones)


@pytest.mark.parametrize("how", ["another form", "another site"])
def test_a_click_that_is_not_ours_decides_nothing(shared: Lumen, how: str) -> None:
    told = asking(shared, 2)
    form = form_token(shared.http.get("/inbox", headers=cookie(shared, "mei" if how == "another form" else "tom")))
    headers = cookie(shared, "tom") | ({"sec-fetch-site": "cross-site"} if how == "another site" else {})
    data = {"form": form, "one": named(shared, *told)}
    assert shared.http.post("/alike", headers=headers, data=data).status_code == 403
    assert all(shared.pending(one.ticket) for one in told)
    approve(shared, named(shared, *told))


def test_markup_of_a_customer_is_text_on_the_page(shared: Lumen) -> None:
    told = [
        shared.say(
            '"<script>alert(3)</script>"@example.org', f"{QUESTION} <b onmouseover=alert(4)>", stage=Stage.ASSISTED
        ),
        *asking(shared, 1),
    ]
    page = offered(shared, told[0])
    assert "alert(3)" in page
    assert "<script>alert" not in page
    assert "<b onmouseover" not in page
    approve(shared, named(shared, *told))
