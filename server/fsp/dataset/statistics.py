"""Count what a dataset holds, in the terms of VoID (section 4.6), by SPARQL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fsp.errors import BusyError, LimitError

__all__ = ["Ask", "Statistics", "count"]

Ask = Callable[[str], list[Mapping[str, str]]]
"""Evaluates a SELECT query; each solution maps the names of its variables to the text of their values."""

_TRIPLES = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties)
       (COUNT(DISTINCT ?o) AS ?objects)
WHERE { ?s ?p ?o }"""
_ENTITIES = """
SELECT (COUNT(DISTINCT ?entity) AS ?entities) (COUNT(DISTINCT ?class) AS ?classes)
WHERE { ?entity a ?class }"""
_GRAPHS = """
SELECT ?graph (COUNT(*) AS ?triples)
WHERE { GRAPH ?graph { ?s ?p ?o } }
GROUP BY ?graph ORDER BY ?graph"""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a dataset.

    Attributes:
        default_graph: of the default graph: `triples`, `subjects`, `properties`, `objects`, `entities` (resources with
            a class) and `classes`. A count that met a limit of the service is missing.
        named_graphs: triples of each named graph, by its IRI.
    """

    default_graph: dict[str, int] = field(default_factory=dict)
    named_graphs: dict[str, int] = field(default_factory=dict)


def count(ask: Ask) -> Statistics:
    """Count a dataset.

    Args:
        ask: evaluates the queries that count.

    Raises:
        BusyError: the service is too busy to count now.
    """
    rows = [row for query in (_TRIPLES, _ENTITIES) for row in _within_limits(ask, query)]
    counts = {name: int(value) for row in rows for name, value in row.items()}
    graphs = {row["graph"]: int(row["triples"]) for row in _within_limits(ask, _GRAPHS)}
    return Statistics(counts, graphs)


def _within_limits(ask: Ask, query: str) -> list[Mapping[str, str]]:
    try:
        return ask(query)
    except BusyError:
        raise
    except LimitError:
        return []
