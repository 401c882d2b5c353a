"""The dashboard: real numbers, each with the tickets behind it, and nothing judged over a handful."""

import re
from html import unescape
from urllib.parse import quote

import httpx2
import pytest
from tests.api.test_pages import no_foreign_script
from tests.api.visitor import cookie
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.stage import Stage
from deskhand.measurement.every_metric import METRICS

UNTOLD = "\u2013"  # a dash
HOSTILE = "<script>alert('group')</script>"


@pytest.fixture(scope="module")
def told(shared: Lumen) -> list[str]:
    alone = [shared.say(shared.customer("single_charge"), "How big can a CSV file be?", stage=Stage.AUTONOMOUS)]
    given = shared.say(shared.customer("single_charge"), "I want to talk to a human.", stage=Stage.AUTONOMOUS)
    waits = shared.say(shared.customer("double_charge_small"), TWICE, stage=Stage.ASSISTED)
    return [one.ticket for one in (*alone, given, waits)]


def get(shared: Lumen, path: str, **headers: str) -> str:
    answer = shared.http.get(path, headers={**cookie(shared, "ana"), **headers})
    assert answer.status_code == 200, answer.text
    return answer.text


def value(page: str, key: str) -> str:
    found = re.search(rf'id="m-{key}">[^<]*</h3><p class="value">(.*?)</p>', page)
    assert found is not None, key
    return re.sub(r"<[^>]+>", "", found[1])


def test_the_numbers_come_after_the_page(shared: Lumen, told: list[str]) -> None:
    page = get(shared, "/dashboard?days=7")
    load = re.search(r'data-load="(/dashboard/numbers[^"]*)"', page)
    assert load is not None
    part = get(shared, unescape(load[1]), **{"x-fragment": "1"})
    assert '<div id="numbers">' in part
    assert value(part, "tickets") == "3"


def test_a_rate_over_a_handful_is_not_told_and_an_incident_always_is(shared: Lumen, told: list[str]) -> None:
    page = get(shared, "/dashboard/numbers")
    assert value(page, "escalation") == UNTOLD
    assert "not enough: 3 of 30" in page
    assert value(page, "compliance") in (UNTOLD, "100%")


def test_every_number_has_its_definition_and_its_tickets(shared: Lumen, told: list[str]) -> None:
    page = get(shared, "/dashboard/numbers")
    assert page.count("What this is") == page.count('class="card tile"') == len(METRICS)
    links = {unescape(one) for one in re.findall(r'href="(/dashboard/tickets[^"]*)"', page)}
    assert len(links) >= 4
    for link in links:
        assert no_foreign_script(get(shared, link))


@pytest.mark.parametrize(("of", "place"), [("alone", 0), ("escalation", 1)])
def test_a_number_opens_the_tickets_behind_it(shared: Lumen, told: list[str], of: str, place: int) -> None:
    page = get(shared, f"/dashboard/tickets?of={of}")
    assert [one for one in told if f'href="/inbox/{one}?view=all"' in page] == [told[place]]


def test_tickets_are_told_apart(shared: Lumen, told: list[str]) -> None:
    page = get(shared, "/dashboard/numbers?by=procedure")
    assert ">duplicate-charge</a>" in page
    one = get(shared, "/dashboard/numbers?by=procedure&group=duplicate-charge")
    assert value(one, "tickets") == "1"
    assert told[2] in get(shared, "/dashboard/tickets?by=procedure&group=duplicate-charge")
    assert told[0] not in get(shared, "/dashboard/tickets?by=procedure&group=duplicate-charge")
    assert ">en</a>" in get(shared, "/dashboard/numbers?by=language")


def test_a_time_without_tickets_says_so(shared: Lumen, told: list[str]) -> None:
    assert "No ticket came up in this time." in get(shared, f"/dashboard/numbers?group={quote(HOSTILE)}")


def test_hostile_words_are_shown_as_text(shared: Lumen, told: list[str]) -> None:
    for path in ("/dashboard", "/dashboard/numbers", "/dashboard/tickets"):
        assert no_foreign_script(get(shared, f"{path}?group={quote(HOSTILE)}"))


@pytest.mark.parametrize("query", ["days=-1", "days=91", "days=x", "by=shoes", "of=none", "after=yesterday"])
def test_what_makes_no_sense_is_refused(shared: Lumen, query: str) -> None:
    answer: httpx2.Response = shared.http.get(f"/dashboard/tickets?{query}", headers=cookie(shared, "ana"))
    assert answer.status_code == 422
