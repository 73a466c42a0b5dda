"""Read the manifests of the W3C's SPARQL test suites."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

__all__ = [
    "FOLDER",
    "EvaluationTest",
    "ProtocolRequest",
    "ProtocolTest",
    "evaluation_tests",
    "params",
    "protocol_tests",
]

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

REPOSITORY = Path(__file__).parents[2]
_SUITES = Path(os.environ.get("FSP_W3C_TESTS", REPOSITORY.parent / "shared" / "w3c"))
FOLDER = _SUITES.resolve() / "sparql"
_EVALUATION = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}


@dataclass(frozen=True)
class ProtocolRequest:
    """One request of a protocol test, and what is expected of its answer."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    format: str | None


@dataclass(frozen=True)
class ProtocolTest:
    """One protocol test: requests in their order."""

    name: str
    requests: tuple[ProtocolRequest, ...]


@dataclass(frozen=True)
class EvaluationTest:
    """One test of evaluation: files of the query, of the default graph, of the named graphs, of the result."""

    name: str
    query: Path
    default: tuple[Path, ...]
    named: tuple[Path, ...]
    result: Path


def params(tests: list[Any]) -> list[Any]:
    """Return tests as parameters; one that is skipped where the suite is not here."""
    if not FOLDER.is_dir():
        reason = "the W3C test suites are not here: name their folder in FSP_W3C_TESTS"
        return [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=reason))]
    return [pytest.param(test, id=test.name) for test in tests]


def protocol_tests() -> list[ProtocolTest]:
    """Read the protocol suite."""
    return [_protocol_test(graph, entry) for graph, entry in _entries(FOLDER / "sparql11" / "protocol")]


def evaluation_tests() -> list[EvaluationTest]:
    """Read every test of query evaluation and of result formats, of SPARQL 1.0 and 1.1."""
    folders = sorted(path.parent for path in FOLDER.glob("sparql1[01]/*/manifest.ttl"))
    return [
        _evaluation_test(graph, entry, folder)
        for folder in folders
        for graph, entry in _entries(folder)
        if graph.value(entry, RDF.type) in _EVALUATION
    ]


def _entries(folder: Path) -> Iterator[tuple[Graph, Node]]:
    """Yield the entries of a manifest, each with the manifest's graph."""
    manifest = folder / "manifest.ttl"
    if manifest.exists():
        graph = Graph().parse(manifest, publicID=folder.as_uri() + "/")
        for entries in graph.objects(None, MF.entries):
            yield from ((graph, entry) for entry in Collection(graph, entries))


def _protocol_test(graph: Graph, entry: Node) -> ProtocolTest:
    connection = graph.value(entry, MF.action)
    requests = Collection(graph, graph.value(connection, HT.requests))
    return ProtocolTest(_local(entry), tuple(_protocol_request(graph, request) for request in requests))


def _protocol_request(graph: Graph, request: Node) -> ProtocolRequest:
    headers = graph.value(request, HT.headers)
    fields = Collection(graph, headers) if headers else ()
    body = graph.value(request, HT.body)
    response = graph.value(request, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    expected = graph.value(response, MF.expectedFormat)
    return ProtocolRequest(
        method=str(graph.value(request, HT.methodName)),
        target=str(graph.value(request, HT.absolutePath)),
        headers={str(graph.value(field, HT.fieldName)): str(graph.value(field, HT.fieldValue)) for field in fields},
        body=body and str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding))),
        statuses=frozenset(_local(status)[-3] for status in graph.objects(response, MF.expectedStatus)),
        boolean=None if boolean is None else bool(boolean.toPython()),  # type: ignore[attr-defined]
        format=None if expected is None else str(expected),
    )


def _evaluation_test(graph: Graph, entry: Node, folder: Path) -> EvaluationTest:
    action = graph.value(entry, MF.action)

    def files(*predicates: URIRef) -> tuple[Path, ...]:
        found = (value for predicate in predicates for value in graph.objects(action, predicate))
        return tuple(sorted(folder / _local(graph.value(value, QT.graph) or value) for value in found))

    return EvaluationTest(
        name=f"{folder.parent.name}-{folder.name}-{_local(entry)}",
        query=files(QT.query)[0],
        default=files(QT.data),
        named=files(QT.graphData),
        result=folder / _local(graph.value(entry, MF.result)),
    )


def _local(node: Node | None) -> str:
    return str(node).replace("#", "/").rsplit("/", 1)[1]
