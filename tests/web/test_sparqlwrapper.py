"""SPARQLWrapper, as its documentation has it, against the service."""

from typing import Any

import pytest
from rdflib import Graph
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDF,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)  # fmt: skip

from support import Service

HARD = 'SELECT ?said WHERE { BIND("100 % + & £ \u2019 é" AS ?said) }'
SAID = "100 % + & £ \u2019 é"
CONSTRUCT = "CONSTRUCT WHERE { ?thing a <https://w3id.org/fsp/def#CaseStudy> }"

pytestmark = [
    pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning"),  # SPARQLWrapper's own, for RDF
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),  # it makes one
]


def convert(service: Service, query: str, return_format: str, method: str = GET, way: str = URLENCODED) -> Any:  # noqa: ANN401
    """Ask by SPARQLWrapper and return what it makes of the answer."""
    wrapper = SPARQLWrapper(service.url + "sparql", returnFormat=return_format)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setQuery(query)
    return wrapper.query().convert()


@pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_every_format_of_solutions_by_all_three_ways(service: Service, method: str, way: str) -> None:
    """The row arrives as it was written, whichever way it is asked."""
    rows = convert(service, HARD, JSON, method, way)["results"]["bindings"]
    assert [row["said"]["value"] for row in rows] == [SAID]
    document = convert(service, HARD, XML, method, way)
    assert [node.firstChild.data for node in document.getElementsByTagName("literal")] == [SAID]
    assert convert(service, HARD, CSV, method, way).decode().splitlines() == ["said", SAID]
    assert convert(service, HARD, TSV, method, way).decode().splitlines() == ["?said", f'"{SAID}"']


@pytest.mark.parametrize("return_format", [XML, RDF, RDFXML, TURTLE, N3, JSONLD, JSON])
@pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_every_format_of_graphs_by_all_three_ways(service: Service, return_format: str, method: str, way: str) -> None:
    """Whether SPARQLWrapper parses the graph or hands over its text, it is the same graph."""
    answer = convert(service, CONSTRUCT, return_format, method, way)
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format="turtle")
    assert len(graph) == 6


def test_ask(service: Service) -> None:
    """A boolean arrives as one."""
    assert convert(service, "ASK {}", JSON)["boolean"] is True
