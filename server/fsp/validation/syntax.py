"""Read a user's file into a graph with the place of each triple, past whatever is wrong with its syntax."""

import codecs
import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox
from rdflib import Graph

from fsp.dataset.files import DatasetFile
from fsp.dataset.load import data_errors
from fsp.quiet import quiet
from fsp.turtle.reader import read_turtle
from fsp.validation.jsonld import read_jsonld
from fsp.validation.ntriples import read_ntriples
from fsp.validation.places import ParsedFile, Place, SyntaxFault, Triple, TriplePlace
from fsp.validation.rdfxml import read_rdfxml
from fsp.validation.reading import Fault, Lines, Offsets, Reading

__all__ = ["parse_file"]

_LINES = {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N3, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}
_BEGINNINGS = (
    (re.compile(r"\s*(?:<\?xml\s|<!DOCTYPE\s|<rdf:RDF\b)"), {ox.RdfFormat.RDF_XML}, "RDF/XML", ".rdf"),
    (re.compile(r'\s*(?:\{\s*"|\[\s*\{)'), {ox.RdfFormat.JSON_LD}, "JSON-LD", ".jsonld"),
    (re.compile(r"\s*(?:@?prefix\s|@?base\s|#)", re.IGNORECASE), _LINES, "Turtle", ".ttl"),
)
"""How a file of each format begins that begins like no other, and the formats in which that may stand."""


def parse_file(file: DatasetFile, name: str | None = None) -> ParsedFile:
    """Read a file with the place of each triple. Nothing is fetched, and every literal is as it was written.

    Turtle, TriG, N-Triples and N-Quads are read past a fault, so that all faults are told and not just the first;
    RDF/XML and JSON-LD up to the first.

    Args:
        file: the file, or its bytes with a name whose suffix tells the format.
        name: how the user calls the file, for places; else the file's own name.

    Raises:
        DataError: the file cannot be opened or decompressed.
    """
    name = name or file.name
    with data_errors(file), file.open() as stream:
        # pyoxigraph takes a byte order mark for a term.
        content = stream.read().removeprefix(codecs.BOM_UTF8)
    text, faults = _decoded(content, file.format)
    lines = Lines(text)
    other = _other_format(text, file.format)
    if other is not None:
        faults, reading = [other], Reading()
    elif not faults or file.format != ox.RdfFormat.RDF_XML:
        with quiet():
            reading = _read(content, text, file)
        # A character that could not be read is told once.
        told = {lines.place(fault.offset)[0] for fault in faults}
        faults += [fault for fault in reading.faults if lines.place(fault.offset)[0] not in told]
        if not faults:
            faults += _checked(content, file, lines)
    else:
        reading = Reading()
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in reading.prefixes.items():
        graph.bind(prefix, namespace)
    for triple in reading.triples:
        graph.add(triple)
    return ParsedFile(
        name=name,
        graph=graph,
        places=_Places(name, reading.triples, lines),
        faults=tuple(_told(fault, name, lines) for fault in sorted(faults, key=lambda fault: fault.offset)),
        prefixes=reading.prefixes,
        doubts=tuple(_told(doubt, name, lines) for doubt in sorted(reading.doubts, key=lambda doubt: doubt.offset)),
    )


class _Places(Mapping[Triple, TriplePlace]):
    """The places of triples, worked out when they are asked for: few ever are."""

    def __init__(self, name: str, offsets: Mapping[Triple, Offsets], lines: Lines) -> None:
        self._name = name
        self._offsets = offsets
        self._lines = lines

    def __getitem__(self, triple: Triple) -> TriplePlace:
        return TriplePlace(*(Place(self._name, *self._lines.place(offset)) for offset in self._offsets[triple]))

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


def _other_format(text: str, format_: ox.RdfFormat) -> Fault | None:
    """Return the one fault of a file that is in another format than its name says, by how it begins."""
    for begin, known, name, suffix in _BEGINNINGS:
        if format_ not in known and begin.match(text):
            message = f"This is {name}, not {format_.name}. Name the file {suffix}, or say that it is {name}."
            return Fault(0, message)
    return None


def _read(content: bytes, text: str, file: DatasetFile) -> Reading:
    match file.format:
        case ox.RdfFormat.N_TRIPLES | ox.RdfFormat.N_QUADS:
            return read_ntriples(text, quads=file.format == ox.RdfFormat.N_QUADS)
        case ox.RdfFormat.RDF_XML:
            return read_rdfxml(content, text, file.graph)
        case ox.RdfFormat.JSON_LD:
            return read_jsonld(text, file.graph)
        case _:
            return _read_turtle(text, file)


def _read_turtle(text: str, file: DatasetFile) -> Reading:
    if file.format not in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG}:
        return Reading(faults=[Fault(0, "N3 is not read here: save the data as Turtle, and name the file .ttl.")])
    document, faults = read_turtle(text, base=file.graph, trig=file.format == ox.RdfFormat.TRIG)
    triples: dict[Triple, Offsets] = {}
    for subject, predicate, value in document.triples():
        triples[subject, predicate, value.node] = value.offsets or (0, 0, 0)
    return Reading(triples, faults, document.prefixes)


def _decoded(content: bytes, format_: ox.RdfFormat) -> tuple[str, list[Fault]]:
    """Return a file's text, with a fault for each line that is not UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) and format_ != ox.RdfFormat.RDF_XML:
        return content.decode("utf-16", errors="replace"), [Fault(0, "The file is UTF-16. Save it as UTF-8.")]
    if content.startswith(b"\x1f\x8b"):
        return "", [Fault(0, "The file is compressed by gzip. Let its name end with .gz.")]
    faults = []
    lines = content.split(b"\n")
    texts = []
    start = 0
    for line in lines:
        try:
            texts.append(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            texts.append(line.decode("utf-8", errors="replace"))
            column = len(line[: error.start].decode("utf-8"))
            byte = line[error.start : error.start + 1]
            words = (
                f"A character here is not UTF-8 (byte {byte.hex().upper()}). Save the file as UTF-8; it may be in "
                f"Windows-1252, where this is {byte.decode('cp1252', 'replace')}."
            )
            faults.append(Fault(start + column, words))
        start += len(texts[-1]) + 1
    if format_ == ox.RdfFormat.RDF_XML and faults and b"encoding" in lines[0]:
        # XML names its own encoding.
        return "\n".join(texts), []
    return "\n".join(texts), faults[:20]


def _checked(content: bytes, file: DatasetFile, lines: Lines) -> Iterator[Fault]:
    """Yield the first thing that pyoxigraph's stricter parser finds wrong where nothing else was found."""
    if file.format == ox.RdfFormat.JSON_LD:
        return
    try:
        for _ in ox.parse(content, file.format, base_iri=file.graph):
            pass
    except SyntaxError as error:
        words = re.sub(r"^Parser error at line \d+ (between .* and .*|column \d+): ", "", error.msg).rstrip(".")
        yield Fault(lines.offset(error.lineno or 1, error.offset or 1), f"{words}.")


def _told(fault: Fault, name: str, lines: Lines) -> SyntaxFault:
    line, column = lines.place(fault.offset)
    return SyntaxFault(Place(name, line, column), fault.message, lines.line(line))
