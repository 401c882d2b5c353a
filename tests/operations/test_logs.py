"""What is written to the log: a form that a collector reads, and nobody's data."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from deskhand.bootstrap.logs.logs import logging_as
from deskhand.domain.errors import DeskFault
from deskhand.infrastructure.telemetry import run_span, ticket_name
from deskhand.settings import LogForm, read_watching

MAYA, CARD = "maya.chen@example.com", "4111 1111 1111 1111"
TICKET = ticket_name(b"secret", "zendesk:ticket:7")


@contextmanager
def written(form: LogForm) -> Iterator[io.StringIO]:
    out = io.StringIO()
    with logging_as(form, out):
        yield out


def failed(log: logging.Logger) -> None:
    """As any code that does not know what an error's text holds."""
    try:
        raise ValueError(f"{MAYA} wrote {CARD}")
    except ValueError:
        log.exception("the run of %s failed", MAYA)


def test_each_line_is_one_json_object_with_its_level_run_and_error() -> None:
    with written(LogForm.JSON) as out, run_span("resolve_message", TICKET):
        logging.getLogger("deskhand.engine").info("run\nended", extra={"told": {"story": "resolve_message", "ms": 12}})
        failed(logging.getLogger("deskhand.engine"))
    first, second = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (first["message"], first["story"], first["ms"], first["level"]) == (
        "run\nended",
        "resolve_message",
        12,
        "info",
    )
    assert (second["error"], second["level"], second["ticket"]) == ("ValueError", "error", TICKET)
    assert second["where"][-1].endswith(" failed")


@pytest.mark.parametrize("form", list(LogForm))
@pytest.mark.parametrize("name", ["deskhand.engine", "dbos", "uvicorn.error", "somebody.else"])
def test_no_logger_writes_addresses_cards_or_an_errors_words(form: LogForm, name: str) -> None:
    with written(form) as out:
        failed(logging.getLogger(name))
    assert "ValueError" in out.getvalue()
    assert MAYA not in out.getvalue()
    assert CARD not in out.getvalue()
    assert "test_logs.py" in out.getvalue()


def test_the_key_of_a_run_can_be_read() -> None:
    key = "message/zendesk:ticket:35436/128734"
    with written(LogForm.TEXT) as out:
        logging.getLogger("deskhand.engine").error("run %s failed: %s", key, "Down: GET /tickets")
    assert f"run {key} failed: Down: GET /tickets" in out.getvalue()


def test_text_says_nothing_of_what_went_well_and_json_does() -> None:
    told = {}
    for form in LogForm:
        with written(form) as out:
            logging.getLogger("deskhand.engine").info("run ended")
        told[form] = out.getvalue()
    assert told[LogForm.TEXT] == ""
    assert json.loads(told[LogForm.JSON])["message"] == "run ended"


def test_afterwards_loggers_are_as_they_were() -> None:
    names = ("", "deskhand", "dbos", "uvicorn", "uvicorn.error")
    before = [(logging.getLogger(one).handlers[:], logging.getLogger(one).level) for one in names]
    with written(LogForm.JSON):
        pass
    assert [(logging.getLogger(one).handlers[:], logging.getLogger(one).level) for one in names] == before


def test_a_ticket_has_the_same_name_every_time_and_another_on_another_desk() -> None:
    assert ticket_name(b"secret", "zendesk:ticket:7") == TICKET
    assert len({TICKET, ticket_name(b"other", "zendesk:ticket:7"), ticket_name(b"secret", "zendesk:ticket:8")}) == 3
    assert "zendesk" not in TICKET


def test_a_form_that_there_is_none_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKHAND_LOG", "xml")
    with pytest.raises(DeskFault, match="text or json"):
        read_watching()
    monkeypatch.setenv("DESKHAND_LOG", "json")
    assert read_watching().log is LogForm.JSON
