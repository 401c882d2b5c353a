"""Questions to the three example desks: answered rightly, wrongly, or passed on."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from deskhand.domain.ticket import Requester
from evals.asking import ASKER, ROOT, Clerk, Got, figures, read
from evals.measures import Measured
from evals.sets import rows

ASKERS = {
    "lumen": ASKER,
    "parcel": Requester("Nora Blum", "nora.blum@example.com", True),
    "itdesk": Requester("Ines Falk", "ines.falk@example.com", True),
}


def desk_questions() -> Measured:
    """Written before anything was measured on them, about every article of each desk, in other words than its own."""
    asked = rows("desk_questions")
    got = [one for desk in ASKERS for one in _got(desk, [line for line in asked if line["desk"] == desk])]
    return Measured("desk questions", figures(got), {})


def _got(desk: str, lines: list[dict[str, Any]]) -> list[Got]:
    with TemporaryDirectory(prefix="deskhand-evals-") as folder:
        clerk = Clerk(Path(folder) / desk, ROOT / "examples" / desk, ASKERS[desk])
        return [clerk.ask(read(line)) for line in lines]
