"""Decide quickly, for most nodes, whether they conform to a shape of SHACL Core.

It is sure, or says that it is not: by `UnsureError`. It says that a node conforms only where pySHACL does; which rule
is broken, and how, is left to pySHACL. It knows the part of SHACL Core that shapes mostly use; anything else, and every
literal that two engines could understand differently, makes it unsure.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import partial

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.term import Node

from fsp.validation.index import Index
from fsp.validation.lexical import plain_value
from fsp.validation.shapegraph import Constraint, PropertyPath, ShapeGraph

__all__ = ["Quick", "UnsureError"]

_Test = Callable[[int, list[int]], bool]
"""Whether a constraint holds for a focus node and its value nodes."""
_Check = Callable[[int], bool]
_Walk = Callable[[int], list[int]]
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


class Quick:
    """A quick judge of nodes.

    Args:
        shapes: the shapes.
        index: the data, with the ontology.
    """

    def __init__(self, shapes: ShapeGraph, index: Index) -> None:
        self._shapes = shapes
        self._index = index
        self._checks: dict[Node, _Check] = {}

    def conforms(self, shape: Node, node: int) -> bool:
        """Return whether a node conforms to a shape, leaving out the shape's own SPARQL constraints.

        Raises:
            UnsureError: it cannot be told.
        """
        if shape not in self._checks:
            self._checks[shape] = self._compile(shape, is_target=True)
        return self._checks[shape](node)

    # Shapes

    def _inner(self, shape: Node, *, remembers: bool = True) -> _Check:
        """Return the check of a shape that another one refers to.

        Args:
            shape: the shape.
            remembers: whether to keep the answers, as many nodes share a value.
        """
        answers: dict[int, bool] = {}
        entered: set[int] = set()
        compiled: list[_Check] = []

        def check(node: int) -> bool:
            if node in answers:
                return answers[node]
            if node in entered:
                raise UnsureError  # a shape that refers to itself (SHACL, section 3.4.3)
            if not compiled:
                compiled.append(self._compile(shape))
            entered.add(node)
            try:
                answer = compiled[0](node)
            finally:
                entered.discard(node)
            if remembers:
                answers[node] = answer
            return answer

        return check

    def _compile(self, shape: Node, *, is_target: bool = False) -> _Check:
        constraints = self._shapes.constraints(shape)
        tests = [self._test(shape, one) for one in constraints if not (is_target and one.predicate == SH.sparql)]
        path = self._shapes.path(shape)
        walk = self._single if path is None else self._walk(path)

        def check(node: int) -> bool:
            values = walk(node)
            return all(test(node, values) for test in tests)

        return check

    def _single(self, node: int) -> list[int]:
        return [node]

    def _walk(self, path: PropertyPath) -> _Walk:
        """Return what gives the value nodes of a path, each once."""
        index = self._index
        if isinstance(path, URIRef):
            return partial(_values, index, index.find(path))
        if isinstance(path, InvPath) and isinstance(path.arg, URIRef):
            return partial(_inverse_values, index, index.find(path.arg))
        if isinstance(path, SequencePath):
            walks = [self._walk(part) for part in path.args]

            def follow(node: int) -> list[int]:
                nodes = [node]
                for walk in walks:
                    nodes = _once(value for one in nodes for value in walk(one))
                return nodes

            return follow
        if isinstance(path, AlternativePath):
            ways = [self._walk(part) for part in path.args]
            return lambda node: _once(value for walk in ways for value in walk(node))
        if isinstance(path, MulPath):
            return self._repeat(path)
        return _unsure

    def _repeat(self, path: MulPath) -> _Walk:
        step = self._walk(path.path)

        def closure(node: int) -> list[int]:
            found = {} if path.mod == "+" else {node: None}
            waiting = [node]
            while waiting:
                for value in step(waiting.pop()):
                    if value not in found:
                        found[value] = None
                        if path.mod != "?":
                            waiting.append(value)
            return list(found)

        return closure

    # Constraints

    def _test(self, shape: Node, constraint: Constraint) -> _Test:
        makers: dict[URIRef, Callable[[Node, Constraint], _Test]] = {
            SH.minCount: self._count,
            SH.maxCount: self._count,
            SH["class"]: self._class,
            SH.datatype: self._datatype,
            SH.nodeKind: self._kind,
            SH.hasValue: self._has_value,
            SH["in"]: self._in,
            SH.languageIn: self._language_in,
            SH.uniqueLang: self._unique_language,
            SH.pattern: self._pattern,
            SH.minInclusive: self._range,
            SH.maxInclusive: self._range,
            SH.disjoint: self._disjoint,
            SH.lessThan: self._less,
            SH.lessThanOrEquals: self._less,
            SH.node: self._every,
            SH.property: self._every,
            SH["and"]: self._every,
            SH["or"]: self._or,
            SH["not"]: self._not,
            SH.qualifiedMinCount: self._qualified,
            SH.qualifiedMaxCount: self._qualified,
            SH.qualifiedValueShape: self._nothing,
        }
        maker = makers.get(constraint.predicate)
        if maker is None or not constraint.is_known:
            return _unsure_test
        try:
            return maker(shape, constraint)
        except (ValueError, KeyError, re.error, UnsureError):
            return _unsure_test

    def _nothing(self, _shape: Node, _constraint: Constraint) -> _Test:
        return lambda _, __: True

    def _count(self, _shape: Node, constraint: Constraint) -> _Test:
        (number,) = constraint.values
        limit = int(str(number))
        if constraint.predicate == SH.minCount:
            return lambda _, values: len(values) >= limit
        return lambda _, values: len(values) <= limit

    def _class(self, _shape: Node, constraint: Constraint) -> _Test:
        index = self._index
        kinds = [index.subclasses(class_) for class_ in constraint.values]
        type_ = index.type
        return lambda _, values: all(
            not kind.isdisjoint(index.objects(value, type_)) for value in values for kind in kinds
        )

    def _datatype(self, _shape: Node, constraint: Constraint) -> _Test:
        (datatype,) = constraint.values

        def fits(value: int) -> bool:
            literal = self._index.term(value)
            if not isinstance(literal, Literal):
                return False
            own = RDF.langString if literal.language else literal.datatype or XSD.string
            if own != datatype:
                return False
            if own not in _TEXTS and plain_value(literal) is None:
                raise UnsureError
            return True

        return lambda _, values: all(fits(value) for value in values)

    def _kind(self, _shape: Node, constraint: Constraint) -> _Test:
        (kind,) = constraint.values
        classes = _KINDS[kind]
        return lambda _, values: all(isinstance(self._index.term(value), classes) for value in values)

    def _has_value(self, _shape: Node, constraint: Constraint) -> _Test:
        wanted = [self._index.find(value) for value in constraint.values]
        return lambda _, values: all(number in values for number in wanted)

    def _in(self, _shape: Node, constraint: Constraint) -> _Test:
        (head,) = constraint.values
        allowed = {self._index.find(item) for item in self._shapes.items(head)}
        return lambda _, values: allowed.issuperset(values)

    def _language_in(self, _shape: Node, constraint: Constraint) -> _Test:
        (head,) = constraint.values
        languages = {str(item).lower() for item in self._shapes.items(head)}

        def fits(value: int) -> bool:
            literal = self._index.term(value)
            if not isinstance(literal, Literal) or not literal.language:
                return False
            if literal.language.lower() not in languages:
                raise UnsureError
            return True

        return lambda _, values: all(fits(value) for value in values)

    def _unique_language(self, _shape: Node, constraint: Constraint) -> _Test:
        if str(constraint.values[0]) != "true":
            return self._nothing(_shape, constraint)

        def test(_: int, values: list[int]) -> bool:
            tags = [
                term.language.lower()
                for value in values
                if isinstance(term := self._index.term(value), Literal) and term.language
            ]
            return len(tags) == len(set(tags))

        return test

    def _pattern(self, shape: Node, constraint: Constraint) -> _Test:
        if self._shapes.graph.value(shape, SH.flags) is not None:
            return _unsure_test
        patterns = [re.compile(str(value)) for value in constraint.values]

        def fits(value: int) -> bool:
            term = self._index.term(value)
            return not isinstance(term, BNode) and all(pattern.search(str(term)) for pattern in patterns)

        return lambda _, values: all(fits(value) for value in values)

    def _range(self, _shape: Node, constraint: Constraint) -> _Test:
        (bound,) = constraint.values
        limit = _value(bound)
        if constraint.predicate == SH.minInclusive:
            return lambda _, values: all(_is_less(limit, self._value(value), or_equal=True) for value in values)
        return lambda _, values: all(_is_less(self._value(value), limit, or_equal=True) for value in values)

    def _disjoint(self, _shape: Node, constraint: Constraint) -> _Test:
        walks = [self._walk(_iri(predicate)) for predicate in constraint.values]
        return lambda node, values: all(set(values).isdisjoint(walk(node)) for walk in walks)

    def _less(self, _shape: Node, constraint: Constraint) -> _Test:
        walks = [self._walk(_iri(predicate)) for predicate in constraint.values]
        or_equal = constraint.predicate == SH.lessThanOrEquals

        def test(node: int, values: list[int]) -> bool:
            others = [other for walk in walks for other in walk(node)]
            return all(
                _is_less(self._value(value), self._value(other), or_equal=or_equal)
                for value in values
                for other in others
            )

        return test

    def _every(self, _shape: Node, constraint: Constraint) -> _Test:
        remembers = constraint.predicate != SH.property
        checks = [self._inner(inner, remembers=remembers) for inner in constraint.shapes]
        return lambda _, values: all(check(value) for value in values for check in checks)

    def _or(self, _shape: Node, constraint: Constraint) -> _Test:
        groups = [[self._inner(item) for item in self._shapes.items(head)] for head in constraint.values]
        return lambda _, values: all(any(check(value) for check in group) for value in values for group in groups)

    def _not(self, _shape: Node, constraint: Constraint) -> _Test:
        checks = [self._inner(inner) for inner in constraint.shapes]
        return lambda _, values: not any(check(value) for value in values for check in checks)

    def _qualified(self, shape: Node, constraint: Constraint) -> _Test:
        inner = list(self._shapes.graph.objects(shape, SH.qualifiedValueShape))
        if len(inner) != 1 or self._shapes.graph.value(shape, SH.qualifiedValueShapesDisjoint) is not None:
            return _unsure_test
        check = self._inner(inner[0])
        limit = int(str(constraint.values[0]))
        if constraint.predicate == SH.qualifiedMinCount:
            return lambda _, values: sum(map(check, values)) >= limit
        return lambda _, values: sum(map(check, values)) <= limit

    def _value(self, number: int) -> Decimal | date:
        return _value(self._index.term(number))


def _value(term: Node) -> Decimal | date:
    value = plain_value(term) if isinstance(term, Literal) else None
    if value is None:
        raise UnsureError
    return value


def _is_less(first: Decimal | date, second: Decimal | date, *, or_equal: bool) -> bool:
    if isinstance(first, date) and isinstance(second, date):
        return first < second or (or_equal and first == second)
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return first < second or (or_equal and first == second)
    raise UnsureError


def _iri(node: Node) -> URIRef:
    if not isinstance(node, URIRef):
        raise UnsureError
    return node


def _values(index: Index, predicate: int | None, node: int) -> list[int]:
    return [] if predicate is None else index.objects(node, predicate)


def _inverse_values(index: Index, predicate: int | None, node: int) -> list[int]:
    return [] if predicate is None else index.subjects(predicate, node)


def _once(values: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(values))


def _unsure(_: int) -> list[int]:
    raise UnsureError


def _unsure_test(_: int, __: list[int]) -> bool:
    raise UnsureError
