"""What is computed from the library is computed again when the library has moved, and not before."""

import pytest
from tests.search.values import Shelved, article

from deskhand.infrastructure.library.renewed import Renewed


def test_it_is_made_anew_only_when_the_library_has_moved(desk: Shelved) -> None:
    texts = Renewed(lambda: desk.library.texts(1000), lambda: desk.finder.version)
    assert texts() == []
    desk.take_over(article("a", "Title", "text"))
    assert texts() == []

    desk.finder.look()
    assert texts() == ["Title\ntext"]
    assert texts() is texts()


def test_one_that_fails_is_tried_again() -> None:
    version, made = [1], iter(["old", "", "new"])

    def make() -> str:
        if found := next(made):
            return found
        raise MemoryError

    value = Renewed(make, lambda: version[0])
    version[0] = 2

    with pytest.raises(MemoryError):
        value()
    assert value() == "new"


def test_texts_are_read_up_to_a_size(desk: Shelved) -> None:
    desk.take_over(*(article(f"a{n}", "Title", "text " * 100) for n in range(10)))

    assert len(desk.library.texts(1200)) == 3
