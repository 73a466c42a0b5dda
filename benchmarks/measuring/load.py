"""Throughput: several clients, each with one connection, asking as fast as they are answered."""

import selectors
import socket
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from measuring.http import OK, ResponseEnd

__all__ = ["Load", "run_load"]

_READ_SIZE = 1 << 20


@dataclass
class Load:
    """What some clients got in some time.

    Attributes:
        clients: how many asked.
        seconds: how long they sent requests.
        latencies: seconds of each answer, those under way at the end too.
        in_time: answers that were whole before the end.
        errors: answers that were not 200, and connections that broke.
    """

    clients: int
    seconds: float
    latencies: list[float] = field(default_factory=list)
    in_time: int = 0
    errors: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.in_time / self.seconds

    def percentile(self, percent: int) -> float:
        """Return the seconds below which so many per cent of the answers stayed."""
        if len(self.latencies) == 1:
            return self.latencies[0]
        return statistics.quantiles(self.latencies, n=100)[percent - 1]


class _Client:
    """One connection that always has one request under way."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self.socket = self.connect()
        self.end = ResponseEnd()
        self.started = 0.0

    def connect(self) -> socket.socket:
        """Return a new connection."""
        connected = socket.create_connection(self._address)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected

    def send(self, request: bytes) -> None:
        self.end = ResponseEnd()
        self.started = time.perf_counter()
        self.socket.sendall(request)


def run_load(address: tuple[str, int], requests: Iterator[bytes], clients: int, seconds: float) -> Load:
    """Let clients ask for some seconds, then wait for the answers under way.

    One thread serves all connections: on a small machine the clients' own work must stay small beside the server's.

    Args:
        address: host and port.
        requests: what to ask, without end.
        clients: number of connections.
        seconds: how long new requests are sent.
    """
    load = Load(clients, seconds)
    with selectors.DefaultSelector() as selector:
        deadline = time.perf_counter() + seconds
        for _ in range(clients):
            client = _Client(address)
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send(next(requests))
        while selector.get_map():
            for key, _ in selector.select():
                _take(selector, key.data, load, requests, deadline)
    return load


def _take(
    selector: selectors.BaseSelector, client: _Client, load: Load, requests: Iterator[bytes], deadline: float
) -> None:
    """Read what has come; where the answer is whole, note it and send the next request if there is time left."""
    data = client.socket.recv(_READ_SIZE)
    if data and not client.end.feed(data):
        return
    now = time.perf_counter()
    if not data or client.end.status != OK:
        load.errors += 1
    else:
        load.latencies.append(now - client.started)
        load.in_time += now < deadline
    if now >= deadline or not data or client.end.closes:
        selector.unregister(client.socket)
        client.socket.close()
        if now >= deadline:
            return
        client.socket = client.connect()
        selector.register(client.socket, selectors.EVENT_READ, client)
    client.send(next(requests))
