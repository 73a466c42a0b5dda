"""Processes that work for this one and can be killed, as it sees them: a parent and the children that it forks."""

import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fsp.errors import EngineError
from fsp.execution.failures import unpack
from fsp.execution.frames import Kind, receive_exactly, receive_frame, send_frame
from fsp.execution.parent import FORK, KILL, REAP, REPLY, UNKNOWN, Load, Serve

__all__ = ["TICK_SECONDS", "Child", "Parent"]

TICK_SECONDS = 0.25
"""How often a waiting thread looks at the clock and at its caller."""

_END_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Child:
    """A child process and the connection to it."""

    pid: int
    channel: socket.socket


def _wait_on() -> None:
    """Wait without end: the other side answers or dies."""


class Parent:
    """A process that loads something once and forks children that work with it (see `fsp.execution.parent`).

    A new interpreter, not a fork of this one: so it holds none of the web server's sockets and threads, and can be
    started at any time. After it has died, every method but `close` raises EOFError or OSError.

    Args:
        load: a function of a module, or a partial of one.
        serve: likewise. A child sends `READY` when it can be asked.
        environment: variables that the process gets where this one has none of that name.

    Raises:
        FspError: what `load` raised.
    """

    def __init__(self, load: Load, serve: Serve, environment: Mapping[str, str] = MappingProxyType({})) -> None:
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-m", "fsp.execution.parent", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={**environment, **os.environ},
                stdin=subprocess.DEVNULL,
            )
        try:
            self._set_up(pickle.dumps((sys.path, pickle.dumps((load, serve)))))
        except BaseException:
            self.close()
            raise

    def _set_up(self, message: bytes) -> None:
        try:
            send_frame(self._control, Kind.REQUEST, message)
            kind, _, payload = receive_frame(self._control, _wait_on)
        except (EOFError, OSError) as error:
            raise EngineError("A process that loads data ended early; its log says why.") from error
        if kind is Kind.ERROR:
            raise unpack(payload)

    def fork(self) -> Child:
        """Return a new child that can be asked.

        Raises:
            EngineError: the system allows no more, or the child ended at once.
        """
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise EngineError("The system allows no more open files.") from error
        try:
            with theirs:
                pid = self._ask(FORK, theirs.fileno())
            self._wait_until_ready(pid, ours)
        except BaseException:
            ours.close()
            raise
        ours.settimeout(TICK_SECONDS)
        return Child(pid, ours)

    def _wait_until_ready(self, pid: int, channel: socket.socket) -> None:
        if pid == UNKNOWN:
            raise EngineError("The system allows no more processes.")
        try:
            receive_frame(channel, _wait_on)
        except EOFError as error:
            self.reap(pid)
            raise EngineError("A process ended before its first task; the log says why.") from error

    def reap(self, pid: int) -> int:
        """End a child and return its wait status, or UNKNOWN."""
        return self._ask(REAP + REPLY.pack(pid))

    def kill(self, pid: int) -> None:
        """End a child, whose wait status nobody asks for."""
        self._ask(KILL + REPLY.pack(pid))

    def _ask(self, request: bytes, *descriptors: int) -> int:
        with self._lock:
            socket.send_fds(self._control, [request], list(descriptors))
            (reply,) = REPLY.unpack(receive_exactly(self._control, REPLY.size, _wait_on))
        return int(reply)

    def close(self) -> None:
        """End the process; its children end with it."""
        self._control.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
