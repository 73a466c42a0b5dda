"""Make triples of the rows, and remember the cell that each comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, XSD
from rdflib.term import Node

from fsp.namespaces import FSP, THING
from fsp.validation.places import Place, Triple, TriplePlace
from fsp.validation.workbook.columns import Column, ValueKind
from fsp.validation.workbook.dates import Span, span_of_cell
from fsp.validation.workbook.names import Names
from fsp.validation.workbook.quantities import Quantity, quantity_of_cell, read_unit, read_whole_number
from fsp.validation.workbook.rows import Record
from fsp.validation.workbook.tables import Cell, Notes
from fsp.validation.workbook.template import Template
from fsp.validation.workbook.text import cell_text, class_name, parts
from fsp.validation.workbook.unclear import UnclearError

__all__ = ["TripleMaker"]


@dataclass
class TripleMaker:
    """Makes the triples of rows.

    Attributes:
        template: what columns mean, and what is published.
        notes: where faults and remarks are noted.
        graph: the triples.
        places: where each stands.
        empty: where a value that a thing lacks would stand.
    """

    template: Template
    notes: Notes
    graph: Graph = field(default_factory=lambda: Graph(bind_namespaces="none"))
    places: dict[Triple, TriplePlace] = field(default_factory=dict)
    empty: dict[Node, dict[URIRef, Place]] = field(default_factory=dict)
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the names of what is published."""
        self.names = Names(self.template)

    def make(self, records: list[Record]) -> None:
        """Make the triples of all rows; a row that cannot be understood leaves faults."""
        first: dict[URIRef, Record] = {}
        for record in records:
            if record.thing in first:
                before = first[record.thing]
                self.notes.fault(
                    record.place,
                    f"There are two rows for '{record.names[1] or record.names[0]}': the first is at {before.place}. "
                    "Put both into one, or give each a short name of its own.",
                )
                continue
            first[record.thing] = record
            self.names.add(record.thing, record.sheet.of, record.names)
        cases = [record.thing for record in first.values() if record.sheet.of.target == FSP.CaseStudy]
        for record in first.values():
            if self.notes.full:
                return
            self._row(record, cases[0] if len(cases) == 1 else None)

    def _row(self, record: Record, case: URIRef | None) -> None:
        """Make the triples of a row; where the workbook has one case, a row that names none belongs to it."""
        before = len(self.notes.faults)
        for class_ in (record.sheet.of.target, *record.sheet.of.also):
            self._add(record, RDF.type, class_, record.place)
        places = {column.path: record.table.place(record.number, at) for column, at in record.positions.items()}
        self.empty[record.thing] = {path: place for path, place in places.items() if path is not None}
        for column, at in record.positions.items():
            if column.path is not None and at in record.cells:
                self._cell(record, column, record.cells[at])
        described = record.sheet.column(FSP.describedIn)
        if described is not None and case is not None and record.cell(FSP.describedIn) is None:
            self._add(record, FSP.describedIn, case, places.get(FSP.describedIn, record.place))
        if len(self.notes.faults) == before and not record.named:
            self._note_published(record)

    def _cell(self, record: Record, column: Column, cell: Cell) -> None:
        try:
            if column.kind is ValueKind.QUANTITY:
                self._quantity(record, cell)
                return
            for node in self._nodes(column, cell):
                self._add(record, column.path, node, cell.place)
        except UnclearError as error:
            self.notes.fault(cell.place, str(error), cell.text)

    def _nodes(self, column: Column, cell: Cell) -> Iterator[Node]:
        match column.kind:
            case ValueKind.DATE:
                yield Literal(self._date(column, cell).isoformat(), datatype=XSD.date, normalize=False)
            case ValueKind.INTEGER:
                yield Literal(str(read_whole_number(cell.value)), datatype=XSD.integer, normalize=False)
            case ValueKind.THING:
                yield from self._things(column, cell)
            case _:
                for part in parts(cell_text(cell), several=column.several):
                    yield self._node(column, part)

    def _node(self, column: Column, text: str) -> Node:
        match column.kind:
            case ValueKind.UNIT:
                return read_unit(text)
            case ValueKind.PROPERTY:
                return self.names.resolve_property(text)
            case ValueKind.CLASS:
                return class_name(text, column)
            case ValueKind.STRING:
                return Literal(text)
            case _:
                return Literal(text, lang="en")

    def _things(self, column: Column, cell: Cell) -> Iterator[URIRef]:
        periods = column.classes == frozenset({FSP.Period})
        if periods and not isinstance(cell.value, str | int | float):
            yield self._period(span_of_cell(cell.value), cell)
            return
        for text in parts(cell_text(cell), several=column.several):
            try:
                yield self.names.resolve(text, column)
            except UnclearError:
                if not periods or (text in self.names.labels):
                    raise
                yield self._period(span_of_cell(text), cell)

    def _date(self, column: Column, cell: Cell) -> date:
        """Return the day of a cell: of a month or a year the first one for the earliest, the last for the latest."""
        span = span_of_cell(cell.value)
        latest = column.path == FSP.latestDate
        day = span.latest if latest else span.earliest
        if day is None:
            raise UnclearError(f"'{cell.text}' has no {'last' if latest else 'first'} day: leave the cell empty.")
        if span.earliest != span.latest:
            self.notes.remark(cell.place, f"'{cell.text}' is taken as {day.isoformat()}.", cell.text)
        return day

    def _period(self, span: Span, cell: Cell) -> URIRef:
        """Return the period of a date that was typed where a period is meant: a published one, or one made for it."""
        period = THING[f"period/{span.slug}"]
        bounds = ((FSP.earliestDate, span.earliest), (FSP.latestDate, span.latest))
        if self.template.known(period):
            published = self.template.published
            if any(
                str(published.value(period, path) or "") != (day.isoformat() if day else "") for path, day in bounds
            ):
                raise UnclearError(
                    f"'{cell.text}' would be the period {period.removeprefix(THING)}, which is published with other "
                    "days: add a row to the sheet Periods, with a short name of its own, and write its label here."
                )
            return period
        self.notes.remark(cell.place, f"'{cell.text}' is taken as a period, {span.shown}.", cell.text)
        triples: list[Triple] = [(period, RDF.type, FSP.Period), (period, RDFS.label, Literal(span.label, lang="en"))]
        triples += [
            (period, path, Literal(day.isoformat(), datatype=XSD.date, normalize=False)) for path, day in bounds if day
        ]
        if span.remark:
            triples.append((period, DCTERMS.description, Literal(span.remark, lang="en")))
        for triple in triples:
            self._place(triple, cell.place, cell.place)
        return period

    def _quantity(self, record: Record, cell: Cell) -> None:
        """Take a number with what was typed beside it: unit, rate and bound go where their own columns would."""
        quantity = quantity_of_cell(cell.value, cell.number_format, self._unit(record))
        self._add(
            record, FSP.numericValue, Literal(quantity.lexical, datatype=XSD.decimal, normalize=False), cell.place
        )
        typed = _typed(quantity)
        for path, node in typed.items():
            other = record.cell(path)
            if other is None:
                self._add(record, path, node, cell.place)
                continue
            column = record.sheet.columns[record.sheet.column(path) or 0]
            if list(self._nodes(column, other)) != [node]:
                raise UnclearError(
                    f"'{cell.text}' does not agree with '{other.text}' in the column '{column.header}': correct one."
                )
        from_format = not isinstance(cell.value, str) and bool(typed)
        if from_format or cell.text not in {quantity.lexical, quantity.lexical.removesuffix(".0")}:
            words = [quantity.lexical, *(node.rpartition("/")[2] for node in typed.values())]
            self.notes.remark(cell.place, f"'{cell.text}' is taken as {', '.join(words)}.", cell.text)

    def _unit(self, record: Record) -> URIRef | None:
        cell = record.cell(FSP.unit)
        try:
            return read_unit(cell.text) if cell else None
        except UnclearError:
            return None

    def _note_published(self, record: Record) -> None:
        """Note a row whose label gives it the IRI of a published thing, of which it says something new."""
        published = self.template.published
        told = self.graph.triples((record.thing, None, None))
        if self.template.known(record.thing) and any(triple not in published for triple in told):
            name = record.thing.removeprefix(THING)
            self.notes.fault(
                record.place,
                f"'{record.names[0]}' is published already, as {name}. Where that one is meant, delete the row and "
                f"choose it by its name, or write the short name {name.rpartition('/')[2]} to add to what is said of "
                "it; else write another short name.",
                record.names[0],
            )

    def _add(self, record: Record, path: URIRef | None, node: Node, place: Place) -> None:
        if path is not None:
            self._place((record.thing, path, node), record.place, place)

    def _place(self, triple: Triple, subject: Place, place: Place) -> None:
        self.graph.add(triple)
        self.places.setdefault(triple, TriplePlace(subject, place, place))


def _typed(quantity: Quantity) -> dict[URIRef, URIRef]:
    pairs = ((FSP.unit, quantity.unit), (FSP.perUnit, quantity.per), (FSP.bound, quantity.bound))
    return {path: node for path, node in pairs if node is not None}
