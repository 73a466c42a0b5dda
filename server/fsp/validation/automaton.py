"""States and the triples that lead from one to the next: walked forwards from nodes, and backwards from triples."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from rdflib.term import Node

from fsp.validation.index import Index, Triple

__all__ = ["Automaton", "Place", "Way"]

Place = tuple[int, int]
"""A state, and the number of the node that one is at."""

_ANY = -1
_ABSENT = -2


class Way(Enum):
    """How an edge leads from node to node."""

    OUT = "from the subject to the object"
    INTO = "from the object to the subject"
    NAME = "from the subject to the predicate"
    STAY = "nowhere"


@dataclass(frozen=True, slots=True)
class _Edge:
    source: int
    way: Way
    predicate: Node | None
    target: int


class Automaton:
    """An automaton over the triples of a graph."""

    def __init__(self) -> None:
        self._states = 0
        self._leaving: dict[int, list[_Edge]] = defaultdict(list)
        self._entering: dict[int, list[_Edge]] = defaultdict(list)
        self._edges: list[_Edge] = []

    def state(self) -> int:
        """Return a new state."""
        self._states += 1
        return self._states

    def edge(self, source: int, way: Way, predicate: Node | None = None, target: int | None = None) -> int:
        """Add an edge, and return the state that it leads to: a new one where none is given.

        Args:
            source: the state that it leads from.
            way: how it leads.
            predicate: the predicate of the triples that it takes; None takes any.
            target: the state that it leads to.
        """
        edge = _Edge(source, way, predicate, self.state() if target is None else target)
        self._leaving[source].append(edge)
        self._entering[edge.target].append(edge)
        self._edges.append(edge)
        return edge.target

    def before(self, states: Iterable[int]) -> set[int]:
        """Return some states and all those from which one can come to one of them."""
        found = set(states)
        waiting = list(found)
        while waiting:
            for edge in self._entering.get(waiting.pop(), ()):
                if edge.source not in found:
                    found.add(edge.source)
                    waiting.append(edge.source)
        return found

    def forwards(self, starts: Iterable[Place], index: Index) -> tuple[set[Place], set[Triple]]:
        """Return the places that one can come to, and the triples on the way.

        Args:
            starts: where to begin.
            index: the data.
        """
        numbers = self._numbers(index)
        triples: set[Triple] = set()
        seen = set(starts)
        waiting = list(seen)
        while waiting:
            state, node = waiting.pop()
            for edge in self._leaving.get(state, ()):
                found, nodes = _follow(edge.way, numbers[edge.predicate], node, index)
                triples.update(found)
                for reached in nodes:
                    place = (edge.target, reached)
                    if place not in seen:
                        seen.add(place)
                        waiting.append(place)
        return seen, triples

    def backwards(self, triples: Iterable[Triple], index: Index) -> set[Place]:
        """Return the places from which one can come to triples.

        Args:
            triples: some triples of the data.
            index: the data.
        """
        numbers = self._numbers(index)
        by_predicate: dict[int, list[_Edge]] = defaultdict(list)
        for edge in self._edges:
            if edge.way is not Way.STAY:
                by_predicate[numbers[edge.predicate]].append(edge)
        seen: set[Place] = set()
        for subject, predicate, value in triples:
            for number in (predicate, _ANY):
                for edge in by_predicate.get(number, ()):
                    seen.add((edge.source, value if edge.way is Way.INTO else subject))
        waiting = list(seen)
        while waiting:
            state, node = waiting.pop()
            for edge in self._entering.get(state, ()):
                for previous in _follow_back(edge.way, numbers[edge.predicate], node, index):
                    place = (edge.source, previous)
                    if place not in seen:
                        seen.add(place)
                        waiting.append(place)
        return seen

    def asked(self, places: Iterable[Place]) -> set[tuple[int, Node | None]]:
        """Return the nodes of places, each with the predicates that edges take there; None is any."""
        return {
            (node, edge.predicate)
            for state, node in places
            for edge in self._leaving.get(state, ())
            if edge.way is not Way.STAY
        }

    def _numbers(self, index: Index) -> Mapping[Node | None, int]:
        """Return the number of each predicate of an edge."""
        predicates = {edge.predicate for edge in self._edges if edge.predicate is not None}
        found = {predicate: index.find(predicate) for predicate in predicates}
        return {None: _ANY} | {one: _ABSENT if number is None else number for one, number in found.items()}


def _follow(way: Way, predicate: int, node: int, index: Index) -> tuple[Iterable[Triple], Iterable[int]]:
    """Return the triples of an edge at a node, and the nodes that they lead to."""
    if way is Way.STAY:
        return (), (node,)
    if predicate == _ANY:
        triples = list(index.naming(node) if way is Way.INTO else index.about(node))
        position = {Way.INTO: 0, Way.NAME: 1, Way.OUT: 2}[way]
        return triples, [triple[position] for triple in triples]
    if way is Way.INTO:
        subjects = index.subjects(predicate, node)
        return [(subject, predicate, node) for subject in subjects], subjects
    values = index.objects(node, predicate)
    return [(node, predicate, value) for value in values], values


def _follow_back(way: Way, predicate: int, node: int, index: Index) -> Iterable[int]:
    """Return the nodes from which an edge leads to a node."""
    if way is Way.STAY:
        return (node,)
    if way is Way.NAME:
        return index.with_predicate(node)
    if predicate == _ANY:
        triples = index.about(node) if way is Way.INTO else index.naming(node)
        return [triple[2 if way is Way.INTO else 0] for triple in triples]
    return index.objects(node, predicate) if way is Way.INTO else index.subjects(predicate, node)
