"""Where in a user's file each triple stands, and what is wrong with the file's syntax."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

__all__ = ["ParsedFile", "Place", "SyntaxFault", "Triple", "TriplePlace", "column_letters"]

Triple = tuple[Node, Node, Node]


def column_letters(number: int) -> str:
    """Return the letters that a spreadsheet shows over a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file that a user wrote.

    Attributes:
        file: the file as the user named it.
        line: its line, counted from 1.
        column: its column in code points, counted from 1.
        sheet: where the file is a spreadsheet, the sheet, of which `line` is a row and `column` the number of a
            column; empty for a CSV file, which is one sheet without a name; None for any other file.
    """

    file: str
    line: int
    column: int
    sheet: str | None = None

    def __str__(self) -> str:
        """Return the place as compilers write it, which editors and terminals understand; of a sheet, in words."""
        if self.sheet is not None:
            sheet = f", sheet {self.sheet}" if self.sheet else ""
            return f"{self.file}{sheet}, row {self.line}, column {column_letters(self.column)}"
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class TriplePlace:
    """Where the three terms of a triple stand; in RDF/XML and JSON-LD they can share one place.

    Attributes:
        subject: the place of its subject.
        predicate: the place of its predicate.
        object: the place of its object.
    """

    subject: Place
    predicate: Place
    object: Place


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """One thing that keeps a part of a file from being read.

    Attributes:
        place: where it is.
        message: what is wrong and what was expected, in a sentence or two.
        line: the line of the file that it is on.
    """

    place: Place
    message: str
    line: str

    def shown(self) -> str:
        """Return the fault for a person: place, message, the line, and a caret under the column."""
        if self.place.sheet is not None:
            cell = f"{column_letters(self.place.column)}{self.place.line}"
            return f"{self.place}: {self.message}" + (f"\n  {cell} | {self.line[:120]}" if self.line else "")
        start = max(0, self.place.column - 1 - 80)
        shown = self.line[start : start + 120]
        indent = "".join("\t" if char == "\t" else " " for char in shown[: self.place.column - 1 - start])
        number = f"{self.place.line} | "
        return f"{self.place}: {self.message}\n  {number}{shown}\n  {' ' * len(number)}{indent}^"


@dataclass(frozen=True)
class ParsedFile:
    """What a file holds, and where.

    Attributes:
        name: the file as the user named it.
        graph: its triples, with every literal as it was written; those of named graphs are taken with the others.
        places: where each triple stands first. A mapping of the same triples as `graph`.
        faults: what is wrong with its syntax, in the order of the lines. Where there are any, `graph` holds what could
            be read all the same.
        prefixes: the namespace of each prefix that the file declares.
        doubts: what of it can be read, but says nothing.
    """

    name: str
    graph: Graph
    places: Mapping[Triple, TriplePlace]
    faults: tuple[SyntaxFault, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[SyntaxFault, ...] = ()

    def place_of(self, triple: Triple) -> TriplePlace | None:
        """Return where a triple stands; None where the file does not hold it, or the place is not known."""
        return self.places.get(triple)

    def find(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Place | None:
        """Return the best place for a remark about a thing, a property of it, or a value of that property.

        It is the place of the value; else that of the first triple with the property; else where the thing is
        described, its class first; else where it is first referred to. None where the file never names the thing.

        Args:
            subject: the thing, such as a focus node.
            predicate: the property, where the remark is about one.
            value: the value, where the remark is about one.
        """
        if predicate is not None and value is not None:
            # An inverse path leads from the value to the thing.
            for triple in ((subject, predicate, value), (value, predicate, subject)):
                if triple in self.places:
                    return self.places[triple].object
        candidates = (
            [place.predicate for place in self._matching((subject, predicate, None)) if predicate is not None],
            [place.subject for place in self._matching((subject, RDF.type, None))],
            [place.subject for place in self._matching((subject, None, None))],
            [place.object for place in self._matching((None, None, subject))],
        )
        return next((min(found) for found in candidates if found), None)

    def find_term(self, term: URIRef) -> Place | None:
        """Return where an IRI is first written, in whatever position; None where it is not."""
        found = [place.subject for place in self._matching((term, None, None))]
        found += [place.predicate for place in self._matching((None, term, None))]
        found += [place.object for place in self._matching((None, None, term))]
        return min(found, default=None)

    def _matching(self, pattern: tuple[Node | None, Node | None, Node | None]) -> Iterator[TriplePlace]:
        for triple in self.graph.triples(pattern):
            place = self.places.get(triple)
            if place is not None:
                yield place
