"""What a workbook is made and read by: the sheets that the shapes ask for, and the names of what is published."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SKOS
from rdflib.term import Node

from fsp.namespaces import SCHEME, THING
from fsp.prefixes import PREFIXES
from fsp.validation.terms import label
from fsp.validation.workbook.columns import Column, Sheet, make_sheets

__all__ = ["Template", "folded", "slug"]


@dataclass(frozen=True)
class Template:
    """The sheets, and what their cells can refer to.

    Attributes:
        shapes: the shapes.
        published: the graph of what is published, with ontology and schemes.
    """

    shapes: Graph
    published: Graph

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets, in their order."""
        return make_sheets(self.shapes, self.published)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the project's data: one a vocabulary, a kind of thing, and a scheme."""
        schemes = {str(scheme).rpartition("/")[2]: f"{scheme}/" for scheme in self._schemes()}
        return {**PREFIXES, **{kind: str(THING[f"{kind}/"]) for kind in self.kinds}, **schemes}

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of things that have a sheet, as their IRIs have them."""
        return frozenset(sheet.of.kind for sheet in self.sheets)

    def _schemes(self) -> Iterator[Node]:
        return self.published.subjects(RDF.type, SKOS.ConceptScheme)

    @cached_property
    def by_label(self) -> dict[str, list[URIRef]]:
        """Published things and concepts by their labels, folded."""
        found: dict[str, list[URIRef]] = {}
        for predicate in (RDFS.label, SKOS.prefLabel):
            for thing, text in self.published.subject_objects(predicate):
                if isinstance(thing, URIRef) and str(thing).startswith((THING, SCHEME)):
                    found.setdefault(folded(str(text)), []).append(thing)
        return found

    @cached_property
    def labels(self) -> list[str]:
        """The labels of all published things and concepts."""
        return [self.label(things[0]) or name for name, things in self.by_label.items()]

    @cached_property
    def properties(self) -> dict[str, URIRef]:
        """The properties that have a column, by its header, folded; where headers are alike, the more usual one."""
        found: dict[str, URIRef] = {}
        for sheet in self.sheets:
            for column in sheet.columns:
                if column.path is not None:
                    found.setdefault(folded(column.header), column.path)
        return found

    @cached_property
    def classes(self) -> dict[Column, frozenset[URIRef]]:
        """The classes that each column's values may have, with those under them."""
        under = self.published.transitive_subjects
        return {
            column: frozenset(URIRef(str(sub)) for over in column.classes for sub in under(RDFS.subClassOf, over))
            for sheet in self.sheets
            for column in sheet.columns
        }

    def allows(self, column: Column, thing: URIRef) -> bool:
        """Return whether a column may point to a published thing or concept."""
        if not column.classes and not column.schemes:
            return True
        if any((thing, SKOS.inScheme, scheme) in self.published for scheme in column.schemes):
            return True
        return not self.classes[column].isdisjoint(self.published.objects(thing, RDF.type))

    def choices(self, column: Column) -> list[str]:
        """Return the labels that a column can take from what is published, sorted."""
        things: set[Node] = {thing for at in column.schemes for thing in self.published.subjects(SKOS.inScheme, at)}
        for class_ in self.classes[column]:
            things.update(self.published.subjects(RDF.type, class_))
        labels = {text for thing in things if (text := label(thing, self.published))}
        return sorted(labels, key=str.casefold)

    def label(self, thing: URIRef) -> str | None:
        """Return the label of a published thing."""
        return label(thing, self.published)

    def known(self, thing: URIRef) -> bool:
        """Return whether something is said of a thing in what is published."""
        return (thing, None, None) in self.published


def folded(text: str) -> str:
    """Return a text without what hands type differently: case, runs of blanks, and the form of accents and quotes."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(plain.casefold().split())


def slug(text: str) -> str:
    """Return a text as the end of an IRI: its letters and digits without accents, with hyphens between."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].rstrip("-")
