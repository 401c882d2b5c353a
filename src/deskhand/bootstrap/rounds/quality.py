"""Looking at what was sent, beside all other work: rules over what closed, and the question to its customers."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from deskhand.bootstrap.every import every
from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.storage.queries import Queries
from deskhand.domain.ref import Ref
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.likeness import Alike
from deskhand.measurement.quality.comments import Comments, clustered
from deskhand.workflows.ask_rating import PATIENCE, Asked, ask_rating
from deskhand.workflows.check_quality import CHECKED, Checked, check_quality
from deskhand.workflows.desk import Desk

log = logging.getLogger(__name__)
MINUTE = 60.0
CLOSED = "ticket.closed"


@dataclass
class Rounds:
    """What a process knows between two rounds: how far it has read, and who is to be asked when. A process that starts
    reads again what closed lately; what was done already is found in the journal and in the ledger."""

    desk: Desk
    queries: Queries
    checked: int = -1
    asked: int = -1
    waiting: dict[str, datetime] = field(default_factory=dict)

    def check(self) -> int:
        """Hold to the rules what closed since the last round; how many conversations were."""
        if self.checked < 0:
            newest = self.queries.newest_of(CHECKED)
            self.checked = int(newest.body.get("upto", 0)) if newest else 0
        count = 0
        for line in self.queries.of_kinds([CLOSED], after=self.checked):
            count += len(_one(self.desk, line.ticket, line.seq))
            self.checked = line.seq
        return count

    def ask(self) -> int:
        """Ask the customers of what closed since the last round, and those who had to wait; how many were asked."""
        now = self.desk.clock()
        if not self.desk.survey.ask:
            return 0
        if self.asked < 0:
            self.waiting |= {line.ticket: now for line in self.queries.lately([CLOSED], now - PATIENCE)}
            self.asked = self.queries.newest()
        for line in self.queries.of_kinds([CLOSED], after=self.asked):
            self.waiting[line.ticket], self.asked = now, line.seq
        sent = 0
        for ticket in [one for one, until in self.waiting.items() if until <= now]:
            told = ask_rating(self.desk, ticket)
            if isinstance(told, datetime):
                self.waiting[ticket] = told
                continue
            del self.waiting[ticket]
            sent += told is Asked.SENT
        return sent


@contextmanager
def looking_back(installation: Installation) -> Iterator[None]:
    """Until the block ends: both rounds, each at its own pace; none where `desk.toml` says 0."""
    minutes = installation.settings.table.quality.every_minutes
    rounds = Rounds(installation.desk, installation.queries)
    with (
        every(MINUTE * minutes, rounds.check, "holding conversations to the rules of quality"),
        every(MINUTE if installation.desk.survey.ask else 0, rounds.ask, "asking customers"),
    ):
        yield


def check_history(
    installation: Installation, since: datetime | None, progress: Callable[[int, int], None]
) -> list[Checked]:
    """Hold every conversation that closed since then to the rules that it was not held to yet."""
    found = installation.queries.of_kinds([CLOSED])
    wanted = list(dict.fromkeys(line.ticket for line in found if since is None or line.at >= since))
    made: list[Checked] = []
    for place, ticket in enumerate(wanted):
        made += check_quality(installation.desk, ticket)
        progress(place + 1, len(wanted))
    return made


def comments_of(installation: Installation, days: int) -> Comments:
    """What customers said with their ratings, those that say the same together."""
    since = installation.desk.clock() - timedelta(days=days or 36_500)
    with installation.store.begin() as tx:
        said = tx.visits.comments(since)
    return clustered(said, Alike(MiniLM()).groups)  # words of people are in no cache


def _one(desk: Desk, ticket: str, upto: int) -> list[Checked]:
    """A conversation that cannot be checked keeps no other from it; `deskhand quality run` tries it again."""
    try:
        return list(check_quality(desk, ticket, upto=upto))
    except Exception:
        log.exception("%s was not held to the rules of quality", Ref.parse(ticket))
        return []
