"""Read what was filled in as a workbook is read: triples, each with the field that it comes from."""

import hashlib
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.namespace import ORG
from rdflib.term import Node

from fsp.namespaces import FSP, THING
from fsp.validation.cite import citation_graph, find_words, source_of
from fsp.validation.form.evidence import describe_source, tell_unfound
from fsp.validation.form.fields import OWN, CaseForm, Field, Section
from fsp.validation.form.filled import Filled
from fsp.validation.form.messages import HEADERS, reworded
from fsp.validation.places import Place, SyntaxFault, TriplePlace
from fsp.validation.source import SourceText
from fsp.validation.workbook.read import ParsedTables
from fsp.validation.workbook.rows import Record, records
from fsp.validation.workbook.tables import Cell, Notes, Row, Table
from fsp.validation.workbook.template import Template, slug
from fsp.validation.workbook.triples import TripleMaker

__all__ = ["FILE", "ParsedForm", "parse_form"]

FILE = "form"
"""What places call the form."""
_OWNED = {"contract": FSP.underPartnership, "participation": ORG.organization}
"""How things of a section belong to the partnership of the form."""


@dataclass(frozen=True)
class ParsedForm(ParsedTables):
    """What a form holds.

    Attributes:
        source: the source text; None where there is none.
    """

    source: SourceText | None = None


def parse_form(filled: Filled, template: Template) -> ParsedForm:
    """Return what a form holds. It does not raise for what was filled in: see `faults` of the result.

    Args:
        filled: the form with what was filled in.
        template: what is published, and what the fields mean.
    """
    return _Reader(filled, template).read()


@dataclass
class _Reader:
    """Reads one form.

    Attributes:
        filled: the form.
        template: what is published, and what the fields mean.
        notes: where faults and remarks are noted.
        maker: makes the triples of what a workbook could hold too.
        things: the IRI of each thing, by its section and number.
    """

    filled: Filled
    template: Template
    notes: Notes = field(default_factory=Notes)
    maker: TripleMaker = field(init=False)
    things: dict[tuple[str, int], URIRef] = field(default_factory=dict)
    text: SourceText | None = None
    source: URIRef | None = None

    def __post_init__(self) -> None:
        """Begin without a triple."""
        self.maker = TripleMaker(self.template, self.notes)

    @property
    def form(self) -> CaseForm:
        return self.filled.form

    def read(self) -> ParsedForm:
        sections = self.form.sections[1:]
        tables = {section.name: self._table(section) for section in sections}
        made: list[Record] = []
        for section in sections:
            for record in records([tables[section.name]], self.template, self.notes):
                self.things[section.name, record.number - HEADERS] = record.thing
                made.append(record)
        self.maker.make(made)
        self._read_source()
        for name, number in self.things:
            self._link(self.form.by_name[name], number)
        self._expect()
        return ParsedForm(
            name=FILE,
            graph=self.maker.graph,
            places=self.maker.places,
            faults=tuple(SyntaxFault(one.place, reworded(one.message), one.line) for one in self.notes.faults),
            prefixes=self.template.prefixes,
            remarks=tuple(self.notes.remarks),
            empty=self.maker.empty,
            source=self.text,
        )

    def _table(self, section: Section) -> Table:
        """Return what was filled in as a sheet of a workbook, but what refers to other parts of the form."""
        sheet = section.sheet
        rows: dict[int, Row] = {}
        table = Table(sheet.of.name, FILE, sheet.of.name, rows)
        rows[HEADERS] = {
            at: Cell(column.header, table.place(HEADERS, at)) for at, column in enumerate(sheet.columns, start=1)
        }
        for number in self.filled.numbers[section.name]:
            if self.filled.is_empty(section, number):
                if section.single:
                    place = table.place(number + HEADERS, 1)
                    self.notes.fault(place, f"The form tells of no {section.title.lower()}: fill in this part.")
                continue
            values = {
                one.at: value
                for one in section.fields
                if one.column is not None
                and (value := self.filled.value(section, number, one).strip())
                and not value.startswith(OWN)
            }
            values |= self._names(section, number)
            row = number + HEADERS
            rows[row] = {at: Cell(value, table.place(row, at)) for at, value in values.items()}
        return table

    def _names(self, section: Section, number: int) -> dict[int, str]:
        """Return the label of what has no field for it, and a short name where the label alone would mislead."""
        label = self._value(section, number, "label")
        names: dict[int, str] = {}
        if section.name == "participation":
            parts = [self._shown(section, number, name) for name in ("member", "role")]
            parts[1] = parts[1][:1].lower() + parts[1][1:]
            label = " as ".join(part for part in parts if part) or self.form.title(section, number)
            names[1] = label
        name = slug(label)
        taken = self.template.known(THING[f"{section.sheet.of.kind}/{name}"])
        if name and taken and section.name != "organisation":
            case = slug(self._value(self.form.by_name["case"], 1, "label"))
            names[2] = f"{case}-{name}" if case and case != name else f"{name}-2"
        return names

    def _value(self, section: Section, number: int, name: str) -> str:
        return self.filled.values.get(f"{section.name}-{number}-{name}", "").strip()

    def _shown(self, section: Section, number: int, name: str) -> str:
        """Return what is chosen in a list, in words."""
        value = self._value(section, number, name)
        if value.startswith(OWN):
            other, _, which = value.removeprefix(OWN).partition("-")
            return self.filled.values.get(f"{other}-{which}-label", "").strip()
        found = next(one for one in section.fields if one.name == name)
        return next((choice.label for choice in found.choices if choice.value == value), value)

    def _place(self, section: Section, number: int, at: int) -> Place:
        return Place(FILE, number + HEADERS, at, section.sheet.of.name)

    def _add(self, subject: URIRef, path: URIRef, value: Node, place: Place) -> None:
        triple = (subject, path, value)
        self.maker.graph.add(triple)
        self.maker.places.setdefault(triple, TriplePlace(place, place, place))

    def _link(self, section: Section, number: int) -> None:
        """Add what a thing has to do with other parts of the form, and the passage that it rests on."""
        thing = self.things[section.name, number]
        for one in section.fields:
            value = self.filled.value(section, number, one).strip()
            if one.own and value.startswith(OWN):
                self._refer(section, number, one, value)
        partnership = self.things.get(("partnership", 1))
        if partnership is not None:
            place = self._place(section, number, section.fields[0].at)
            if section.name in _OWNED:
                self._add(thing, _OWNED[section.name], partnership, place)
            if section.name == "case":
                self._add(thing, FSP.describes, partnership, place)
        self._cite(section, number, thing)

    def _expect(self) -> None:
        """Say in which field what a thing lacks would be told, where that field is in another part of the form."""
        for (name, number), thing in self.things.items():
            section = self.form.by_name[name]
            if name == "measurement":
                self.maker.empty[thing][FSP.hasMeasurement] = self._place(section, number, section.fields[0].at)
            if name == "partnership":
                others = self.form.by_name["participation"]
                for last in self.filled.numbers["participation"][-1:]:
                    self.maker.empty[thing][ORG.organization] = self._place(others, last, others.fields[0].at)

    def _refer(self, section: Section, number: int, one: Field, value: str) -> None:
        place = self._place(section, number, one.at)
        name, _, which = value.removeprefix(OWN).partition("-")
        other = self.things.get((name, int(which))) if name in one.own and which.isdecimal() else None
        thing = self.things[section.name, number]
        if other is None:
            self.notes.fault(place, f"What is chosen here is not filled in: fill in {name} {which}, or choose another.")
        elif one.column is not None and one.column.path is not None:
            self._add(thing, one.column.path, other, place)
        else:
            self._add(other, FSP.hasMeasurement, thing, place)

    def _read_source(self) -> None:
        """Describe the source text, or find it among what is published."""
        section = self.form.by_name["source"]
        title, text = section.fields
        written = self.filled.value(section, 1, title).strip()
        content = self.filled.value(section, 1, text)
        if not content.strip():
            self.notes.fault(self._place(section, 1, text.at), "There is no text: paste the source that you describe.")
            return
        self.text = SourceText(content, hashlib.sha256(content.encode()).hexdigest())
        self.source = source_of(self.text, self.template.published)
        if self.source is not None:
            return
        place = self._place(section, 1, title.at)
        if not slug(written):
            self.notes.fault(place, "The source has no title: write the one that stands on the text.")
            return
        name = slug(written)
        known = self.template.known(THING[f"source/{name}"])
        self.source = THING[f"source/{name}-{self.text.sha256[:8]}" if known else f"source/{name}"]
        for path, value in describe_source(written, self.text):
            self._add(self.source, path, value, place)

    def _cite(self, section: Section, number: int, thing: URIRef) -> None:
        """Let a thing rest on its passage, or where it has none on that of the case."""
        place = self._place(section, number, section.fields[-1].at)
        words = self._value(section, number, "passage")
        where, at = (section, number) if words else (self.form.by_name["case"], 1)
        words = words or self._value(where, at, "passage")
        if self.text is None or self.source is None or not words:
            return
        found = find_words(self.text, words)
        if len(found.passages) != 1:
            if where is section:
                self.notes.fault(place, tell_unfound(self.text, words, len(found.passages)), words)
            return
        basis = where.fields[-1]
        chosen = self.filled.value(where, at, basis)
        allowed = chosen if chosen in {choice.value for choice in basis.choices} else basis.default
        citation, graph = citation_graph(found.passages[0], self.source, allowed.partition("/")[2])
        self._add(thing, FSP.restsOn, citation, place)
        if not self.template.known(citation):
            for _, path, value in graph:
                self._add(citation, URIRef(str(path)), value, place)
