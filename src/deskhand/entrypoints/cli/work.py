"""`deskhand work`: take messages from the queue until told to stop."""

import signal
import threading
from pathlib import Path

from deskhand.bootstrap import open_desk
from deskhand.entrypoints.cli.watched import telling
from deskhand.settings import read_settings


def run(folder: Path) -> None:
    """Until SIGTERM or Ctrl-C; running messages are finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with telling() as tell, open_desk(read_settings(folder), tell=tell):
        tell("Working. Stop with Ctrl-C.")
        stop.wait()
        tell("Finishing what is running ...")
