"""Health tells whether the work gets done, to anybody who asks."""

from tests.stories.lumen import Lumen


def test_a_desk_is_well_until_a_run_has_failed_for_good(shared: Lumen) -> None:
    well = shared.http.get("/health")
    assert (well.status_code, well.json()["ok"]) == (200, True)
    signed = shared.write("lars.holm@example.com", "hello")
    shared.network.trouble(f"/tickets/{shared.number(signed)}", "404")
    assert shared.deliver(signed).status_code == 202
    shared.eventually(lambda: shared.http.get("/health").status_code == 503)
    assert shared.http.get("/health").json()["runs"]["failed"] == 1
