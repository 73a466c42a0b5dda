"""Throughput of the mix: cold, where no answer can come from a cache, and warm, where requests repeat."""

import itertools
import statistics
from collections.abc import Iterator, Sequence

from measuring.http import Connection
from measuring.load import Load, run_load
from measuring.queries import Query, mixed
from measuring.systems import System

__all__ = ["CLIENTS", "Throughput", "measure_throughput", "rate"]

CLIENTS = (1, 2, 8)
_ANSWER_SECONDS = 60.0
_REPEATED_REQUESTS = 200
"""How many different requests the warm mix repeats."""
_NOT_WARM = frozenset({"rdflib-endpoint", "oxigraph-disk"})
"""Systems that keep nothing from one request to the next: a warm measurement would be the cold one again."""

Throughput = dict[tuple[str, str, int], list[Load]]
"""What was measured, by system, `cold` or `warm`, and number of clients."""


def measure_throughput(systems: Sequence[System], queries: dict[str, Query], rounds: int, seconds: float) -> Throughput:
    """Measure each system with each number of clients, round after round.

    Args:
        systems: the systems.
        queries: the queries by name.
        rounds: how often each is measured.
        seconds: how long each time.
    """
    measured: Throughput = {}
    cold = {system.name: _cold(system, queries) for system in systems}
    warm = {system.name: _warm(system, queries) for system in systems if system.name not in _NOT_WARM}
    for system in systems:
        if system.name in warm:
            # Once with every request, so that caches hold what they will hold.
            with Connection(system.address, _ANSWER_SECONDS) as connection:
                for request in _repeated(system, queries):
                    connection.ask(request)
    for _, clients, (kind, sources) in itertools.product(range(rounds), CLIENTS, (("cold", cold), ("warm", warm))):
        for system in systems:
            if system.name in sources:
                load = run_load(system.address, sources[system.name], clients, seconds)
                measured.setdefault((system.name, kind, clients), []).append(load)
    return measured


def rate(loads: Sequence[Load]) -> float:
    """Return the median of the rounds' answers a second."""
    return statistics.median(load.rate for load in loads)


def _cold(system: System, queries: dict[str, Query]) -> Iterator[bytes]:
    for query, number in mixed(queries):
        yield system.request(query, query.unique(number))


def _warm(system: System, queries: dict[str, Query]) -> Iterator[bytes]:
    return itertools.cycle(_repeated(system, queries))


def _repeated(system: System, queries: dict[str, Query]) -> list[bytes]:
    chosen = itertools.islice(mixed(queries), _REPEATED_REQUESTS)
    return [system.request(query, query.text(number)) for query, number in chosen]
