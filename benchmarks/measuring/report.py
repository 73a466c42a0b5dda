"""The results of a run as Markdown and as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from measuring.marks import Latencies, Mark, marks, median_of_mix
from measuring.throughput import CLIENTS, Throughput, rate

__all__ = ["Results", "marks_table", "memory_text", "seconds_text", "table"]


@dataclass
class Results:
    """All that one run measured.

    Attributes:
        facts: what describes the run: machine, versions, data.
        systems: by name, facts of each system: seconds to load, seconds to start, bytes of memory.
        titles: what each query asks.
        latencies: by query and system.
        rows: by query and system, how many rows or triples the answer has.
        throughput: by system, kind and clients.
        floor: seconds for a request that a server answers with fixed bytes, and for the service's `/health`.
        notes: what a reader must know to trust the numbers.
    """

    facts: dict[str, str]
    systems: dict[str, dict[str, float | None]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    latencies: Latencies = field(default_factory=dict)
    rows: dict[str, dict[str, int | None]] = field(default_factory=dict)
    throughput: Throughput = field(default_factory=dict)
    floor: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def marks(self) -> list[Mark]:
        """Return the marks that can be told from this run."""
        return marks(self.latencies, self.throughput)

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values; times in seconds, memory in bytes."""
        return {
            "facts": self.facts,
            "systems": self.systems,
            "floor": self.floor,
            "latency": {
                query: {
                    name: {"median": taken.median, "p95": taken.p95, "answers": len(taken.seconds)}
                    for name, taken in samples.items()
                    if taken.seconds
                }
                for query, samples in self.latencies.items()
            },
            "rows": self.rows,
            "throughput": [
                {
                    "system": name,
                    "kind": kind,
                    "clients": clients,
                    "rate": rate(loads),
                    "median": loads[-1].percentile(50),
                    "p95": loads[-1].percentile(95),
                    "errors": sum(load.errors for load in loads),
                }
                for (name, kind, clients), loads in self.throughput.items()
            ],
            "marks": [vars(mark) for mark in self.marks()],
            "notes": self.notes,
        }

    def to_markdown(self) -> str:
        """Return tables for people."""
        parts = [
            table(("", ""), self.facts.items()),
            "### Marks\n\n" + marks_table(self.marks()),
            "### Median and p95 of single queries, in milliseconds\n\n" + self._latencies(),
            "### Answers a second, mixed queries\n\n" + self._throughput(),
            "### Start and memory\n\n" + self._systems(),
            "### The floor of the measuring\n\n" + table(("request", "ms"), self._floor()),
        ]
        if self.notes:
            parts.append("### Notes\n\n" + "\n".join(f"- {note}" for note in self.notes))
        return "\n\n".join(parts) + "\n"

    def _latencies(self) -> str:
        names = list(dict.fromkeys(name for samples in self.latencies.values() for name in samples))
        rows = []
        for query, samples in self.latencies.items():
            cells = []
            for name in names:
                taken = samples.get(name)
                if taken is None:
                    cells.append("over a minute")
                else:
                    cells.append(f"{_ms(taken.median)} / {_ms(taken.p95)}" if taken.seconds else "failed")
            rows.append((self.titles[query], *cells))
        medians = [median_of_mix(self.latencies, name) for name in names]
        rows.append(("**median of the mix**", *("" if median is None else _ms(median) for median in medians)))
        return table(("query", *names), rows)

    def _throughput(self) -> str:
        keys = list(dict.fromkeys((name, kind) for name, kind, _ in self.throughput))
        rows = []
        for name, kind in keys:
            cells = []
            for clients in CLIENTS:
                loads = self.throughput[name, kind, clients]
                errors = sum(load.errors for load in loads)
                cells.append(f"{rate(loads):,.0f}" + (f" ({errors} errors)" if errors else ""))
            rows.append((name, kind, *cells))
        return table(("system", "", *(f"{clients} client{'s' * (clients > 1)}" for clients in CLIENTS)), rows)

    def _systems(self) -> str:
        rows = []
        for name, facts in self.systems.items():
            load, start, idle, after = (facts[key] for key in ("load", "start", "memory", "memory_after"))
            seconds = "in the start" if load is None else seconds_text(load)
            rows.append((name, seconds, seconds_text(start or 0), memory_text(idle), memory_text(after)))
        return table(("system", "load", "start", "memory after start", "memory after the run"), rows)

    def _floor(self) -> Iterable[tuple[str, str]]:
        return [(name, f"{seconds * 1000:.3f}") for name, seconds in self.floor.items()]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _ms(seconds: float) -> str:
    """Return milliseconds with three figures that count."""
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004


def memory_text(size: float | None) -> str:
    """Return an amount of memory in megabytes."""
    return "" if size is None else f"{size / 1e6:,.0f} MB"


def seconds_text(seconds: float) -> str:
    """Return a time in seconds."""
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"  # noqa: PLR2004 - where decimals stop to matter


def marks_table(marks_: Iterable[Mark]) -> str:
    """Return the marks as a Markdown table."""
    rows = [(mark.title, mark.wanted, mark.measured, "yes" if mark.reached else "**no**") for mark in marks_]
    return table(("against", "wanted", "measured", "reached"), rows)
