"""A parent: a process that loads something once and forks children that work with it. It does none of their work.

Run as `python -m fsp.execution.parent FD`, where FD is one end of a socket. It lives as long as the other end does,
and its children die with it. It speaks with one process only (see `fsp.execution.processes`), in turns: `fork` (with
the child's socket), `reap`, and `kill`, which does not wait until the child has given back its memory.
"""

import gc
import os
import pickle
import select
import signal
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from fsp.errors import FspError
from fsp.execution.confinement import die_with_parent
from fsp.execution.failures import pack
from fsp.execution.frames import Kind, receive_frame, send_frame

__all__ = ["FORK", "KILL", "REAP", "REPLY", "UNKNOWN", "Load", "Serve", "main"]

FORK = b"f"
REAP = b"r"
KILL = b"k"
REPLY = struct.Struct("=i")
UNKNOWN = -1
"""The reply where no process could be made, or none of ours has that id."""

_POLL_SECONDS = 0.5

Load = Callable[[], Any]
"""Makes what all children share."""

Serve = Callable[[socket.socket, Any], int]
"""What a child does, with its socket and what was loaded; it returns the exit code."""


def main(descriptor: int) -> None:
    """Load, say so, and fork children until the other end is closed."""
    # Ctrl-C and a service manager signal the whole group; this process ends when its owner has finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    control = socket.socket(fileno=descriptor)
    control.settimeout(_POLL_SECONDS)
    owner = os.getppid()

    def leave_with_owner() -> None:
        if os.getppid() != owner:
            os._exit(0)

    try:
        path, pickled = pickle.loads(receive_frame(control, leave_with_owner)[2])  # noqa: S301 - from our own process
        sys.path[:] = path
        load, serve = pickle.loads(pickled)  # noqa: S301
        loaded = _load(load, control)
    except EOFError:
        return
    except FspError as error:
        send_frame(control, Kind.ERROR, pack(error))
        return
    gc.collect()
    gc.freeze()
    with suppress(OSError):  # the owner has gone
        send_frame(control, Kind.READY)
        _fork_on_request(control, lambda channel: serve(channel, loaded), leave_with_owner)
    os._exit(0)  # without taking apart what was loaded, which takes a while


def _load(load: Load, control: socket.socket) -> Any:  # noqa: ANN401 - whatever it loads
    """Load in a thread of its own, so that the main thread's heap, where children work, stays unfragmented."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(load())
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            results.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_POLL_SECONDS)
        if _is_closed(control):
            raise EOFError
    if isinstance(results[0], BaseException):
        raise results[0]
    return results[0]


def _is_closed(control: socket.socket) -> bool:
    readable, _, _ = select.select([control], [], [], 0)
    return bool(readable) and not control.recv(1, socket.MSG_PEEK)


def _fork_on_request(control: socket.socket, serve: Callable[[socket.socket], int], tick: Callable[[], None]) -> None:
    children: set[int] = set()
    dying: set[int] = set()
    while True:
        dying -= {pid for pid in dying if os.waitpid(pid, os.WNOHANG)[0]}
        try:
            request, descriptors, _, _ = socket.recv_fds(control, 1 + REPLY.size, 1)
        except TimeoutError:
            tick()
            continue
        if not request:
            return
        if request[:1] == FORK:
            reply = _fork(descriptors[0], control, serve)
            children.add(reply)
        else:
            (pid,) = REPLY.unpack(request[1:])
            reply = UNKNOWN
            if pid in children and request[:1] == KILL:
                os.kill(pid, signal.SIGKILL)
                dying.add(pid)
            elif pid in children:
                reply = _reap(pid)
            children.discard(pid)
        control.sendall(REPLY.pack(reply))


def _fork(descriptor: int, control: socket.socket, serve: Callable[[socket.socket], int]) -> int:
    parent = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        pid = UNKNOWN
    if pid:
        os.close(descriptor)
        return pid
    code = 1
    try:
        control.close()
        die_with_parent(signal.SIGKILL)
        if os.getppid() == parent:
            channel = socket.socket(fileno=descriptor)
            channel.setblocking(True)
            code = serve(channel)
    except Exception:  # noqa: BLE001 - whatever it is, the process ends, and the log says why
        traceback.print_exc()
    finally:
        os._exit(code)  # the channel is closed by that and not before it, so that nobody kills a process that ends


def _reap(pid: int) -> int:
    """End a child, if it has not ended yet, and return how it did, as a wait status."""
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


if __name__ == "__main__":
    main(int(sys.argv[1]))
