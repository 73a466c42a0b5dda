"""Run pySHACL over graphs in memory."""

from collections.abc import Generator, Iterable
from functools import lru_cache
from typing import Any

import pyshacl
from rdflib import Graph
from rdflib.plugins import sparql
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from fsp.errors import DataError
from fsp.quiet import quiet
from fsp.validation.comparisons import use_comparisons

__all__ = ["DataGraph", "UnionGraph", "shacl_report"]


class DataGraph(Graph):
    """The graph to validate: all triples that the shapes can read, those of class targets and the ontology too.

    It parses each SPARQL constraint once, and not again for every focus node as pySHACL would have it.

    Args:
        triples: the triples.
    """

    def __init__(self, triples: Iterable[tuple[Node, Node, Node]]) -> None:
        super().__init__(bind_namespaces="none")
        for triple in triples:
            self.add(triple)

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Result:  # noqa: ANN401
        """Evaluate a query."""
        query = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *arguments, **options)


class UnionGraph(Graph):
    """Several graphs as one that is only read, without a copy of their triples.

    Args:
        parts: the graphs.
    """

    def __init__(self, *parts: Graph) -> None:
        super().__init__(bind_namespaces="none")
        self._parts = parts

    def triples(self, triple: Any) -> Generator[Any, None, None]:  # noqa: ANN401 - rdflib overloads it by the pattern
        """Yield the triples that match a pattern, each once."""
        for number, part in enumerate(self._parts):
            for found in part.triples(triple):
                if not any(found in before for before in self._parts[:number]):
                    yield found

    def __len__(self) -> int:
        """Return how many triples there are."""
        return sum(1 for _ in self.triples((None, None, None)))


def shacl_report(data: DataGraph, shapes: Graph) -> Graph:
    """Return pySHACL's validation report (SHACL, section 3.6) as a graph. Nothing is inferred and nothing fetched.

    Args:
        data: the data graph.
        shapes: the shapes graph.

    Raises:
        DataError: the shapes cannot be used.
    """
    # rdflib would otherwise fetch what a FROM clause names.
    sparql.SPARQL_LOAD_GRAPHS = False
    use_comparisons()
    try:
        with quiet():
            _, report, text = pyshacl.validate(
                data, shacl_graph=shapes, advanced=False, do_owl_imports=False, inplace=True
            )
    except NotImplementedError as error:
        raise DataError(f"The shapes cannot be used: {error}", file="shapes") from error
    if not isinstance(report, Graph):
        raise DataError(f"The shapes cannot be used: {text}", file="shapes")
    return report


@lru_cache(maxsize=128)
def _prepared(text: str) -> Query:
    return prepareQuery(text)
