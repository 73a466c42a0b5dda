"""What runs in the processes of a `Guard`: one call each, held to limits by the kernel."""

import logging
import os
import pickle
import resource
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fsp.errors import EngineError, FspError, InputError, TooLargeError
from fsp.execution.confinement import forbid_sockets
from fsp.execution.failures import pack
from fsp.execution.frames import Kind, receive_frame, send_frame
from fsp.execution.parent import UNKNOWN

__all__ = ["GuardLimits", "explain_end", "work"]

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


def work(channel: socket.socket, state: Any, *, limits: GuardLimits) -> int:  # noqa: ANN401 - whatever was loaded
    """Make one call.

    Args:
        channel: the connection to read the call from, and to send its result to.
        state: the call's argument.
        limits: what it may use.

    Returns:
        The exit code of the process.
    """
    send_frame(channel, Kind.READY)
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
