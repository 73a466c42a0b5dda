"""Which thing a text in a cell names: a row of the workbook, or something that is published."""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rdflib import URIRef
from rdflib.namespace import RDF

from fsp.namespaces import BASE, SCHEME, THING
from fsp.prefixes import PREFIXES
from fsp.validation.terms import label
from fsp.validation.workbook.columns import Column
from fsp.validation.workbook.sheets import SheetClass
from fsp.validation.workbook.template import Template, folded
from fsp.validation.workbook.unclear import UnclearError

__all__ = ["Names", "short_form"]

_SHORT = re.compile(r"([a-z]+(?:-[a-z]+)*)[/:]([A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)")
_LIKE = 72
"""How alike, of a hundred, a name has to be to be proposed."""
_MOST_PROPOSALS = 50
"""Unknown names for which others are proposed: to look for them takes time."""


@dataclass
class Names:
    """The names of a workbook's rows and of what is published.

    Attributes:
        template: the template, which knows what is published.
        own: the sheet of each row, by the IRI of its thing.
        labels: the IRIs of rows by their labels and short names, folded.
    """

    template: Template
    own: dict[URIRef, SheetClass] = field(default_factory=dict)
    labels: dict[str, list[URIRef]] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)
    _asked: int = 0
    _by_column: dict[Column, dict[str, str]] = field(default_factory=dict)

    def add(self, thing: URIRef, sheet: SheetClass, names: list[str]) -> None:
        """Make a row known by its label and its short name."""
        self.own[thing] = sheet
        written = {folded(name): name for name in names if name}
        self._written.update(written)
        for name in written:
            self.labels.setdefault(name, []).append(thing)

    def resolve(self, text: str, column: Column) -> URIRef:
        """Return the thing that a text names in a column.

        Raises:
            UnclearError: none, or several.
        """
        iri = self._iri(text)
        if iri is not None:
            return self._checked(iri, text, column)
        name = folded(text)
        everyone: set[URIRef] = {*self.labels.get(name, ()), *self.template.by_label.get(name, ())}
        found = sorted((thing for thing in everyone if self._fits(thing, column)), key=str)
        if len(found) == 1:
            return found[0]
        if found:
            forms = " or ".join(short_form(thing) for thing in found)
            raise UnclearError(f"'{text}' is the name of several things: write {forms}.")
        raise UnclearError(self._unknown(text, column, everyone))

    def resolve_property(self, text: str) -> URIRef:
        """Return the property that a text names: the header of a column, or a term with its prefix.

        Raises:
            UnclearError: there is none.
        """
        found = self.template.properties.get(folded(text.rstrip("* ")))
        if found is not None:
            return found
        prefix, colon, local = text.strip().partition(":")
        if colon and prefix in PREFIXES and re.fullmatch(r"[A-Za-z]\w*", local):
            return URIRef(PREFIXES[prefix] + local)
        like = _alike(text, {name: name for name in self.template.properties})
        raise UnclearError(
            f"'{text}' is the header of no column.{like} Write the header of the column that it is about."
        )

    def _iri(self, text: str) -> URIRef | None:
        """Return the IRI that is written out, or in short as `organisation/serco`; None where a label is."""
        if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text):
            return URIRef(text)
        match = _SHORT.fullmatch(text)
        if match is None:
            return None
        path = f"{match[1]}/{match[2]}"
        there = (iri for iri in (THING[path], SCHEME[path]) if iri in self.own or self.template.known(iri))
        return next(there, THING[path] if match[1] in self.template.kinds else None)

    def _checked(self, iri: URIRef, text: str, column: Column) -> URIRef:
        if not iri.startswith(BASE):
            return iri
        if iri not in self.own and not self.template.known(iri):
            raise UnclearError(f"There is no '{text}', neither here nor published: add a row, or correct the name.")
        if not self._fits(iri, column):
            raise UnclearError(f"'{text}' is no {_wanted(column)}, which the column '{column.header}' is for.")
        return iri

    def _fits(self, thing: URIRef, column: Column) -> bool:
        sheet = self.own.get(thing)
        if sheet is not None:
            classes = {sheet.target, *sheet.also}
            return not (column.classes or column.schemes) or not classes.isdisjoint(self.template.classes[column])
        return self.template.allows(column, thing)

    def _unknown(self, text: str, column: Column, others: set[URIRef]) -> str:
        wanted = _wanted(column)
        if others:
            return f"'{text}' is {self._described(min(others))}, but the column '{column.header}' is for {wanted}."
        if not column.several and ";" in text:
            return f"'{text}' is not known as {wanted}. The column '{column.header}' takes one value only."
        self._asked += 1
        like = _alike(text, self._offered(column)) if self._asked <= _MOST_PROPOSALS else ""
        closed = column.schemes and not column.classes
        how = "choose one of the list" if closed else "add a row for it, or correct the name"
        return f"'{text}' is not known as {wanted}.{like} {'If it is none of those, ' if like else 'You can '}{how}."

    def _offered(self, column: Column) -> dict[str, str]:
        """Return the names that a column can take, folded and as written: asked when all rows are known."""
        if column not in self._by_column:
            known = self.template.choices(column) if column.classes or column.schemes else self.template.labels
            found = {folded(name): name for name in known}
            for name, things in self.labels.items():
                if any(self._fits(thing, column) for thing in things):
                    found[name] = self._written[name]
            self._by_column[column] = found
        return self._by_column[column]

    def _described(self, thing: URIRef) -> str:
        if thing in self.own:
            return f"in the sheet {self.own[thing].name}"
        types = [
            name
            for kind in self.template.published.objects(thing, RDF.type)
            if (name := label(kind, self.template.published))
        ]
        return f"a {min(types)}" if types else "another kind of thing"


def short_form(thing: URIRef) -> str:
    """Return an IRI of the project's things or concepts in short, as `organisation/serco`; others stay whole."""
    for base in (THING, SCHEME):
        if thing.startswith(base):
            return thing.removeprefix(base)
    return str(thing)


def _alike(text: str, names: dict[str, str]) -> str:
    """Return a sentence with the names that are most alike; empty where none is."""
    found = process.extract(folded(text), list(names), scorer=fuzz.WRatio, limit=3, score_cutoff=_LIKE)
    return f" Did you mean {' or '.join(repr(names[name]) for name, _, _ in found)}?" if found else ""


def _wanted(column: Column) -> str:
    """Return in words what a column is for."""
    kinds = [f"concept of the scheme {scheme.removeprefix(SCHEME)}" for scheme in sorted(column.schemes)]
    classes = sorted({re.split(r"[/#]", class_)[-1] for class_ in column.classes})
    return " or ".join([*(_CLASS_WORDS.get(name, _split(name)) for name in classes), *kinds]) or "thing"


_CLASS_WORDS = {
    "Organization": "organisation",
    "OrganizationalUnit": "unit of an organisation",
    "Location": "place",
    "PeopleGroup": "group of people",
    "CaseStudy": "case",
}


def _split(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
