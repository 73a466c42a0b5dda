"""From the engine's terms to rdflib's."""

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

__all__ = ["rdflib_term"]


def rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Return the same term as one of rdflib's, a literal as it is written.

    Raises:
        ValueError: it is a triple term.
    """
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal() if term.language is not None:
            return Literal(term.value, lang=term.language)
        case ox.Literal() if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
            return Literal(term.value)
        case ox.Literal():
            return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
        case _:
            raise ValueError("it holds a triple term of RDF 1.2, which SHACL 1.0 does not know")
