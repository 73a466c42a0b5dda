"""Which nodes each shape is about (SHACL, section 2.1.3), and shapes that are about chosen nodes only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

from fsp.validation.index import Index
from fsp.validation.shapegraph import TARGETS, ShapeGraph

__all__ = ["FocusNodes", "Targets", "aimed"]

FocusNodes = Mapping[Node, set[int]]
"""Focus nodes of each shape, as numbers of an index."""

_WORDS = frozenset({SH.name, SH.description, SH.order, SH.group})


class Targets:
    """The targets of all shapes.

    Args:
        shapes: the shapes.
    """

    def __init__(self, shapes: ShapeGraph) -> None:
        self._shapes = shapes
        self._by: dict[Node, dict[Node, set[Node]]] = {kind: defaultdict(set) for kind in TARGETS}
        for shape, targets in shapes.targets.items():
            for kind, value in targets:
                self._by[kind][value].add(shape)

    def all(self, index: Index) -> dict[Node, set[int]]:
        """Return the focus nodes of each shape."""
        return {
            shape: {node for kind, value in targets for node in _selected(kind, value, index)}
            for shape, targets in self._shapes.targets.items()
        }

    def of(self, nodes: Iterable[int], index: Index) -> dict[Node, set[int]]:
        """Return the focus nodes of each shape among some nodes."""
        found: dict[Node, set[int]] = defaultdict(set)
        classes: dict[int, set[Node]] = {}
        for node in nodes:
            for shape in self._shapes_of(node, index, classes):
                found[shape].add(node)
        return found

    def _shapes_of(self, node: int, index: Index, classes: dict[int, set[Node]]) -> Iterator[Node]:
        yield from self._by[SH.targetNode].get(index.term(node), ())
        for class_ in index.objects(node, index.type):
            if class_ not in classes:
                classes[class_] = self._of_class(class_, index)
            yield from classes[class_]
        for kind, pairs in ((SH.targetSubjectsOf, index.objects), (SH.targetObjectsOf, None)):
            for predicate, shapes in self._by[kind].items():
                number = index.find(predicate)
                if number is not None and (pairs(node, number) if pairs else index.subjects(number, node)):
                    yield from shapes

    def _of_class(self, class_: int, index: Index) -> set[Node]:
        """Return the shapes whose targets are a class, or one that it is under."""
        seen = {class_}
        waiting = [class_]
        while waiting:
            for above in index.objects(waiting.pop(), index.subclass):
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
        by_class = self._by[SH.targetClass]
        return {shape for one in seen for shape in by_class.get(index.term(one), ())}


def aimed(shapes: ShapeGraph, focus: Mapping[Node, Iterable[Node]]) -> Graph:
    """Return shapes, without what only people read, and with targets that select some of their focus nodes.

    What a shape says of a node does not depend on its other focus nodes, so the results are those that the whole
    run has for these nodes. pySHACL's own `focus_nodes` is no such thing: it also changes what `sh:node` sees.

    Args:
        shapes: the shapes; unchanged.
        focus: for each shape those of its focus nodes that are to be checked.
    """
    copy = Graph(bind_namespaces="none")
    for prefix, namespace in shapes.graph.namespaces():
        copy.bind(prefix, namespace)
    waiting: list[Node] = list(shapes.graph.all_nodes() if shapes.has_components else focus)
    seen = set(waiting)
    while waiting:
        subject = waiting.pop()
        for predicate, value in shapes.graph.predicate_objects(subject):
            if (
                predicate in TARGETS
                or predicate in _WORDS
                or (predicate == RDF.type and value in {RDFS.Class, OWL.Class})
            ):
                continue
            copy.add((subject, predicate, value))
            if value not in seen:
                seen.add(value)
                waiting.append(value)
    for holder in set(copy.objects(None, SH.prefixes)):
        # pySHACL does not look for the declarations of what it imports.
        for declaration in shapes.declarations(holder):
            copy.add((holder, SH.declare, declaration))
    for shape, nodes in focus.items():
        for node in nodes:
            copy.add((shape, SH.targetNode, node))
    return copy


def _selected(kind: Node, value: Node, index: Index) -> Iterable[int]:
    number = index.find(value)
    if kind == SH.targetClass:
        return (node for class_ in index.subclasses(value) for node in index.subjects(index.type, class_))
    if number is None:
        return ()
    if kind == SH.targetNode:
        return (number,)
    subjects = index.with_predicate(number)
    if kind == SH.targetSubjectsOf:
        return subjects
    return (node for subject in subjects for node in index.objects(subject, number))
