"""Health tells whether the work gets done, to anybody who asks."""

from tests.stories.lumen import Lumen


def test_a_run_that_failed_for_good_is_counted_and_stops_nothing(shared: Lumen) -> None:
    well = shared.http.get("/health")
    assert (well.status_code, well.json()["runs"]["failed"]) == (200, 0)
    signed = shared.write("lars.holm@example.com", "hello")
    shared.network.trouble(f"/tickets/{shared.number(signed)}", "404")
    assert shared.deliver(signed).status_code == 202
    shared.eventually(lambda: shared.http.get("/health").json()["runs"]["failed"] == 1)
    assert shared.http.get("/health").status_code == 200
    shared.eventually(lambda: shared.owner(f"zendesk:ticket:{shared.number(signed)}") != "assistant")
