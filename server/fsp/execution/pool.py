"""The web process's side of the workers: who is idle, who waits, who gives way, and what to do when one has died."""

import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from fsp.errors import AbandonedError, BusyError, EngineError
from fsp.execution.failures import unpack
from fsp.execution.frames import Kind, receive_exactly, receive_frame, send_frame
from fsp.execution.parent import FORK, KILL, REAP, REPLY, UNKNOWN
from fsp.execution.worker import Setup

__all__ = ["TICK_SECONDS", "GaveWayError", "Pool", "Worker"]

TICK_SECONDS = 0.25
"""How often a waiting thread looks at the clock and at its caller."""

_END_SECONDS = 5.0

_HUGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Has the allocator ask the system for huge pages, where it gives them: queries look up addresses all over the data."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process and the connection to it."""

    pid: int
    channel: socket.socket


def _wait_on() -> None:
    """Wait without end: the other side answers or dies."""


class _Parent:
    """The process that holds the data (see `fsp.execution.parent`).

    A new interpreter, not a fork of this one: so it holds none of the web server's sockets and threads, and can be
    started at any time.
    """

    def __init__(self, setup: Setup) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "fsp.execution.parent", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=_HUGE_PAGES | os.environ,
                stdin=subprocess.DEVNULL,
            )
        message = pickle.dumps((sys.path, pickle.dumps(setup)))
        try:
            self._send_setup(message)
        except BaseException:
            self.close()
            raise

    def _send_setup(self, message: bytes) -> None:
        try:
            send_frame(self._control, Kind.REQUEST, message)
            kind, _, payload = receive_frame(self._control, _wait_on)
        except (EOFError, OSError) as error:
            raise EngineError("The process that loads the data ended early; its log says why.") from error
        if kind is Kind.ERROR:
            raise unpack(payload)

    def fork(self) -> Worker:
        """Return a new worker, ready to evaluate."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                pid = self._ask(FORK, theirs.fileno())
            self._wait_until_ready(pid, ours)
        except BaseException:
            ours.close()
            raise
        ours.settimeout(TICK_SECONDS)
        return Worker(pid, ours)

    def _wait_until_ready(self, pid: int, channel: socket.socket) -> None:
        if pid == UNKNOWN:
            raise EngineError("The system allows no more processes.")
        try:
            receive_frame(channel, _wait_on)
        except EOFError as error:
            self.reap(pid)
            raise EngineError("A worker ended before its first query; the log says why.") from error

    def reap(self, pid: int) -> int:
        """End a worker and return its wait status, or UNKNOWN."""
        return self._ask(REAP + REPLY.pack(pid))

    def kill(self, pid: int) -> None:
        """End a worker, whose wait status nobody asks for."""
        self._ask(KILL + REPLY.pack(pid))

    def _ask(self, request: bytes, *descriptors: int) -> int:
        with self._lock:
            socket.send_fds(self._control, [request], list(descriptors))
            (reply,) = REPLY.unpack(receive_exactly(self._control, REPLY.size, _wait_on))
        return int(reply)

    def close(self) -> None:
        """End the process; its workers end with it."""
        self._control.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class GaveWayError(Exception):
    """A query was ended so that others need not wait; nothing of its answer has left, so it may be asked again."""


@dataclass(eq=False, slots=True)
class _Waiter:
    """A query that waits for a worker.

    Attributes:
        turn: told when it may be its turn.
        is_long: whether it is known to be a long one.
    """

    turn: threading.Condition
    is_long: bool


class Pool:
    """Workers that wait for queries; the one that finished last is taken first, since its caches are warm.

    There are `limits.workers` and some to spare. A query that has run for `limits.long` seconds is a long one, and so
    is one whose answer begins to leave. At most `limits.workers` long ones go on while another query waits: a further
    one gives way and waits itself, until it may run beside them to its end. So however many long queries come, short
    ones are answered meanwhile.

    Args:
        setup: what the workers need to know.

    Raises:
        FspError: what `setup.load` raised.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._limits = setup.limits
        self._parent = _Parent(setup)
        self._lock = threading.RLock()
        self._idle: list[Worker] = []
        self._waiting: list[_Waiter] = []
        self._began: dict[Worker, float] = {}
        self._kept: set[Worker] = set()  # those that will not give way
        self._ended: set[Worker] = set()
        self._alive = 0
        self._closed = False
        try:
            self._fill()
        except BaseException:
            self._parent.close()
            raise

    def take(self, is_gone: Callable[[], bool], *, as_long: bool = False) -> Worker:
        """Return an idle worker, waiting for one in a bounded queue.

        Args:
            is_gone: whether the caller has hung up.
            as_long: whether the query gave way before: it takes the place of a long one, and keeps it.

        Raises:
            BusyError: the queue is full, or the wait was too long.
            AbandonedError: the caller hung up.
            EngineError: there is no worker and none can be made.
        """
        end = time.monotonic() + self._limits.queue_wait
        with suppress(EngineError):  # those that there are may do
            self._fill()
        waiter = _Waiter(threading.Condition(self._lock), as_long)
        with self._lock:
            if not self._idle and len(self._waiting) >= self._limits.queue:
                raise _busy(f"{len(self._waiting)} queries wait already")
            self._waiting.append(waiter)
        try:
            while (worker := self._try_take(waiter)) is None:
                surplus = self._wait(waiter, end, is_gone)
                if surplus:
                    self._put_another_in_place(surplus)
            return worker
        finally:
            with self._lock:
                self._waiting.remove(waiter)
                self._tell_next()

    def _put_another_in_place(self, worker: Worker) -> None:
        with suppress(EOFError, OSError):  # the process that holds the data has ended, and with it the worker
            self._parent.kill(worker.pid)
        with suppress(EngineError):  # the next query tries again
            self._make()

    def _try_take(self, waiter: _Waiter) -> Worker | None:
        with self._lock:
            if not self._idle or self._next() is not waiter:
                return None
            worker = self._idle.pop()
            self._began[worker] = time.monotonic()
            if waiter.is_long:
                self._kept.add(worker)
            return worker

    def _next(self) -> _Waiter | None:
        """Return whose turn it is: the first that came, but for long ones as long as enough of them run."""
        self._settle()
        has_place = len(self._kept) < self._limits.workers
        return next((waiter for waiter in self._waiting if has_place or not waiter.is_long), None)

    def _places(self) -> int:
        """Count the places for long queries that are neither taken nor due to one that waits."""
        return max(0, self._limits.workers - len(self._kept) - sum(waiter.is_long for waiter in self._waiting))

    def _settle(self) -> list[Worker]:
        """Let the long queries that there is a place for keep it, the first to have begun first; return the others."""
        now = time.monotonic()
        long = [worker for worker, began in self._began.items() if now - began > self._limits.long]
        others = [worker for worker in long if worker not in self._kept]
        others.sort(key=lambda worker: self._began[worker])
        places = self._places()
        self._kept.update(others[:places])
        return others[places:]

    def _tell_next(self) -> None:
        if self._idle and (waiter := self._next()):
            waiter.turn.notify()

    def _wait(self, waiter: _Waiter, end: float, is_gone: Callable[[], bool]) -> Worker | None:
        """Wait a while, or return a worker whose query has to give way."""
        with self._lock:
            self._check_waiting(waiter, end, is_gone)
            surplus = self._settle()
            if surplus and not self._idle and (not waiter.is_long or self._next() is waiter):
                del self._began[surplus[0]]
                self._ended.add(surplus[0])
                return surplus[0]
            if not self._idle or self._next() is not waiter:
                waiter.turn.wait(TICK_SECONDS if waiter.is_long else min(TICK_SECONDS, self._limits.long))
            return None

    def _check_waiting(self, waiter: _Waiter, end: float, is_gone: Callable[[], bool]) -> None:
        if self._closed:
            raise EngineError("The service is closing down.")
        if not self._alive:
            raise EngineError("No query can be evaluated at present. Ask again in a minute.")
        if time.monotonic() > end:
            waited = f"within {self._limits.queue_wait:g} seconds"
            if waiter.is_long:
                raise _busy(f"{self._limits.workers} long queries run, as many as may, and none ended {waited}")
            raise _busy(f"no worker became free {waited}")
        if is_gone():
            raise AbandonedError("The caller hung up.")

    def keep(self, worker: Worker) -> bool:
        """Let a query go on to its end, if there is a place for one more long one."""
        with self._lock:
            if worker not in self._kept and worker not in self._ended:
                self._settle()
                if self._places():
                    self._kept.add(worker)
            return worker in self._kept

    def gave_way(self, worker: Worker) -> bool:
        """Tell whether a worker was ended for the sake of those who wait."""
        return worker in self._ended

    def give_back(self, worker: Worker) -> None:
        """Return a worker that has answered its query to the end."""
        with self._lock:
            self._kept.discard(worker)
            if worker in self._ended:  # just as it had answered
                self._ended.remove(worker)
                worker.channel.close()
                return
            del self._began[worker]
            self._idle.append(worker)
            self._tell_next()

    def replace(self, worker: Worker) -> int:
        """End a worker, whatever it does, put a new one in its place, and return the wait status of the former."""
        worker.channel.close()
        with self._lock:
            self._kept.discard(worker)
            self._began.pop(worker, None)
            was_ended = worker in self._ended
            self._ended.discard(worker)
        return UNKNOWN if was_ended or self._closed else self._end(worker)

    def _end(self, worker: Worker) -> int:
        try:
            status = self._parent.reap(worker.pid)
        except (EOFError, OSError):
            status = UNKNOWN
        with suppress(EngineError):  # the next query tries again
            self._make()
        return status

    def _fill(self) -> None:
        """Make the workers that are missing.

        Raises:
            EngineError: the system allows no more.
        """
        while self._claim():
            self._make()

    def _claim(self) -> bool:
        """Count a worker that is missing as made, so that no other thread makes it too."""
        with self._lock:
            is_missing = self._alive < self._limits.workers + self._limits.spare and not self._closed
            self._alive += is_missing
            return is_missing

    def _make(self) -> None:
        """Make a worker that is counted already: while one is replaced, others may wait for it."""
        parent = self._parent
        try:
            worker = parent.fork()
        except BaseException as error:
            with self._lock:
                self._alive -= 1
            if isinstance(error, (EOFError, OSError)):
                self._revive(parent)
                return
            raise
        with self._lock:
            self._idle.append(worker)
            self._tell_next()

    def _revive(self, former: _Parent) -> None:
        """Start again after the parent itself has died, which no query can bring about but an operator can."""
        with self._lock:
            if self._closed or self._parent is not former:
                return
            for worker in self._idle:
                worker.channel.close()
            self._alive -= len(self._idle)
            self._idle.clear()
            former.close()
            self._parent = _Parent(self._setup)
        self._fill()

    def close(self) -> None:
        """End every worker and release the data."""
        with self._lock:
            self._closed = True
            for worker in self._idle:
                worker.channel.close()
            self._idle.clear()
            for waiter in self._waiting:
                waiter.turn.notify()
        self._parent.close()


def _busy(why: str) -> BusyError:
    return BusyError(f"The service is busy: {why}. Ask again in a few seconds.", limit="queue")
