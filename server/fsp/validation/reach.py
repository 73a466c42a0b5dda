"""What each shape reads: the triples that decide what it says of a focus node, as paths from that node.

The targets and constraints of all shapes become one automaton. A state stands for where a constraint looks, an edge for
one triple that leads from there to the next. Walked forwards from a focus node, it comes to every triple that the shape
can read about that node. Walked backwards from a triple, it finds every focus node that reads the triple.
What cannot be told this way, such as a sub-query, makes its shape `unbounded`: it may read anything.
"""

from collections.abc import Iterable

from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.term import Node

from fsp.validation.automaton import Automaton, Way
from fsp.validation.index import Index, Triple
from fsp.validation.shapegraph import Constraint, PropertyPath, ShapeGraph
from fsp.validation.sparql_reach import Pattern, UnknownReachError, patterns_of

__all__ = ["Reach"]

_PAIRS = {SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals}


class Reach:
    """What the shapes of a graph read.

    Args:
        shapes: the shapes.

    Attributes:
        unbounded: the shapes and constraints that may read anything.
    """

    def __init__(self, shapes: ShapeGraph) -> None:
        self._shapes = shapes
        self._automaton = Automaton()
        self._at: dict[Node, int] = {}
        self.unbounded: set[Node] = set()
        self._start = {shape: self._targeted(shape) for shape in shapes.targets}
        self._spread_unbounded()

    def read(self, starts: Iterable[tuple[Node, int]], index: Index) -> set[Triple]:
        """Return every triple that shapes can read about focus nodes.

        Args:
            starts: pairs of a shape or constraint, and a focus node.
            index: the data.
        """
        places = ((self._state_of(shape), node) for shape, node in starts)
        return self._automaton.forwards(places, index)[1]

    def readers(self, triples: Iterable[Triple], index: Index) -> dict[Node, set[int]]:
        """Return for each shape the nodes that can read one of some triples, if they are its focus nodes.

        Args:
            triples: some triples of the data.
            index: the data.
        """
        shapes = {state: shape for shape, state in self._start.items()}
        found: dict[Node, set[int]] = {}
        for state, node in self._automaton.backwards(triples, index):
            if state in shapes:
                found.setdefault(shapes[state], set()).add(node)
        return found

    def looks(self, shape: Node, node: int, index: Index) -> set[tuple[int, Node | None]]:
        """Return where a shape or constraint looks: each node that it comes to, with a predicate asked for there.

        Args:
            shape: the shape or constraint.
            node: its focus node.
            index: the data.
        """
        places, _ = self._automaton.forwards([(self._state_of(shape), node)], index)
        return self._automaton.asked(places)

    def _state_of(self, shape: Node) -> int:
        return self._start.get(shape) or self._at[shape]

    # Making the automaton

    def _targeted(self, shape: Node) -> int:
        """Return the state in which a shape's focus nodes are looked for (SHACL, section 2.1.3)."""
        start = self._automaton.state()
        for predicate, value in self._shapes.targets[shape]:
            if predicate == SH.targetClass:
                self._instance(start)
            elif predicate == SH.targetSubjectsOf:
                self._automaton.edge(start, Way.OUT, value)
            elif predicate == SH.targetObjectsOf:
                self._automaton.edge(start, Way.INTO, value)
        self._automaton.edge(start, Way.STAY, target=self._enter(shape))
        return start

    def _instance(self, state: int) -> None:
        """Read the classes of a node, and what they are under (SHACL, section 1.1)."""
        class_ = self._automaton.edge(state, Way.OUT, RDF.type)
        self._automaton.edge(class_, Way.OUT, RDFS.subClassOf, class_)

    def _enter(self, shape: Node) -> int:
        """Return the state in which a shape looks at its focus node."""
        if shape not in self._at:
            state = values = self._at[shape] = self._automaton.state()
            path = self._shapes.path(shape)
            if path is not None:
                values = self._automaton.state()
                self._path(path, state, values)
            for constraint in self._shapes.constraints(shape):
                self._constraint(shape, constraint, state, values)
        return self._at[shape]

    def _constraint(self, shape: Node, constraint: Constraint, state: int, values: int) -> None:
        if not constraint.is_known:
            self.unbounded.add(shape)
        elif constraint.predicate == SH["class"]:
            self._instance(values)
        elif constraint.predicate in _PAIRS:
            for predicate in constraint.values:
                self._automaton.edge(state, Way.OUT, predicate)
        elif constraint.predicate == SH.closed:
            self._automaton.edge(values, Way.OUT)
        elif constraint.predicate == SH.sparql:
            for query in constraint.values:
                self._automaton.edge(state, Way.STAY, target=self._query(query))
        for inner in constraint.shapes:
            self._automaton.edge(values, Way.STAY, target=self._enter(inner))

    def _query(self, constraint: Node) -> int:
        if constraint not in self._at:
            self._at[constraint] = self._automaton.state()
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
            target = states.setdefault(pattern.target, self._automaton.state())
            if pattern.path is not None:
                self._path(pattern.path, source, target, inverse=pattern.is_inverse)
            else:
                self._automaton.edge(source, Way.INTO if pattern.is_inverse else Way.OUT, target=target)
            if pattern.name:
                self._automaton.edge(source, Way.NAME, target=states.setdefault(pattern.name, self._automaton.state()))

    def _path(self, path: PropertyPath, source: int, target: int, *, inverse: bool = False) -> None:
        """Add a property path (SHACL, section 2.3.1; SPARQL 1.1, section 9.1)."""
        if isinstance(path, URIRef):
            self._automaton.edge(source, Way.INTO if inverse else Way.OUT, path, target)
        elif isinstance(path, InvPath):
            self._path(path.arg, source, target, inverse=not inverse)
        elif isinstance(path, SequencePath):
            steps = path.args[::-1] if inverse else path.args
            states = [source, *(self._automaton.state() for _ in steps[1:]), target]
            for step, begin, end in zip(steps, states, states[1:], strict=False):
                self._path(step, begin, end, inverse=inverse)
        elif isinstance(path, AlternativePath):
            for one in path.args:
                self._path(one, source, target, inverse=inverse)
        elif isinstance(path, MulPath):
            self._repeated(path, source, target, inverse=inverse)
        else:
            # A negated set: any predicate, in either direction.
            self._automaton.edge(source, Way.OUT, target=target)
            self._automaton.edge(source, Way.INTO, target=target)

    def _repeated(self, path: MulPath, source: int, target: int, *, inverse: bool) -> None:
        before, after = self._automaton.edge(source, Way.STAY), self._automaton.state()
        self._path(path.path, before, after, inverse=inverse)
        self._automaton.edge(after, Way.STAY, target=target)
        if path.mod != "?":
            self._automaton.edge(after, Way.STAY, target=before)
        if path.mod != "+":
            self._automaton.edge(source, Way.STAY, target=target)

    def _spread_unbounded(self) -> None:
        """Make each shape unbounded that comes to one that is."""
        endless = self._automaton.before(self._at[shape] for shape in self.unbounded)
        states = [*self._at.items(), *self._start.items()]
        self.unbounded |= {shape for shape, state in states if state in endless}
