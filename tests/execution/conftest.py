"""Executors with small limits, and a look at the processes behind them."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import execution_sample
import pytest

from fsp.execution.embedded import EmbeddedExecutor
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.limits import Limits

MIB = 1 << 20
SMALL = Limits(timeout=0.7, memory=64 * MIB, result=4 * MIB, workers=2, spare=0, queue=2, queue_wait=0.3)


@dataclass(frozen=True)
class Running:
    """An executor and the process that holds its data."""

    executor: EmbeddedExecutor
    parent: int

    @property
    def workers(self) -> set[int]:
        """Process ids of its workers."""
        return children(self.parent)

    def ask(self, query: str, format_: str = "csv") -> str:
        """Return a whole answer as text."""
        return ask(self.executor, query, format_)


def ask(executor: Executor, query: str, format_: str = "csv") -> str:
    """Return a whole answer as text."""
    chosen = BY_NAME[format_]
    with executor.execute(QueryRequest(query, solutions=chosen, graph=chosen)) as answer:
        return b"".join(answer).decode()


def children(pid: int) -> set[int]:
    """Return the ids of a process's children that have not ended; none where it has ended itself."""
    try:
        listed = "".join(path.read_text(encoding="ascii") for path in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        return set()
    return {int(child) for child in listed.split() if is_alive(int(child))}


def is_alive(pid: int) -> bool:
    """Tell whether a process runs: it exists and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] not in {"Z", "X"}
    except OSError:
        return False


def start(limits: Limits = SMALL, **options: object) -> Running:
    """Start an executor over the sample."""
    before = children(os.getpid())
    executor = EmbeddedExecutor(execution_sample.load, "0" * 64, limits, **options)  # type: ignore[arg-type]
    (parent,) = children(os.getpid()) - before
    return Running(executor, parent)


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """One executor for the tests of a module."""
    started = start()
    yield started
    started.executor.close()


@pytest.fixture
def start_executor() -> Iterator[Callable[..., Running]]:
    """Start executors of one test's own."""
    started: list[Running] = []

    def begin(limits: Limits = SMALL, **options: object) -> Running:
        started.append(start(limits, **options))
        return started[-1]

    yield begin
    for each in started:
        each.executor.close()
