"""The W3C's SPARQL 1.1 Protocol and Service Description tests, over real HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from manifests import FOLDER, ProtocolTest, params, protocol_tests
from rdflib import RDF, Graph, Namespace, URIRef

from support import Serve, Service

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
RDF_FORMATS = [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD]
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}


@pytest.fixture(scope="module")
def protocol(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service on the graphs that the protocol tests name."""
    file: Path = tmp_path_factory.mktemp("protocol") / "data.nq"
    lines = [
        line.replace(" .", f" <http://kasei.us/2009/09/sparql/data/data{number}.rdf> .")
        for number in (1, 2, 3)
        for line in (FOLDER / "sparql11" / "protocol" / f"data{number}.nt").read_text(encoding="utf-8").splitlines()
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with serve(str(file)) as service:
        yield service


@pytest.mark.parametrize("test", params(protocol_tests()))
def test_protocol(protocol: Service, test: ProtocolTest) -> None:
    """A test of queries passes; one of updates is refused, and nothing has changed after it."""
    is_update = "update" in test.name
    for request in test.requests:
        reply = protocol.request(request.target, method=request.method, body=request.body, headers=request.headers)
        is_query = "query" in request.headers.get("content-type", "query")
        if is_update and not is_query:
            assert reply.status in {403, 415, 400}
            assert json.loads(reply.body)["ok"] is False
            continue
        assert str(reply.status)[0] in request.statuses
        if request.format is not None:
            assert reply.headers["Content-Type"].split(";")[0] in FORMATS[request.format]
        if request.boolean is not None:
            assert json.loads(reply.body)["boolean"] is (False if is_update else request.boolean)


@pytest.mark.parametrize("test", params([test for test in protocol_tests() if test.name.startswith("update_")]))
def test_a_correct_update_is_refused_with_403(protocol: Service, test: ProtocolTest) -> None:
    """It is understood, and not allowed (RFC 9110, section 15.5.4)."""
    request = test.requests[0]
    reply = protocol.request(request.target, method=request.method, body=request.body, headers=request.headers)
    assert reply.status == 403
    assert "only answers queries" in json.loads(reply.body)["error"]


@pytest.mark.parametrize("path", ["sparql", "sparql/"])
def test_service_description(service: Service, path: str) -> None:
    """GET on the endpoint returns RDF with an `sd:endpoint` that is it, and conforms to the schema."""
    reply = service.request("/" + path)
    assert reply.headers["Content-Type"] == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=reply.body, format="turtle")
    described = list(graph.subjects(RDF.type, SD.Service))
    assert len(described) == 1
    assert list(graph.objects(described[0], SD.endpoint)) == [URIRef(service.url + path)]
    classes = {
        SD.supportedLanguage: {SD.SPARQL11Query},
        SD.feature: set(),
    }
    for predicate, expected in classes.items():
        assert set(graph.objects(described[0], predicate)) == expected
    for dataset in graph.objects(described[0], SD.defaultDataset):
        assert (dataset, RDF.type, SD.Dataset) in graph
        assert len(list(graph.objects(dataset, SD.defaultGraph))) == 1
        for named in graph.objects(dataset, SD.namedGraph):
            assert len(list(graph.objects(named, SD.name))) == 1
            assert len(list(graph.objects(named, SD.graph))) == 1


@pytest.mark.parametrize("format_", RDF_FORMATS, ids=str)
def test_service_description_in_every_format(service: Service, format_: ox.RdfFormat) -> None:
    """The same description whatever the caller accepts."""
    reply = service.request("/sparql", headers={"Accept": format_.media_type})
    assert reply.headers["Content-Type"].split(";")[0] == format_.media_type
    turtle = service.request("/sparql").body
    assert set(ox.parse(reply.body, format_)) == set(ox.parse(turtle, ox.RdfFormat.TURTLE))
