"""What a process that stays tells, and where: its log's form, its traces, and its remarks to people."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deskhand.bootstrap import watched
from deskhand.entrypoints.printing import aside
from deskhand.settings import LogForm, read_watching

log = logging.getLogger("deskhand")


@contextmanager
def telling() -> Iterator[Callable[[str], None]]:
    """Until the block ends log and traces go where the environment says. What it gives tells a remark: to the terminal,
    or as a line among the others where a collector reads JSON."""
    watching = read_watching()
    with watched(watching):
        yield log.info if watching.log is LogForm.JSON else aside.print


def for_people() -> bool:
    """Whether somebody reads along: links that sign people in are for them, and for no collector."""
    return read_watching().log is LogForm.TEXT
