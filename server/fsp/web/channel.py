"""Connections that no slow or silent client can hold on to: waitress's own, with the bounds that it lacks.

waitress reads requests and sends answers in one thread, so a slow client holds no other; what a client has not taken
yet lies in a temporary file. Added here: a time for the whole of a request, a least pace for taking an answer, a bound
on what lies in memory and on disk, and errors in the service's own form.
"""

import json
import struct
import time
from contextlib import suppress
from http import HTTPStatus
from socket import SHUT_WR, SO_LINGER, SOL_SOCKET
from typing import Any

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import Error

from fsp.web.requestparser import RequestParser

__all__ = ["Channel"]

_REQUEST_SECONDS = 45.0  # less than the time after which waitress ends a silent connection
_STALLED_SECONDS = 30.0
_LEAST_BYTES_PER_SECOND = 8 * 1024
_PACE_AFTER_SECONDS = 60.0
_BUFFER_BYTES = 4 << 20
_LINGER_SECONDS = 30.0

_TEXTS = {
    HTTPStatus.BAD_REQUEST: "The request is not HTTP as RFC 9112 defines it.",
    HTTPStatus.REQUEST_TIMEOUT: f"The request did not arrive within {_REQUEST_SECONDS:g} seconds.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request is larger than the service reads.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long. Send the query by POST.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "The headers are too long or too many.",
    HTTPStatus.NOT_IMPLEMENTED: "The only Transfer-Encoding that the service reads is chunked.",
}


class _RequestTimeoutError(Error):  # type: ignore[misc]
    code = HTTPStatus.REQUEST_TIMEOUT.value
    reason = HTTPStatus.REQUEST_TIMEOUT.phrase


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """Answers what is wrong with the request itself, which no application sees."""

    def execute(self) -> None:
        status = HTTPStatus(self.request.error.code)
        text = _TEXTS.get(status, "The service failed. It is our fault: the failure is logged.")
        body = {"ok": False, "error": text, "errors": [{"message": text}], "status": status.value}
        data = json.dumps(body).encode()
        self.status = f"{status.value} {status.phrase}"
        self.response_headers = [("Content-Type", "application/json"), ("Access-Control-Allow-Origin", "*")]
        self.set_close_on_finish()
        self.content_length = len(data)
        self.channel.lingers = status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        self.write(data)


class _Task(WSGITask):  # type: ignore[misc]
    """Answers by the application."""

    def execute(self) -> None:
        try:
            super().execute()
        except BaseException:
            # HTTP/1.1 shows by a missing last chunk that an answer was cut; before that, only a reset does.
            self.channel.resets = self.wrote_header and self.version == "1.0"
            raise

    def finish(self) -> None:
        """End the answer; that to HEAD has no chunks (RFC 9110, section 9.3.2)."""
        if self.request.command == "HEAD":
            self.write(b"")  # the head, if it was not sent yet
            self.chunked_response = False
        super().finish()


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    parser_class = RequestParser
    task_class = _Task
    error_task_class = _ErrorTask
    request: Any
    current_outbuf_count: int
    lingers = False
    resets = False
    is_sending = False
    lingering_until = 0.0

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - waitress's own
        super().__init__(*arguments, **options)
        self.request_started = 0.0
        self.answer_started = 0.0
        self.written = 0

    def received(self, data: bytes) -> bool:
        """Take bytes of a request; those of one that is refused already are dropped."""
        if self.lingering_until:
            return True
        if self.request is None:
            self.request_started = time.time()
        return bool(super().received(data))

    def service(self) -> None:
        """Answer one request."""
        self.answer_started = time.time()
        self.written = 0
        super().service()

    def write_soon(self, data: Any) -> int:  # noqa: ANN401 - bytes or a file
        """Take bytes of an answer, to be sent as fast as the client takes them.

        Raises:
            ClientDisconnected: the service holds all the unsent bytes that it may; this answer is broken off.
        """
        if self.server.unsent() > self.server.spool:
            raise ClientDisconnected
        if self.current_outbuf_count > _BUFFER_BYTES and not self.outbufs[-1].overflowed:
            # A buffer in memory keeps what it has sent already: make waitress begin a new one.
            self.current_outbuf_count = self.adj.outbuf_high_watermark
        self.written += len(data)
        self.is_sending = True
        try:
            return int(super().write_soon(data))
        finally:
            self.is_sending = False
            if self.writable():
                self.server.pull_trigger()  # what is left, the other thread sends

    def writable(self) -> bool:
        """Tell whether the thread that waits for sockets has bytes to send, or a connection to close.

        Not while the thread that answers sends by itself: the other would find that out in a circle, without rest, and
        hold up the one that works.
        """
        return not self.is_sending and bool(super().writable())

    def handle_close(self) -> None:
        """Close the connection.

        Where the client still sends a body that is refused, it would not read why once the connection is reset: it is
        told that the answer ends here, and what it sends is dropped for a while (RFC 9112, section 9.6). A cut answer
        whose length nothing tells ends in a reset (section 8).
        """
        if self.lingers and self.connected and not self.lingering_until:
            self.lingering_until = time.time() + _LINGER_SECONDS
            self.will_close = False
            with suppress(OSError):
                self.socket.shutdown(SHUT_WR)
                return
        if self.resets and self.connected:
            with suppress(OSError):
                self.socket.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        super().handle_close()

    def end_if_slow(self, now: float) -> None:
        """End a request that does not arrive, or an answer that is not taken."""
        if self.lingering_until:
            self.will_close = now > self.lingering_until
        elif self.request is not None and not self.requests and now - self.request_started > _REQUEST_SECONDS:
            self._time_out_request()
        elif self.total_outbufs_len and self._is_too_slow(now):
            self.will_close = True

    def _is_too_slow(self, now: float) -> bool:
        duration = now - self.answer_started
        taken = self.written - self.total_outbufs_len
        too_slow = duration > _PACE_AFTER_SECONDS and taken < duration * _LEAST_BYTES_PER_SECOND
        return bool(too_slow or now - self.last_activity > _STALLED_SECONDS)

    def _time_out_request(self) -> None:
        with self.requests_lock:
            self.request.error = _RequestTimeoutError("")
            self.request.completed = True
            self.requests.append(self.request)
            self.request = None
        self.server.add_task(self)

    def is_busy(self) -> bool:
        """Tell whether a request is being answered or an answer is not yet sent."""
        return bool(self.requests or self.total_outbufs_len)
