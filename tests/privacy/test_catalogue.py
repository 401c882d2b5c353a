"""Nothing is kept that the catalogue of personal data does not name."""

from deskhand.infrastructure.storage.personal_data import CATALOGUE, Blank, Stays
from deskhand.infrastructure.storage.tables import metadata


def test_every_table_has_its_entry() -> None:
    assert set(CATALOGUE) == set(metadata.tables)


def test_every_column_has_its_place() -> None:
    assert {name: set(entry.columns) for name, entry in CATALOGUE.items()} == {
        name: set(table.columns.keys()) for name, table in metadata.tables.items()
    }


def test_what_is_personal_goes() -> None:
    """A row that stays loses each of its personal columns, and one that stays as it is has none."""
    for name, entry in CATALOGUE.items():
        match entry.ends:
            case Blank(values):
                assert set(entry.personal) <= set(values), name
            case Stays():
                assert not entry.personal, name


def test_whatever_can_go_says_whose_it_is() -> None:
    named = [
        name
        for name, one in CATALOGUE.items()
        if one.personal and not (one.ticket or one.customer or one.address or one.place) and name != "pause"
    ]
    assert named == []
