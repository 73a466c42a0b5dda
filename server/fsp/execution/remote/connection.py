"""One query on its way to the engine: a connection that ends when the time is over or the caller hangs up."""

import io
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.Wrapper import SELECT

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["FAILURES", "Body", "Call", "End", "Watch"]

_TICK_SECONDS = 0.1
_CONNECT_SECONDS = 5.0
_CHUNK_BYTES = 64 * 1024

FAILURES = (OSError, HTTPException)
"""What a connection raises."""


class End(Enum):
    """Why a call was ended before its answer was complete."""

    TIMEOUT = "timeout"
    HANG_UP = "hang-up"
    CLOSED = "closed"


class Call(SPARQLWrapper):
    """One query, sent by POST.

    SPARQLWrapper makes the request; the connection is our own, so that another thread can end it at any moment: no
    address but the endpoint's is asked (no redirect, no proxy), and an error's body is not read here.

    Args:
        endpoint: address of the engine, perhaps with a user and a password.
        query: the text.
        accept: value of the header Accept.
        seconds: when the call ends, if it has not ended before.
        is_gone: tells whether the caller has hung up.
    """

    def __init__(self, endpoint: str, query: str, accept: str, seconds: float, is_gone: Callable[[], bool]) -> None:
        parts = urlsplit(endpoint)
        super().__init__(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())
        self.setMethod(POST)
        self.setOnlyConneg(True)  # the format is in Accept alone: some engines let a parameter win
        # Not setQuery(): it guesses the form by a regular expression, and takes some queries for updates.
        self.queryString, self.queryType = query, SELECT
        self.addCustomHttpHeader("Accept", accept)
        if parts.username:
            self.setCredentials(parts.username, parts.password or "")
        self.deadline = time.monotonic() + seconds
        self.is_gone = is_gone
        self.ended: End | None = None
        self._socket: socket.socket | None = None
        self._response: HTTPResponse | None = None
        self._lock = threading.Lock()

    def _query(self) -> tuple[HTTPResponse, str]:
        """Send the request over our own connection; called by `query()`, whatever the status."""
        request = self._createRequest()
        make = HTTPSConnection if request.type == "https" else HTTPConnection
        seconds = max(0.001, min(_CONNECT_SECONDS, self.deadline - time.monotonic()))
        connection = make(str(request.host), timeout=seconds)
        connection.connect()
        connection.sock.settimeout(None)  # from here on the watch is the clock
        with self._lock:
            self._socket = connection.sock
        self._shut_if_ended()
        body = cast("bytes", request.data)
        connection.request("POST", request.selector, body, dict(request.header_items()) | {"Connection": "close"})
        self._response = connection.getresponse()
        return self._response, self.returnFormat

    def end(self, why: End) -> None:
        """End the call, from any thread: a thread that reads from it wakes up and finds `ended`."""
        with self._lock:
            self.ended = self.ended or why
        self._shut_if_ended()

    def _shut_if_ended(self) -> None:
        with self._lock, suppress(OSError):
            if self.ended and self._socket:
                # The plain socket's method, since that of a TLS socket is not safe beside a reader.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Release the connection; for the thread that asked, at the end."""
        self.end(End.CLOSED)
        if self._response:
            self._response.close()
        if self._socket:
            self._socket.close()


class Body(io.RawIOBase):
    """The bytes of a response as they come.

    Args:
        response: what the engine answers.
        replacements: runs of bytes to be replaced on the way.
    """

    def __init__(self, response: HTTPResponse, replacements: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        self._response = response
        self._left = response.length
        self._replacements = replacements
        self._longest = max((len(old) for old, _ in replacements), default=1)
        self._kept = b""
        self._ready = b""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read what has come."""
        while not self._ready and self._read():
            pass
        view = memoryview(buffer)
        data, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(data)] = data
        return len(data)

    def _read(self) -> bool:
        """Take the next bytes from the connection; return whether there were any."""
        fresh = self._receive()
        data = self._kept + fresh
        for old, new in self._replacements:
            data = data.replace(old, new)
        # A run may begin at the end of what has come: as many bytes wait for the next ones.
        keep = min(len(data), self._longest - 1) if fresh else 0
        self._ready, self._kept = data[: len(data) - keep], data[len(data) - keep :]
        return bool(fresh)

    def _receive(self) -> bytes:
        size = _CHUNK_BYTES if self._left is None else min(self._left, _CHUNK_BYTES)
        fresh = self._response.read1(size) if size else b""
        if self._left is not None:
            if size and not fresh:
                raise IncompleteRead(b"", self._left)
            self._left -= len(fresh)
        return fresh


class Watch:
    """Ends calls whose time is over or whose caller has hung up. One thread serves all of them."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._calls: set[Call] = set()
        self._closed = False
        self._thread: threading.Thread | None = None

    def add(self, call: Call) -> None:
        """Watch a call until it is removed."""
        with self._changed:
            self._calls.add(call)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="fsp-remote-watch", daemon=True)
                self._thread.start()
            self._changed.notify()

    def remove(self, call: Call) -> None:
        """Watch a call no longer."""
        with self._changed:
            self._calls.discard(call)

    def close(self) -> None:
        """End every call, and the thread."""
        with self._changed:
            self._closed = True
            for call in self._calls:
                call.end(End.CLOSED)
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._calls and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                calls = tuple(self._calls)
            for call in calls:
                if time.monotonic() >= call.deadline:
                    call.end(End.TIMEOUT)
                elif call.is_gone():
                    call.end(End.HANG_UP)
            with self._changed:
                self._changed.wait(_TICK_SECONDS)
