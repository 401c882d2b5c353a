"""`bench throughput`: what it refuses before it measures anything."""

from tests.cli.script import ROOT, deskhand


def test_two_workers_on_a_file_are_refused() -> None:
    done = deskhand("bench", "throughput", "--workers", "2", "--desk", ROOT / "examples" / "lumen")

    assert done.code == 1
    assert "needs PostgreSQL" in done.err
    assert "Nothing was run" in done.err
