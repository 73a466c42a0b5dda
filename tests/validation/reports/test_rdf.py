"""The W3C validation report, to the letter of SHACL, section 3.6."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SH, XSD

from fsp.validation.findings import CheckReport, Finding, Kind
from fsp.validation.report import Severity
from fsp.validation.reports.render import render

SHAPES = Path(__file__).parent / "validation-report.ttl"


def breaches(report: Graph) -> str:
    """Return what SHACL says of a report with the shapes of section 3.6; empty where it conforms."""
    conforms, _, text = pyshacl.validate(report, shacl_graph=Graph().parse(SHAPES))
    return "" if conforms else str(text)


@pytest.mark.parametrize("name", ["faulty", "unknown"])
def test_the_report_is_well_formed(name: str, request: pytest.FixtureRequest) -> None:
    """Section 3.6: one report, with one verdict, and results that have what each must have."""
    report = Graph().parse(data=render(request.getfixturevalue(name), "turtle"), format="turtle")

    assert len(list(report.subjects(RDF.type, SH.ValidationReport))) == 1
    assert breaches(report) == ""


@pytest.mark.parametrize("predicate", [SH.conforms, SH.sourceConstraintComponent, SH.focusNode, SH.resultSeverity])
def test_the_shapes_would_notice(faulty: CheckReport, predicate: URIRef) -> None:
    """A report without a verdict, or a result without one of its parts, is told."""
    broken = Graph() + faulty.shacl
    broken.remove((None, predicate, None))

    assert "MinCountConstraintComponent" in breaches(broken)


def test_conforms_says_whether_there_are_results(faulty: CheckReport, unknown: CheckReport) -> None:
    """Section 3.6.1.1: false with a result of any severity, else true; whether anything was checked is no matter."""
    verdicts = []
    for report in (faulty, unknown):
        graph = Graph().parse(data=render(report, "turtle"))
        verdicts.append((next(graph.objects(None, SH.conforms)), (None, SH.result, None) in graph))

    assert verdicts == [(Literal(False), True), (Literal(True), False)]


def test_each_result_of_shacl_is_in_it_and_nothing_else(faulty: CheckReport) -> None:
    """A finding of another check has no constraint component."""
    extra = Finding("unknown-term", Kind.VOCABULARY, Severity.VIOLATION, "Unknown term", "Unknown.")
    report = replace(faulty, findings=(*faulty.findings, extra))
    text = render(report, "turtle")

    assert text.startswith("# Beside SHACL there is 1 finding that a validation report cannot hold.\n")
    results = list(faulty.shacl.objects(None, SH.result))
    assert len(list(Graph().parse(data=text).objects(None, SH.result))) == len(results) >= len(faulty.findings)


def test_without_a_run_there_is_no_report(unreadable: CheckReport) -> None:
    """Section 3.4.1: a failure is no validation report."""
    text = render(unreadable, "turtle")

    assert text.startswith("# SHACL did not run")
    assert len(Graph().parse(data=text)) == 0
    assert json.loads(render(unreadable, "jsonld")) == []


def test_turtle_and_jsonld_hold_the_same_graph(faulty: CheckReport) -> None:
    """Which is the one that SHACL gave; JSON-LD needs no context, so that nothing is fetched to read it."""
    document = render(faulty, "jsonld")
    triples = [quad.triple for quad in ox.parse(document, ox.RdfFormat.JSON_LD)]
    from_jsonld = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode(), format="nt")

    assert isomorphic(Graph().parse(data=render(faulty, "turtle")), faulty.shacl)
    assert isomorphic(from_jsonld, faulty.shacl)
    assert "@context" not in document


def test_a_literal_stays_as_it_was_written() -> None:
    """What is wrong with it may be how it was written."""
    shacl = Graph()
    report, result = BNode(), BNode()
    value = Literal("2012-13-45", datatype=XSD.date, normalize=False)
    shacl.add((report, RDF.type, SH.ValidationReport))
    shacl.add((report, SH.result, result))
    shacl.add((result, SH.value, value))
    shacl.add((result, SH.value, Literal("007", datatype=XSD.integer, normalize=False)))
    shacl.add((result, SH.focusNode, URIRef("http://example.org/a(b)")))
    checked = CheckReport(("a.ttl",), (), 1, shacl=shacl)

    for name, format_ in (("turtle", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD)):
        found = {quad.object.value for quad in ox.parse(render(checked, name), format_)}
        assert {"2012-13-45", "007", "http://example.org/a(b)"} <= found


def test_the_same_report_is_the_same_text(faulty: CheckReport) -> None:
    """Whatever the labels of blank nodes, so that two reports can be compared."""
    renamed = Graph().parse(data=faulty.shacl.serialize(format="nt"), format="nt")

    for name in ("turtle", "jsonld"):
        assert render(replace(faulty, shacl=renamed), name) == render(faulty, name)
