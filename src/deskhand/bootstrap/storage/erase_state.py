"""A desk of twins begins again from nothing."""

import shutil

from deskhand.bootstrap.connections.connectors import only_twins
from deskhand.domain.errors import DeskFault, Fault
from deskhand.infrastructure.engine.lock import hold
from deskhand.settings import Settings, own_database


def erase_state(settings: Settings) -> None:
    """For a desk of twins only: forget everything, so that the next start is the first. Refuses any other desk."""
    if not only_twins(settings) or settings.database_url != own_database(settings.state):
        what = (
            "the demo would erase all that this desk remembers, so every system must be a twin and the database the "
            "desk's own; nothing was erased. Name another folder with --desk, or ask this desk with `deskhand ask`"
        )
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),))
    if settings.state.exists():
        with hold(settings.state / "desk.sqlite.lock"):
            shutil.rmtree(settings.state)
