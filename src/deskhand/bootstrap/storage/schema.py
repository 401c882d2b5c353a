"""The tables of a desk's database: brought to this version, or taken back to an older one's."""

from dataclasses import dataclass

from deskhand.bootstrap.storage.store import engine_at_rest, has_journal
from deskhand.domain.errors import DeskFault, Fault
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.storage import migrations
from deskhand.settings import Settings

NOTHING = "Nothing was changed"
NONE = "base"  # without any table


@dataclass(frozen=True)
class Migrated:
    """From one revision ("" for none) to another. `gone` is what went with it, or would go where it was only looked."""

    before: str
    after: str
    gone: tuple[str, ...] = ()


def bring_up(settings: Settings) -> Migrated:
    """To this version. On PostgreSQL others may work meanwhile; what the database has is kept."""
    settings.state.mkdir(parents=True, exist_ok=True)
    with engine_at_rest(settings) as engine:
        before = _known(settings, engine)
        engine.migrate()
        migrations.migrate(engine.database)
        return Migrated(before, migrations.newest())


def take_back(settings: Settings, to: str, *, really: bool) -> Migrated:
    """To an older revision, with all that later ones keep. Looked at only, unless `really`."""
    if to != NONE and not migrations.knows(to):
        raise _fault(settings, f"there is no revision {to}. {NOTHING}")
    if not has_journal(settings):
        raise _fault(settings, f"this desk has no tables with anything in them. {NOTHING}")
    with engine_at_rest(settings) as engine:
        before = _known(settings, engine)
        if to != NONE and to >= before:
            raise _fault(settings, f"the database is at revision {before} already. {NOTHING}")
        if engine.workers():
            raise _fault(settings, f"the desk is at work: stop `deskhand serve` and `deskhand work` first. {NOTHING}")
        gone = tuple(migrations.would_go(engine.database, to))
        if really:
            migrations.roll_back(engine.database, to)
        return Migrated(before, to, gone)


def _known(settings: Settings, engine: Engine) -> str:
    before = migrations.revision(engine.database)
    if before and not migrations.knows(before):
        what = f"the database is at revision {before}, which is newer than this version of Deskhand"
        raise _fault(settings, f"{what}: use the newer one. {NOTHING}")
    return before


def _fault(settings: Settings, what: str) -> DeskFault:
    return DeskFault((Fault(str(settings.folder), 1, what),))
