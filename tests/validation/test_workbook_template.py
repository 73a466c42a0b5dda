"""The workbook that is made from the shapes."""

import io
from collections.abc import Iterator
from functools import cache

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS, SH
from workbook_sample import published, template

from fsp.namespaces import FSP, SHAPES
from fsp.validation.terms import short
from fsp.validation.workbook.columns import Column, ValueKind
from fsp.validation.workbook.sheets import SHEETS
from fsp.validation.workbook.template import Template
from fsp.validation.workbook.write import make_workbook


@cache
def book() -> Workbook:
    """Return the empty workbook."""
    return load_workbook(io.BytesIO(make_workbook(template())))


def sheet(name: str) -> Worksheet:
    """Return a sheet of it."""
    found = book()[name]
    assert isinstance(found, Worksheet)
    return found


def columns(name: str) -> dict[str, Column]:
    """Return the columns of a sheet by their headers."""
    return {column.header: column for one in template().sheets if one.of.name == name for column in one.columns}


def choices(name: str, header: str) -> list[str]:
    """Return what the drop-down list of a column offers, as the file has it: texts, and formulas."""
    number = list(columns(name)).index(header) + 1
    letter = sheet(name).cell(1, number).column_letter
    for validation in sheet(name).data_validations.dataValidation:
        if str(validation.sqref).startswith(f"{letter}3:"):
            cells = validation.formula1.partition("!")[2].replace("$", "")
            return [str(cell.value) for (cell,) in book()["Lists"][cells]]
    return []


def test_every_class_with_a_label_of_its_own_has_a_sheet() -> None:
    """A class that gets a shape gets a sheet, or this test fails."""
    targets = set(published().shapes.objects(SHAPES["ThingShape"], SH.targetClass))
    sheets = {one.target for one in SHEETS}
    assert targets <= sheets
    assert {
        one for one in sheets if targets.isdisjoint(published().graph.transitive_objects(one, RDFS.subClassOf))
    } == set()


def paths_of(target: URIRef) -> Iterator[URIRef]:
    """Yield the properties that node shapes of a class have rules for."""
    over = set(published().graph.transitive_objects(target, RDFS.subClassOf))
    for shape, aim in published().shapes.subject_objects(SH.targetClass):
        if aim in over:
            for rule in published().shapes.objects(shape, SH.property):
                path = published().shapes.value(rule, SH.path)
                if isinstance(path, URIRef):
                    yield path


@pytest.mark.parametrize("name", [one.name for one in SHEETS])
def test_every_property_with_a_rule_has_a_column(name: str) -> None:
    """A header each, no two alike, with its key above and its rule as a note."""
    of = next(one.of for one in template().sheets if one.of.name == name)
    keys = [cell.value for cell in sheet(name)[1]]
    headers = [str(cell.value) for cell in sheet(name)[2]]

    assert {short(path) for path in paths_of(of.target)} - set(keys) == set()
    assert keys == [column.key for column in columns(name).values()]
    assert headers == [f"{one.header} *" if one.required else one.header for one in columns(name).values()]
    assert len(set(headers)) == len(headers)
    assert [cell.column_letter for cell in sheet(name)[2] if not (cell.comment and len(cell.comment.text) > 20)] == []
    assert sheet(name).row_dimensions[1].hidden
    assert sheet(name).freeze_panes == "B3"


def test_the_rules_are_those_of_the_shapes() -> None:
    """What is required, what is advised, how many, and of what kind."""
    assert {header for header, column in columns("Contracts").items() if column.required} == {
        "label", "buyer", "supplier", "described in", "rests on"
    }  # fmt: skip
    assert columns("Contracts")["description"].advised
    assert not columns("Contracts")["agreed during"].several
    assert columns("Contracts")["buyer"].several
    assert {column.header: column.kind for column in columns("Citations").values()} == {
        "label": ValueKind.TEXT,
        "short name": ValueKind.NAME,
        "description": ValueKind.TEXT,
        "source": ValueKind.THING,
        "start offset": ValueKind.INTEGER,
        "end offset": ValueKind.INTEGER,
        "SHA-256": ValueKind.STRING,
        "basis": ValueKind.THING,
        "evidence for": ValueKind.PROPERTY,
        "place": ValueKind.THING,
    }


def test_a_note_tells_the_rule_in_words() -> None:
    """Without the names of terms that only Turtle has."""
    notes = [cell.comment.text for name in columns_of_all() for cell in sheet(name)[2] if cell.comment]
    assert [note for note in notes if "fsp:" in note or "org:" in note or "dcterms:" in note or "None" in note] == []
    assert "Required. One value." in str(sheet("Participations")["D2"].comment.text)  # type: ignore[union-attr]


def columns_of_all() -> list[str]:
    """Return the names of the sheets."""
    return [one.of.name for one in template().sheets]


def test_lists_offer_concepts_bodies_and_rows() -> None:
    """Labels of the scheme; published bodies, then what is typed in the other sheets."""
    assert choices("Cases", "illustrates") == [
        "Additional value through partnership",
        "Building partnerships across sectors",
        "Engaging with charitable arms",
        "Investing large providers' capacity in the community",
    ]
    offered = choices("Contracts", "buyer")
    assert "Serco" in offered
    assert "='Organisations'!$A$3&\"\"" in offered
    assert "='Units of organisations'!$A$3&\"\"" in offered
    assert choices("Measurements", "unit")[:3] == ["number", "per cent", "pounds sterling"]
    assert choices("Contracts", "rests on")[0].startswith("='Citations'!")
    assert choices("Contracts", "description") == []


def test_a_new_concept_is_offered() -> None:
    """The workbook is made from the graph, and not from a list in the code."""
    graph = Graph()
    graph += published().graph
    graph.parse(
        data="""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://w3id.org/fsp/scheme/sector/fourth> a skos:Concept ; skos:prefLabel "Fourth sector"@en ;
            skos:inScheme <https://w3id.org/fsp/scheme/sector> .""",
        format="turtle",
    )
    column = columns("Organisations")["sector"]
    assert "Fourth sector" in Template(published().shapes, graph).choices(column)


def test_a_new_rule_becomes_a_column() -> None:
    """The columns are made from the shapes."""
    shapes = Graph()
    shapes += published().shapes
    shapes.parse(
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix fsp: <https://w3id.org/fsp/def#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <urn:shape> a sh:NodeShape ; sh:targetClass fsp:Contract ; sh:property <urn:rule> .
        <urn:rule> a sh:PropertyShape ; sh:path fsp:signedOn ; sh:name "signed on"@en ; sh:datatype xsd:date ;
            sh:minCount 1 ; sh:maxCount 1 .""",
        format="turtle",
    )
    changed = Template(shapes, published().graph)
    contracts = next(one for one in changed.sheets if one.of.name == "Contracts")
    column = next(one for one in contracts.columns if one.path == FSP.signedOn)
    assert (column.header, column.kind, column.required, column.several) == ("signed on", ValueKind.DATE, True, False)


def test_cells_keep_what_is_typed() -> None:
    """Text stays text, days are days."""
    assert sheet("Periods").column_dimensions["D"].number_format == "yyyy-mm-dd"
    assert sheet("Organisations").column_dimensions["A"].number_format == "@"
    assert sheet("Measurements").column_dimensions["E"].number_format == "@"


def test_the_first_sheet_explains() -> None:
    """In some ten lines."""
    lines = [str(cell.value) for (cell,) in sheet("About")["A1:A20"] if cell.value]
    assert 10 <= len(lines) <= 13
    assert "fsp validate" in lines[-1]
    assert (book().sheetnames[0], book().sheetnames[-1], book()["Lists"].sheet_state) == ("About", "Lists", "hidden")
