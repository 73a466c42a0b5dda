"""Run what handles foreign files in processes that can be killed: one for each piece of work.

A parent process loads what all of them need and forks them. The web process itself never forks: it has many threads.
"""

import pickle
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from fsp.errors import AbandonedError, BusyError, EngineError
from fsp.execution.failures import unpack
from fsp.execution.frames import Kind, receive_frame, send_frame
from fsp.execution.interface import never
from fsp.execution.parent import UNKNOWN
from fsp.execution.processes import TICK_SECONDS, Child, Parent
from fsp.web.guard_child import GuardLimits, explain_end, work

__all__ = ["Guard", "GuardLimits"]

_GRACE_SECONDS = 5.0
_WAIT_SECONDS = 10.0
_MOST_WAITING = 8

_Result = TypeVar("_Result")
_State = TypeVar("_State")


@dataclass
class Guard:
    """Runs functions on what a parent process has loaded.

    Attributes:
        load: makes what every function gets as its first argument; called in the parent, when it is first needed.
        limits: what one call may use.
    """

    load: Callable[[], Any]
    limits: GuardLimits
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _slots: threading.BoundedSemaphore = field(init=False)
    _waiting: int = 0
    _parent: Parent | None = None

    def __post_init__(self) -> None:
        """Make as many slots as there may be calls at a time."""
        self._slots = threading.BoundedSemaphore(self.limits.at_once)

    def run(self, call: Callable[[_State], _Result], is_gone: Callable[[], bool] = never) -> _Result:
        """Return what a function returns, called in a process of its own.

        Args:
            call: a function of a module, or a partial of one, that takes what `load` made.
            is_gone: tells whether nobody waits for the result any more.

        Raises:
            FspError: the function raised it.
            TooLargeError: it met a limit of time, memory or size.
            InputError: it overflowed the stack.
            BusyError: too many calls wait already.
            AbandonedError: nobody waits any more.
        """
        job = pickle.dumps(call)
        with self._slot(is_gone):
            parent = self._started()
            kind, payload = self._ask(parent, job, is_gone)
        if kind is Kind.ERROR:
            raise unpack(payload)
        result: _Result = pickle.loads(payload)  # noqa: S301 - from our own process
        return result

    def _ask(self, parent: Parent, job: bytes, is_gone: Callable[[], bool]) -> tuple[Kind, bytearray]:
        try:
            child = parent.fork()
        except (EOFError, OSError) as error:
            raise self._lost(parent) from error
        end = time.monotonic() + self.limits.seconds + _GRACE_SECONDS  # the kernel ends it before that

        def tick() -> None:
            if is_gone():
                raise AbandonedError("The caller hung up.")
            if time.monotonic() > end:
                raise EOFError

        answer = None
        try:
            with child.channel as channel:
                channel.settimeout(self.limits.seconds + _GRACE_SECONDS)
                send_frame(channel, Kind.REQUEST, job)
                channel.settimeout(TICK_SECONDS)
                answer = receive_frame(channel, tick)
        except (EOFError, OSError):
            pass
        finally:
            status = _reap(parent, child)
        if answer is None:
            raise explain_end(status, self.limits)
        return answer[0], answer[2]

    @contextmanager
    def _slot(self, is_gone: Callable[[], bool]) -> Iterator[None]:
        with self._lock:
            if self._waiting >= _MOST_WAITING:
                raise _busy()
            self._waiting += 1
        try:
            end = time.monotonic() + _WAIT_SECONDS
            while not self._slots.acquire(timeout=TICK_SECONDS):
                if is_gone():
                    raise AbandonedError("The caller hung up.")
                if time.monotonic() > end:
                    raise _busy()
        finally:
            with self._lock:
                self._waiting -= 1
        try:
            yield
        finally:
            self._slots.release()

    def _started(self) -> Parent:
        with self._lock:
            if self._parent is None:
                self._parent = Parent(self.load, partial(work, limits=self.limits))
            return self._parent

    def _lost(self, parent: Parent) -> EngineError:
        """Forget a parent that has died, so that the next call starts another."""
        with self._lock:
            if self._parent is parent:
                self._parent = None
        parent.close()
        return EngineError("The process that checks files ended. Send it again.")

    def close(self) -> None:
        """End every process."""
        with self._lock:
            if self._parent is not None:
                self._parent.close()
                self._parent = None


def _reap(parent: Parent, child: Child) -> int:
    try:
        return parent.reap(child.pid)
    except (EOFError, OSError):
        return UNKNOWN


def _busy() -> BusyError:
    return BusyError("The service checks other files already. Send it again in a few seconds.", limit="checks")
