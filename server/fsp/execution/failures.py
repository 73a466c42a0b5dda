"""Errors that pass from a worker to the web process, and what the death of a worker means."""

import json
import os
import signal

import fsp.errors
from fsp.errors import EngineError, FspError, LimitError, NestingError
from fsp.execution.limits import Limits

__all__ = ["explain_death", "limit_error", "pack", "unpack"]

_REMEDIES = {
    "timeout": "Ask for less: add LIMIT, bind more terms, or split the query.",
    "memory": "Ask for less: avoid ORDER BY, GROUP BY and DISTINCT over very many solutions, or split the query.",
    "result": "Ask for part of it with LIMIT and OFFSET, or project fewer variables.",
}


def limit_error(limit: str, limits: Limits, timeout: float) -> LimitError:
    """Return the error for a query that was ended by a limit.

    Args:
        limit: timeout, memory or result.
        limits: of the service.
        timeout: seconds that this query had.
    """
    text = {
        "timeout": f"The query took longer than {timeout:g} seconds",
        "memory": f"The query needed more memory than {limits.memory >> 20:,} MiB",
        "result": f"The answer is longer than {limits.result:,} bytes",
    }[limit]
    return LimitError(f"{text} and was ended. {_REMEDIES[limit]}", limit=limit)


def explain_death(status: int, limits: Limits, timeout: float, *, sorts: bool) -> FspError:
    """Return the error for a query whose worker died: the kernel held it to a limit.

    Args:
        status: the worker's wait status, or a negative number where it is not known.
        limits: of the service.
        timeout: seconds that the query had.
        sorts: whether the query may have ORDER BY.
    """
    number = os.WTERMSIG(status) if status >= 0 and os.WIFSIGNALED(status) else 0
    if number == signal.SIGALRM:
        return limit_error("timeout", limits, timeout)
    if number == signal.SIGABRT and sorts:
        message = f"The query needed more memory than {limits.memory >> 20:,} MiB, or sorts values of kinds that the "
        remedy = "engine cannot put in one order. Ask for less, or sort by text: ORDER BY STR(?value)."
        return LimitError(message + remedy, limit="memory")
    if number in (signal.SIGABRT, signal.SIGKILL):
        return limit_error("memory", limits, timeout)
    if number in (signal.SIGSEGV, signal.SIGBUS):
        return NestingError("The query is nested too deeply, or a chain in it is too long. Write it more flatly.")
    return EngineError("The query ended without an answer. Ask again; if it happens again, tell the operator.")


def pack(error: FspError) -> bytes:
    """Write an error as JSON: its class, its text and its attributes."""
    return json.dumps([type(error).__name__, error.args, error.__dict__]).encode()


def unpack(data: bytes | bytearray) -> FspError:
    """Read an error that `pack` wrote."""
    name, arguments, attributes = json.loads(data)
    kind: type[FspError] = getattr(fsp.errors, name)
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(attributes)
    return error
