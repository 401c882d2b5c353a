"""Card numbers that were stored before anything looked for them: found everywhere, and masked where that may be."""

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from deskhand.bootstrap.card_scan import Hit, find_cards
from deskhand.bootstrap.storage.store import open_store
from deskhand.infrastructure.storage.database import connect
from deskhand.settings import Settings, read_table

CARD = "4111111111111111"
DESK = 'company = "Lumen"\nsignature = "Your Lumen team"\ndefault_queue = "support"\n'
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def settings(tmp_path: Path, more: str = "") -> Settings:
    return Settings(
        tmp_path,
        read_table(DESK + more, "desk.toml"),
        tmp_path / "state",
        f"sqlite:///{tmp_path}/state/desk.sqlite",
        {},
    )


def planted(of: Settings) -> None:
    """Past all that looks at what is written, as older versions did."""
    with open_store(of) as store, store.begin() as tx:
        tx.journal.append("planted", "t", {"why": "CARD"}, NOW)
    engine = connect(of.database_url)
    with engine.begin() as connection:
        talk = {"id": "t", "email": "", "name": "", "verified": False, "subject": f"Card {CARD}", "channel": "chat"}
        columns = ", ".join([*talk, "created_at"])
        places = ", ".join(f":{name}" for name in [*talk, "created_at"])
        connection.execute(
            sa.text(f"insert into conversation ({columns}) values ({places})"), {**talk, "created_at": "2026"}
        )
        for (name,) in connection.execute(
            sa.text("select name from sqlite_master where type = 'trigger' and tbl_name = 'journal'")
        ).all():
            connection.exec_driver_sql(f"drop trigger {name}")
        connection.execute(sa.text("update journal set body = replace(body, 'CARD', :card)"), {"card": CARD})
    engine.dispose()
    (of.state / "notes.log").write_text(f"one\npaid with {CARD}\n", "utf-8")


def test_what_is_found_is_masked_but_for_the_chain(tmp_path: Path) -> None:
    here = settings(tmp_path)
    planted(here)
    places = {"the database: conversation.subject", "the database: journal.body", "notes.log"}
    seen = list(find_cards(here, mend=False))

    assert {one.place: (one.found, one.masked) for one in seen} == dict.fromkeys(places, (1, 0))
    assert {one.place for one in find_cards(here, mend=True) if one.masked} == places - {"the database: journal.body"}
    assert list(find_cards(here, mend=True)) == [Hit("the database: journal.body", 1, 0)]
    assert CARD not in (here.state / "notes.log").read_text("utf-8")
    engine = connect(here.database_url)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("select subject from conversation")) == "Card 411111******1111"
    engine.dispose()


def test_a_number_of_the_companys_own_is_none(tmp_path: Path) -> None:
    planted(settings(tmp_path))
    here = settings(tmp_path, '[privacy]\nown_numbers = ["4111[0-9]{12}"]\n')

    assert list(find_cards(here, mend=True)) == []
