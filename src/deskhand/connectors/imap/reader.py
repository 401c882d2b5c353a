"""Reads a mailbox into our conversations, letter after letter, as they come."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from deskhand.connectors.imap import SYSTEM
from deskhand.connectors.imap.mailbox import Cursor, Found, Mailbox, Open
from deskhand.connectors.imap.reading import Reading
from deskhand.domain.errors import ConnectorError
from deskhand.domain.incoming import Incoming
from deskhand.ports.threads import Threads

log = logging.getLogger(__name__)
AGAIN = (5.0, 30.0, 120.0)


class MailReader:
    """`take` files one message once; the cursor moves behind it, so that after a crash it comes again.

    `poll`: seconds after which the mailbox is looked at whatever the server tells; `again`: seconds before the next
    connection after one failed, and another, and more.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        reading: Reading,
        threads: Threads,
        take: Callable[[Incoming], bool],
        clock: Callable[[], datetime],
        *,
        poll: float = 300.0,
        again: Sequence[float] = AGAIN,
    ):
        self._mailbox, self._reading, self._threads, self._take = mailbox, reading, threads, take
        self._clock, self._poll, self._again = clock, poll, again

    def read(self) -> int:
        """Take in what is new, once; how many letters. The first time none: we begin behind what is there."""
        with self._mailbox.opened() as box:
            return self._new(box)

    def run(self, stop: threading.Event) -> None:
        """Until `stop`. A server that does not answer is asked again, later and later."""
        failures = 0
        while not stop.is_set():
            try:
                with self._mailbox.opened() as box:
                    while not stop.is_set():
                        self._new(box)
                        failures = 0
                        box.wait(self._poll, stop.is_set)
            except Exception as error:  # the worker loop of this channel: it must not end before the process
                why = error if isinstance(error, ConnectorError) else type(error).__name__
                log.warning("the mailbox was not read: %s", why)
                stop.wait(self._again[min(failures, len(self._again) - 1)])
                failures += 1

    def _new(self, box: Open) -> int:
        cursor = Cursor.parse(self._threads.cursor(SYSTEM))
        if cursor is None:
            self._threads.move(SYSTEM, str(box.start(self._clock())))
            return 0
        read = 0
        for found in box.letters(cursor):
            incoming = self._read(found)
            if incoming is None:
                log.warning("a letter that names no sender was left in the mailbox: UID %s", found.cursor.last)
            elif not self._take(incoming) and incoming.why:
                log.info("a letter was not answered (%s): UID %s", incoming.why, found.cursor.last)
            self._threads.move(SYSTEM, str(found.cursor))
            read += 1
        return read

    def _read(self, found: Found) -> Incoming | None:
        """A letter that trips the reader must not keep those behind it waiting."""
        try:
            return self._reading.read(found.letter, whole=found.whole)
        except Exception as error:
            log.error("a letter could not be read, UID %s: %s", found.cursor.last, type(error).__name__)
            return None
