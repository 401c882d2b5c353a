"""A scan program of the company's choice: it gets a file on its standard input, and its exit code is its verdict."""

import logging
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from deskhand.domain.attachment import Scanned

log = logging.getLogger(__name__)
VERDICTS = {0: Scanned.CLEAN, 1: Scanned.INFECTED}


class ScanProgram:
    """See `ports.scanner.Scanner`. `command` is the program and its arguments; `patience`: seconds for one file."""

    def __init__(self, command: Sequence[str], patience: float):
        self._command, self._patience = list(command), patience

    def scan(self, content: bytes) -> Scanned:
        """0 is clean, 1 infected. Another code, no program, or no answer in time says nothing of the file."""
        try:
            code = self._ran(content)
        except subprocess.TimeoutExpired:
            log.warning("a file was not scanned: %s took longer than %s s", self._command[0], self._patience)
            return Scanned.FAILED
        except OSError as error:
            log.warning("a file was not scanned: %s: %s", self._command[0], type(error).__name__)
            return Scanned.FAILED
        if code not in VERDICTS:
            log.warning("a file was not scanned: %s ended with %s", self._command[0], code)
        return VERDICTS.get(code, Scanned.FAILED)

    def _ran(self, content: bytes) -> int:
        """Without our environment, and so without our keys; in a group of its own, which ends as a whole."""
        child = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath},
            start_new_session=True,
        )
        try:
            child.communicate(content, timeout=self._patience)
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
        return child.returncode


def found(program: str) -> bool:
    """Whether this machine has a program of this name, where we would look for it."""
    return shutil.which(program, path=os.defpath) is not None
