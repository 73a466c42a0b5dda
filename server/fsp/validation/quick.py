"""Decide quickly, for most nodes, whether they conform to a shape of SHACL Core.

It is sure, or says that it is not: by `UnsureError`. It says that a node conforms only where pySHACL does; which rule
is broken, and how, is left to pySHACL. It knows the part of SHACL Core that shapes mostly use; anything else, and every
literal that two engines could understand differently, makes it unsure.
"""

import re
from collections.abc import Callable

from rdflib import URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from fsp.validation.index import Index
from fsp.validation.literal_tests import UnsureError, is_less, literal_test, value_of
from fsp.validation.shapegraph import Constraint, ShapeGraph
from fsp.validation.walks import Walk, walk_of

__all__ = ["Quick", "UnsureError"]

_Test = Callable[[int, list[int]], bool]
"""Whether a constraint holds for a focus node and its value nodes."""
_Check = Callable[[int], bool]


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
        walk: Walk = _single if path is None else walk_of(path, self._index)

        def check(node: int) -> bool:
            values = walk(node)
            return all(test(node, values) for test in tests)

        return check

    # Constraints

    def _test(self, shape: Node, constraint: Constraint) -> _Test:
        makers: dict[URIRef, Callable[[Node, Constraint], _Test]] = {
            SH.minCount: self._count,
            SH.maxCount: self._count,
            SH["class"]: self._class,
            SH.datatype: self._of_literals,
            SH.nodeKind: self._of_literals,
            SH.hasValue: self._has_value,
            SH["in"]: self._in,
            SH.languageIn: self._of_literals,
            SH.uniqueLang: self._of_literals,
            SH.pattern: self._of_literals,
            SH.minInclusive: self._of_literals,
            SH.maxInclusive: self._of_literals,
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

    def _of_literals(self, shape: Node, constraint: Constraint) -> _Test:
        test = literal_test(shape, constraint, self._shapes)
        term = self._index.term
        return lambda _, values: test([term(value) for value in values])

    def _has_value(self, _shape: Node, constraint: Constraint) -> _Test:
        wanted = [self._index.find(value) for value in constraint.values]
        return lambda _, values: all(number in values for number in wanted)

    def _in(self, _shape: Node, constraint: Constraint) -> _Test:
        (head,) = constraint.values
        allowed = {self._index.find(item) for item in self._shapes.items(head)}
        return lambda _, values: allowed.issuperset(values)

    def _disjoint(self, _shape: Node, constraint: Constraint) -> _Test:
        walks = [walk_of(_iri(predicate), self._index) for predicate in constraint.values]
        return lambda node, values: all(set(values).isdisjoint(walk(node)) for walk in walks)

    def _less(self, _shape: Node, constraint: Constraint) -> _Test:
        walks = [walk_of(_iri(predicate), self._index) for predicate in constraint.values]
        or_equal = constraint.predicate == SH.lessThanOrEquals

        def test(node: int, values: list[int]) -> bool:
            others = [other for walk in walks for other in walk(node)]
            return all(
                is_less(value_of(self._index.term(value)), value_of(self._index.term(other)), or_equal=or_equal)
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


def _iri(node: Node) -> URIRef:
    if not isinstance(node, URIRef):
        raise UnsureError
    return node


def _single(node: int) -> list[int]:
    return [node]


def _unsure_test(_: int, __: list[int]) -> bool:
    raise UnsureError
