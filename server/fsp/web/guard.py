"""Run what handles foreign files in processes that can be killed: one for each piece of work.

A parent process loads what all of them need and forks them, as `fsp.execution.parent` does for queries. The web process
itself never forks: it has many threads.
"""

import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fsp.errors import AbandonedError, BusyError, EngineError
from fsp.execution.failures import unpack
from fsp.execution.frames import Kind, receive_exactly, receive_frame, send_frame
from fsp.execution.interface import never
from fsp.execution.parent import FORK, REAP, REPLY, UNKNOWN
from fsp.web.guard_parent import GuardLimits, explain_end

__all__ = ["Guard", "GuardLimits"]

_TICK_SECONDS = 0.25
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
    _parent: "_Parent | None" = None

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

    def _ask(self, parent: "_Parent", job: bytes, is_gone: Callable[[], bool]) -> tuple[Kind, bytearray]:
        try:
            pid, channel = parent.fork()
        except EOFError as error:
            raise self._lost(parent) from error
        end = time.monotonic() + self.limits.seconds + _GRACE_SECONDS  # the kernel ends it before that

        def tick() -> None:
            if is_gone():
                raise AbandonedError("The caller hung up.")
            if time.monotonic() > end:
                raise EOFError

        answer = None
        try:
            with channel:
                channel.settimeout(self.limits.seconds + _GRACE_SECONDS)
                send_frame(channel, Kind.REQUEST, job)
                channel.settimeout(_TICK_SECONDS)
                answer = receive_frame(channel, tick)
        except (EOFError, OSError):
            pass
        finally:
            status = parent.reap(pid)
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
            while not self._slots.acquire(timeout=_TICK_SECONDS):
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

    def _started(self) -> "_Parent":
        with self._lock:
            if self._parent is None:
                self._parent = _Parent(self.load, self.limits)
            return self._parent

    def _lost(self, parent: "_Parent") -> EngineError:
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


class _Parent:
    """The connection to the parent process: a new interpreter, with none of this process's sockets and threads."""

    def __init__(self, load: Callable[[], Any], limits: GuardLimits) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "fsp.web.guard_parent", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        try:
            setup = pickle.dumps((sys.path, pickle.dumps((load, limits))))
            send_frame(self._control, Kind.REQUEST, setup)
            kind, _, payload = receive_frame(self._control, lambda: None)
        except (EOFError, OSError) as error:
            self.close()
            raise EngineError("The process that checks files did not start; its log says why.") from error
        if kind is Kind.ERROR:
            self.close()
            raise unpack(payload)

    def fork(self) -> tuple[int, socket.socket]:
        """Return a new process and the connection to it."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                pid = self._ask(FORK, theirs.fileno())
        except EOFError:
            ours.close()
            raise
        if pid == UNKNOWN:
            ours.close()
            raise EngineError("The system allows no more processes.")
        return pid, ours

    def reap(self, pid: int) -> int:
        """End a process, if it has not ended, and return its wait status, or UNKNOWN."""
        try:
            return self._ask(REAP + REPLY.pack(pid))
        except EOFError:
            return UNKNOWN

    def _ask(self, request: bytes, *descriptors: int) -> int:
        with self._lock:
            try:
                socket.send_fds(self._control, [request], list(descriptors))
            except OSError as error:
                raise EOFError from error
            (reply,) = REPLY.unpack(receive_exactly(self._control, REPLY.size, lambda: None))
        return int(reply)

    def close(self) -> None:
        self._control.close()
        try:
            self._process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _busy() -> BusyError:
    return BusyError("The service checks other files already. Send it again in a few seconds.", limit="checks")
