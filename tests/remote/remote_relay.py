"""A relay between the service and an engine, which sees who closes the connection and what was sent."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

__all__ = ["WAIT_SECONDS", "Relay", "relay"]

WAIT_SECONDS = 30
"""After this a test has failed; nothing that works takes so long."""


@dataclass
class Relay:
    """A relay that runs.

    Attributes:
        port: where it listens.
        sent: what the service sent.
        asked: set once something was sent.
        hung_up: set once the service has closed a connection.
    """

    port: int
    sent: bytearray = field(default_factory=bytearray)
    asked: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)


@contextmanager
def relay(engine_port: int, port: int = 0) -> Iterator[Relay]:
    """Pass bytes on between whoever connects to a port and the engine's, until the block ends."""
    with socket.create_server(("127.0.0.1", port)) as server:
        running = Relay(server.getsockname()[1])

        def accept() -> None:
            with suppress(OSError):
                while True:
                    ours, _ = server.accept()
                    theirs = socket.create_connection(("127.0.0.1", engine_port))
                    threading.Thread(target=_pass_on, args=(running, ours, theirs), daemon=True).start()
                    threading.Thread(target=_pass_back, args=(theirs, ours), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield running
        server.shutdown(socket.SHUT_RDWR)
    thread.join()


def _pass_on(running: Relay, ours: socket.socket, theirs: socket.socket) -> None:
    with suppress(OSError):
        while data := ours.recv(65536):
            running.sent += data
            theirs.sendall(data)
            running.asked.set()
    running.hung_up.set()
    with suppress(OSError):
        theirs.shutdown(socket.SHUT_RDWR)


def _pass_back(theirs: socket.socket, ours: socket.socket) -> None:
    with theirs, ours, suppress(OSError):
        while data := theirs.recv(65536):
            ours.sendall(data)
        ours.shutdown(socket.SHUT_RDWR)
