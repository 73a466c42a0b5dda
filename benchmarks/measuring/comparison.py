"""One run: the data made, every system started, everything measured in turn."""

import os
import statistics
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from generate import generate
from measuring.http import Connection, get
from measuring.latency import answer_rows, measure_query
from measuring.limit import InProcess
from measuring.machine import disturbance, machine, versions
from measuring.processes import start, stop, wait_until
from measuring.queries import Constants, Query, analyst_queries
from measuring.report import Results
from measuring.systems import SYSTEMS, System, is_installed
from measuring.throughput import measure_throughput

__all__ = ["Plan", "compare", "make_data"]

_ROOT = Path(__file__).parents[2]
_PORTS_APART = 2
_QUERY_BUDGET = 4.0
"""Seconds that one query may take of one system in all."""
_FLOOR_REQUESTS = 300


@dataclass(frozen=True)
class Plan:
    """How a run is to be made.

    Attributes:
        cases: number of cases.
        systems: names of the systems.
        port: first port.
        rounds: rounds for each query.
        seconds: length of each measurement of throughput.
        load_rounds: rounds of throughput.
    """

    cases: int
    systems: tuple[str, ...]
    port: int
    rounds: int
    seconds: float
    load_rounds: int


def make_data(cases: int, folder: Path) -> Path:
    """Return one file of N-Triples: generated cases, with ontology and schemes."""
    data = folder / f"cases-{cases}.nt"
    if not data.exists():
        part = data.with_suffix(".part.nt")
        generate(cases, part)
        with part.open("ab") as stream:
            for file in sorted([*_ROOT.glob("ontology/*.ttl"), *_ROOT.glob("ontology/schemes/*.ttl")]):
                triples = (quad.triple for quad in ox.parse(path=file, rename_blank_nodes=True))
                ox.serialize(triples, stream, format=ox.RdfFormat.N_TRIPLES)
        part.rename(data)
    return data


def compare(plan: Plan, folder: Path, say: Callable[[str], None]) -> Results:
    """Make a run.

    Args:
        plan: how.
        folder: folder for data, stores and logs.
        say: told what the run does now.
    """
    results = Results({**machine(), "versions": ", ".join(f"{name} {v}" for name, v in versions().items())})
    results.notes += filter(None, [disturbance()])
    say(f"Making {plan.cases:,} cases")
    data = make_data(plan.cases, folder)
    queries = analyst_queries(Constants.read(data))
    with data.open("rb") as lines:
        results.facts["data"] = f"{plan.cases:,} cases, {sum(1 for _ in lines):,} triples"
    with ExitStack() as stack:
        limit = InProcess(data)
        stack.callback(limit.stop)
        systems = _installed(plan, folder, results)
        for system in systems:
            say(f"Starting {system.name}")
            stack.callback(system.stop)
            results.systems[system.name] = _start(system, data)
        _measure_floor(plan, systems, folder, results)
        for query in queries.values():
            say(f"Latency: {query.title}")
            results.titles[query.name] = query.title
            able = [system for system in systems if query.name not in system.too_slow]
            results.rows[query.name] = _rows(query, able, results)
            results.latencies[query.name] = measure_query(query, limit, able, plan.rounds, _QUERY_BUDGET)
        say("Throughput")
        results.throughput = measure_throughput(systems, queries, plan.load_rounds, plan.seconds)
        for system in systems:
            results.systems[system.name]["memory_after"] = system.memory()
        results.systems["limit"] = {
            "load": None, "start": limit.start_seconds, "memory": None, "memory_after": limit.memory(),
        }  # fmt: skip
    results.facts["load average after"] = f"{os.getloadavg()[0]:.1f} (one minute)"
    return results


def _installed(plan: Plan, folder: Path, results: Results) -> list[System]:
    """Return the systems that can be started, and note which ones are left out."""
    systems = []
    for number, name in enumerate(plan.systems):
        system = SYSTEMS[name](name, plan.port + number * _PORTS_APART, folder / name)
        missing = [needed for needed in system.needs if not is_installed(needed)]
        if missing:
            results.notes.append(f"{name} was left out: {', '.join(missing)} is not installed.")
        else:
            systems.append(system)
    return systems


def _start(system: System, data: Path) -> dict[str, float | None]:
    """Start a system; return how long that took and what memory it then holds."""
    system.run(data)
    return {"load": system.load_seconds, "start": system.start_seconds, "memory": system.memory()}


def _rows(query: Query, systems: list[System], results: Results) -> dict[str, int | None]:
    """Ask each system once, and note where answers differ in size."""
    rows = {system.name: answer_rows(system, query) for system in systems}
    if len(set(rows.values())) > 1:
        found = ", ".join(f"{name} {'none' if count is None else format(count, ',')}" for name, count in rows.items())
        results.notes.append(f"Rows differ for '{query.title}': {found}.")
    return rows


def _measure_floor(plan: Plan, systems: list[System], folder: Path, results: Results) -> None:
    """Measure what the client itself takes, and the least that the service's web framework takes."""
    port = plan.port + len(SYSTEMS) * _PORTS_APART
    address = ("127.0.0.1", port)
    process = start([sys.executable, Path(__file__).parent / "hello.py", str(port)], folder / "hello.txt")
    try:
        wait_until(lambda: _median(address, "/", 1) > 0, process, folder / "hello.txt", 10)
        results.floor["fixed bytes from a trivial server"] = _median(address, "/", _FLOOR_REQUESTS)
    finally:
        stop(process)
    for system in systems:
        if system.name == "fsp":
            results.floor["/health of the service"] = _median(system.address, "/health", _FLOOR_REQUESTS)


def _median(address: tuple[str, int], target: str, times: int) -> float:
    with Connection(address, 10) as connection:
        return statistics.median(connection.ask(get(address, target, "*/*")) for _ in range(times))
