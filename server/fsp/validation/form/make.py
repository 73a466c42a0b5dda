"""Make the form: its fields are chosen among the columns of the workbook, which are made from the shapes."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS
from rdflib.term import Node

from fsp.namespaces import FSP, SCHEME
from fsp.validation.form.fields import CaseForm, Choice, Control, Field, Section
from fsp.validation.form.plan import PLANS, Plan
from fsp.validation.workbook.columns import Column, Sheet, ValueKind
from fsp.validation.workbook.names import short_form
from fsp.validation.workbook.quantities import UNITS
from fsp.validation.workbook.template import Template
from fsp.validation.workbook.text import class_label

__all__ = ["make_form"]


_HINTS = {
    ValueKind.QUANTITY: "A number, such as 1250000, £17m, 5% or 18 months.",
    ValueKind.CLASS: "A class that it has as well, such as that of public bodies.",
    ValueKind.UNIT: "May stay empty where the number says it.",
}
_PERIOD = "Such as 2011, Nov 2011, 25 Nov 2011, 2008/9, 2009 to 2011 or from 2009."
_BOUND = "May stay empty where the number says it, as in: over £1m."


def make_form(template: Template) -> CaseForm:
    """Return the form for what the shapes ask for and what is published."""
    return CaseForm(tuple(_Maker(template).sections()))


@dataclass(frozen=True)
class _Maker:
    """Makes the sections.

    Attributes:
        template: what the shapes ask for, and what is published.
    """

    template: Template

    def sections(self) -> Iterator[Section]:
        yield self._source()
        yield from (self._section(plan) for plan in PLANS)

    def _sheet(self, name: str) -> Sheet:
        return next(sheet for sheet in self.template.sheets if sheet.of.name == name)

    def _source(self) -> Section:
        sheet = self._sheet("Sources")
        title = _column(sheet, DCTERMS.title)
        text = "The whole text, with its line breaks. Passages are found in it and cited by their place. Keep a copy."
        return Section(
            "source",
            "Source",
            "Source",
            "The text that the case is told in. All that you describe rests on passages of it.",
            sheet,
            (
                Field("title", "Title", title.description, Control.LINE, _at(sheet, DCTERMS.title), required=True),
                Field("text", "Text", text, Control.TEXT, _at(sheet, FSP.sha256), required=True),
            ),
            single=True,
        )

    def _section(self, plan: Plan) -> Section:
        sheet = self._sheet(plan.sheet)
        fields = [self._field(sheet, path) for path in plan.paths]
        if plan.name == "measurement":
            fields.insert(0, self._owner(sheet))
        one = plan.name.capitalize()
        title = one if plan.single else plan.sheet
        evidence = self._evidence(sheet, required=plan.name == "case")
        return Section(
            plan.name, title, one, plan.about, sheet, (*fields, *evidence), at_first=plan.at_first, single=plan.single
        )

    def _field(self, sheet: Sheet, path: URIRef) -> Field:
        column = _column(sheet, path)
        is_period = column.classes == frozenset({FSP.Period})
        choices = () if is_period else tuple(self._choices(column))
        own = () if is_period or column.kind is not ValueKind.THING else tuple(self._own(column))
        long = path in {DCTERMS.description, FSP.aim}
        hint = _HINTS.get(column.kind, _PERIOD if is_period else "")
        typed_with_number = {FSP.unit, FSP.bound}
        return Field(
            name=path.rpartition("#")[2].rpartition("/")[2],
            label=column.header[:1].upper() + column.header[1:],
            hint=" ".join(filter(None, (column.description, hint, _BOUND if path == FSP.bound else ""))),
            control=Control.TEXT if long else Control.LIST if choices or own else Control.LINE,
            at=_at(sheet, path),
            column=column,
            required=column.required and path not in typed_with_number,
            choices=choices,
            own=own,
        )

    def _owner(self, sheet: Sheet) -> Field:
        """Return the field that says what a number is told of: the other end of fsp:hasMeasurement."""
        hint = "What the number is told of: a contract, an activity or an outcome of this form."
        own = ("contract", "activity", "outcome")
        at = _at(sheet, FSP.describedIn)
        return Field("of", "Tells of", hint, Control.LIST, at, required=True, own=own)

    def _evidence(self, sheet: Sheet, *, required: bool) -> tuple[Field, Field]:
        at = _at(sheet, FSP.restsOn)
        hint = "The words of the source that say so, copied from it." + (
            "" if required else " Where they stay empty, it rests on the passage of the case."
        )
        basis = "Whether the passage says it, implies it by its position, or was interpreted."
        bases = Column(FSP.basis, "basis", ValueKind.THING, schemes=frozenset({SCHEME.basis}))
        return (
            Field("passage", "Passage", hint, Control.TEXT, at, required=required),
            Field(
                "basis",
                "Basis",
                basis,
                Control.LIST,
                at,
                choices=tuple(self._choices(bases)),
                default="basis/stated",
            ),
        )

    def _choices(self, column: Column) -> Iterator[Choice]:
        """Yield what a list offers: units, or published things and concepts, by their labels."""
        if column.kind is ValueKind.UNIT:
            yield from (Choice(name, name) for name in UNITS)
            return
        if column.kind is ValueKind.CLASS:
            yield from (Choice(class_label(class_), class_label(class_)) for class_ in sorted(column.classes))
            return
        published = self.template.published
        things: set[Node] = {thing for at in column.schemes for thing in published.subjects(SKOS.inScheme, at)}
        for class_ in self.template.classes.get(column, ()):
            things.update(published.subjects(RDF.type, class_))
        labelled = [
            (text, thing)
            for thing in things
            if isinstance(thing, URIRef) and (text := self.template.label(thing)) is not None
        ]
        for text, thing in sorted(labelled, key=lambda pair: (pair[0].casefold(), pair[1])):
            yield Choice(short_form(thing), text, str(published.value(thing, SKOS.definition) or ""))

    def _own(self, column: Column) -> Iterator[str]:
        """Yield the sections whose things a column may point to; where it may point to anything, to what is done."""
        for plan in PLANS:
            target = self._sheet(plan.sheet).of.target
            anything = (
                not column.classes and not column.schemes and plan.name in {"contract", "activity", "partnership"}
            )
            if anything or target in self.template.classes[column]:
                yield plan.name


def _column(sheet: Sheet, path: URIRef) -> Column:
    return sheet.columns[_at(sheet, path) - 1]


def _at(sheet: Sheet, path: URIRef) -> int:
    index = sheet.column(path)
    if index is None:
        raise LookupError(path)
    return index + 1
