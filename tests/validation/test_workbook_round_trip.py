"""What is published goes into a workbook and comes back the same."""

import io
from functools import cache

import pytest
from openpyxl import load_workbook
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF
from workbook_sample import csv_file, faults, parse, published, template

from fsp.dataset.files import project_folder
from fsp.namespaces import THING
from fsp.turtle.write import write
from fsp.validation.check import check
from fsp.validation.validate import validate
from fsp.validation.workbook.example import rows_of, sheet_of, things_of_case
from fsp.validation.workbook.write import example_workbook, make_workbook

CASES = sorted(
    line.split()[0].removeprefix("case:")
    for line in (project_folder() / "data/cases.ttl").read_text(encoding="utf-8").splitlines()
    if line.startswith("case:")
)


@cache
def cases() -> Graph:
    """Return the cases alone: their links to the data of others are no part of a workbook."""
    return Graph().parse(project_folder() / "data/cases.ttl")


def told(things: set[URIRef]) -> Graph:
    """Return what the cases say of things."""
    graph = Graph()
    for thing in things:
        for triple in cases().triples((thing, None, None)):
            graph.add(triple)
    return graph


@pytest.mark.parametrize("case", CASES)
def test_a_published_case_comes_back_the_same(case: str) -> None:
    """Every triple of the case and of what it refers to, no other, and without a remark."""
    things = things_of_case(published().graph, THING[f"case/{case}"])
    parsed = parse(("case.xlsx", make_workbook(template(), rows_of(things, template()))))

    assert (faults(parsed), parsed.remarks) == ([], ())
    assert set(parsed.graph) == set(told(things))
    assert isomorphic(Graph().parse(data=write(parsed.graph, parsed.prefixes), format="turtle"), parsed.graph)


def test_all_cases_come_back_in_one_workbook() -> None:
    """All that is published fits, but documents that are no source, and citations of concepts."""
    data = Graph().parse(project_folder() / "data/cases.ttl")
    things = {subject for subject in data.subjects() if isinstance(subject, URIRef)}
    parsed = parse(("cases.xlsx", make_workbook(template(), rows_of(things, template()))))

    left = {thing for thing in things if sheet_of(thing, template()) is None}
    assert faults(parsed) == []
    assert set(parsed.graph) == set(told(things - left))
    assert sorted(thing.removeprefix("https://w3id.org/fsp/") for thing in left) == [
        "id/report/future-service-partnerships",
        "scheme/principle/additional-value",
        "scheme/principle/charitable-arms",
        "scheme/principle/cross-sector-partnerships",
        "scheme/principle/provider-capacity",
    ]


def test_the_example_validates_without_a_word() -> None:
    """It is what a user sees first."""
    report = check([parse(("example.xlsx", example_workbook(template())))], published())

    assert (report.conforms, report.findings) == (True, ())
    assert report.checked > 90


def test_the_same_case_comes_back_from_csv() -> None:
    """One file a sheet, with the headers alone, semicolons between, and dates as text."""
    things = things_of_case(published().graph, THING["case/trafford"])
    book = load_workbook(io.BytesIO(make_workbook(template(), rows_of(things, template()))))
    files = []
    for sheet in template().sheets:
        rows = [
            ["" if value is None else str(value).removesuffix(" 00:00:00") for value in row]
            for row in book[sheet.of.name].iter_rows(min_row=2, values_only=True)
        ]
        files.append((f"{sheet.of.name}.csv", csv_file(rows, delimiter=";")))
    parsed = parse(*files)

    assert (faults(parsed), parsed.remarks) == ([], ())
    assert set(parsed.graph) == set(told(things))


def test_every_thing_has_a_place() -> None:
    """Each triple comes from a cell of the row of its subject."""
    parsed = parse(("example.xlsx", example_workbook(template())))
    rows = {subject: parsed.find(subject) for subject in parsed.graph.subjects()}

    assert set(parsed.places) == set(parsed.graph)
    assert all(parsed.places[triple].subject == rows[triple[0]] for triple in parsed.graph)


def test_a_case_read_from_a_workbook_is_validated_as_turtle_is() -> None:
    """The same triples, the same report."""
    content = example_workbook(template())
    parsed = parse(("example.xlsx", content))
    turtle = Graph().parse(data=write(parsed.graph), format="turtle")
    reports = [
        validate(published().graph, shapes=published().shapes, ontology=published().ontology, part=part)
        for part in (parsed.graph, turtle)
    ]
    assert [report.checked for report in reports] == [len(set(parsed.graph.subjects(RDF.type)))] * 2
    assert [list(report.results) for report in reports] == [[], []]
