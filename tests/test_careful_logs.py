"""What loggers write: planted secrets, addresses and cards in every way in which a line can hold them."""

import logging
from pathlib import Path

import pytest

from deskhand.bootstrap.logs.careful_logs import CarefulRecords

SECRET, CARD, WHO = "own-secret-of-this-desk", "4111111111111111", "ada.lovelace@example.com"
PLANTED = (SECRET, CARD, WHO, "Zm9vYmFyOmJhcmZvb2JhcjE=", "tok_0123456789abcdef")
LINES = [
    f"key {SECRET}",
    f"paid with {CARD}",
    f"wrote {WHO}",
    f"Authorization: Basic {PLANTED[3]}",
    f"Bearer {PLANTED[4]}",
]


@pytest.fixture
def records() -> CarefulRecords:
    made = CarefulRecords()
    made.know([SECRET, "ab"])
    return made


def loggers() -> list[str]:
    """Every module of ours that has one, and those of libraries that tell of requests."""
    source = Path("src")
    ours = [file for file in source.rglob("*.py") if "logging.getLogger(__name__)" in file.read_text("utf-8")]
    names = [".".join(file.relative_to(source).with_suffix("").parts) for file in ours]
    return [
        *names,
        "httpx2",
        "httpcore2",
        "dbos",
        "uvicorn.error",
        "alembic.runtime.migration",
        "sqlalchemy.engine",
        "root",
    ]


@pytest.mark.parametrize("name", loggers())
def test_no_logger_writes_what_is_planted(name: str, records: CarefulRecords, caplog: pytest.LogCaptureFixture) -> None:
    before = logging.getLogRecordFactory()
    log = logging.getLogger(name)
    caplog.set_level(logging.DEBUG, logger=name)
    logging.setLogRecordFactory(records)
    propagates, log.propagate = log.propagate, True
    try:
        for line in LINES:
            log.warning(line)
            log.warning("it said: %s", line)
            log.warning("%(what)s", {"what": line})
            try:
                raise ValueError(line) from OSError(line)
            except ValueError:
                log.exception("failed: %r", line)
        log.warning("%s and %s", "one")
    finally:
        logging.setLogRecordFactory(before)
        log.propagate = propagates

    assert caplog.text.count("failed:") >= len(LINES)  # a logger with a handler of its own is heard twice
    assert caplog.text.count("Traceback") >= len(LINES)
    assert "a line that could not be put together" in caplog.text
    assert [one for one in PLANTED if one in caplog.text] == []
