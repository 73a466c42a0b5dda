"""The files of one check, taken together: what they hold, and where a person finds it."""

import zlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Self

from rdflib import Graph, URIRef
from rdflib.term import Node

from fsp.dataset.files import DatasetFile
from fsp.validation.places import ParsedFile, Place, SyntaxFault, Triple, TriplePlace
from fsp.validation.syntax import parse_file

__all__ = ["UserFiles"]


class UserFiles:
    """Files that are checked as one.

    Args:
        parsed: what each file holds.
        sources: the files themselves by the names in `parsed`, for the lines to show; one that is missing here, such
            as a workbook, is told without lines.
    """

    def __init__(self, parsed: Iterable[ParsedFile], sources: Mapping[str, DatasetFile]) -> None:
        self.parsed = tuple(parsed)
        self._sources = sources
        self._lines: dict[str, list[str]] = {}

    @classmethod
    def read(cls, files: Iterable[DatasetFile | ParsedFile]) -> Self:
        """Read files.

        Raises:
            DataError: a file cannot be opened or decompressed.
        """
        taken = tuple(files)
        parsed = [file if isinstance(file, ParsedFile) else parse_file(file) for file in taken]
        return cls(parsed, {file.name: file for file in taken if isinstance(file, DatasetFile)})

    @property
    def names(self) -> tuple[str, ...]:
        """The files as the user named them."""
        return tuple(one.name for one in self.parsed)

    @cached_property
    def graph(self) -> Graph:
        """The triples of all files."""
        if len(self.parsed) == 1:
            return self.parsed[0].graph
        graph = Graph(bind_namespaces="none")
        for one in self.parsed:
            graph += one.graph
        return graph

    @cached_property
    def faults(self) -> tuple[SyntaxFault, ...]:
        """What is wrong with the syntax of each."""
        return tuple(fault for one in self.parsed for fault in one.faults)

    @property
    def doubts(self) -> tuple[SyntaxFault, ...]:
        """What can be read, but says nothing."""
        return tuple(doubt for one in self.parsed for doubt in one.doubts)

    @property
    def remarks(self) -> tuple[SyntaxFault, ...]:
        """How what people typed into tables was understood."""
        return tuple(remark for one in self.parsed for remark in getattr(one, "remarks", ()))

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the files declare; where two differ, the first file's."""
        found: dict[str, str] = {}
        for one in self.parsed:
            found = {**one.prefixes, **found}
        return found

    def find(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Place | None:
        """Return the best place for a remark: in the file that holds the triple, else where the thing is described."""
        if predicate is not None:
            pattern = (subject, predicate, value)
            holding = [one for one in self.parsed if pattern in one.graph]
            if holding:
                return holding[0].find(subject, predicate, value)
        describing = [one for one in self.parsed if (subject, None, None) in one.graph]
        found = (one.find(subject, predicate, value) for one in (*describing, *self.parsed))
        return next((place for place in found if place is not None), None)

    def place_of(self, triple: Triple) -> TriplePlace | None:
        """Return where a triple stands."""
        found = (one.place_of(triple) for one in self.parsed)
        return next((place for place in found if place is not None), None)

    def find_text(self, iri: str) -> Place | None:
        """Return where an IRI is declared, such as the namespace of a prefix."""
        for name in self.names:
            for number, line in enumerate(self._lines_of(name), 1):
                for text in (f"<{iri}>", f'"{iri}"', f"'{iri}'"):
                    if text in line:
                        return Place(name, number, line.index(text) + 1)
        return None

    def find_value(self, triple: Triple) -> Place | None:
        """Return where the value of a triple stands."""
        place = self.place_of(triple)
        return None if place is None else place.object

    def find_term(self, term: URIRef) -> Place | None:
        """Return where an IRI is first written."""
        found = (one.find_term(term) for one in self.parsed)
        return next((place for place in found if place is not None), None)

    def shown(self, place: Place | None) -> str:
        """Return the line of a place, and a caret under its column; empty where there is no line to show."""
        if place is None:
            return ""
        lines = self._lines_of(place.file)
        if place.line > len(lines):
            return ""
        return SyntaxFault(place, "", lines[place.line - 1]).shown().partition("\n")[2]

    def _lines_of(self, name: str) -> list[str]:
        if name not in self._lines:
            self._lines[name] = list(_lines(self._sources[name])) if name in self._sources else []
        return self._lines[name]


def _lines(file: DatasetFile) -> Iterable[str]:
    try:
        with file.open() as stream:
            text = stream.read().decode("utf-8-sig", errors="replace")
    except (OSError, EOFError, zlib.error):
        return
    yield from (line.removesuffix("\r") for line in text.split("\n"))
