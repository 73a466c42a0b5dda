"""Which nodes each shape is about (SHACL, section 2.1.3), and shapes that are about chosen nodes only."""

from collections.abc import Iterator

from rdflib import Graph
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

__all__ = ["FocusNodes", "aimed", "focus_nodes"]

FocusNodes = dict[Node, set[Node]]
"""The focus nodes of each shape that has a target."""

_TARGETS = frozenset({SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf})
_WORDS = frozenset({SH.name, SH.description, SH.order, SH.group})


def focus_nodes(shapes: Graph, data: Graph) -> FocusNodes:
    """Return the nodes that each shape's targets select.

    Args:
        shapes: the shapes.
        data: the data graph, with the subclass axioms of the ontology.
    """
    targets = [triple for predicate in _TARGETS for triple in shapes.triples((None, predicate, None))]
    found: FocusNodes = {shape: set() for shape, _, _ in targets}
    for shape, predicate, value in targets:
        found[shape].update(_selected(predicate, value, data))
    return found


def aimed(shapes: Graph, focus: FocusNodes) -> Graph:
    """Return the same shapes, without what only people read, and with targets that select some of their focus nodes.

    What a shape says of a node does not depend on its other focus nodes, so the results are those that the whole
    run has for these nodes. pySHACL's own `focus_nodes` is no such thing: it also changes what `sh:node` sees.

    Args:
        shapes: the shapes; unchanged.
        focus: for each shape those of its focus nodes that are to be checked.
    """
    copy = Graph(bind_namespaces="none")
    for prefix, namespace in shapes.namespaces():
        copy.bind(prefix, namespace)
    for triple in shapes:
        if triple[1] not in _TARGETS and triple[1] not in _WORDS:
            copy.add(triple)
    for shape, nodes in focus.items():
        for node in nodes:
            copy.add((shape, SH.targetNode, node))
    return copy


def _selected(predicate: Node, value: Node, data: Graph) -> Iterator[Node]:
    if predicate == SH.targetNode:
        yield value
    elif predicate == SH.targetSubjectsOf:
        yield from data.subjects(value)
    elif predicate == SH.targetObjectsOf:
        yield from data.objects(None, value)
    else:
        for class_ in data.transitive_subjects(RDFS.subClassOf, value):
            yield from data.subjects(RDF.type, class_)
