"""Many cases from a store on disk: how soon the service starts, and how long each canned query takes."""

import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from measuring.comparison import make_data
from measuring.http import OK, fetch
from measuring.machine import disturbance, machine, versions
from measuring.marks import Mark
from measuring.queries import canned_queries
from measuring.report import marks_table, memory_text, seconds_text, table
from measuring.systems import FspStore, OxigraphStore, System, is_installed

__all__ = ["measure_large"]

_STARTS = 5
_START_SECONDS = 1.0
_PATIENCE_SECONDS = 120.0
"""How long the client waits; the service ends a query at its own limit before that."""


@dataclass(frozen=True)
class _Taken:
    """One answer: its status, or 0 where none came, its rows, and the seconds it took."""

    status: int
    rows: int
    seconds: float


def measure_large(folder: Path, cases: int, port: int, say: Callable[[str], None]) -> tuple[str, dict[str, Any]]:
    """Measure the service, and the `oxigraph` server in its read-only mode, each with a store on disk.

    Args:
        folder: folder for data, stores and logs.
        cases: number of cases.
        port: first port.
        say: told what the run does now.

    Returns:
        The results as Markdown and as JSON values.
    """
    facts = {**machine(), "versions": ", ".join(f"{name} {v}" for name, v in versions().items())}
    notes = [note for note in (disturbance(),) if note]
    say(f"Making {cases:,} cases")
    data = make_data(cases, folder)
    with data.open("rb") as lines:
        facts["data"] = f"{cases:,} cases, {sum(1 for _ in lines):,} triples"
    systems: list[System] = [FspStore("fsp", port, folder / "fsp-store")]
    if is_installed("oxigraph"):
        systems.append(OxigraphStore("oxigraph-disk", port + 2, folder / "oxigraph-disk"))
    starts: dict[str, list[float]] = {}
    taken: dict[str, dict[str, _Taken]] = {name: {} for name in canned_queries()}
    memory: dict[str, int] = {}
    with ExitStack() as stack:
        for system in systems:
            say(f"Loading {system.name}")
            stack.callback(system.stop)
            starts[system.name] = _start_often(system, data)
            for name, text in canned_queries().items():
                say(f"{system.name}: {name}")
                taken[name][system.name] = _ask(system, text)
            memory[system.name] = system.memory()
            system.stop()
    reached = _marks(starts["fsp"], taken)
    markdown = "\n\n".join([
        table(("", ""), facts.items()),
        "### Marks\n\n" + marks_table(reached),
        "### Load, start and memory\n\n" + _systems_table(systems, starts, memory),
        "### Canned queries, every parameter at 'any'\n\n" + _queries_table(systems, taken),
        *notes,
    ])  # fmt: skip
    values = {
        "facts": facts,
        "starts": starts,
        "memory": memory,
        "queries": {name: {system: vars(one) for system, one in row.items()} for name, row in taken.items()},
        "marks": [vars(mark) for mark in reached],
        "notes": notes,
    }
    return markdown + "\n", values


def _start_often(system: System, data: Path) -> list[float]:
    """Load once and start several times; the system runs afterwards."""
    system.run(data)
    taken = [system.start_seconds]
    for _ in range(_STARTS - 1):
        system.stop()
        system.start(data)
        taken.append(system.start_seconds)
    return taken


def _ask(system: System, query: str) -> _Taken:
    """Ask a query in its own words, and count the rows or triples of the answer."""
    begin = time.perf_counter()
    try:
        status, body = fetch(system.address, system.target(query), "text/csv, application/n-triples", _PATIENCE_SECONDS)
    except (OSError, HTTPException):  # the latter where it was cut
        return _Taken(0, 0, time.perf_counter() - begin)
    return _Taken(status, body.count(b"\n"), time.perf_counter() - begin)


def _marks(starts: list[float], taken: dict[str, dict[str, _Taken]]) -> list[Mark]:
    start = statistics.median(starts)
    failed = [name for name, row in taken.items() if row["fsp"].status != OK]
    slowest = max(taken, key=lambda name: taken[name]["fsp"].seconds)
    text = f"slowest {taken[slowest]['fsp'].seconds:.1f} s ({slowest})"
    return [
        Mark("Start from a store on disk", "under 1 s", seconds_text(start), start < _START_SECONDS),
        Mark(
            f"{len(taken)} canned queries",
            "each within the time limit",
            text + (f"; failed: {', '.join(failed)}" if failed else ""),
            not failed,
        ),
    ]


def _systems_table(systems: list[System], starts: dict[str, list[float]], memory: dict[str, int]) -> str:
    rows = [
        (
            system.name,
            seconds_text(system.load_seconds or 0),
            seconds_text(statistics.median(starts[system.name])),
            memory_text(memory[system.name]),
        )
        for system in systems
    ]
    return table(("system", "load", "start (median)", "memory after the queries"), rows)


def _queries_table(systems: list[System], taken: dict[str, dict[str, _Taken]]) -> str:
    names = [system.name for system in systems]
    rows = []
    for query, row in taken.items():
        cells = [
            f"{row[name].seconds:.2f} s" if row[name].status == OK else f"failed: {row[name].status}" for name in names
        ]
        rows.append((query, f"{row['fsp'].rows:,}", *cells))
    return table(("query", "lines", *names), rows)
