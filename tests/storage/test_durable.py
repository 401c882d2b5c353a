"""Commits beside each other: nobody naps while the file is free, and all who wait for the disk share a write of it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from deskhand.domain.journal_line import Verified
from deskhand.infrastructure.storage import journal
from deskhand.infrastructure.storage.durable import Shared
from deskhand.infrastructure.storage.store import SqlStore

NOW = datetime(2026, 11, 28, tzinfo=UTC)


class SlowDisk:
    """Tells when a write begins, and ends it when it is let."""

    def __init__(self) -> None:
        self.writes, self.begun, self.let = 0, threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self) -> None:
        self.writes += 1
        self.begun.release()
        assert self.let.acquire(timeout=10)


def test_whoever_waits_for_the_disk_gets_back_after_a_write_that_began_behind_them_and_all_share_it() -> None:
    disk = SlowDisk()
    flush = Shared(disk)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(flush)
        assert disk.begun.acquire(timeout=10)
        others = [pool.submit(flush) for _ in range(7)]
        until(lambda: flush.asked == 8)
        disk.let.release()
        first.result(10)
        assert disk.begun.acquire(timeout=10), "what was asked for during a write may not be in it"
        assert not any(one.done() for one in others)
        disk.let.release()
        for one in others:
            one.result(10)
    assert disk.writes == 2


def test_a_write_that_fails_is_told_to_who_asked_for_it_and_the_next_one_tries_again() -> None:
    answers = iter([OSError("no space"), None])

    def write() -> None:
        if error := next(answers):
            raise error

    flush = Shared(write)
    with pytest.raises(OSError, match="no space"):
        flush()
    flush()
    assert flush.done == 2


def test_many_threads_append_to_one_chain(store: SqlStore) -> None:
    def append(number: int) -> None:
        for _ in range(5):
            with store.begin() as tx:
                tx.journal.append("test.line", f"test:ticket:{number}", {}, NOW)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(append, range(6)))
    with store.engine.connect() as connection:
        assert isinstance(proof := journal.verify(connection), Verified)
        assert proof.lines == 30


def test_a_look_waits_for_no_writer_sees_one_moment_and_writes_nothing(store: SqlStore) -> None:
    with store.begin() as writing:
        writing.journal.append("test.line", "test:ticket:1", {}, NOW)
        with store.look() as tx:
            assert tx.journal.last_number() == 0
            writing.journal.append("test.line", "test:ticket:1", {}, NOW)
            assert tx.journal.last_number() == 0
    with store.look() as tx:
        assert tx.journal.last_number() == 2
    with pytest.raises(sa.exc.DBAPIError, match=r"read-?only"), store.look() as tx:
        tx.journal.append("test.line", "test:ticket:1", {}, NOW)
    with store.begin() as tx:
        assert tx.journal.append("test.line", "test:ticket:1", {}, NOW) == 3


def test_a_transaction_that_was_rolled_back_gives_its_turn_away(store: SqlStore) -> None:
    def append(fails: bool = False) -> int:
        with store.begin() as tx:
            number = tx.journal.append("test.line", "test:ticket:1", {}, NOW)
            return 1 // 0 if fails else number

    with pytest.raises(ZeroDivisionError):
        append(fails=True)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(append).result(10) == 1


def until(true: Callable[[], bool]) -> None:
    waits = threading.Event()
    while not true():
        waits.wait(0.001)
