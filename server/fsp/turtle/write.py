"""Write Turtle in the one way in which the project writes it."""

from collections.abc import Mapping

import pyoxigraph as ox
from rdflib import BNode, Graph
from rdflib.namespace import RDF

from fsp.dataset.terms import rdflib_term
from fsp.errors import DataError, FspError
from fsp.namespaces import SHAPES
from fsp.prefixes import PREFIXES
from fsp.quiet import quiet
from fsp.turtle.cursor import Lines
from fsp.turtle.document import Document, Value
from fsp.turtle.layout import free_texts, layout
from fsp.turtle.nesting import Nesting
from fsp.turtle.order import natural
from fsp.turtle.reader import read_turtle

__all__ = ["document_of", "format_text", "read_document", "same_triples", "write"]

_BASE = "https://w3id.org/fsp/relative/"


def format_text(text: str, *, file: str = "") -> str:
    """Return Turtle in the project's style, with its comments, and with every literal as it is written.

    Formatting what is formatted changes nothing. Nothing is lost: before the result is returned, another parser has
    read both texts and found the same triples.

    Args:
        text: Turtle. Relative IRIs are resolved against the text's own `@base`; without one they stay as they are.
        file: its name, for errors.

    Raises:
        DataError: it is not Turtle.
    """
    document = read_document(text, file=file)
    formatted = layout(document)
    if not same_triples(text, formatted):
        raise FspError(f"{file or 'The text'} is left as it is: formatting it would have changed its triples.")
    return formatted


def write(graph: Graph, prefixes: Mapping[str, str] | None = None) -> str:
    """Return a graph as Turtle in the project's style.

    Args:
        graph: the graph. Equal graphs give equal text, whatever the labels of their blank nodes.
        prefixes: the prefixes to use, by name; else those of the graph and of the project. Only those that are needed
            are written.

    Raises:
        DataError: an IRI of it cannot be written in Turtle.
    """
    return layout(document_of(graph, prefixes))


def read_document(text: str, *, file: str = "") -> Document:
    """Read Turtle with its comments.

    Raises:
        DataError: it is not Turtle; the error tells the first fault.
    """
    document, faults = read_turtle(text)
    if faults:
        line, column = Lines(text).place(faults[0].offset)
        raise DataError(f"{file or 'Turtle'}:{line}:{column}: {faults[0].message}", file=file, line=line, column=column)
    return document


def document_of(graph: Graph, prefixes: Mapping[str, str] | None = None) -> Document:
    """Return a graph as a document, its things sorted by class and IRI."""
    if prefixes is None:
        own = {prefix: str(namespace) for prefix, namespace in graph.namespaces()}
        prefixes = {**PREFIXES, "shapes": str(SHAPES), **own}
    document = _document(graph, dict(prefixes))
    if Nesting(document).has_shared:
        document = _document(_canonical_graph(graph), dict(prefixes))
    texts = free_texts(document)
    free = sorted(texts, key=texts.__getitem__)
    document.things |= {node: document.things.pop(node) for node in free}
    return document


def _document(graph: Graph, prefixes: dict[str, str]) -> Document:
    document = Document(prefixes=prefixes)
    classes = {
        node: min((str(one) for one in graph.objects(node, RDF.type) if not isinstance(one, BNode)), default="")
        for node in set(graph.subjects())
    }
    for node in sorted(classes, key=lambda node: (isinstance(node, BNode), classes[node], natural(str(node)))):
        for _, predicate, value in sorted(graph.triples((node, None, None)), key=lambda triple: str(triple[1])):
            document.add(node, predicate, Value(value))
    return document


def _canonical_graph(graph: Graph) -> Graph:
    """Return a graph whose blank nodes have canonical labels (RDF Dataset Canonicalization 1.0)."""
    with quiet():
        dataset = ox.Dataset(ox.parse(graph.serialize(format="nt"), ox.RdfFormat.N_TRIPLES))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        # The engine writes language tags in small letters.
        written = {value: value for value in graph.objects()}
        canonical = Graph(bind_namespaces="none")
        for quad in dataset:
            value = rdflib_term(quad.object)
            canonical.add((rdflib_term(quad.subject), rdflib_term(quad.predicate), written.get(value, value)))
    return canonical


def same_triples(text: str, other: str) -> bool:
    """Tell whether two Turtle texts hold the same triples, but for the labels of blank nodes.

    Raises:
        DataError: one of them is not Turtle.
    """
    return _canonical(text) == _canonical(other)


def _canonical(text: str) -> ox.Dataset:
    try:
        dataset = ox.Dataset(ox.parse(text, ox.RdfFormat.TURTLE, base_iri=_BASE))
    except SyntaxError as error:
        raise DataError(f"This is not Turtle: {error.msg}.", file="") from error
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
