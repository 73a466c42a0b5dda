"""Run a WSGI application as a public HTTP server, in this process."""

import errno
import heapq
import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import FrameType
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from fsp.errors import FspError
from fsp.web.channel import Channel

__all__ = ["serve"]

_MIB = 1 << 20
_MOST_CONNECTIONS = 900
_CROWDED_CONNECTIONS = 800
_TAKEN_AT_ONCE = 50
_IDLE_SECONDS = 60
_CHECK_SECONDS = 5
_GRACE_SECONDS = 10.0


class _Server(TcpWSGIServer):  # type: ignore[misc]
    channel_class = Channel

    def __init__(
        self, application: WSGIApplication, listener: socket.socket, settings: Adjustments, spool: int
    ) -> None:
        self.spool = spool
        address = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(application, _sock=listener, sockinfo=address, adj=settings, bind_socket=False, _start=False)

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            channel.end_if_slow(now)

    def readable(self) -> bool:
        """Tell whether a connection can be taken; before that, end the longest silent ones where there are too many."""
        excess = len(self.active_channels) - _CROWDED_CONNECTIONS
        if excess > 0:
            silent = [channel for channel in self.active_channels.values() if not channel.is_busy()]
            for channel in heapq.nsmallest(excess, silent, key=lambda channel: float(channel.last_activity)):
                channel.will_close = True
        return bool(super().readable())

    def handle_accept(self) -> None:
        """Take connections that wait. One a turn, as waitress does, would hold up whoever comes behind a crowd."""
        for _ in range(_TAKEN_AT_ONCE):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                return

    def unsent(self) -> int:
        """Bytes of answers that clients have not taken yet."""
        return sum(channel.total_outbufs_len for channel in list(self.active_channels.values()))

    def run_until(self, is_stopping: Callable[[], bool]) -> None:
        """Serve until told to stop; then finish what is under way, within a time of grace."""
        while not is_stopping():
            self._turn()
        wasyncore.dispatcher.close(self)  # new connections are refused from here on
        end = time.monotonic() + _GRACE_SECONDS
        while time.monotonic() < end and any(channel.is_busy() for channel in list(self.active_channels.values())):
            self._turn()

    def close(self) -> None:
        """End the threads and close every connection."""
        self.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def _turn(self) -> None:
        wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)


def serve(  # noqa: PLR0913 - each one has its default
    create: Callable[[], WSGIApplication],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 96,
    max_body: int = 32 * _MIB,
    spool: int = 4096 * _MIB,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve an application until SIGTERM or SIGINT. Must be called in the main thread.

    Args:
        create: makes the application, once the port is known to be free.
        host: address or name to listen on.
        port: port to listen on; 0 takes any that is free.
        threads: requests that are answered at the same time; more than workers and queue together hold queries.
        max_body: bytes of a request's body, above which it is answered by 413.
        spool: bytes of answers that clients have not taken yet, kept in temporary files.
        ready: called with the address when the service can be asked.

    Raises:
        FspError: the port cannot be had, or what `create` raises.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is answered, not logged each time
    logging.getLogger("waitress").addFilter(_is_unforeseen)
    settings = Adjustments(
        threads=threads,
        ident="fsp",
        asyncore_use_poll=True,
        backlog=1024,
        channel_request_lookahead=1,  # so that it reads on during a request, and notices a hang-up
        channel_timeout=_IDLE_SECONDS,
        cleanup_interval=_CHECK_SECONDS,
        clear_untrusted_proxy_headers=True,
        connection_limit=_MOST_CONNECTIONS,
        log_socket_errors=False,
        max_request_body_size=max_body,
        outbuf_high_watermark=spool,
    )
    with _listener(host, port) as listener, closing(_Server(create(), listener, settings, spool)) as server:
        with _explained(host, port):
            server.accept_connections()
        with _stop_signals(server.pull_trigger) as is_stopping:
            ready(_address(host, int(server.effective_port)))
            server.run_until(is_stopping)


def _is_unforeseen(record: logging.LogRecord) -> bool:
    """Tell whether a failure is worth a stack trace: an answer broken off by a limit is not."""
    return record.exc_info is None or not isinstance(record.exc_info[1], FspError)


def _listener(host: str, port: int) -> socket.socket:
    """Return a socket that has the port, and does not listen yet."""
    with _explained(host, port):
        # IPv4 comes first where a name has both.
        family, *_, address = min(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE))
        listener = socket.socket(family)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError:
            listener.close()
            raise
        return listener


@contextmanager
def _explained(host: str, port: int) -> Iterator[None]:
    """Say in words why the service cannot listen."""
    try:
        yield
    except socket.gaierror as error:
        raise FspError(f"There is no address '{host}' to listen on.") from error
    except OSError as error:
        text = {
            errno.EADDRINUSE: f"Port {port} is in use by another program: choose another with --port.",
            errno.EACCES: f"Port {port} needs rights that this user lacks: choose one above 1023 with --port.",
            errno.EADDRNOTAVAIL: f"This machine has no address '{host}' to listen on.",
        }
        raise FspError(text.get(error.errno or 0, f"Cannot listen on {host}, port {port}: {error}.")) from error


@contextmanager
def _stop_signals(wake: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Turn SIGTERM and SIGINT into a flag, for as long as the block lasts."""
    received: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        wake()

    former: dict[int, Any] = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: bool(received)
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"
