"""Turn published things into rows: the way back from a workbook to its triples."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS
from rdflib.term import Literal, Node

from fsp.namespaces import FSP, THING
from fsp.validation.workbook.columns import Column, Sheet, ValueKind
from fsp.validation.workbook.names import Names, short_form
from fsp.validation.workbook.quantities import UNITS
from fsp.validation.workbook.template import Template, folded
from fsp.validation.workbook.text import class_label, joined
from fsp.validation.workbook.unclear import UnclearError

__all__ = ["CellValue", "Rows", "rows_of", "sheet_of", "things_of_case"]

CellValue = str | int | float | date | None
"""What a cell can be filled with."""
Rows = dict[str, list[list[CellValue]]]
"""The rows of each sheet, by its name: a value or None for each column."""

_SHARED = (FSP.Citation, FSP.Period, FSP.SourceText, DCTERMS.Location)
"""Classes whose things belong to whatever case refers to them."""


def things_of_case(graph: Graph, case: URIRef) -> set[URIRef]:
    """Return a case, what is described in it, and the citations, periods, places and sources that those refer to."""
    waiting: list[Node] = [case, *graph.subjects(FSP.describedIn, case)]
    found: set[URIRef] = set()
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, URIRef) and thing not in found:
            found.add(thing)
            waiting += [
                value for value in graph.objects(thing) if any((value, RDF.type, class_) in graph for class_ in _SHARED)
            ]
    return found


def sheet_of(thing: URIRef, template: Template) -> Sheet | None:
    """Return the sheet that holds things of just these classes; None where there is none."""
    types = set(template.published.objects(thing, RDF.type))
    for sheet in template.sheets:
        stated = {sheet.of.target, *sheet.of.also}
        if stated <= types <= stated.union(sheet.of.further) and thing.startswith(THING[f"{sheet.of.kind}/"]):
            return sheet
    return None


def rows_of(things: Iterable[URIRef], template: Template) -> Rows:
    """Return the rows that tell what is published of things; a thing that no sheet is for is left out."""
    names = Names(template)
    placed = {thing: sheet for thing in sorted(things) if (sheet := sheet_of(thing, template)) is not None}
    for thing, sheet in placed.items():
        labels = [str(text) for text in template.published.objects(thing, RDFS.label)]
        names.add(thing, sheet.of, [*labels, _slug(thing)])
    rows: Rows = {}
    for thing, sheet in placed.items():
        rows.setdefault(sheet.of.name, []).append([_value(thing, column, names) for column in sheet.columns])
    return rows


def _slug(thing: URIRef) -> str:
    return thing.removeprefix(THING).partition("/")[2]


def _value(thing: URIRef, column: Column, names: Names) -> CellValue:
    """Return what stands in the cell of a thing; None where nothing does."""
    if column.path is None:
        return _slug(thing)
    values = sorted(names.template.published.objects(thing, column.path), key=str)
    if column.kind is ValueKind.CLASS:
        values = [value for value in values if value in column.classes]
    if not values:
        return None
    if isinstance(values[0], Literal) and not column.several:
        return _typed(values[0], column.kind)
    return joined([_text(value, column, names) for value in values], several=column.several)


def _typed(value: Literal, kind: ValueKind) -> CellValue:
    """Return a literal as the number or date that a spreadsheet knows; a text as it stands."""
    match kind:
        case ValueKind.DATE:
            return date.fromisoformat(str(value))
        case ValueKind.INTEGER:
            return int(str(value))
        case ValueKind.QUANTITY:
            number = Decimal(str(value))
            return int(number) if number == int(number) else float(number)
        case _:
            return str(value)


def _text(value: Node, column: Column, names: Names) -> str:
    if not isinstance(value, URIRef):
        return str(value)
    match column.kind:
        case ValueKind.CLASS:
            return class_label(value)
        case ValueKind.UNIT:
            return next((name for name, unit in UNITS.items() if unit == value), f"unit:{value.rpartition('/')[2]}")
        case ValueKind.PROPERTY:
            return _header(value, names.template)
        case _:
            return _name(value, column, names)


def _header(path: URIRef, template: Template) -> str:
    headers = (column.header for sheet in template.sheets for column in sheet.columns if column.path == path)
    found = (header for header in headers if template.properties[folded(header)] == path)
    return next(found, str(path))


def _name(thing: URIRef, column: Column, names: Names) -> str:
    """Return the label of a thing where it names that thing alone, else its short form."""
    label = names.template.label(thing)
    try:
        return label if label and names.resolve(label, column) == thing else short_form(thing)
    except UnclearError:
        return short_form(thing)
