"""The marks that the service is to reach, as ratios between what one run measured."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from measuring.latency import Samples
from measuring.queries import MIX
from measuring.throughput import Throughput, rate

__all__ = ["Latencies", "Mark", "marks", "median_of_mix"]

_SMALL_SECONDS = 0.010
_MOST_RATIO = 1.15
_MOST_EXTRA_MS = 0.8

Latencies = dict[str, dict[str, Samples]]
"""What was measured, by query and by system."""


@dataclass(frozen=True)
class Mark:
    """One mark and how it was met.

    Attributes:
        title: what is compared.
        wanted: the mark in words.
        measured: the value in words.
        reached: whether the mark was reached.
    """

    title: str
    wanted: str
    measured: str
    reached: bool


def marks(latencies: Latencies, throughput: Throughput) -> list[Mark]:
    """Return the marks for which a run has measurements."""
    return [*_against_limit(latencies), *_against_peers(latencies, throughput)]


def median_of_mix(latencies: Latencies, system: str) -> float | None:
    """Return the seconds within which a system answers half of the mix's requests; None where it was not asked.

    Taken from the single queries, each as often as it stands in the mix: rounds in turn make these comparable, where a
    slow system answers too few requests under load for a median that means something.
    """
    weighted = sorted(
        (seconds, weight / len(samples[system].seconds))
        for query, weight in MIX.items()
        if system in (samples := latencies.get(query, {}))
        for seconds in samples[system].seconds
    )
    half = sum(weight for _, weight in weighted) / 2
    for seconds, weight in weighted:
        half -= weight
        if half <= 0:
            return seconds
    return None


def _against_limit(latencies: Latencies) -> Iterator[Mark]:
    ratios, extras = {}, {}
    for query, samples in latencies.items():
        limit, fsp = samples["limit"].median, samples["fsp"]
        if not fsp.seconds:
            continue
        if limit > _SMALL_SECONDS:
            ratios[query] = fsp.median / limit
        else:
            extras[query] = (fsp.median - limit) * 1000
    if ratios:
        worst = max(ratios, key=lambda query: ratios[query])
        text = f"worst {ratios[worst]:.2f} ({worst}), median {statistics.median(ratios.values()):.2f}"
        yield Mark(
            "In-process limit, queries over 10 ms", f"at most {_MOST_RATIO} times", text, ratios[worst] <= _MOST_RATIO
        )
    if extras:
        worst = max(extras, key=lambda query: extras[query])
        text = f"worst +{extras[worst]:.2f} ms ({worst}), median +{statistics.median(extras.values()):.2f} ms"
        yield Mark(
            "In-process limit, small queries",
            f"at most {_MOST_EXTRA_MS} ms more",
            text,
            extras[worst] <= _MOST_EXTRA_MS,
        )


def _against_peers(latencies: Latencies, throughput: Throughput) -> Iterator[Mark]:
    def ratio(peer: str, kind: str, clients: int) -> float | None:
        ours, theirs = throughput.get(("fsp", kind, clients)), throughput.get((peer, kind, clients))
        return rate(ours) / rate(theirs) if ours and theirs else None

    def median_ratio(peer: str) -> float | None:
        ours, theirs = median_of_mix(latencies, "fsp"), median_of_mix(latencies, peer)
        return theirs / ours if ours and theirs else None

    wanted = (
        ("rdflib-endpoint, median of the mix", 10.0, median_ratio("rdflib-endpoint")),
        ("rdflib-endpoint, throughput, 8 clients", 10.0, ratio("rdflib-endpoint", "cold", 8)),
        ("oxigraph in memory, throughput warm, 8 clients", 1.5, ratio("oxigraph", "warm", 8)),
        ("oxigraph in memory, throughput cold, 8 clients", 0.75, ratio("oxigraph", "cold", 8)),
        ("oxigraph read-only, throughput cold, 8 clients", 0.75, ratio("oxigraph-disk", "cold", 8)),
        ("Virtuoso, median of the mix", 1.0, median_ratio("virtuoso")),
    )
    for title, least, value in wanted:
        if value is not None:
            yield Mark(title, f"at least {least:g} times as quick", f"{value:.2f}", value >= least)
