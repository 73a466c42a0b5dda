"""The parent behind a `Guard`: it loads once what every call needs, and forks a process for each.

Run as `python -m fsp.web.guard_parent FD`, where FD is one end of a socket. It lives as long as the other end does, and
its children die with it.
"""

import gc
import logging
import os
import pickle
import resource
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from fsp.errors import EngineError, FspError, InputError, TooLargeError
from fsp.execution.confinement import die_with_parent, forbid_sockets
from fsp.execution.failures import pack
from fsp.execution.frames import Kind, receive_frame, send_frame
from fsp.execution.parent import FORK, REPLY, UNKNOWN

__all__ = ["GuardLimits", "explain_end", "main"]

_STACK_BYTES = 64 << 20
_MEMORY, _NESTED = 3, 4
"""Exit codes of a child."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GuardLimits:
    """What one call may use.

    Attributes:
        seconds: time, from its start to its result.
        memory: bytes beside what the parent has loaded.
        result: bytes of its result.
        at_once: calls at the same time.
    """

    seconds: float
    memory: int
    result: int = 64 << 20
    at_once: int = 2


def explain_end(status: int, limits: GuardLimits) -> FspError:
    """Return the error for a call whose process ended without a result.

    Args:
        status: its wait status, or UNKNOWN.
        limits: what it was held to.
    """
    code = os.waitstatus_to_exitcode(status) if status != UNKNOWN else 0
    if code == -signal.SIGALRM:
        return TooLargeError(f"It takes longer than {limits.seconds:g} seconds to check: send a part of it at a time.")
    if code in {_MEMORY, -signal.SIGABRT, -signal.SIGKILL}:
        mebibytes = limits.memory >> 20
        return TooLargeError(f"It needs more memory than {mebibytes:,} MiB to check: send a part of it at a time.")
    if code in {_NESTED, -signal.SIGSEGV, -signal.SIGBUS}:
        return InputError("It is nested too deeply to be read: write it more flatly.")
    return EngineError("The check ended without a report. Send it again; if it happens again, tell the operator.")


def main(descriptor: int) -> None:
    """Load, say so, and fork until the other end is closed."""
    # Ctrl-C and a service manager signal the whole group; this process ends when its owner does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    control = socket.socket(fileno=descriptor)
    try:
        path, pickled = pickle.loads(receive_frame(control, lambda: None)[2])  # noqa: S301 - from our own process
        sys.path[:] = path
        load, limits = pickle.loads(pickled)  # noqa: S301
        state = load()
    except EOFError:
        return
    except FspError as error:
        send_frame(control, Kind.ERROR, pack(error))
        return
    gc.collect()
    gc.freeze()
    try:
        send_frame(control, Kind.READY)
        _fork_on_request(control, state, limits)
    except OSError:
        pass  # the owner has gone
    os._exit(0)


def _fork_on_request(control: socket.socket, state: object, limits: GuardLimits) -> None:
    children: set[int] = set()
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 1 + REPLY.size, 1)
        if not request:
            return
        if request[:1] == FORK:
            reply = _fork(descriptors[0], control, state, limits)
            children.add(reply)
        else:
            (pid,) = REPLY.unpack(request[1:])
            reply = _reap(pid) if pid in children else UNKNOWN
            children.discard(pid)
        control.sendall(REPLY.pack(reply))


def _fork(descriptor: int, control: socket.socket, state: object, limits: GuardLimits) -> int:
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
        channel = socket.socket(fileno=descriptor)
        code = _work(channel, parent, state, limits)
    finally:
        os._exit(code)  # the channel is closed by that and not before it, so that nobody kills a process that ends


def _work(channel: socket.socket, parent: int, state: object, limits: GuardLimits) -> int:
    die_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        return 1
    call = pickle.loads(receive_frame(channel, lambda: None)[2])  # noqa: S301
    _confine(limits)
    try:
        result = pickle.dumps(call(state))
        if len(result) > limits.result:
            size = limits.result >> 20
            raise TooLargeError(f"The report is longer than {size} MiB: send a part of it at a time.")  # noqa: TRY301
    except FspError as error:
        send_frame(channel, Kind.ERROR, pack(error))
    except MemoryError:
        return _MEMORY
    except RecursionError:
        return _NESTED
    except Exception:  # noqa: BLE001 - the log says what nobody foresaw, and the caller no more than that
        _log.exception("A check failed")
        return 1
    else:
        send_frame(channel, Kind.LAST, result)
    return 0


def _confine(limits: GuardLimits) -> None:
    """Bound time, memory, stack and temporary files, and forbid sockets."""
    forbid_sockets()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.result, limits.result))
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    stack = _STACK_BYTES if hard == resource.RLIM_INFINITY else min(_STACK_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_STACK, (stack, hard))
    mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + limits.memory, mapped + limits.memory))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def _reap(pid: int) -> int:
    """End a child, if it has not ended yet, and return how it did, as a wait status."""
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


if __name__ == "__main__":
    main(int(sys.argv[1]))
