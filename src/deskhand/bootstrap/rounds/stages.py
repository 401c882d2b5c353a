"""Looking after stages, beside all other work."""

import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace

from deskhand.bootstrap.every import every
from deskhand.bootstrap.folder.desk_digest import desk_digest
from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.versions import control_of
from deskhand.domain.journal_line import Broken
from deskhand.settings import Settings
from deskhand.workflows.consider import UNWRITTEN
from deskhand.workflows.promote import Rules
from deskhand.workflows.watch_stages import watch_stages

log = logging.getLogger(__name__)


def rules_of(settings: Settings, procedures: Iterable[str]) -> Rules:
    """What promotions of this desk are held to."""
    table = settings.table.rollout
    gates = replace(table.gates.gates, golden=desk_digest(settings) if table.gates.golden else "")
    known = frozenset((UNWRITTEN, *procedures))
    return Rules(table.rollout, gates, known, frozenset(table.promoters), control_of(settings))


def watching_stages(installation: Installation) -> AbstractContextManager[None]:
    """Until the block ends, a round every so many minutes; 0 for never."""
    minutes = installation.settings.table.rollout.watch_minutes
    return every(60 * minutes, _Stages(installation).look, "looking after stages")


class _Stages:
    """What a process knows between two rounds: how far it has read."""

    def __init__(self, installation: Installation) -> None:
        self._desk, self._since = installation, -1
        self._rules = rules_of(installation.settings, installation.desk.procedures)

    def look(self) -> None:
        now = self._desk.desk.clock()
        watched = watch_stages(self._desk.store, self._desk.queries.lately, self._rules, now, self._since)
        self._since = watched.upto
        if isinstance(proof := self._desk.queries.stages(), Broken):
            log.error("line %s of the journal: %s", proof.seq, proof.why)
        for one in watched.stepped_back:
            log.warning("%s stepped back to %s: %s", one.procedure, one.stage, one.why)
