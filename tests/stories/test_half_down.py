"""Half of the systems are down: the story still has an end, nothing is made up, and what could not be seen is named."""

from pathlib import Path
from shutil import copytree

import pytest
from tests.stories.lumen import TWICE
from tests.stories.network import ALWAYS
from tests.stories.test_other_systems import desk_of

from deskhand.domain.outcome import RunOutcome


@pytest.mark.parametrize("fault", ["drop before", "cut json"])
@pytest.mark.parametrize("down", [("salesforce",), ("stripe",), ("stripe", "salesforce")], ids="+".join)
def test_half_of_the_systems_are_down(prepared: Path, tmp_path: Path, down: tuple[str, ...], fault: str) -> None:
    with desk_of("freshdesk", copytree(prepared, tmp_path / "desk")) as desk:
        email = desk.lumen.customer("double_charge_small")
        for system in down:
            desk.lumen.network.trouble(system, fault, ALWAYS)
        signed, ticket = desk.write(email, TWICE)
        assert desk.deliver(signed) == 202
        result = desk.result(ticket)
        desk.lumen.network.troubles.clear()
        lines = desk.lumen.installation.queries.timeline(f"freshdesk:ticket:{ticket}")
        (considered,) = [one.body for one in lines if one.kind == "message.considered"]

        assert set(down) <= set(considered["missing"])
        assert len(desk.ours(ticket)) == 1
        if "stripe" in down:
            assert result.outcome is RunOutcome.HANDED_OFF
            assert result.handoff is not None
            assert "stripe" in result.handoff.because
            assert "refund" not in desk.ours(ticket)[0].lower()
        else:
            assert result.outcome is RunOutcome.RESOLVED
            assert "refund" in desk.ours(ticket)[0].lower()
