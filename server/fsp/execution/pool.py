"""The workers that evaluate queries: who is idle, who waits, who gives way, and what to do when one has died."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from fsp.errors import AbandonedError, BusyError, EngineError
from fsp.execution.parent import UNKNOWN
from fsp.execution.processes import TICK_SECONDS, Child, Parent
from fsp.execution.worker import Setup, load_shared, serve

__all__ = ["GaveWayError", "Pool"]

_HUGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Has the allocator ask the system for huge pages, where it gives them: queries look up addresses all over the data."""


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
        self._parent = self._start()
        self._lock = threading.RLock()
        self._idle: list[Child] = []
        self._waiting: list[_Waiter] = []
        self._began: dict[Child, float] = {}
        self._kept: set[Child] = set()  # those that will not give way
        self._ended: set[Child] = set()
        self._alive = 0
        self._closed = False
        try:
            self._fill()
        except BaseException:
            self._parent.close()
            raise

    def _start(self) -> Parent:
        """Start the process that holds the data and forks the workers."""
        return Parent(partial(load_shared, self._setup), partial(serve, setup=self._setup), _HUGE_PAGES)

    def take(self, is_gone: Callable[[], bool], *, as_long: bool = False) -> Child:
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

    def _put_another_in_place(self, worker: Child) -> None:
        with suppress(EOFError, OSError):  # the process that holds the data has ended, and with it the worker
            self._parent.kill(worker.pid)
        with suppress(EngineError):  # the next query tries again
            self._make()

    def _try_take(self, waiter: _Waiter) -> Child | None:
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
        if not self._waiting:
            return None
        self._settle()
        has_place = len(self._kept) < self._limits.workers
        return next((waiter for waiter in self._waiting if has_place or not waiter.is_long), None)

    def _places(self) -> int:
        """Count the places for long queries that are neither taken nor due to one that waits."""
        return max(0, self._limits.workers - len(self._kept) - sum(waiter.is_long for waiter in self._waiting))

    def _settle(self) -> list[Child]:
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

    def _wait(self, waiter: _Waiter, end: float, is_gone: Callable[[], bool]) -> Child | None:
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

    def keep(self, worker: Child) -> bool:
        """Let a query go on to its end, if there is a place for one more long one."""
        with self._lock:
            if worker not in self._kept and worker not in self._ended:
                self._settle()
                if self._places():
                    self._kept.add(worker)
            return worker in self._kept

    def gave_way(self, worker: Child) -> bool:
        """Tell whether a worker was ended for the sake of those who wait."""
        return worker in self._ended

    def give_back(self, worker: Child) -> None:
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

    def replace(self, worker: Child) -> int:
        """End a worker, whatever it does, put a new one in its place, and return the wait status of the former."""
        worker.channel.close()
        with self._lock:
            self._kept.discard(worker)
            self._began.pop(worker, None)
            was_ended = worker in self._ended
            self._ended.discard(worker)
        return UNKNOWN if was_ended or self._closed else self._end(worker)

    def _end(self, worker: Child) -> int:
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

    def _revive(self, former: Parent) -> None:
        """Start again after the parent itself has died, which no query can bring about but an operator can."""
        with self._lock:
            if self._closed or self._parent is not former:
                return
            for worker in self._idle:
                worker.channel.close()
            self._alive -= len(self._idle)
            self._idle.clear()
            former.close()
            self._parent = self._start()
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
