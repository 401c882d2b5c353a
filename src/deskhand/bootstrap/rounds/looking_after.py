"""What looks at a desk beside its work, from the journal alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.numbers.numbers import counting
from deskhand.bootstrap.privacy import Privacy
from deskhand.bootstrap.retention import retaining
from deskhand.bootstrap.rounds.checkpoints import checking_in
from deskhand.bootstrap.rounds.drift import watching_drift
from deskhand.bootstrap.rounds.glass import watching_glass
from deskhand.bootstrap.rounds.quality import looking_back
from deskhand.bootstrap.rounds.stages import watching_stages


@contextmanager
def looking_after(installation: Installation) -> Iterator[None]:
    """Until the block ends: tickets are counted, stages, drift and the quality of what was sent looked at, the journal
    signed, and what is older than it may be goes."""
    one = installation
    privacy = Privacy(one.settings, one.store.engine, one.engine, one.desk.clock)
    with (
        counting(installation.counting),
        watching_stages(installation),
        watching_drift(installation.settings, installation.desk),
        watching_glass(installation),
        looking_back(installation),
        checking_in(installation),
        retaining(privacy),
    ):
        yield
