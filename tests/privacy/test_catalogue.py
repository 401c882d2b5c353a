"""Nothing is kept that the catalogue of personal data does not name."""

from deskhand.infrastructure.storage.personal_data import CATALOGUE, Blank, Stays, Whole
from deskhand.infrastructure.storage.tables import metadata
from deskhand.settings.retention import RetentionTable


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


def test_each_table_ends_in_one_way() -> None:
    """It stays, it ages by one class of [retention], it has no age and says why, or it is the desk's own."""
    days, aged = set(RetentionTable.model_fields), set[str]()
    for name, one in CATALOGUE.items():
        stays, own = isinstance(one.ends, Stays), str(one.data) not in days
        hangs = isinstance(one.ends, Whole) and one.ends.through is not None
        ages = not stays and not own and (bool(one.at) or hangs) and not one.ageless
        assert [stays, ages, bool(one.ageless), own and not stays].count(True) == 1, name
        aged |= {str(one.data)} if ages else set()
    assert aged == days


def test_whatever_can_go_says_whose_it_is() -> None:
    named = [
        name
        for name, one in CATALOGUE.items()
        if one.personal and not (one.ticket or one.customer or one.address or one.place) and name != "pause"
    ]
    assert named == []
