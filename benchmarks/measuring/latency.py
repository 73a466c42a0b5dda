"""Latency: each query asked of each system in turn, round after round, so that a disturbance meets all alike."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from measuring.http import OK, Connection, fetch
from measuring.limit import InProcess
from measuring.queries import Query
from measuring.systems import System

__all__ = ["REPEATED", "Samples", "answer_rows", "measure_query"]

REPEATED = "fsp, repeated"
"""Name of the column for the service when it is asked the same text again."""
_LEAST_ROUNDS = 3
_QUICK_SECONDS = 0.005
_TIMES_IF_QUICK = 10
_ANSWER_SECONDS = 60.0


@dataclass
class Samples:
    """Seconds of each answer to one query by one system."""

    seconds: list[float] = field(default_factory=list)

    @property
    def is_quick(self) -> bool:
        """Whether the answers so far took less than five milliseconds."""
        return bool(self.seconds) and self.median < _QUICK_SECONDS

    @property
    def median(self) -> float:
        """The median in seconds."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Seconds below which 95 per cent stayed."""
        if len(self.seconds) == 1:
            return self.seconds[0]
        return statistics.quantiles(self.seconds, n=20, method="inclusive")[-1]


def answer_rows(system: System, query: Query) -> int | None:
    """Return the number of rows or triples that a system answers with, or None where it fails."""
    try:
        status, body = fetch(system.address, system.target(query.text(0)), query.accept, _ANSWER_SECONDS)
    except OSError:
        return None
    if status != OK:
        return None
    if "json" in query.accept:
        return len(json.loads(body)["results"]["bindings"])
    if "csv" in query.accept:
        return body.rstrip().count(b"\n")
    return len(set(ox.parse(body, format=ox.RdfFormat.TURTLE)))


def measure_query(
    query: Query, limit: InProcess, systems: Sequence[System], rounds: int, budget: float
) -> dict[str, Samples]:
    """Ask one query of all systems.

    Args:
        query: the query; every request has a text of its own but those of the repeated column.
        limit: the limit in one process.
        systems: the systems.
        rounds: how often each is asked, ten times in a row where the limit is quick.
        budget: seconds that one system may take in all; it then stays out of further rounds.

    Returns:
        What was measured, by the names of limit and systems. A system that failed has no samples.
    """
    samples = {name: Samples() for name in ("limit", REPEATED, *(system.name for system in systems))}
    askers = [_Asker(system, query, samples[system.name], budget) for system in systems]
    askers += [
        _Asker(system, query, samples[REPEATED], budget, fixed=True) for system in systems if system.name == "fsp"
    ]
    try:
        # The first round finds cold caches everywhere and does not count.
        for round_ in range(rounds + 1):
            times = _TIMES_IF_QUICK if samples["limit"].is_quick else 1
            for number in range(round_ * _TIMES_IF_QUICK, round_ * _TIMES_IF_QUICK + times):
                samples["limit"].seconds.append(limit.ask(query, query.unique(number))[0])
            for asker in askers:
                asker.ask(range(round_ * _TIMES_IF_QUICK, round_ * _TIMES_IF_QUICK + times))
            if round_ == 0:
                for taken in samples.values():
                    taken.seconds.clear()
    finally:
        for asker in askers:
            asker.close()
    return samples


class _Asker:
    """Asks one query of one system over one connection, until its budget is used up or it fails."""

    def __init__(self, system: System, query: Query, samples: Samples, budget: float, *, fixed: bool = False) -> None:
        self._system = system
        self._query = query
        self._samples = samples
        self._budget = budget
        self._fixed = fixed
        self._connection = Connection(system.address, _ANSWER_SECONDS)

    def ask(self, numbers: Iterable[int]) -> None:
        taken = self._samples.seconds
        if self._budget <= 0 and len(taken) >= _LEAST_ROUNDS:
            return
        for number in numbers:
            text = self._query.text(0) if self._fixed else self._query.unique(number)
            try:
                seconds = self._connection.ask(self._system.request(self._query, text))
            except (OSError, ValueError):
                self._connection.close()
                continue
            taken.append(seconds)
            self._budget -= seconds

    def close(self) -> None:
        self._connection.close()
