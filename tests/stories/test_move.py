"""A desk that moves from SQLite to PostgreSQL goes on there where it was, and does nothing twice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree

import pytest
import sqlalchemy as sa
from tests.cli.script import deskhand
from tests.storage import postgres
from tests.storage.databases import server
from tests.storage.everywhere import ON_SQLITE, SERVER
from tests.stories.lumen import TWICE, Lumen, Signed, apart, opened

from deskhand.domain.journal_line import Verified
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage
from deskhand.infrastructure.engine.lock import hold
from deskhand.infrastructure.storage.database import connect
from deskhand.settings import Settings

__all__ = ["server"]
pytestmark = pytest.mark.postgres
CUT_SHORT = "update workflow_status set status = 'PENDING', executor_id = 'local', application_version = '1' "


@dataclass(frozen=True)
class Left:
    """A desk as its last worker left it: `done` is refunded, `waits` for an agent on `ticket`, `queued` was not begun,
    and `cut` was, by a worker that died. Their customers, and the events of the last two."""

    folder: Path
    done: str
    waits: str
    ticket: str
    queued: str
    cut: str
    events: tuple[Signed, Signed]
    lines: int


@pytest.fixture(scope="module")
def left(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Left:
    place = tmp_path_factory.mktemp("moving")
    with opened(copytree(prepared, place / "first"), at(ON_SQLITE)) as lumen:
        done, waits, queued, cut = (lumen.customer("double_charge_small") for _ in range(4))
        assert lumen.say(done, TWICE).result.outcome is RunOutcome.RESOLVED
        open_one = lumen.say(waits, TWICE, stage=Stage.ASSISTED)
        assert open_one.result.outcome is RunOutcome.AWAITING_APPROVAL
        lumen.installation.engine.stop()
        events = lumen.write(queued, TWICE), lumen.write(cut, TWICE)
        assert [lumen.deliver(one).status_code for one in events] == [202, 202]
        key = f"message/zendesk:ticket:{lumen.number(events[1])}/%"
        with lumen.installation.queries.database.begin() as connection:
            assert connection.execute(sa.text(CUT_SHORT + "where workflow_uuid like :key"), {"key": key}).rowcount == 1
        folder = Path(copytree(lumen.installation.settings.folder, place / "desk"))
        lines = lumen.installation.queries.newest()
        lumen.installation.engine.start()
        assert [lumen.told(one).result.outcome for one in events] == [RunOutcome.RESOLVED] * 2
    return Left(folder, done, waits, open_one.ticket, queued, cut, events, lines)


@pytest.fixture
def folder(left: Left, tmp_path: Path) -> Path:
    return copytree(left.folder, tmp_path / "desk")


@pytest.fixture
def there(server: str, tmp_path: Path) -> str:
    return postgres.new_database(server, f"moved_{tmp_path.name}")


def at(database: Callable[[Path], str]) -> Callable[[Settings], Settings]:
    return lambda settings: replace(apart(settings), database_url=database(settings.state))


def moved(folder: Path, to: str) -> tuple[int, str]:
    done = deskhand("move", "--to", to, "--by", "ana", "--desk", folder, environment={SERVER: ""})
    return done.code, done.out + done.err


def refunds(lumen: Lumen, *customers: str) -> list[int]:
    return [len(lumen.refunds(one)) for one in customers]


def test_what_waits_and_what_was_cut_short_goes_on_and_each_effect_happens_once(
    left: Left, folder: Path, there: str
) -> None:
    code, told = moved(folder, there)
    assert code == 0, told
    assert f"{left.lines:,} journal lines" in told
    here = deskhand("audit", "verify", "--desk", folder, environment={SERVER: ""})
    assert (here.code, "was moved: to the PostgreSQL database" in here.err) == (1, True), "it does not begin anew"
    verified = deskhand("audit", "verify", "--desk", folder, environment={"DESKHAND_DATABASE_URL": there})
    assert verified.code == 0, verified.err
    (folder / ".deskhand" / "moved").unlink()  # the settings below are changed after they were read
    with opened(folder, at(lambda _: there)) as lumen:
        assert [lumen.told(one).result.outcome for one in left.events] == [RunOutcome.RESOLVED] * 2
        assert lumen.decide(lumen.suggestion(left.ticket), "approved", by="tom").stands
        lumen.eventually(lambda: refunds(lumen, left.waits) == [1])
        assert refunds(lumen, left.done, left.queued, left.cut) == [1, 1, 1]
        assert [len(lumen.replies(lumen.number(one))) for one in left.events] == [1, 1]
        assert lumen.say(lumen.customer("single_charge"), "How long does a refund take?").result.citations
        assert isinstance(lumen.installation.queries.verify(), Verified)


def test_a_desk_at_work_is_not_moved(folder: Path, there: str) -> None:
    with hold(folder / ".deskhand" / "desk.sqlite.lock"):
        code, told = moved(folder, there)
    assert (code, "stop `deskhand serve`" in told) == (1, True)
    assert not (folder / ".deskhand" / "moved").exists()


def test_a_database_with_something_in_it_is_left_alone(folder: Path, there: str) -> None:
    database = connect(there)
    with database.begin() as connection:
        connection.execute(sa.text("create table theirs as select 1 as one"))
    code, told = moved(folder, there)
    assert (code, "is not empty (theirs ...)" in told) == (1, True)
    assert sa.inspect(database).get_table_names() == ["theirs"]
    database.dispose()


def test_what_postgresql_cannot_keep_leaves_both_as_they_were_and_is_named(folder: Path, there: str) -> None:
    here, database = connect(ON_SQLITE(folder / ".deskhand")), connect(there)
    zero = "insert into pause values ('desk', 'ana', char(0), '2026-11-28T00:00:00.000000Z', null)"
    with here.begin() as connection:
        connection.execute(sa.text(zero))
    here.dispose()
    code, told = moved(folder, there)
    assert (code, "a text in pause.why holds a zero byte" in told) == (1, True)
    with database.connect() as connection:
        assert connection.scalar(sa.text("select count(*) from journal")) == 0
    database.dispose()
    assert not (folder / ".deskhand" / "moved").exists()
