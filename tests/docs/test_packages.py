"""The table of packages: none is missing, none is left over, and licences are those that packages state."""

from docs.site.packages import PAGE, ROW, asked_for, licence, plain

TEXT = PAGE.read_text("utf-8")
ROWS = {row["name"]: row for row in ROW.finditer(TEXT)}
MEASURED = {plain(one) for one in TEXT.rpartition("): ")[2].rstrip(".\n").replace("\n", " ").split(", ")}


def test_every_package_that_is_asked_for_has_its_row_and_no_other_does() -> None:
    assert {*ROWS} | MEASURED == asked_for()
    assert [name for name, row in ROWS.items() if not row["told"].split("|")[0].strip()] == []


def test_every_licence_is_the_one_that_the_package_states() -> None:
    stated = {name: licence(name) for name in ROWS}

    assert {name: ROWS[name]["licence"].strip() for name, one in stated.items() if one} == {
        name: one for name, one in stated.items() if one
    }
