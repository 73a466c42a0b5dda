"""The parent: the process that holds the data and forks the workers. It never evaluates a query.

Run as `python -m fsp.execution.parent FD`, where FD is one end of a socket. It lives as long as the other end does,
and its workers die with it. It speaks with one process only, in turns: `fork` (with the worker's socket), `reap`, and
`kill`, which does not wait until the worker has given back its memory.
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
from collections.abc import Callable

import pyoxigraph as ox

from fsp.errors import FspError
from fsp.execution.failures import pack
from fsp.execution.frames import Kind, receive_frame, send_frame
from fsp.execution.recogniser import find_fault
from fsp.execution.selection import only_default_graph
from fsp.execution.worker import Setup, serve

__all__ = ["FORK", "KILL", "REAP", "REPLY", "UNKNOWN", "main"]

FORK = b"f"
REAP = b"r"
KILL = b"k"
REPLY = struct.Struct("=i")
UNKNOWN = -1
"""The reply where no process could be made, or none of ours has that id."""

_POLL_SECONDS = 0.5

Stores = tuple[ox.Store, ox.Store]


def main(descriptor: int) -> None:
    """Load the data, say so, and fork workers until the other end is closed."""
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
        setup: Setup = pickle.loads(pickled)  # noqa: S301
        stores = _load(setup, control) if setup.shared else None
    except EOFError:
        return
    except FspError as error:
        send_frame(control, Kind.ERROR, pack(error))
        return
    find_fault("")  # reads the grammar, so that no worker has to
    gc.collect()
    gc.freeze()
    send_frame(control, Kind.READY)
    _fork_on_request(control, setup, stores, leave_with_owner)
    os._exit(0)  # without taking the data apart, which takes a while


def _load(setup: Setup, control: socket.socket) -> Stores:
    """Load in a thread of its own, so that the main thread's heap, where queries will run, stays unfragmented."""
    results: list[Stores | BaseException] = []

    def run() -> None:
        try:
            store = setup.load()
            results.append((store, only_default_graph(store)))
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


def _fork_on_request(control: socket.socket, setup: Setup, stores: Stores | None, tick: Callable[[], None]) -> None:
    workers: set[int] = set()
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
            reply = _fork(descriptors[0], control, setup, stores)
            workers.add(reply)
        else:
            (pid,) = REPLY.unpack(request[1:])
            reply = UNKNOWN
            if pid in workers and request[:1] == KILL:
                os.kill(pid, signal.SIGKILL)
                dying.add(pid)
            elif pid in workers:
                reply = _reap(pid)
            workers.discard(pid)
        control.sendall(REPLY.pack(reply))


def _fork(descriptor: int, control: socket.socket, setup: Setup, stores: Stores | None) -> int:
    parent = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        pid = UNKNOWN
    if pid:
        os.close(descriptor)
        return pid
    status = 1
    try:
        control.close()
        with socket.socket(fileno=descriptor) as channel:
            channel.setblocking(True)
            serve(channel, parent, setup, stores)
        status = 0
    except SystemExit:
        status = 0
    finally:
        os._exit(status)


def _reap(pid: int) -> int:
    """End a worker, if it has not ended yet, and return how it did, as a wait status."""
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


if __name__ == "__main__":
    main(int(sys.argv[1]))
