"""What tests share that is no fixture: a service in a process of its own, and what it answers."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http.client import HTTPMessage
from urllib.parse import urlsplit

import pytest

__all__ = ["Reply", "Serve", "Service", "free_port", "running"]


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass(frozen=True)
class Service:
    """A service that runs in a process of its own."""

    url: str
    process: subprocess.Popen[str]

    def request(
        self, target: str, *, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """Send one request, with exactly these headers, over a connection of its own."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            connection.request(method, target, body, headers or {})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*arguments: str) -> Iterator[Service]:
    """Run `fsp serve` with some arguments until the block ends."""
    command = [sys.executable, "-m", "fsp", "serve", "--port", str(free_port()), "--workers", "2", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FSP_")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr is not None
            said = ""
            for line in process.stderr:
                said += line
                if line.startswith("Serving at "):
                    yield Service(line.split()[2], process)
                    break
            else:
                pytest.fail(f"The service did not start:\n{said}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


Serve = Callable[..., AbstractContextManager[Service]]
"""Runs a service with some arguments; see `running`."""
