"""Looking after stages, beside all other work."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from deskhand.bootstrap.desk_digest import desk_digest
from deskhand.bootstrap.installation import Installation
from deskhand.domain.journal_line import Broken
from deskhand.settings import Settings
from deskhand.workflows.consider import UNWRITTEN
from deskhand.workflows.promote import Rules
from deskhand.workflows.watch_stages import watch_stages

log = logging.getLogger(__name__)
LONG = 10.0  # seconds that a round may need to stop


def rules_of(settings: Settings, procedures: Iterable[str]) -> Rules:
    """What promotions of this desk are held to."""
    table = settings.table.rollout
    gates = replace(table.gates.gates, golden=desk_digest(settings) if table.gates.golden else "")
    known = frozenset((UNWRITTEN, *procedures))
    return Rules(table.rollout, gates, known, frozenset(table.promoters))


@contextmanager
def watching_stages(installation: Installation) -> Iterator[None]:
    """Until the block ends, a round every so many minutes; 0 for never."""
    minutes = installation.settings.table.rollout.watch_minutes
    if not minutes:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(installation, minutes, stop), name="stages", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(LONG)


def _work(installation: Installation, minutes: float, stop: threading.Event) -> None:
    rules, since = rules_of(installation.settings, installation.desk.procedures), -1
    while not stop.wait(60 * minutes):
        try:
            now = installation.desk.clock()
            watched = watch_stages(installation.store, installation.queries.lately, rules, now, since)
            since = watched.upto
            if isinstance(proof := installation.queries.stages(), Broken):
                log.error("line %s of the journal: %s", proof.seq, proof.why)
            for one in watched.stepped_back:
                log.warning("%s stepped back to %s: %s", one.procedure, one.stage, one.why)
        except Exception:  # whatever it was, the next round goes on: without it nothing would step back by itself
            log.exception("the round of looking after stages was not ended")
