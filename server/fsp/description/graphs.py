"""The named graphs of a dataset: whether there is one, and what it describes."""

from dataclasses import dataclass

from fsp.description.describe import term
from fsp.description.labels import labels, words
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions

__all__ = ["PAGE", "Described", "has_graph", "things_in"]

PAGE = 100
"""How many things a page lists."""


@dataclass(frozen=True, slots=True)
class Described:
    """Some of the things that a graph describes.

    Attributes:
        shown: IRI and name of those of this page, by IRI.
        page: its number, counted from 1.
        total: how many there are in all.
    """

    shown: tuple[tuple[str, str], ...]
    page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))


def has_graph(executor: Executor, iri: str) -> bool:
    """Say whether there is a named graph.

    Raises:
        FspError: as `Executor.execute`.
    """
    return bool(solutions(executor, f"SELECT ?s WHERE {{ GRAPH {term(iri)} {{ ?s ?p ?o }} }} LIMIT 1"))


def things_in(executor: Executor, graph: str, page: int) -> Described:
    """Return a page of the things that a named graph describes.

    Args:
        executor: evaluates the queries.
        graph: IRI of the graph.
        page: number of the page, counted from 1.

    Raises:
        FspError: as `Executor.execute`.
    """
    pattern = f"GRAPH {term(graph)} {{ ?thing ?p ?o . FILTER(isIRI(?thing)) }}"
    count = solutions(executor, f"SELECT (COUNT(DISTINCT ?thing) AS ?total) WHERE {{ {pattern} }}")
    query = f"SELECT DISTINCT ?thing WHERE {{ {pattern} }} ORDER BY ?thing LIMIT {PAGE} OFFSET {(page - 1) * PAGE}"
    things = [str(row["thing"]) for row in solutions(executor, query)]
    names = labels(executor, things)
    return Described(tuple((thing, names.get(thing) or words(thing)) for thing in things), page, int(count[0]["total"]))
