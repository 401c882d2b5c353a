"""What is older than it may be goes by itself, and nothing of a ticket that is at work."""

from datetime import timedelta
from pathlib import Path

from tests.privacy.planted import holding, plant, report
from tests.stories.lumen import opened

from deskhand.bootstrap.retention import purge
from deskhand.domain.journal_line import Verified


def test_each_class_ends_in_its_own_time(folder: Path) -> None:
    with opened(folder) as lumen:
        planted = plant(lumen, folder / ".deskhand")
        database, settings = lumen.installation.store.engine, lumen.installation.settings
        at, figures = lumen.clock(), report(lumen, lumen.clock())
        assert purge(settings, database, at) == {}
        assert set(purge(settings, database, at + timedelta(days=91))) == {"exchange"}
        assert set(purge(settings, database, at + timedelta(days=366))) == {"sent_file"}
        gone = purge(settings, database, at + timedelta(days=1096))
        assert {"suggestion", "result", "correction", "guidance", "conversation", "conversation_message"} <= set(gone)
        assert "effect" not in gone
        assert "effect" in purge(settings, database, at + timedelta(days=3651))
        assert purge(settings, database, at + timedelta(days=3651)) == {}
        line = lumen.installation.queries.newest_of("privacy.purged")
        assert line is not None
        assert set(line.body["erased"]) == {"effect"}
        assert isinstance(lumen.installation.queries.verify(), Verified)
        assert planted.email not in holding(folder / ".deskhand" / "receipts", [planted.email])
        assert '"upto_line"' in figures


def test_what_was_learned_goes_with_its_class_examples_and_files_too(folder: Path) -> None:
    desk = folder / "desk.toml"
    desk.write_text(desk.read_text("utf-8") + "\n[retention]\nlearning = 30\n", "utf-8")
    with opened(folder) as lumen:
        plant(lumen, folder / ".deskhand")
        database, settings = lumen.installation.store.engine, lumen.installation.settings
        assert purge(settings, database, lumen.clock() + timedelta(days=29)) == {}
        gone = purge(settings, database, lumen.clock() + timedelta(days=31))
        assert set(gone) == {"past_ticket", "example", "files"}
        assert list((folder / ".deskhand").glob("replays/**/*.txt")) == []
        assert list((folder / "golden" / "drafts").iterdir()) != [], "the company's own folder is the company's"


def test_zero_keeps(folder: Path) -> None:
    desk = folder / "desk.toml"
    names = ("messages", "identity", "decisions", "deeds", "files", "models", "ratings", "outreach", "audit")
    desk.write_text(desk.read_text("utf-8") + "\n[retention]\n" + "".join(f"{one} = 0\n" for one in names), "utf-8")
    with opened(folder) as lumen:
        plant(lumen, folder / ".deskhand")
        late = lumen.clock() + timedelta(days=9999)
        assert purge(lumen.installation.settings, lumen.installation.store.engine, late) == {}
