"""The library holds exactly what its sources hold; only what changed is read anew; what is gone is gone."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.search.values import DATED, Letters, Shelved, article, shelved

from deskhand.domain.article import Asker
from deskhand.infrastructure.library.library import KeptLibrary, Superseded
from deskhand.infrastructure.search.embedder import Vectors
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.storage.migrations import migrate
from deskhand.infrastructure.storage.tables.knowledge import article as articles
from deskhand.infrastructure.storage.tables.knowledge import passage
from deskhand.ports.knowledge import Change, Gathered, Unread

REFUNDS = article("refunds", "How long does a refund take?", "Five to ten days.\n\n## Weekends\n\nThey do not count.")
INVITES = article("invites", "How do I invite people?", "Open the settings and choose people.")
SECRET = article("secret", "Unlocking", "Press the red button.", audience="internal")


def count(database: sa.Engine, table: sa.TableClause) -> int:
    with database.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_an_empty_library_finds_nothing_and_holds_nothing(desk: Shelved) -> None:
    assert desk.finder.search("refund") == ()
    assert desk.finder.within("refunds", "refund") == ()
    assert desk.take_over() == Change(0, 0, 0, 0)


def test_what_is_new_changed_gone_and_the_same_is_told(desk: Shelved) -> None:
    assert desk.take_over(REFUNDS, INVITES) == Change(2, 0, 0, 0)
    later = article("refunds", REFUNDS.title, "Three days.")

    assert desk.take_over(later, INVITES) == Change(0, 1, 0, 1)
    assert desk.take_over(later) == Change(0, 0, 1, 1)
    assert [hit.passage.text for hit in desk.finder.search("days")] == ["Three days."]


def test_only_what_changed_is_embedded_again(desk: Shelved, letters: Letters) -> None:
    desk.take_over(REFUNDS, INVITES)
    letters.asked.clear()
    desk.take_over(REFUNDS, INVITES)
    assert letters.asked == []

    desk.take_over(REFUNDS, article("invites", INVITES.title, "Ask an admin."))
    assert letters.asked
    assert all("refund" not in text for text in letters.asked)


def test_a_new_date_alone_is_kept_and_is_no_change(desk: Shelved, database: sa.Engine) -> None:
    desk.take_over(REFUNDS)
    later = replace(REFUNDS, updated_at=DATED + timedelta(days=3))

    assert desk.take_over(later) == Change(0, 0, 0, 1)
    with database.connect() as connection:
        assert connection.execute(sa.select(articles.c.updated_at)).scalar_one() == later.updated_at


@pytest.mark.parametrize(
    "other",
    [{"title": "Money back"}, {"audience": "customers"}, {"locale": "de"}, {"product": "Lumen"}, {"family": "f"}],
)
def test_another_title_or_audience_is_a_change(desk: Shelved, other: dict[str, str]) -> None:
    desk.take_over(REFUNDS)
    later = replace(REFUNDS, **other)  # type: ignore[arg-type]

    assert desk.take_over(later) == Change(0, 1, 0, 0)
    assert desk.take_over(later) == Change(0, 0, 0, 1)
    assert desk.sources("refund", asker=Asker(verified=True)) == ["refunds"]


def test_an_article_that_could_not_be_read_stays_as_it_was(desk: Shelved) -> None:
    desk.take_over(REFUNDS, INVITES)

    assert desk.take_over(unread=[Unread("refunds", "is not UTF-8")]) == Change(0, 0, 1, 1)
    assert desk.sources("refund") == ["refunds"]
    assert desk.library.held() == {"folder": 1}


def test_one_that_surely_is_no_more_does_not_stay(desk: Shelved) -> None:
    desk.take_over(REFUNDS, INVITES)

    assert desk.take_over(unread=[Unread("refunds", "answers 410", gone=True)]) == Change(0, 0, 2, 0)
    assert desk.library.held() == {}


def test_sources_do_not_know_of_each_other(desk: Shelved) -> None:
    desk.take_over(REFUNDS)
    assert desk.take_over(INVITES, source="site") == Change(1, 0, 0, 0)
    assert desk.take_over(source="site") == Change(0, 0, 1, 0)

    assert desk.sources("people") == ["refunds"]


def test_a_source_that_is_no_longer_named_is_forgotten(desk: Shelved) -> None:
    desk.take_over(REFUNDS)
    desk.take_over(INVITES, source="site")

    assert desk.library.keep_only(["folder"]) == 1
    assert desk.sources("people") == ["refunds"]


def test_what_is_for_agents_only_is_kept_and_in_no_index(desk: Shelved, database: sa.Engine, letters: Letters) -> None:
    assert desk.take_over(SECRET) == Change(1, 0, 0, 0)

    assert count(database, articles) == 1
    assert count(database, passage) == count(database, sa.table("passage_words")) == 0
    assert letters.asked == []
    assert desk.take_over(replace(SECRET, audience="public")) == Change(0, 1, 0, 0)
    assert desk.sources("red button") == ["secret"]


def test_another_process_sees_a_change_at_its_next_search(desk: Shelved, database: sa.Engine) -> None:
    other = shelved(database, Letters())
    assert other.sources("refund") == []
    desk.take_over(REFUNDS, INVITES)
    assert set(other.sources("refund")) == {"refunds", "invites"}
    desk.take_over(INVITES)
    assert other.sources("refund") == ["invites"]


def test_what_went_while_we_looked_is_not_found(desk: Shelved, database: sa.Engine) -> None:
    class Late:
        """While a question is embedded, somebody takes an article away."""

        name = "letters"

        def __call__(self, texts: Sequence[str]) -> Vectors:
            desk.take_over(INVITES)
            return Letters()(texts)

    desk.take_over(REFUNDS, INVITES)
    other = shelved(database, Late())
    other.finder.look()

    assert other.sources("refund") == ["invites"]


def test_a_crash_in_the_middle_leaves_whole_articles_and_the_next_time_does_the_rest(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crashing(Letters):
        def __call__(self, texts: Sequence[str]) -> Vectors:
            if any("number 150" in text for text in texts):
                raise MemoryError
            return super().__call__(texts)

    many = [article(f"a{n}", f"Title {n}", f"This is number {n}.") for n in range(300)]
    old = article("old", "Old", "This is old.")
    desk = shelved(database, Letters())
    desk.take_over(old)
    with pytest.raises(MemoryError):
        shelved(database, Crashing()).take_over(*many)

    found = count(database, articles)
    assert found == count(database, passage) == count(database, sa.table("passage_words"))
    assert 1 <= found < 301
    assert "old" in desk.sources("old", limit=300)
    assert desk.take_over(*many) == Change(301 - found, 0, 1, found - 1)


def test_a_crash_within_an_articles_transaction_leaves_it_as_it_was(
    desk: Shelved, database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take_over(REFUNDS)
    broken = KeptLibrary(database, Letters())

    class Crash:
        def put(self, *_: object) -> None:
            raise MemoryError

        drop = staticmethod(lambda *_: None)

    monkeypatch.setattr(broken, "_words", Crash())
    with pytest.raises(MemoryError):
        broken.take_over("folder", Gathered((replace(REFUNDS, text="Never.", digest="n"),)))

    assert [hit.passage.text for hit in desk.finder.within("refunds", "days")][-1] != "Never."
    assert count(database, passage) == count(database, sa.table("passage_words")) == 2


def test_take_overs_at_the_same_time_end_with_each_article_once(database: sa.Engine) -> None:
    many = [article(f"a{n}", f"Title {n}", f"This is number {n}.") for n in range(150)]
    desks = [shelved(database, Letters()) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda desk: desk.take_over(*many), desks))

    assert sum(one.new for one in done) == 150
    assert all(one.new + one.same == 150 for one in done)
    assert count(database, articles) == count(database, passage) == count(database, sa.table("passage_words")) == 150
    assert {len(desk.sources("number", limit=200)) for desk in desks} == {150}


def test_two_sources_at_the_same_time_do_not_disturb_each_other(database: sa.Engine) -> None:
    def work(name: str) -> None:
        desk = shelved(database, Letters())
        for round in range(5):
            desk.take_over(
                *(article(f"{name}{n}", f"{name} {n}", f"{round} {name} {n}") for n in range(8)), source=name
            )

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, ["left", "right"]))

    texts = {hit.passage.text for hit in shelved(database, Letters()).finder.search("left", limit=50)}
    assert texts == {f"4 {name} {n}" for name in ("left", "right") for n in range(8)}


def test_another_embedder_makes_every_vector_anew_before_its_first_search(database: sa.Engine) -> None:
    first, second = shelved(database, Letters("one")), shelved(database, Letters("two"))
    first.take_over(REFUNDS, INVITES)
    assert second.finder.search("refund") == ()
    before = second.finder.version
    second.library.settle()

    assert second.finder.look().version > before
    assert set(second.sources("refund")) == {"refunds", "invites"}
    assert count(database, passage) == count(database, sa.table("passage_words")) == 3
    assert second.take_over(REFUNDS, INVITES) == Change(0, 0, 0, 2)


def test_until_all_vectors_are_made_the_old_ones_are_searched(database: sa.Engine) -> None:
    first = shelved(database, Letters("one"))
    first.take_over(REFUNDS, INVITES)

    class Watched(Letters):
        def __call__(self, texts: Sequence[str]) -> Vectors:
            assert set(first.sources("refund")) == {"refunds", "invites"}
            return super().__call__(texts)

    shelved(database, Watched("two")).library.settle()


def test_a_process_with_the_former_embedder_changes_nothing_any_more(database: sa.Engine) -> None:
    first = shelved(database, Letters("one"))
    first.take_over(REFUNDS)
    shelved(database, Letters("two")).library.settle()

    with pytest.raises(Superseded):
        first.take_over(INVITES)
    assert first.finder.search("refund") == ()


def test_another_company_name_is_another_embedder(database: sa.Engine) -> None:
    desk = shelved(database, Letters(), names=("Lumen",))
    desk.take_over(REFUNDS)
    asked = Letters()
    shelved(database, asked, names=("Acme",)).take_over(REFUNDS)

    assert asked.asked


def test_long_work_is_told_at_most_once_a_second_and_short_work_is_not(database: sa.Engine) -> None:
    told: list[tuple[str, int, int]] = []
    many = [article(f"a{n}", f"Title {n}", f"This is number {n}.") for n in range(700)]
    seconds = iter([float(n) * 0.9 for n in range(100)])
    desk = shelved(database, Letters(), told=lambda *one: told.append(one), timer=lambda: next(seconds))
    desk.take_over(*many)
    assert [one[0] for one in told] == ["folder"] * len(told)
    assert told[-1] == ("folder", 700, 700)
    assert 1 < len(told) < 5

    told.clear()
    shelved(database, Letters(), told=lambda *one: told.append(one)).take_over(*many[:300])
    assert told == []


def test_strange_characters_are_kept_or_replaced_one_for_one(desk: Shelved) -> None:
    text = "Nul \0 and half \ud83d here, whole \U0001f600 there."
    odd = article("odd\0", "Odd \ud83d", text, digest="odd")
    desk.take_over(odd)
    assert desk.take_over(odd) == Change(0, 0, 0, 1)

    [hit] = desk.finder.search("whole")
    assert len(hit.passage.text) == len(text)
    assert hit.passage.text.startswith("Nul \ufffd and half \ufffd here")


def test_of_two_articles_with_one_name_the_first_counts(desk: Shelved) -> None:
    assert desk.take_over(REFUNDS, article("refunds", "Other", "Other.")) == Change(1, 0, 0, 0)
    assert desk.finder.search("refund")[0].passage.title == REFUNDS.title


def test_deleted_words_and_vectors_are_not_in_the_file_any_more(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path}/desk.sqlite")
    migrate(database)
    embed = Letters()
    desk = shelved(database, embed)
    others = [article(f"a{n}", f"Title {n}", f"This is number {n}. " * 30) for n in range(200)]
    gone = article("zanzibar-file", "Xylophone quartz", "The zyzzyva told the quokka about kumquats.")
    desk.take_over(gone, *others)
    of_it = sa.select(passage.c.vector).join(articles).where(articles.c.source == "zanzibar-file")
    with database.connect() as connection:
        vectors = connection.execute(of_it).scalars().all()
    words = [b"zanzibar", b"Xylophone", b"zyzzyva", b"quokka", b"kumquat", *vectors]
    assert any(word in _bytes(tmp_path) for word in words)
    desk.take_over(*others)
    assert desk.library.scrub()

    assert [word for word in words if word in _bytes(tmp_path)] == []
    assert desk.finder.search("zyzzyva quokka kumquats", limit=1)[0].passage.source != "zanzibar-file"
    database.dispose()


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_scrubbing_works_on_both_databases(desk: Shelved) -> None:
    desk.take_over(REFUNDS, INVITES)
    desk.take_over(INVITES)

    assert desk.library.scrub()
    assert desk.sources("people") == ["invites"]
