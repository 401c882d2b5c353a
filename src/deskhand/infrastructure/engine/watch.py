"""A watch: one thing done again and again beside the work, whatever becomes of it."""

import logging
import threading
from collections.abc import Callable

from deskhand.infrastructure.engine.outcome import why

log = logging.getLogger(__name__)


class Watch:
    """Calls `look` at once and then every so many seconds, until it is stopped. Trouble that stays is logged once."""

    def __init__(self, look: Callable[[], None], every: float):
        self.look, self.every = look, every
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._keep, name="engine-watch", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopped.set()
        self.thread.join()

    def _keep(self) -> None:
        told = ""
        while True:
            try:
                self.look()
                told = ""
            except Exception as error:
                if (trouble := why(error)) != told:
                    log.error("the watch over the engine failed: %s", trouble)
                told = trouble
            if self.stopped.wait(self.every):
                return
