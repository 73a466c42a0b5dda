"""The embedded engine: pyoxigraph in processes of its own, which can be killed without harm to the service."""

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from fsp.errors import AbandonedError, EngineError, InputError
from fsp.execution.failures import explain_death, limit_error, unpack
from fsp.execution.formats import BY_NAME, Format
from fsp.execution.frames import Kind, receive_frame, send_frame
from fsp.execution.interface import QueryRequest, never
from fsp.execution.limits import Limits
from fsp.execution.pool import GaveWayError, Pool
from fsp.execution.precheck import check_size
from fsp.execution.processes import Child
from fsp.execution.worker import Setup, pack_request
from fsp.prefixes import PREFIXES

__all__ = ["EmbeddedExecutor"]

_HELD_BACK_BYTES = 1 << 20
_GRACE_SECONDS = 1.0
_FORMATS = tuple(BY_NAME.values())


class EmbeddedExecutor:
    """Evaluates queries over a store in worker processes. Any number of threads may use it.

    Args:
        load: makes the store; pickled and called in another process, so a function of a module or a `partial` of one.
            The store's default graph is the dataset's default graph: a union of named graphs must be written into it.
        digest: SHA-256 of the dataset.
        limits: what a query may use.
        shared: whether the store is made once and shared by all workers (in memory), or made by each (on disk).
        allowed_services: IRIs of the endpoints that SERVICE may ask. Where there is one, workers can open connections.

    Raises:
        FspError: what `load` raised.
    """

    def __init__(
        self,
        load: Callable[[], ox.Store],
        digest: str,
        limits: Limits | None = None,
        *,
        shared: bool = True,
        allowed_services: tuple[str, ...] = (),
    ) -> None:
        self.digest = digest
        self._limits = limits or Limits()
        self._pool = Pool(Setup(load, shared, self._limits, PREFIXES, allowed_services))

    def execute(self, request: QueryRequest, is_gone: Callable[[], bool] = never) -> "_Answer":
        """Start a query and wait for its first bytes; see `Executor.execute`."""
        check_size(request.query, self._limits)
        timeout = self._limits.timeout if request.timeout is None else min(request.timeout, self._limits.timeout)
        if not timeout > 0:
            raise InputError(f"The timeout must be more than 0 seconds, not {timeout:g}.")
        message = pack_request(request, timeout)
        as_long = False
        for _ in range(self._limits.workers + 2):
            worker = self._pool.take(is_gone, as_long=as_long)
            answer = _Answer(self._pool, worker, self._limits, timeout, request.query)
            try:
                answer.ask(message)
            except OSError:  # it died while it was idle: something outside killed it
                self._pool.replace(worker)
                continue
            try:
                answer.start(is_gone)
            except GaveWayError:
                as_long = True
            else:
                return answer
        raise EngineError("The workers die as they are made; the log says why.")

    def close(self) -> None:
        """End every query and release the data."""
        self._pool.close()


class _Answer:
    """An answer on its way from a worker; see `Answer`."""

    format: Format

    def __init__(self, pool: Pool, worker: Child, limits: Limits, timeout: float, query: str) -> None:
        self.whole: bytes | None = None
        self._pool = pool
        self._worker = worker
        self._is_running = True
        self._limits = limits
        self._timeout = timeout
        self._query = query
        # The worker's own alarm comes first; this clock is for one that does not hear it.
        self._end = time.monotonic() + timeout + _GRACE_SECONDS
        self._held_back: list[bytearray] = []

    def ask(self, message: bytes) -> None:
        """Send the query. `start` is to follow at once: the worker may be woken where this thread runs, and wait.

        Raises:
            OSError: the worker is dead.
        """
        send_frame(self._worker.channel, Kind.REQUEST, message)

    def start(self, is_gone: Callable[[], bool]) -> None:
        """Wait until the answer is complete or too long to be held back.

        Raises:
            GaveWayError: it was ended for the sake of others, before anything of it left.
        """
        size = 0
        while self._is_running and size < _HELD_BACK_BYTES:
            data = self._next(is_gone)
            size += len(data)
            self._held_back.append(data)
        if not self._is_running:
            self.whole = b"".join(self._held_back)
            self._held_back.clear()
        elif not self._pool.keep(self._worker):
            self._drop()
            raise GaveWayError

    def __iter__(self) -> Iterator[bytes]:
        if self.whole is not None:
            yield self.whole
            return
        while self._held_back:
            yield bytes(self._held_back.pop(0))
        while self._is_running:
            yield bytes(self._next(never))

    def _next(self, is_gone: Callable[[], bool]) -> bytearray:
        """Return the next bytes; after the last ones the worker is given back."""

        def tick() -> None:
            if time.monotonic() > self._end:
                raise limit_error("timeout", self._limits, self._timeout)
            if is_gone():
                raise AbandonedError("The caller hung up.")

        try:
            kind, format_, payload = receive_frame(self._worker.channel, tick)
        except EOFError:
            gave_way = self._pool.gave_way(self._worker)
            status = self._drop()
            if gave_way:
                raise GaveWayError from None
            sorts = "ORDER" in self._query.upper()
            raise explain_death(status, self._limits, self._timeout, sorts=sorts) from None
        except BaseException:
            self._drop()
            raise
        if kind is not Kind.DATA:
            self._is_running = False
            self._pool.give_back(self._worker)
        if kind is Kind.ERROR:
            raise unpack(payload)
        self.format = _FORMATS[format_]
        return payload

    def _drop(self) -> int:
        """End the work, and return the wait status of the worker."""
        self._is_running = False
        return self._pool.replace(self._worker)

    def close(self) -> None:
        """End the work behind the answer, if it has not ended."""
        if self._is_running:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
