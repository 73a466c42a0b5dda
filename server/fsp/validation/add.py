"""Add a new case to the file that holds the cases: all of it, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from fsp.dataset.files import Dataset, DatasetFile
from fsp.dataset.whole import locked, written_whole
from fsp.errors import DataError, FspError
from fsp.namespaces import FSP
from fsp.prefixes import PREFIXES
from fsp.turtle.document import Document, Property, Thing, Value
from fsp.turtle.layout import layout
from fsp.turtle.reader import read_turtle
from fsp.turtle.slips import known_namespaces
from fsp.turtle.write import document_of, read_document, same_triples, write
from fsp.validation.check import check
from fsp.validation.findings import CheckReport
from fsp.validation.places import ParsedFile, Place
from fsp.validation.published import Published
from fsp.validation.report import Severity
from fsp.validation.syntax import parse_file
from fsp.validation.terms import label, short, shown
from fsp.validation.workbook.read import ParsedTables, with_tables_read

__all__ = ["Addition", "Clash", "add_case"]

_CASES = "data/cases.ttl"
_LABEL = URIRef(PREFIXES["rdfs"] + "label")
_NO_IRI = "Each thing of the data has an IRI of its own, so that others can refer to it: replace [ ] or _: by one."


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that a new case says otherwise than the data that is there.

    Attributes:
        message: what, in a sentence.
        place: where the new case says it.
    """

    message: str
    place: Place | None


@dataclass(frozen=True)
class Addition:
    """What adding a case would do.

    Attributes:
        case: the new case's file.
        report: what the check of it found.
        clashes: where it says otherwise than the data.
        new: the things that the data does not have yet, in words.
        grown: the things that the data has, in words, and the number of triples that each gains.
        triples: the number of triples that the data does not have yet.
        text: the data's file with the case in it.
    """

    case: ParsedFile
    report: CheckReport
    clashes: tuple[Clash, ...]
    new: tuple[str, ...]
    grown: Mapping[str, int]
    triples: int
    text: str

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be added."""
        if not self.report.readable or self.clashes or not self.report.checked:
            return True
        return any(finding.severity is Severity.VIOLATION for finding in self.report.findings)


def add_case(
    file: DatasetFile,
    data: Path,
    dataset: Dataset,
    proceed: Callable[[Addition], bool],
    waiting: Callable[[], None] = lambda: None,
) -> Addition:
    """Validate a case and write it into a file of cases, all or nothing.

    From reading the file to writing it nobody else can change it by this function or by `fsp format`.

    Args:
        file: the case, in any RDF format or as a workbook.
        data: the file to add it to.
        dataset: what the project publishes; `data` takes the place of its cases.
        proceed: called with what would be added, unless it is refused; nothing is written where it returns False.
            This is where a preview belongs.
        waiting: called once where someone else is adding at the moment.

    Raises:
        DataError: a file cannot be read, or `data` is not in the project's style.
    """
    with locked(data, waiting):
        addition = _addition(file, data, dataset)
        if not addition.is_refused and proceed(addition) and addition.triples:
            for left in data.resolve().parent.glob(f".{data.name}.*"):
                # From a process that was killed: whoever lives and writes here has the lock.
                left.unlink()
            with written_whole(data) as stream:
                stream.write(addition.text.encode())
        return addition


def _addition(file: DatasetFile, data: Path, dataset: Dataset) -> Addition:
    published = Published.load(_with_cases(dataset, data))
    (read,) = with_tables_read([file], published)
    case = read if isinstance(read, ParsedFile) else parse_file(read)
    report = check([case], published)
    if not report.readable:
        return Addition(case, report, (), (), {}, 0, "")
    before = _read(data)
    held = read_document(before, file=data.name)
    if before and layout(held) != before:
        raise DataError(
            f"{data} is not in the project's style, so that more than the new case would change. First run: "
            f"fsp format {data}",
            file=str(data),
        )
    clashes = tuple(_clashes(case, held))
    missing = [triple for triple in case.graph if not _holds(held, *triple)]
    there = {subject for subject, _, _ in missing if subject in held.things}
    return Addition(
        case=case,
        report=report,
        clashes=clashes,
        new=tuple(shown(node, case.graph) for node in sorted({subject for subject, _, _ in missing} - there, key=str)),
        grown={
            shown(node, published.graph): sum(subject == node for subject, _, _ in missing)
            for node in sorted(there, key=str)
        },
        triples=len(missing),
        text="" if clashes else _merged(before, held, _case_document(file, case), case),
    )


def _read(data: Path) -> str:
    try:
        return data.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{data} cannot be read: {error}.", file=str(data)) from error


def _with_cases(dataset: Dataset, data: Path) -> Dataset:
    files = [file for file in dataset.files if file.name != _CASES]
    return replace(dataset, files=(*files, DatasetFile(data.resolve(), _CASES)))


def _holds(document: Document, subject: Node, predicate: Node, value: Node) -> bool:
    return subject in document.things and value in document.things[subject].objects(predicate)


# What is there already


def _clashes(case: ParsedFile, held: Document) -> list[Clash]:
    """Return where a case names a thing without IRI, or says something else of a thing that is there."""
    found = []
    for subject, predicate, value in sorted(case.graph):
        place = case.place_of((subject, predicate, value))
        if isinstance(subject, BNode) or isinstance(value, BNode):
            found.append(Clash(_NO_IRI, place.subject if place else None))
            continue
        thing = held.things.get(subject)
        known = thing.objects(predicate) if thing else ()
        if thing is None or value in known:
            continue
        other = _instead(value, predicate, known)
        if other is not None:
            name = label(subject, case.graph) or short(subject)
            message = (
                f"{name} is there already, and its {short(predicate)} is {short(other)}, not {short(value)}. Take the "
                "line away, or give the new thing an IRI of its own."
            )
            found.append(Clash(message, place.object if place else None))
    return list(dict.fromkeys(found))


def _instead(value: Node, predicate: Node, known: tuple[Node, ...]) -> Node | None:
    """Return the value that stands where another one would have to: of the same language, or another class."""
    if predicate == RDF.type:
        return known[0] if known else None
    if not isinstance(value, Literal):
        return None
    return next((one for one in known if isinstance(one, Literal) and one.language == value.language), None)


# The new text


def _case_document(file: DatasetFile, case: ParsedFile) -> Document:
    """Return the case with the comments of its Turtle; other formats have none."""
    if not isinstance(case, ParsedTables) and file.format == ox.RdfFormat.TURTLE:
        with file.open() as stream:
            document, _ = read_turtle(stream.read().decode("utf-8-sig"), base=file.graph)
        return document
    return document_of(case.graph, case.prefixes)


def _merged(before: str, held: Document, document: Document, case: ParsedFile) -> str:
    """Return the text of the data with a case in it; what the text had stays as it was."""
    held.prefixes = _prefixes(held, document)
    for thing in document.things.values():
        _merge(held, thing, is_new=thing.node not in held.things)
    text = layout(held)
    if not same_triples(text, f"{before}\n{write(case.graph, case.prefixes)}"):
        raise FspError("The case is not added: writing it would have changed other triples.")
    return text


def _merge(held: Document, thing: Thing, *, is_new: bool) -> None:
    target = held.thing(thing.node)
    if is_new:
        target.leading += thing.leading
        if FSP.CaseStudy in thing.objects(RDF.type) and not thing.leading:
            name = next((str(text) for text in thing.objects(_LABEL)), short(thing.node))
            target.leading += [f"# Case: {' '.join(name.split())}", ""]
    for predicate, held_property in thing.properties.items():
        known = target.objects(predicate)
        wanted = [value for value in held_property.values.values() if value.node not in known]
        if wanted:
            property_ = target.properties.setdefault(predicate, Property())
            property_.leading += [] if known else held_property.leading
            property_.trailing += [] if known else held_property.trailing
        for value in wanted:
            held.add(thing.node, predicate, Value(value.node, value.leading, value.trailing))


def _prefixes(held: Document, document: Document) -> dict[str, str]:
    """Return the prefixes of the data, with those of the project and of the case that alter no line of the data."""
    iris = {str(node) for triple in held.triples() for node in (triple[0], triple[1], triple[2].node)}
    iris |= {str(value.node.datatype) for _, _, value in held.triples() if isinstance(value.node, Literal)}
    found = dict(held.prefixes)
    for prefix, namespace in {**document.prefixes, **known_namespaces()}.items():
        if namespace in found.values() or any(iri.startswith(namespace) for iri in iris):
            continue
        if prefix not in held.prefixes:
            found[prefix] = namespace
    return found
