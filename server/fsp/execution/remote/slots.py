"""How many queries the engine is asked at a time, and how many wait."""

import threading
import time
from collections.abc import Callable

from fsp.errors import AbandonedError, BusyError
from fsp.execution.limits import Limits

__all__ = ["Slots"]

_TICK_SECONDS = 0.25


class Slots:
    """A bounded queue before a bounded number of queries.

    Args:
        limits: `workers`, `queue` and `queue_wait` count.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._free = limits.workers
        self._waiting = 0
        self._changed = threading.Condition()

    def take(self, is_gone: Callable[[], bool]) -> None:
        """Wait for a slot.

        Raises:
            BusyError: the queue is full, or the wait was too long.
            AbandonedError: the caller hung up.
        """
        end = time.monotonic() + self._limits.queue_wait
        with self._changed:
            if not self._free and self._waiting >= self._limits.queue:
                raise _busy(f"{self._waiting} queries wait already")
            self._waiting += 1
            try:
                while not self._free:
                    if time.monotonic() > end:
                        raise _busy(f"no query ended within {self._limits.queue_wait:g} seconds")
                    if is_gone():
                        raise AbandonedError("The caller hung up.")
                    self._changed.wait(_TICK_SECONDS)
                self._free -= 1
            finally:
                self._waiting -= 1

    def give_back(self) -> None:
        """Let the next query go."""
        with self._changed:
            self._free += 1
            self._changed.notify()


def _busy(why: str) -> BusyError:
    return BusyError(f"The service is busy: {why}. Ask again in a few seconds.", limit="queue")
