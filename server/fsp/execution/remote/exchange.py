"""One question to the engine and what comes back, with every failure as an error of ours."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from types import TracebackType
from typing import Self

from fsp.errors import AbandonedError, EngineError, LimitError
from fsp.execution.remote.connection import FAILURES, Body, Call, End, Watch
from fsp.execution.remote.messages import explain_status, timeout_error

__all__ = ["Exchange"]

_SUCCESS = 200
_ERROR_BYTES = 16 * 1024
_CANNOT_BE_READ = "The engine behind this service sent an answer that cannot be read, or broke it off. Ask again."
_log = logging.getLogger(__name__)


class Exchange:
    """A question to the engine; closing it ends the connection, and so the work behind it where the engine notices.

    Args:
        call: the question.
        watch: ends it when its time is over or its caller is gone.
        seconds: the time that it has, to be told.
    """

    def __init__(self, call: Call, watch: Watch, seconds: float) -> None:
        self._call = call
        self._watch = watch
        self._seconds = seconds
        self._response: HTTPResponse | None = None

    @property
    def response(self) -> HTTPResponse:
        """What `send` received."""
        if self._response is None:
            raise RuntimeError("Nothing was sent.")
        return self._response

    def body(self, replacements: tuple[tuple[bytes, bytes], ...] = ()) -> io.BufferedReader:
        """Return the bytes of the answer as they come, with runs of them replaced."""
        return io.BufferedReader(Body(self.response, replacements))

    def send(self) -> None:
        """Ask, and wait for the head of the answer.

        Raises:
            FspError: the engine cannot be reached, refuses the query, or gives only a part of the answer.
        """
        self._watch.add(self._call)
        with self.explained():
            self._response = self._call.query().response
            if self._response.status != _SUCCESS:
                text = self._response.read(_ERROR_BYTES)
                raise explain_status(self._response.status, text, self._call.queryString, self._seconds)
        # Virtuoso says so where it gives a part of the answer because a limit of its own was met.
        if self._response.headers.get("X-SQL-State") == "S1TAT":
            raise timeout_error(self._seconds)
        if self._response.headers.get("X-SPARQL-MaxRows"):
            raise LimitError(
                "The engine behind this service cuts so long an answer off. Ask for parts of it with LIMIT and OFFSET.",
                limit="result",
            )

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what goes wrong on the way into errors of ours."""
        try:
            yield
        except (*FAILURES, SyntaxError, ValueError) as error:
            self.raise_if_ended()
            if self._response is None:
                _log.warning("The engine cannot be reached: %s", error)
                text = "The SPARQL engine behind this service cannot be reached. Ask again later, or tell the operator."
                raise EngineError(text) from error
            _log.warning("The engine's answer cannot be read: %s", error)
            raise EngineError(_CANNOT_BE_READ) from error
        self.raise_if_ended()

    def raise_if_ended(self) -> None:
        """Raise what ended the call, if anything did: its time, its caller, or the service itself."""
        if self._call.ended is End.TIMEOUT:
            raise timeout_error(self._seconds)
        if self._call.ended is End.HANG_UP:
            raise AbandonedError("The caller hung up.")
        if self._call.ended is End.CLOSED:
            raise EngineError("The service is closing down.")

    def forget_caller(self) -> None:
        """Ask no longer whether the caller is there: whoever reads the answer closes it."""
        self._call.is_gone = lambda: False

    def close(self) -> None:
        """End the connection."""
        self._watch.remove(self._call)
        self._call.close()

    def __enter__(self) -> Self:
        """Return the exchange, closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the exchange."""
        self.close()
