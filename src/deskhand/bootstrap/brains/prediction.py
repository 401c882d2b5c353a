"""Learning from a desk's journal: what computes the weights, and where they are kept."""

from collections.abc import Callable
from datetime import datetime

from deskhand.bootstrap.storage.queries import open_journal
from deskhand.bootstrap.storage.store import open_store
from deskhand.infrastructure.logistic import fit
from deskhand.settings import Settings
from deskhand.workflows.train_prediction import Trained, keep, train


def train_prediction(
    settings: Settings, *, now: datetime, told: Callable[[int, int], None], anyway: bool = False
) -> tuple[Trained, bool]:
    """What came of it, and whether a new predictor was written. `DeskFault` when there is no journal."""
    with open_journal(settings) as queries:
        trained = train(queries.lines(), fit, told, anyway=anyway)
    with open_store(settings) as store:
        return trained, keep(store, trained, now)
