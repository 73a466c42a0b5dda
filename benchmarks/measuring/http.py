"""A lean HTTP client: keep-alive, the least work for each answer, and the same for every system."""

import http.client
import re
import socket
import time
from typing import Self

__all__ = ["Connection", "ResponseEnd", "fetch", "get"]

_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_READ_SIZE = 1 << 20
OK = 200


def get(address: tuple[str, int], target: str, accept: str) -> bytes:
    """Return the bytes of a GET request."""
    host, port = address
    return f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: {accept}\r\n\r\n".encode()


def fetch(address: tuple[str, int], target: str, accept: str, timeout: float = 120) -> tuple[int, bytes]:
    """Return status and body of one GET request, over a connection of its own."""
    connection = http.client.HTTPConnection(*address, timeout=timeout)
    try:
        connection.request("GET", target, headers={"Accept": accept})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


class ResponseEnd:
    """Finds the end of one response in the bytes as they come; keeps nothing of the body.

    Attributes:
        status: the HTTP status, once the head has come.
        closes: whether the server closes the connection afterwards.
    """

    def __init__(self) -> None:
        self.status = 0
        self.closes = False
        self._head: bytes | None = b""
        self._chunked = False
        self._is_last = False
        self._left = 0  # bytes until the end of the body, or until the next chunk's size
        self._cut = b""  # the beginning of a chunk's size that came in two parts

    def feed(self, data: bytes) -> bool:
        """Take more bytes; return whether the response is whole."""
        if self._head is not None:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return False
            data = self._head[end + 4 :]
            self._read_head(self._head[: end + 2])
            self._head = None
        if self._chunked:
            return self._skip_chunks(self._cut + data)
        self._left -= len(data)
        return self._left <= 0

    def _read_head(self, head: bytes) -> None:
        self.status = int(head[9:12])
        self.closes = _CLOSE.search(head) is not None
        length = _CONTENT_LENGTH.search(head)
        self._chunked = _CHUNKED.search(head) is not None
        if length:
            self._left = int(length[1])
        elif not self._chunked:
            raise ValueError("The response does not tell where it ends.")

    def _skip_chunks(self, data: bytes) -> bool:
        self._cut = b""
        position = 0
        while True:
            if self._left > len(data) - position:
                self._left -= len(data) - position
                return False
            position += self._left
            self._left = 0
            if self._is_last:
                return True
            end = data.find(b"\r\n", position)
            if end < 0:
                self._cut = data[position:]
                return False
            size = int(data[position:end].partition(b";")[0], 16)
            self._is_last = size == 0
            self._left = size + 2  # a line end follows each chunk, the last one too
            position = end + 2


class Connection:
    """One connection that is used again and again, and opened again where the server closes it."""

    def __init__(self, address: tuple[str, int], timeout: float) -> None:
        self._address = address
        self._timeout = timeout
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> float:
        """Return the seconds from sending a request to the last byte of its answer.

        Raises:
            OSError: the answer did not come in time, was cut short, or was not 200.
        """
        start = time.perf_counter()
        connected = self._socket or self._connect()
        connected.sendall(request)
        end = ResponseEnd()
        while True:
            data = connected.recv(_READ_SIZE)
            if not data:
                raise ConnectionError("The answer was cut short.")
            if end.feed(data):
                break
        seconds = time.perf_counter() - start
        if end.closes:
            self.close()
        if end.status != OK:
            raise ConnectionError(f"The answer was {end.status}.")
        return seconds

    def _connect(self) -> socket.socket:
        self._socket = socket.create_connection(self._address, self._timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def __enter__(self) -> Self:  # noqa: D105
        return self

    def __exit__(self, *_: object) -> None:  # noqa: D105
        self.close()

    def close(self) -> None:
        """Close the connection."""
        if self._socket:
            self._socket.close()
            self._socket = None
