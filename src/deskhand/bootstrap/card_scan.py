"""Looks for card numbers in all that a desk has stored: its database, and the files of its state folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deskhand.domain.card_number import Own, card_numbers, without_cards
from deskhand.infrastructure.storage.card_scan import scan_cards
from deskhand.infrastructure.storage.database import connect
from deskhand.settings import Settings

DATABASE = b"SQLite format 3\x00"
OTHERS = "twins"  # what stands in for other people's systems keeps what these would keep


@dataclass(frozen=True)
class Hit:
    """`found` rows or lines at this place hold a card number; `masked` of them hold it no more."""

    place: str
    found: int
    masked: int


def find_cards(settings: Settings, *, mend: bool) -> Iterator[Hit]:
    """Place by place. The chain of the journal is never changed, nor what names a row."""
    own, url = settings.table.privacy.own, settings.database_url
    files = [one for one in sorted(settings.state.rglob("*")) if one.is_file() and one.parent.name != OTHERS]
    databases = [f"sqlite:///{one}" for one in files if _begins(one) == DATABASE]
    for each in dict.fromkeys((*databases, *([] if url.startswith("sqlite") else [url]))):
        engine = connect(each, own)
        try:
            name = "the database" if each == url else Path(each.removeprefix("sqlite:///")).name
            for place in scan_cards(engine, own, mend=mend):
                yield Hit(f"{name}: {place.table}.{place.column}", place.rows, place.masked)
        finally:
            engine.dispose()
    for one in files:
        if _begins(one) != DATABASE and not one.name.endswith(("-wal", "-shm")) and (hit := _file(one, own, mend)):
            yield hit


def _begins(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(len(DATABASE))


def _file(file: Path, own: Own, mend: bool) -> Hit | None:
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        return None
    found = sum(1 for _ in card_numbers(text, own))
    if not found:
        return None
    if mend:
        fresh = file.with_name(f"{file.name}.new")
        fresh.write_text(without_cards(text, own), "utf-8")
        fresh.replace(file)
    return Hit(file.name, found, found if mend else 0)
