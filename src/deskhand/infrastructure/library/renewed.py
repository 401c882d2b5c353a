"""What is computed from the library, computed again when the library has moved."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Renewed(Generic[T]):
    """Call it for the value. While one thread makes it anew, the others still get the one before."""

    def __init__(self, make: Callable[[], T], version: Callable[[], int]):
        self._make, self._version = make, version
        self._lock = Lock()
        self._of = version()
        self._value = make()

    def __call__(self) -> T:
        version = self._version()
        if version != self._of and self._lock.acquire(blocking=False):
            try:
                self._value, self._of = self._make(), version
            finally:
                self._lock.release()
        return self._value
