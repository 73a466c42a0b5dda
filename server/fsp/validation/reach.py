"""What each shape reads: the triples that decide what it says of a focus node, as paths from that node.

A shape's targets and constraints become one automaton for all shapes. A state stands for "where a constraint looks", an
edge for one triple that leads from there to the next. Walked forwards from a focus node, it visits every triple that
the shape can read about that node. Walked backwards from a triple, it finds every focus node that reads the triple.
What cannot be told this way, such as a sub-query, makes its shape `unbounded`: it may read anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.term import Node

from fsp.validation.index import Index, Triple
from fsp.validation.shapegraph import PropertyPath, ShapeGraph
from fsp.validation.sparql_reach import Pattern, UnknownReachError, patterns_of

__all__ = ["Reach"]


_PAIRS = {SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals}


class _Way(Enum):
    """How an edge leads from node to node."""

    OUT = "from the subject to the object"
    INTO = "from the object to the subject"
    NAME = "from the subject to the predicate"
    STAY = "nowhere"


@dataclass(frozen=True, slots=True)
class _Edge:
    source: int
    way: _Way
    predicate: Node | None
    target: int


class Reach:
    """What the shapes of a graph read.

    Args:
        shapes: the shapes.
    """

    def __init__(self, shapes: ShapeGraph) -> None:
        self._shapes = shapes
        self._states = 0
        self._at: dict[Node, int] = {}
        self._leaving: dict[int, list[_Edge]] = defaultdict(list)
        self._entering: dict[int, list[_Edge]] = defaultdict(list)
        self._by_predicate: dict[Node | None, list[_Edge]] = defaultdict(list)
        self.unbounded: set[Node] = set()
        self._start: dict[Node, int] = {}
        for shape in shapes.targets:
            self._start[shape] = self._new()
            self._add_targets(shape)
        self._shape_at = {state: shape for shape, state in self._start.items()}
        self._spread_unbounded()

    def read(self, starts: Iterable[tuple[Node, int]], index: Index) -> set[Triple]:
        """Return every triple that shapes can read about focus nodes.

        Args:
            starts: pairs of a shape or constraint, and a focus node.
            index: the data.
        """
        found: set[Triple] = set()
        self._visited(starts, index, found)
        return found

    def _visited(self, starts: Iterable[tuple[Node, int]], index: Index, found: set[Triple]) -> set[tuple[int, int]]:
        """Return the pairs of state and node that shapes come to, and add the triples on the way to `found`."""
        seen = {(self._state_of(shape), node) for shape, node in starts}
        waiting = list(seen)
        while waiting:
            state, node = waiting.pop()
            for edge in self._leaving.get(state, ()):
                for triple, next_node in _follow(edge, node, index):
                    if triple is not None:
                        found.add(triple)
                    reached = (edge.target, next_node)
                    if reached not in seen:
                        seen.add(reached)
                        waiting.append(reached)
        return seen

    def readers(self, triples: Iterable[Triple], index: Index) -> set[tuple[Node, int]]:
        """Return pairs of a shape and a node: each that can read one of the triples, if the node is its focus node.

        Args:
            triples: some triples of the data.
            index: the data.
        """
        numbers = {index.find(predicate): edges for predicate, edges in self._by_predicate.items() if predicate}
        any_predicate = self._by_predicate.get(None, [])
        seen: set[tuple[int, int]] = set()
        for subject, predicate, value in triples:
            for edge in (*numbers.get(predicate, ()), *any_predicate):
                seen.add((edge.source, value if edge.way is _Way.INTO else subject))
        waiting = list(seen)
        found = set()
        while waiting:
            state, node = waiting.pop()
            if state in self._shape_at:
                found.add((self._shape_at[state], node))
            for edge in self._entering.get(state, ()):
                for previous in _follow_back(edge, node, index):
                    reached = (edge.source, previous)
                    if reached not in seen:
                        seen.add(reached)
                        waiting.append(reached)
        return found

    def looks(self, shape: Node, node: int, index: Index) -> set[tuple[int, Node | None]]:
        """Return where a shape or constraint looks: each node that it comes to, with a predicate asked for there.

        Args:
            shape: the shape or constraint.
            node: its focus node.
            index: the data.
        """
        return {
            (at, edge.predicate)
            for state, at in self._visited([(shape, node)], index, set())
            for edge in self._leaving.get(state, ())
            if edge.way is not _Way.STAY
        }

    # Making the automaton

    def _new(self) -> int:
        self._states += 1
        return self._states

    def _state_of(self, shape: Node) -> int:
        return self._start.get(shape) or self._at[shape]

    def _edge(self, source: int, way: _Way, predicate: Node | None, target: int | None = None) -> int:
        edge = _Edge(source, way, predicate, self._new() if target is None else target)
        self._leaving[source].append(edge)
        self._entering[edge.target].append(edge)
        if way is not _Way.STAY:
            self._by_predicate[predicate].append(edge)
        return edge.target

    def _add_targets(self, shape: Node) -> None:
        start = self._start[shape]
        for predicate, value in self._shapes.targets[shape]:
            if predicate == SH.targetClass:
                self._instance(start)
            elif predicate == SH.targetSubjectsOf:
                self._edge(start, _Way.OUT, value)
            elif predicate == SH.targetObjectsOf:
                self._edge(start, _Way.INTO, value)
        self._edge(start, _Way.STAY, None, self._enter(shape))

    def _instance(self, state: int) -> None:
        """Read the classes of a node, and what they are under (SHACL, section 1.1)."""
        class_ = self._edge(state, _Way.OUT, RDF.type)
        self._edge(class_, _Way.OUT, RDFS.subClassOf, class_)

    def _enter(self, shape: Node) -> int:
        """Return the state in which a shape or constraint looks at its focus node."""
        if shape not in self._at:
            self._at[shape] = self._new()
            self._fill(shape, self._at[shape])
        return self._at[shape]

    def _fill(self, shape: Node, state: int) -> None:  # noqa: C901 - one branch a kind of constraint
        values = state
        path = self._shapes.path(shape)
        if path is not None:
            values = self._new()
            self._path(path, state, values)
        for constraint in self._shapes.constraints(shape):
            if not constraint.is_known:
                self.unbounded.add(shape)
            elif constraint.predicate == SH["class"]:
                self._instance(values)
            elif constraint.predicate in _PAIRS:
                for predicate in constraint.values:
                    self._edge(state, _Way.OUT, predicate)
            elif constraint.predicate == SH.closed:
                self._edge(values, _Way.OUT, None)
            elif constraint.predicate == SH.sparql:
                for query in constraint.values:
                    self._edge(state, _Way.STAY, None, self._query(query))
            for inner in constraint.shapes:
                self._edge(values, _Way.STAY, None, self._enter(inner))

    def _query(self, constraint: Node) -> int:
        if constraint not in self._at:
            self._at[constraint] = self._new()
            try:
                self._patterns(self._at[constraint], patterns_of(self._shapes.query(constraint)))
            except UnknownReachError:
                self.unbounded.add(constraint)
        return self._at[constraint]

    def _patterns(self, start: int, patterns: Iterable[Pattern]) -> None:
        """Add the triple patterns of a query; each begins at a variable that is `this` or was reached before."""
        states = {"this": start}
        for pattern in patterns:
            source = states[pattern.source]
            target = states.setdefault(pattern.target, self._new())
            if pattern.path is not None:
                self._path(pattern.path, source, target, inverse=pattern.is_inverse)
            else:
                self._edge(source, _Way.INTO if pattern.is_inverse else _Way.OUT, None, target)
            if pattern.name:
                self._edge(source, _Way.NAME, None, states.setdefault(pattern.name, self._new()))

    def _path(self, path: PropertyPath, source: int, target: int, *, inverse: bool = False) -> None:
        """Add a property path (SHACL, section 2.3.1; SPARQL 1.1, section 9.1)."""
        if isinstance(path, URIRef):
            self._edge(source, _Way.INTO if inverse else _Way.OUT, path, target)
        elif isinstance(path, InvPath):
            self._path(path.arg, source, target, inverse=not inverse)
        elif isinstance(path, SequencePath):
            steps = path.args[::-1] if inverse else path.args
            states = [source, *(self._new() for _ in steps[1:]), target]
            for step, begin, end in zip(steps, states, states[1:], strict=False):
                self._path(step, begin, end, inverse=inverse)
        elif isinstance(path, AlternativePath):
            for one in path.args:
                self._path(one, source, target, inverse=inverse)
        elif isinstance(path, MulPath):
            before, after = self._edge(source, _Way.STAY, None), self._new()
            self._path(path.path, before, after, inverse=inverse)
            self._edge(after, _Way.STAY, None, target)
            if path.mod != "?":
                self._edge(after, _Way.STAY, None, before)
            if path.mod != "+":
                self._edge(source, _Way.STAY, None, target)
        else:
            # A negated set: any predicate, in either direction.
            self._edge(source, _Way.OUT, None, target)
            self._edge(source, _Way.INTO, None, target)

    def _spread_unbounded(self) -> None:
        """Make each shape unbounded that comes to one that is."""
        endless = {self._at[shape] for shape in self.unbounded}
        waiting = list(endless)
        while waiting:
            for edge in self._entering.get(waiting.pop(), ()):
                if edge.source not in endless:
                    endless.add(edge.source)
                    waiting.append(edge.source)
        states = [*self._at.items(), *self._start.items()]
        self.unbounded |= {shape for shape, state in states if state in endless}


def _follow(edge: _Edge, node: int, index: Index) -> Iterator[tuple[Triple | None, int]]:
    if edge.way is _Way.STAY:
        yield None, node
        return
    predicate = None if edge.predicate is None else index.find(edge.predicate)
    if edge.predicate is not None and predicate is None:
        return
    if edge.way is _Way.INTO:
        if predicate is None:
            yield from ((triple, triple[0]) for triple in index.naming(node))
        else:
            yield from (((subject, predicate, node), subject) for subject in index.subjects(predicate, node))
    elif predicate is None:
        yield from ((triple, triple[1 if edge.way is _Way.NAME else 2]) for triple in index.about(node))
    else:
        yield from (((node, predicate, value), value) for value in index.objects(node, predicate))


def _follow_back(edge: _Edge, node: int, index: Index) -> Iterable[int]:  # noqa: PLR0911 - one a kind of edge
    """Return the nodes from which an edge leads to a node."""
    if edge.way is _Way.STAY:
        return (node,)
    if edge.way is _Way.NAME:
        return index.with_predicate(node)
    predicate = None if edge.predicate is None else index.find(edge.predicate)
    if edge.predicate is not None and predicate is None:
        return ()
    if edge.way is _Way.INTO:
        if predicate is None:
            return [value for _, _, value in index.about(node)]
        return index.objects(node, predicate)
    if predicate is None:
        return [subject for subject, _, _ in index.naming(node)]
    return index.subjects(predicate, node)
