"""Constraints that look at the value nodes themselves: kind, datatype, language, text, range (SHACL, section 4)."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from fsp.validation.lexical import plain_value
from fsp.validation.shapegraph import Constraint, ShapeGraph

__all__ = ["UnsureError", "is_less", "literal_test", "value_of"]

_Fits = Callable[[Node], bool]
_KINDS: dict[Node, tuple[type[Node], ...]] = {
    SH.IRI: (URIRef,),
    SH.BlankNode: (BNode,),
    SH.Literal: (Literal,),
    SH.BlankNodeOrIRI: (BNode, URIRef),
    SH.BlankNodeOrLiteral: (BNode, Literal),
    SH.IRIOrLiteral: (URIRef, Literal),
}
_TEXTS = {XSD.string, RDF.langString}


class UnsureError(Exception):
    """It cannot be told here."""


def literal_test(shape: Node, constraint: Constraint, shapes: ShapeGraph) -> Callable[[Sequence[Node]], bool]:
    """Return whether value nodes hold to a constraint; the test raises `UnsureError` where engines could differ.

    Args:
        shape: the shape that has the constraint.
        constraint: one that looks at the value nodes alone.
        shapes: the shapes graph.
    """
    if constraint.predicate == SH.uniqueLang:
        is_on = str(constraint.values[0]) == "true"
        return lambda values: not is_on or _are_unique(values)
    makers: dict[URIRef, Callable[[Node, Constraint, ShapeGraph], _Fits]] = {
        SH.nodeKind: _kind,
        SH.datatype: _datatype,
        SH.languageIn: _language,
        SH.pattern: _pattern,
        SH.minInclusive: _least,
        SH.maxInclusive: _most,
    }
    fits = makers[constraint.predicate](shape, constraint, shapes)
    return lambda values: all(fits(value) for value in values)


def value_of(term: Node) -> Decimal | date:
    """Return the number or day that a term stands for.

    Raises:
        UnsureError: engines could differ about it.
    """
    value = plain_value(term) if isinstance(term, Literal) else None
    if value is None:
        raise UnsureError
    return value


def is_less(first: Decimal | date, second: Decimal | date, *, or_equal: bool) -> bool:
    """Compare two numbers, or two days.

    Raises:
        UnsureError: they are not of one kind.
    """
    if isinstance(first, date) and isinstance(second, date):
        return first < second or (or_equal and first == second)
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return first < second or (or_equal and first == second)
    raise UnsureError


def _are_unique(values: Sequence[Node]) -> bool:
    tags = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
    return len(tags) == len(set(tags))


def _kind(_shape: Node, constraint: Constraint, _shapes: ShapeGraph) -> _Fits:
    (kind,) = constraint.values
    classes = _KINDS[kind]
    return lambda value: isinstance(value, classes)


def _datatype(_shape: Node, constraint: Constraint, _shapes: ShapeGraph) -> _Fits:
    (datatype,) = constraint.values

    def fits(value: Node) -> bool:
        if not isinstance(value, Literal):
            return False
        own = RDF.langString if value.language else value.datatype or XSD.string
        if own != datatype:
            return False
        if own not in _TEXTS and plain_value(value) is None:
            raise UnsureError
        return True

    return fits


def _language(_shape: Node, constraint: Constraint, shapes: ShapeGraph) -> _Fits:
    (head,) = constraint.values
    languages = {str(item).lower() for item in shapes.items(head)}

    def fits(value: Node) -> bool:
        if not isinstance(value, Literal) or not value.language:
            return False
        if value.language.lower() not in languages:
            raise UnsureError
        return True

    return fits


def _pattern(shape: Node, constraint: Constraint, shapes: ShapeGraph) -> _Fits:
    if shapes.graph.value(shape, SH.flags) is not None:
        raise UnsureError
    patterns = [re.compile(str(value)) for value in constraint.values]
    return lambda value: not isinstance(value, BNode) and all(pattern.search(str(value)) for pattern in patterns)


def _least(_shape: Node, constraint: Constraint, _shapes: ShapeGraph) -> _Fits:
    (bound,) = constraint.values
    limit = value_of(bound)
    return lambda value: is_less(limit, value_of(value), or_equal=True)


def _most(_shape: Node, constraint: Constraint, _shapes: ShapeGraph) -> _Fits:
    (bound,) = constraint.values
    limit = value_of(bound)
    return lambda value: is_less(value_of(value), limit, or_equal=True)
