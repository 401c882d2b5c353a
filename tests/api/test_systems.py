"""How systems fare, on the page and for scripts: from calls that were made anyway."""

from tests.api.visitor import bearer
from tests.stories.lumen import TWICE, Lumen


def test_systems_show_what_their_answers_told(shared: Lumen) -> None:
    shared.say(shared.customer("double_charge_small"), TWICE)
    before = shared.network.count("")
    told = shared.http.get("/api/systems", headers=bearer(shared, "tom")).json()

    assert shared.network.count("") == before, "nobody was asked for it"
    found = {one["system"]: one for one in told["systems"]}
    assert told["ok"] is True
    assert set(found) == {"zendesk", "stripe"}
    assert found["stripe"]["vitals"]["calls"] > 0
    assert found["zendesk"]["last_event"] is not None
    assert found["stripe"]["last_event"] is None

    page = shared.http.get("/systems", headers=bearer(shared, "tom")).text
    assert 'Zendesk Support <span class="tag">twin</span>' in page
    assert "none yet" in page


def test_a_system_that_is_silent_is_shown_as_such(shared: Lumen) -> None:
    shared.network.trouble("stripe", "drop before", times=40)
    for _ in range(2):  # four attempts each, and five in a row are enough
        shared.say(shared.customer("double_charge_small"), TWICE)
    told = shared.http.get("/api/systems", headers=bearer(shared, "tom")).json()
    (stripe,) = [one for one in told["systems"] if one["system"] == "stripe"]

    assert stripe["vitals"]["errors"]["NotSent"] > 0
    assert (told["ok"], stripe["fault"] != "") == (False, True)
    assert "we rest before the next try" in shared.http.get("/systems", headers=bearer(shared, "tom")).text
