"""The page of drift: alarms with what else changed, handled with words; what stands in them is never run."""

import re
from dataclasses import replace
from urllib.parse import unquote_plus

from tests.api.visitor import cookie
from tests.measurement.drift.test_streams import BASE, LEARNING, observation
from tests.stories.lumen import Lumen

from deskhand.measurement.drift.alarms import KINDS, raised
from deskhand.measurement.drift.kept import read, written
from deskhand.measurement.drift.stream import Stream
from deskhand.measurement.drift.watch import ALARMED

HOSTILE = "<script>alert('drift')</script>"
NOTICE = '<a class="link" href="/drift">1 open alarm of drift</a>'
ALARM = {
    "alarm": "edits/duplicate-charge/7",
    "procedure": "duplicate-charge",
    "signal": "edits",
    "since": "2026-03-02T10:00:00+00:00",
    "since_line": 1,
    "observations": 40,
    "was": 0.1,
    "now": 0.55,
    "category": "",
    "strength": 14.0,
    "threshold": 12.0,
    "steps_back": True,
    "fresh": [{"what": "procedure", "name": HOSTILE, "at": "2026-03-02T09:50:00+00:00"}],
    "risen": [{"what": "rejection", "name": "wrong", "before": 0.01, "since": 0.2}],
    "tickets": ["zendesk:ticket:1"],
}


def test_an_alarm_is_shown_with_its_hints_and_handled_with_words(shared: Lumen) -> None:
    with shared.installation.store.begin() as tx:
        tx.journal.append(ALARMED, "", ALARM, shared.installation.desk.clock())
    assert NOTICE in shared.http.get("/dashboard", headers=cookie(shared, "mei")).text
    page = shared.http.get("/drift", headers=cookie(shared, "mei"))
    assert page.status_code == 200, page.text
    assert "10.0 % before, 55.0 % now" in page.text
    assert HOSTILE not in page.text
    assert "/tickets/zendesk:ticket:1" in page.text
    (form,) = set(re.findall(r'name="form" value="([^"]+)"', page.text))
    sent = {"form": form, "alarm": ALARM["alarm"], "verdict": "fixed", "why": "the old text is back"}
    refused = shared.http.post("/drift", data={**sent, "form": "another"}, headers=cookie(shared, "mei"))
    assert refused.status_code == 403
    done = shared.http.post("/drift", data=sent, headers=cookie(shared, "mei"), follow_redirects=False)
    assert done.status_code == 303
    assert "Noted." in unquote_plus(done.headers["location"])
    (told,) = raised(shared.installation.queries.of_kinds(KINDS))
    assert (told.handled_by, told.why) == ("mei", "the old text is back")
    assert NOTICE not in shared.http.get("/dashboard", headers=cookie(shared, "mei")).text
    again = shared.http.post("/drift", data=sent, headers=cookie(shared, "mei"), follow_redirects=False)
    assert "no such open alarm" in unquote_plus(again.headers["location"])


def test_of_many_procedures_the_one_nearest_to_an_alarm_stands_first(shared: Lumen) -> None:
    names = [f"procedure-{number:02}" for number in range(20)]
    with shared.installation.store.begin() as tx:
        for name in names:
            stream = read(name, "rejections", BASE)
            assert stream is not None
            for place in range(30):
                wrong = name == names[7] and place % 3 == 0
                stream.take(replace(observation(LEARNING + place, "rejections", float(wrong)), procedure=name))
            learning = written(Stream(name, "edits"))
            tx.drifts.keep({(name, "rejections"): written(stream), (name, "edits"): learning})
    page = shared.http.get("/drift", headers=cookie(shared, "mei")).text
    shown = re.findall(r'<details class="card watched" id="w-([^"]*)" (open)?', page)
    assert sorted(name for name, _ in shown) == names
    assert shown[0] == (names[7], "")
    assert re.search(r"2 signals; nearest to an alarm: Rejected suggestions, \d\.\d of \d+\.\d", page)


def test_new_issues_are_a_part_of_the_page(shared: Lumen) -> None:
    page = shared.http.get("/drift/new", headers=cookie(shared, "mei"))
    assert page.status_code == 200
    assert "Nothing that was not asked before." in page.text
