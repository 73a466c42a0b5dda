"""Keep small answers, so that a question that is asked again costs no evaluation."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from fsp.execution.formats import Format
from fsp.execution.interface import Answer, Executor, QueryRequest, never
from fsp.execution.tokens import is_cacheable

__all__ = ["CachedExecutor"]

_Key = tuple[object, ...]
_OVERHEAD_BYTES = 1024


class CachedExecutor:
    """An executor that remembers the answers that were whole at once; the least recently asked is forgotten first.

    Args:
        executor: evaluates what is not remembered. Its dataset does not change as long as its digest does not.
        size: bytes that queries and answers may take; 0 keeps none.
    """

    def __init__(self, executor: Executor, size: int) -> None:
        self._executor = executor
        self._size = size
        self._lock = threading.Lock()
        self._answers: OrderedDict[_Key, tuple[Format, bytes]] = OrderedDict()
        self._used = 0

    @property
    def digest(self) -> str | None:
        """SHA-256 of the dataset, where it is known."""
        return self._executor.digest

    def execute(self, request: QueryRequest, is_gone: Callable[[], bool] = never) -> Answer:
        """Answer from memory, or else by the executor; see `Executor.execute`."""
        if self.digest is None:
            return self._executor.execute(request, is_gone)
        key = _key(self.digest, request)
        with self._lock:
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
                return _KeptAnswer(*kept)
        answer = self._executor.execute(request, is_gone)
        if answer.whole is not None and is_cacheable(request.query):
            self._keep(key, request.query, answer.format, answer.whole)
        return answer

    def _keep(self, key: _Key, query: str, format_: Format, whole: bytes) -> None:
        cost = _cost(query, whole)
        if cost > self._size // 4:
            return  # one large answer is not worth many small ones
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = (format_, whole)
            self._used += cost
            while self._used > self._size:
                (_, former, *_), (_, forgotten) = self._answers.popitem(last=False)
                self._used -= _cost(str(former), forgotten)

    def close(self) -> None:
        """Forget every answer and close the executor."""
        with self._lock:
            self._answers.clear()
            self._used = 0
        self._executor.close()


class _KeptAnswer:
    """An answer from memory; see `Answer`."""

    def __init__(self, format_: Format, whole: bytes) -> None:
        self.format = format_
        self.whole: bytes | None = whole

    def __iter__(self) -> Iterator[bytes]:
        yield self.whole or b""

    def close(self) -> None:
        """Nothing works behind it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _key(digest: str, request: QueryRequest) -> _Key:
    """Everything that an answer depends on. A time limit is not: an answer that exists took no time."""
    return (digest, request.query, request.solutions, request.graph, request.default_graphs, request.named_graphs)


def _cost(query: str, whole: bytes) -> int:
    return len(query) + len(whole) + _OVERHEAD_BYTES
