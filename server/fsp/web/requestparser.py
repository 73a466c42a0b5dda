"""Requests as RFC 9112 has them: waitress's own parser, with the rules and the bounds that it passes over."""

import re
from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import Error, RequestEntityTooLarge, RequestHeaderFieldsTooLarge

__all__ = ["RequestParser"]

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.~!$&'()*+;=%-]*)(?::[0-9]*)?", re.ASCII)
_MOST_HEADERS = 200
"""Lines of headers: each costs the one thread that reads for everybody."""
_CHUNKING_BYTES = 64 * 1024
"""What sizes and extensions of chunks, and trailers, may take beside the content, or as much as that."""


class _UriTooLongError(Error):  # type: ignore[misc]
    code = 414
    reason = "URI Too Long"


class RequestParser(HTTPRequestParser):  # type: ignore[misc]
    """Reads one request."""

    error: Error | None
    body_rcv: Any
    completed: bool
    _has_too_many_headers = False
    _encoded = 0

    def received(self, data: bytes) -> int:
        """Take bytes of a request, and return how many of them belong to it."""
        head = self.header_plus + data if self.body_rcv is None else b""
        consumed = int(super().received(data))
        if head:
            self._tell_what_is_too_long(head)
        elif self.chunked:
            self._encoded += consumed
            self._check_chunking()
        return consumed

    def _tell_what_is_too_long(self, head: bytes) -> None:
        if isinstance(self.error, RequestHeaderFieldsTooLarge):
            line = head.lstrip().partition(b"\r\n")[0]
            if len(line) > self.adj.max_request_header_size // 2:
                self.error = _UriTooLongError("")  # section 3
        elif self._has_too_many_headers:
            self.error = RequestHeaderFieldsTooLarge("")

    def _check_chunking(self) -> None:
        """Bound what is sent beside the content (section 7.1.1)."""
        content = len(self.body_rcv)
        if not self.completed and self._encoded - content > _CHUNKING_BYTES + content:
            self.error = RequestEntityTooLarge("")
            self.completed = True

    def parse_header(self, header_plus: bytes) -> None:
        """Read request line and headers.

        Raises:
            ParsingError: they break a rule of the specification.
        """
        self._has_too_many_headers = header_plus.count(b"\n") > _MOST_HEADERS
        if self._has_too_many_headers:
            raise ParsingError("There are too many headers.")
        super().parse_header(header_plus)
        self._check_host()
        options = {option.strip().lower() for option in self.headers.get("CONNECTION", "").split(",")}
        has_two_lengths = self.chunked and "CONTENT_LENGTH" in self.headers
        if "close" in options or has_two_lengths:  # sections 9.6 and 6.1
            self.headers["CONNECTION"] = "close"
            self.connection_close = True
        if not self.chunked and not self.content_length:
            self.expect_continue = False  # there is nothing to go on with (RFC 9110, section 10.1.1)

    def _check_host(self) -> None:
        """Check that there is one host that can be one, or take that of an absolute address (section 3.2)."""
        host = self.headers.get("HOST")
        if host is None and self.version == "1.1":
            raise ParsingError("There is no Host.")
        if host is not None and not _HOST.fullmatch(host):
            raise ParsingError("Host is no host, or there are several.")
        if self.proxy_netloc and _HOST.fullmatch(self.proxy_netloc):
            self.headers["HOST"] = self.proxy_netloc
