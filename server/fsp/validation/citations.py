"""Citations of a graph: whether they are well-formed, and whether the text says at their place what they recorded."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, Namespace
from rdflib.namespace import RDF
from rdflib.term import Node

from fsp.errors import DataError
from fsp.namespaces import FSP
from fsp.prefixes import PREFIXES
from fsp.validation.source import SourceText
from fsp.validation.terms import shown

__all__ = ["Citation", "Fault", "check_citations", "check_source", "find_source", "read_citations"]

_OA = Namespace(PREFIXES["oa"])
_DIGITS = re.compile(r"[0-9]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A well-formed citation.

    Attributes:
        node: the citation itself.
        source: the source text that it points into.
        start: code points before the passage.
        end: code points up to the end of the passage.
        sha256: digest of the passage that was recorded.
        things: what rests on it, sorted.
    """

    node: Node
    source: Node
    start: int
    end: int
    sha256: str
    things: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a citation or a source text.

    Attributes:
        node: the citation or source text.
        reason: what is wrong, in a sentence.
        things: what rests on it.
    """

    node: Node
    reason: str
    things: tuple[Node, ...] = ()


def read_citations(graph: Graph, whole: Graph | None = None) -> tuple[list[Citation], list[Fault]]:
    """Return the well-formed citations of a graph in the order of their places, and what is wrong with the others.

    Args:
        graph: the graph.
        whole: the graph and what it refers to, such as published source texts; without it, the graph alone.
    """
    whole = graph if whole is None else whole
    citations, faults = [], []
    for node in sorted(graph.subjects(RDF.type, FSP.Citation), key=str):
        things = tuple(sorted(graph.subjects(FSP.restsOn, node), key=str))
        try:
            citations.append(_citation(node, things, whole))
        except ValueError as error:
            faults.append(Fault(node, str(error), things))
    return sorted(citations, key=lambda one: (str(one.source), one.start, one.end, str(one.node))), faults


def find_source(graph: Graph, text: SourceText) -> Node:
    """Return the source text of a graph that a text is: the one with its digest, else the only one.

    Raises:
        DataError: there is none, or there are several and none has this digest.
    """
    nodes = sorted(graph.subjects(RDF.type, FSP.SourceText), key=str)
    for node in nodes:
        if (node, FSP.sha256, Literal(text.sha256)) in graph:
            return node
    if len(nodes) != 1:
        known = "; ".join(shown(node, graph) for node in nodes) or "none"
        raise DataError(f"The text is none of the source texts that the data knows by digest: {known}.", file="")
    return nodes[0]


def check_source(node: Node, text: SourceText, graph: Graph) -> list[Fault]:
    """Return in what a text differs from the source text that a graph describes: digest and length."""
    found = ((FSP.sha256, "SHA-256", text.sha256), (FSP.characterCount, "character count", str(len(text.text))))
    return [
        Fault(node, f"Its {name} is recorded as {value}, but the file's is {actual}.")
        for predicate, name, actual in found
        for value in graph.objects(node, predicate)
        if str(value) != actual
    ]


def check_citations(citations: Iterable[Citation], text: SourceText) -> list[Fault]:
    """Return the citations whose passage is not what they recorded, by recomputing each digest.

    Args:
        citations: citations of this text.
        text: the text.
    """
    faults = []
    for citation in citations:
        reason = _mismatch(citation, text)
        if reason is not None:
            faults.append(Fault(citation.node, reason, citation.things))
    return faults


def _mismatch(citation: Citation, text: SourceText) -> str | None:
    place = f"characters {citation.start} to {citation.end}"
    if citation.end > len(text.text):
        return f"It cites {place}, but the text has only {len(text.text)}."
    passage = text.passage(citation.start, citation.end)
    if passage.sha256 == citation.sha256:
        return None
    return f"The text at {place} has another SHA-256 than was recorded: it now reads “{passage.text}”."


def _citation(node: Node, things: tuple[Node, ...], graph: Graph) -> Citation:
    source = graph.value(node, _OA.hasSource)
    if source is None or (source, RDF.type, FSP.SourceText) not in graph:
        raise ValueError("It has no oa:hasSource that is a fsp:SourceText.")
    start, end = (int(_one(node, predicate, _DIGITS, graph)) for predicate in (FSP.startOffset, FSP.endOffset))
    if start >= end:
        raise ValueError(f"Its fsp:startOffset {start} is not less than its fsp:endOffset {end}.")
    for count in graph.objects(source, FSP.characterCount):
        if _DIGITS.fullmatch(str(count)) and end > int(str(count)):
            raise ValueError(f"Its fsp:endOffset {end} is past the end of its source, which has {count} characters.")
    return Citation(node, source, start, end, _one(node, FSP.sha256, _SHA256, graph), things)


def _one(node: Node, predicate: Node, form: re.Pattern[str], graph: Graph) -> str:
    """Return the one value of a property, where it has the right form."""
    name = str(predicate).removeprefix(FSP)
    values = list(graph.objects(node, predicate))
    if len(values) != 1:
        raise ValueError(f"It has {len(values)} values of fsp:{name} instead of one.")
    if not form.fullmatch(str(values[0])):
        raise ValueError(f"Its fsp:{name} is malformed: {values[0]}.")
    return str(values[0])
