"""Processes of the systems that are measured: started, watched and ended by their ids."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

__all__ = ["descendants", "memory_of", "start", "stop", "wait_until"]

_STOP_SECONDS = 20.0


def start(command: Sequence[str | Path], log: Path, folder: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a process that writes its output to a log file."""
    with log.open("ab") as output:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, wait, and then end it and what it started."""
    family = descendants(process.pid)
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid in family - {process.pid}:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_until(is_ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Wait until a process is ready.

    Raises:
        RuntimeError: it ended, or was not ready in time.
    """
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"It ended with status {process.returncode} before it was ready. {_end_of(log)}")
        with suppress(OSError):
            if is_ready():
                return
        time.sleep(0.005)
    raise RuntimeError(f"It was not ready within {seconds:.0f} seconds. {_end_of(log)}")


def _end_of(log: Path) -> str:
    """Quote the last line of a log."""
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return f"{log} ends: {next(filter(None, reversed(lines)), 'nothing')}"


def descendants(pid: int) -> set[int]:
    """Return a process and all that it started, directly or not."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found, waiting = set(), [pid]
    while waiting:
        current = waiting.pop()
        found.add(current)
        waiting += children.get(current, [])
    return found


def memory_of(pid: int) -> int:
    """Return the memory of a process and its descendants in bytes: memory that they share counts once (PSS)."""
    total = 0
    for member in descendants(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total
