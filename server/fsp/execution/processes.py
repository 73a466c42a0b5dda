"""The processes behind an executor, as the web process sees them: the one that holds the data, and its workers."""

import os
import pickle
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass

from fsp.errors import EngineError
from fsp.execution.failures import unpack
from fsp.execution.frames import Kind, receive_exactly, receive_frame, send_frame
from fsp.execution.parent import FORK, KILL, REAP, REPLY, UNKNOWN
from fsp.execution.worker import Setup

__all__ = ["TICK_SECONDS", "Parent", "Worker"]

TICK_SECONDS = 0.25
"""How often a waiting thread looks at the clock and at its caller."""

_END_SECONDS = 5.0

_HUGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Has the allocator ask the system for huge pages, where it gives them: queries look up addresses all over the data."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process and the connection to it."""

    pid: int
    channel: socket.socket


def _wait_on() -> None:
    """Wait without end: the other side answers or dies."""


class Parent:
    """The process that holds the data (see `fsp.execution.parent`).

    A new interpreter, not a fork of this one: so it holds none of the web server's sockets and threads, and can be
    started at any time.
    """

    def __init__(self, setup: Setup) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "fsp.execution.parent", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=_HUGE_PAGES | os.environ,
                stdin=subprocess.DEVNULL,
            )
        message = pickle.dumps((sys.path, pickle.dumps(setup)))
        try:
            self._send_setup(message)
        except BaseException:
            self.close()
            raise

    def _send_setup(self, message: bytes) -> None:
        try:
            send_frame(self._control, Kind.REQUEST, message)
            kind, _, payload = receive_frame(self._control, _wait_on)
        except (EOFError, OSError) as error:
            raise EngineError("The process that loads the data ended early; its log says why.") from error
        if kind is Kind.ERROR:
            raise unpack(payload)

    def fork(self) -> Worker:
        """Return a new worker, ready to evaluate."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                pid = self._ask(FORK, theirs.fileno())
            self._wait_until_ready(pid, ours)
        except BaseException:
            ours.close()
            raise
        ours.settimeout(TICK_SECONDS)
        return Worker(pid, ours)

    def _wait_until_ready(self, pid: int, channel: socket.socket) -> None:
        if pid == UNKNOWN:
            raise EngineError("The system allows no more processes.")
        try:
            receive_frame(channel, _wait_on)
        except EOFError as error:
            self.reap(pid)
            raise EngineError("A worker ended before its first query; the log says why.") from error

    def reap(self, pid: int) -> int:
        """End a worker and return its wait status, or UNKNOWN."""
        return self._ask(REAP + REPLY.pack(pid))

    def kill(self, pid: int) -> None:
        """End a worker, whose wait status nobody asks for."""
        self._ask(KILL + REPLY.pack(pid))

    def _ask(self, request: bytes, *descriptors: int) -> int:
        with self._lock:
            socket.send_fds(self._control, [request], list(descriptors))
            (reply,) = REPLY.unpack(receive_exactly(self._control, REPLY.size, _wait_on))
        return int(reply)

    def close(self) -> None:
        """End the process; its workers end with it."""
        self._control.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
