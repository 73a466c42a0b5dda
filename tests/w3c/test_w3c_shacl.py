"""The W3C's tests of SHACL Core and SHACL-SPARQL, through the function that every validation of a user's data calls."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from manifests import FOLDER as SPARQL_FOLDER
from rdflib import BNode, Graph, Literal, Namespace
from rdflib.compare import graph_diff, isomorphic
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from fsp.dataset.files import DatasetFile
from fsp.errors import DataError
from fsp.validation.graphs import read_graph
from fsp.validation.terms import path_text
from fsp.validation.validate import validate

FOLDER = SPARQL_FOLDER.parent / "shacl"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
KNOWN_FAILURES = {
    "sparql/pre-binding/shapesGraph-001": "pySHACL does not support $shapesGraph, which is optional (section 5.3.1)",
}
"""Tests that fail, by name, and why."""
COMPARED = (
    RDF.type,
    SH.focusNode,
    SH.resultPath,
    SH.resultSeverity,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.value,
)
"""What of a result is compared: all that the suite says of it, except messages, of which it says little."""


@dataclass(frozen=True)
class ShaclTest:
    """One test: its data, its shapes, and the report to expect; None where the shapes are to be refused."""

    name: str
    data: Path
    shapes: Path
    manifest: Path


def read(path: Path) -> Graph:
    """Read a file as the service reads its own."""
    return read_graph([DatasetFile(path, path.relative_to(FOLDER).as_posix())])


def all_tests() -> list[ShaclTest]:
    """Find every test of the suites."""
    found = []
    for path in sorted(FOLDER.glob("*/*/*.ttl")):
        graph = Graph().parse(path, publicID=path.as_uri())
        for entry in graph.subjects(RDF.type, SHT.Validate):
            action = graph.value(entry, MF.action)
            data, shapes = (
                Path(str(graph.value(action, one)).removeprefix("file://")) for one in (SHT.dataGraph, SHT.shapesGraph)
            )
            found.append(ShaclTest(path.relative_to(FOLDER).with_suffix("").as_posix(), data, shapes, path))
    return found


def params() -> list[object]:
    """Return the tests as parameters; one that is skipped where the suites are not here."""
    if not FOLDER.is_dir():
        reason = "the W3C test suites are not here: name their folder in FSP_W3C_TESTS"
        return [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=reason))]
    return [
        pytest.param(
            test,
            id=test.name,
            marks=[pytest.mark.xfail(raises=DataError, reason=KNOWN_FAILURES[test.name])]
            if test.name in KNOWN_FAILURES
            else [],
        )
        for test in all_tests()
    ]


def comparable(report: Node, graph: Graph) -> Graph:
    """Return what is compared of a report."""
    kept = Graph()
    for conforms in graph.objects(report, SH.conforms):
        kept.add((BNode("report"), SH.conforms, conforms))
    for result in graph.objects(report, SH.result):
        for predicate in COMPARED:
            for value in graph.objects(result, predicate):
                is_path = predicate == SH.resultPath
                kept.add((result, predicate, Literal(path_text(value, graph)) if is_path else value))
    return kept


@pytest.mark.parametrize("test", params())
def test_shacl(test: ShaclTest) -> None:
    """The report is the suite's: conformance and every result (SHACL, section 3.6)."""
    shapes, manifest = read(test.shapes), read(test.manifest)
    (expected,) = manifest.objects(None, MF.result)
    if expected == SHT.Failure:
        with pytest.raises(DataError):
            validate(read(test.data), shapes=shapes, ontology=Graph())
        return
    report = validate(read(test.data), shapes=shapes, ontology=Graph()).graph
    (node,) = report.subjects(RDF.type, SH.ValidationReport)
    actual, wanted = comparable(node, report), comparable(expected, manifest)
    _, too_few, too_many = graph_diff(wanted, actual)
    assert isomorphic(actual, wanted), f"missing: {too_few.serialize()}\ntoo many: {too_many.serialize()}"


def test_all_tests_are_there() -> None:
    """The suites hold what they are known to hold: none is passed over."""
    if FOLDER.is_dir():
        assert [sum(test.name.startswith(f"{suite}/") for test in all_tests()) for suite in ("core", "sparql")] == [
            98,
            23,
        ]
