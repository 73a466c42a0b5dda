"""Reports of real checks, one of each outcome, and one with all that could break a format."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH, XSD

from fsp.dataset.files import DatasetFile
from fsp.validation.check import check
from fsp.validation.findings import CheckReport, Finding, Kind
from fsp.validation.places import Place
from fsp.validation.published import Published
from fsp.validation.report import Severity

FAULTY = """\
@prefix case: <https://w3id.org/fsp/id/case/> .
@prefix contract: <https://w3id.org/fsp/id/contract/> .
@prefix fsp: <https://w3id.org/fsp/def#> .
@prefix organisation: <https://w3id.org/fsp/id/organisation/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

contract:one a fsp:Contract ;
    rdfs:label "One"@en ;
    fsp:describedIn case:trafford ;
    fsp:buyer organisation:trafford-council ;
    fsp:supplier <https://w3id.org/fsp/id/place/trafford> .

contract:two a fsp:Contract ;
    rdfs:label "Two"@en ;
    fsp:describedIn case:trafford ;
    fsp:buyer organisation:trafford-council .
"""
"""Two contracts whose suppliers are at fault, and which no passage supports."""


@pytest.fixture(scope="session")
def published() -> Published:
    """What the project publishes."""
    return Published.load()


@pytest.fixture(scope="session")
def checked(published: Published) -> Callable[[str], CheckReport]:
    """Check a text in Turtle that is called `new.ttl`."""

    def checked(text: str) -> CheckReport:
        return check([DatasetFile(Path("new.ttl"), "new.ttl", content=text.encode())], published)

    return checked


@pytest.fixture(scope="session")
def faulty_text() -> str:
    """The text that `faulty` is the report of."""
    return FAULTY


@pytest.fixture(scope="session")
def faulty(checked: Callable[[str], CheckReport]) -> CheckReport:
    """Violations and Warnings, some rules broken by both contracts."""
    return checked(FAULTY)


@pytest.fixture(scope="session")
def unreadable(checked: Callable[[str], CheckReport]) -> CheckReport:
    """A file whose syntax is at fault."""
    return checked(FAULTY.replace('"One"@en ;', '"One"@en'))


@pytest.fixture(scope="session")
def unknown(checked: Callable[[str], CheckReport]) -> CheckReport:
    """A file of nothing that any shape is about."""
    return checked("<http://example.org/a> <http://example.org/b> <http://example.org/c> .")


@pytest.fixture
def sound() -> CheckReport:
    """A file with nothing to say of."""
    shacl = Graph().parse(data=f"[] a <{SH.ValidationReport}> ; <{SH.conforms}> true .")
    return CheckReport(files=("new.ttl",), findings=(), checked=12, shacl=shacl)


@pytest.fixture
def hostile() -> CheckReport:
    """Markup, formulas, control characters, quotes and line breaks wherever a file's words can come in."""
    words = "=1+1 <script>alert(1)</script> \"'&]]> \x1b[31m\x00\u202eline\nbreak"
    finding = Finding(
        rule="some-rule",
        kind=Kind.VOCABULARY,
        severity=Severity.VIOLATION,
        title=words,
        message=words,
        example=words,
        place=Place("a b/=ü<.ttl", 3, 7),
        shown="  3 | \x1b[31m<b> x\n            ^",
        focus=BNode("b1"),
        focus_label=words,
        path=words,
        value=Literal(words, datatype=XSD.string),
        value_label=words,
    )
    nowhere = Finding(rule="nowhere", kind=Kind.COVERAGE, severity=Severity.INFO, title="Nowhere", message="Nowhere.")
    cell = Finding(
        rule="some-rule",
        kind=Kind.SHAPE,
        severity=Severity.VIOLATION,
        title=words,
        message="Another message.",
        place=Place("case.xlsx", 4, 28, "Contracts"),
        focus=URIRef("http://example.org/a"),
    )
    return CheckReport(
        files=("a b/=ü<.ttl", "case.xlsx"),
        findings=(finding, cell, nowhere),
        checked=3,
        shacl=Graph().parse(data=f"[] a <{SH.ValidationReport}> ; <{SH.conforms}> true ."),
    )
