"""Run pySHACL over graphs in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from logging import getLogger
from typing import Any

import pyshacl
from rdflib import Graph
from rdflib.plugins import sparql
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from fsp.errors import DataError

__all__ = ["DataGraph", "quiet", "shacl_report"]


class DataGraph(Graph):
    """The graph to validate: the union of others, whose blank nodes keep their identity.

    It parses each SPARQL constraint once, and not again for every focus node as pySHACL would have it.

    Args:
        parts: the graphs; one of them holds the subclass axioms that class targets need.
    """

    def __init__(self, *parts: Graph) -> None:
        super().__init__(bind_namespaces="none")
        for part in parts:
            self.__iadd__(part)

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Result:  # noqa: ANN401
        """Evaluate a query."""
        query = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *arguments, **options)


def shacl_report(data: DataGraph, shapes: Graph) -> Graph:
    """Return pySHACL's validation report (SHACL, section 3.6) as a graph. Nothing is inferred and nothing fetched.

    Args:
        data: the data graph, with the ontology in it.
        shapes: the shapes graph.

    Raises:
        DataError: the shapes cannot be used.
    """
    # rdflib would otherwise fetch what a FROM clause names.
    sparql.SPARQL_LOAD_GRAPHS = False
    with quiet():
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, advanced=False, do_owl_imports=False, inplace=True)
    if not isinstance(report, Graph):
        raise DataError(f"The shapes cannot be used: {text}", file="shapes")
    return report


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib from logging a stack trace for each literal that does not fit its datatype: the report tells that."""
    logger = getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


@lru_cache(maxsize=128)
def _prepared(text: str) -> Query:
    return prepareQuery(text)
