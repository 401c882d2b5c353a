"""A desk to try golden tickets on: a company's rules and procedures, twins for systems, and a memory for a while."""

import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.installation import Installation
from deskhand.bootstrap.opening import open_desk
from deskhand.bootstrap.replay.desk import take_over
from deskhand.bootstrap.storage.store import has_journal
from deskhand.bootstrap.systems.systems import Tell
from deskhand.connectors.world import read_recipe
from deskhand.context.lookups.frozen import FrozenFacts
from deskhand.domain.errors import DeskFault, Fault
from deskhand.infrastructure.storage import tables
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.settings import (
    MODEL_KEYS,
    BreakersTable,
    ChannelsTable,
    FeedbackTable,
    MailTable,
    OwnTable,
    ReceiptsTable,
    Settings,
    WidgetTable,
)

SPARE = 8  # customers in each situation beside those that are asked for
CUSTOMERS = re.compile(r"(?m)^customers *=.*$")
VECTORS = "vectors.sqlite"
ARTICLES = (tables.knowledge.library, tables.knowledge.article, tables.knowledge.passage)


@dataclass(frozen=True)
class EvalDesk:
    """`facts` takes what a golden ticket gives."""

    installation: Installation
    facts: FrozenFacts


@contextmanager
def eval_desk(settings: Settings, place: Path, situations: Collection[str], tell: Tell) -> Iterator[EvalDesk]:
    """Open until the block ends. Nothing of the real desk is touched: its systems are twins, its letters, posts and
    memory stay in `place`. `situations`: of the made-up customers that are wanted, as often as they are."""
    folder = load_folder(settings)
    state = place / "state"
    state.mkdir(parents=True)
    whole = place / "desk"
    shutil.copytree(settings.folder, whole, ignore=shutil.ignore_patterns(".deskhand", ".git"))
    _recipe(settings, whole / "twins.toml", situations)
    if (settings.state / VECTORS).is_file():
        shutil.copy(settings.state / VECTORS, state)
    asked = (*(one.spec() for one in folder.questions), *(one.spec() for one in folder.tools))
    facts = FrozenFacts({spec.name: spec for spec in asked})
    scratch = _scratch(settings, whole, state)
    _library(settings, scratch)
    if scratch.table.records is None:
        folder = replace(folder, questions=(), events=())
    with open_desk(scratch, tell=tell, grace=timedelta(seconds=5), folder=folder, frozen=facts) as installation:
        yield EvalDesk(installation, facts)
    keep = settings.state / VECTORS
    if not keep.exists() and (state / VECTORS).is_file():
        keep.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(state / VECTORS, keep)  # vectors of texts, the same for whoever computes them


def _library(settings: Settings, scratch: Settings) -> None:
    """The articles of the real desk as it has them, those of synced sources among them; only read. What it has not got,
    the scratch desk reads from its folder."""
    if not has_journal(settings):
        return
    source, target = connect(settings.database_url, settings.table.privacy.own), connect(scratch.database_url)
    try:
        migrate(target)
        take_over(source, target, ARTICLES)
    except sa.exc.DatabaseError:  # of another version than this program: the folder tells what there is
        pass
    finally:
        source.dispose()
        target.dispose()


def _scratch(settings: Settings, whole: Path, state: Path) -> Settings:
    """Every system its twin, no channel that reaches anybody, no circuit breaker that many tickets at once would trip,
    and no former decisions of agents."""
    table, systems = settings.table, settings.table.systems
    twins = {name: one if one.get("twin") else {"twin": True} for name, one in systems.connectors.items()}
    own = {name: one if one.twin else OwnTable(kind=one.kind, twin=True) for name, one in systems.own.items()}
    mail = MailTable(twin=True, sender=systems.mail.sender) if systems.mail else None
    changed = {
        "systems": type(systems)(own=own, mail=mail, **twins),
        "records": table.records if table.records and table.records.twin else None,
        "channels": ChannelsTable(),
        "breakers": BreakersTable(actions_per_minute=0),
        "feedback": FeedbackTable(use=False),
        "receipts": ReceiptsTable(),
        "widget": WidgetTable(),
    }
    return Settings(
        folder=whole,
        table=table.model_copy(update=changed),
        state=state,
        database_url=f"sqlite:///{state / 'desk.sqlite'}",
        secrets={k: v for k, v in settings.secrets.items() if k in MODEL_KEYS.values() or k == "DESKHAND_MODEL_KEY"},
    )


def _recipe(settings: Settings, file: Path, situations: Collection[str]) -> None:
    """As many made-up customers as it takes, and not the thousands of a demo."""
    if not file.is_file():
        what = "golden tickets are tried on twins, which need this recipe of made-up customers. Nothing was tried"
        raise DeskFault((Fault(str(settings.folder / file.name), 1, what),))
    text = file.read_text("utf-8")
    recipe = read_recipe(text, str(file))
    wanted = Counter(situations)
    needed = [2 * (count + SPARE) / recipe.shares[one] for one, count in wanted.items() if recipe.shares.get(one)]
    if lacking := sorted(one for one in wanted if not recipe.shares.get(one)):
        what = f"no customer is ever in the situation {lacking[0]!r}: give it a share in [shares]"
        raise DeskFault((Fault(str(settings.folder / file.name), 1, what),))
    customers = min(recipe.customers, len(recipe.named) + round(max(needed, default=50)))
    file.write_text(CUSTOMERS.sub(f"customers = {customers}", text), "utf-8")
