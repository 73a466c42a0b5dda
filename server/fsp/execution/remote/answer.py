"""An answer on its way from the engine."""

from collections.abc import Callable, Generator
from types import TracebackType
from typing import Self

from fsp.errors import LimitError
from fsp.execution.formats import Format
from fsp.execution.remote.exchange import Exchange
from fsp.execution.wellformed import wellformed

__all__ = ["RemoteAnswer"]

_HELD_BACK_BYTES = 1 << 20


class RemoteAnswer:
    """An answer on its way; see `Answer`.

    Args:
        format_: the format of the bytes.
        chunks: the bytes, already in that format.
        exchange: where they come from.
        most: bytes that the answer may have.
        release: called once, when nothing works behind the answer any more.

    Raises:
        FspError: it failed while its beginning was held back.
    """

    def __init__(
        self,
        format_: Format,
        chunks: Generator[bytes, None, None],
        exchange: Exchange,
        most: int,
        release: Callable[[], None],
    ) -> None:
        self.format = format_
        self.whole: bytes | None = None
        self._chunks = chunks
        self._exchange = exchange
        self._left = most
        self._most = most
        self._release: Callable[[], None] | None = release
        self._held_back: list[bytes] = []

    def start(self) -> None:
        """Wait until the answer is complete or too long to be held back."""
        size = 0
        while size < _HELD_BACK_BYTES:
            chunk = self._next()
            if chunk is None:
                self.whole = b"".join(self._held_back)
                return
            self._held_back.append(chunk)
            size += len(chunk)
        self._exchange.forget_caller()

    def __iter__(self) -> Generator[bytes, None, None]:
        """Yield the bytes, once."""
        if self.whole is not None:
            yield self.whole
            return
        while self._held_back:
            yield self._held_back.pop(0)
        while (chunk := self._next()) is not None:
            yield chunk

    def _next(self) -> bytes | None:
        """Return the next bytes, or None after the last ones."""
        try:
            with self._exchange.explained():
                chunk = next(self._chunks, None)
                chunk = chunk and bytes(wellformed(chunk, self.format))
        except BaseException:
            self.close()
            raise
        if chunk is None:
            self.close()
            return None
        self._left -= len(chunk)
        if self._left < 0:
            self.close()
            raise LimitError(
                f"The answer is longer than {self._most:,} bytes and was ended. "
                "Ask for part of it with LIMIT and OFFSET, or project fewer variables.",
                limit="result",
            )
        return chunk

    def close(self) -> None:
        """End the work behind the answer, if it has not ended."""
        if self._release:
            release, self._release = self._release, None
            self._exchange.close()
            self._chunks.close()
            release()

    def __enter__(self) -> Self:
        """Return the answer, closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the answer."""
        self.close()
