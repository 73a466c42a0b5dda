"""Shapes as data: the targets and constraints of each shape of a shapes graph (SHACL, sections 2 to 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.term import Node

__all__ = ["TARGETS", "Constraint", "PropertyPath", "ShapeGraph"]

PropertyPath = URIRef | Path
"""A property path, as rdflib has those of SPARQL."""

TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_ONE_SHAPE = {SH.property, SH.node, SH["not"], SH.qualifiedValueShape}
_SHAPE_LISTS = {SH["and"], SH["or"], SH.xone}
_REPEATS: dict[URIRef, Literal["*", "+", "?"]] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}
_NO_CONSTRAINT = {
    RDF.type, SH.path, SH.name, SH.description, SH.order, SH.group, SH.message, SH.severity, SH.defaultValue,
    SH.flags, SH.ignoredProperties, *TARGETS,
}  # fmt: skip
_KNOWN = _ONE_SHAPE | _SHAPE_LISTS | {
    SH["class"], SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.minInclusive, SH.maxInclusive, SH.minExclusive,
    SH.maxExclusive, SH.minLength, SH.maxLength, SH.pattern, SH.languageIn, SH.uniqueLang, SH.equals, SH.disjoint,
    SH.lessThan, SH.lessThanOrEquals, SH.hasValue, SH["in"], SH.closed, SH.sparql, SH.deactivated,
    SH.qualifiedMinCount, SH.qualifiedMaxCount,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Constraint:
    """One parameter of a shape.

    Attributes:
        predicate: the parameter, such as `sh:minCount`.
        values: its values.
        shapes: the shapes that it applies to the value nodes.
        is_known: whether what it reads is known: it is of SHACL Core, or a SPARQL constraint.
    """

    predicate: URIRef
    values: tuple[Node, ...]
    shapes: tuple[Node, ...]
    is_known: bool


class ShapeGraph:
    """A shapes graph.

    Args:
        graph: its triples.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._constraints: dict[Node, tuple[Constraint, ...]] = {}

    @cached_property
    def targets(self) -> dict[Node, tuple[tuple[URIRef, Node], ...]]:
        """The targets of each shape that has any, its own class among them where it is one (SHACL, section 2.1.3)."""
        found: dict[Node, list[tuple[URIRef, Node]]] = {}
        for predicate in TARGETS:
            for shape, value in self.graph.subject_objects(predicate):
                found.setdefault(shape, []).append((predicate, value))
        for class_ in {*self.graph.transitive_subjects(RDFS.subClassOf, RDFS.Class), OWL.Class}:
            for shape in self.graph.subjects(RDF.type, class_):
                if isinstance(shape, URIRef) and any(
                    (shape, RDF.type, kind) in self.graph for kind in (SH.NodeShape, SH.PropertyShape)
                ):
                    found.setdefault(shape, []).append((SH.targetClass, shape))
        return {shape: tuple(dict.fromkeys(values)) for shape, values in found.items()}

    def constraints(self, shape: Node) -> tuple[Constraint, ...]:
        """Return the parameters of a shape's constraints."""
        if shape not in self._constraints:
            self._constraints[shape] = tuple(self._read(shape))
        return self._constraints[shape]

    def path(self, shape: Node) -> PropertyPath | None:
        """Return the property path of a shape; None where it is a node shape."""
        path = self.graph.value(shape, SH.path)
        return None if path is None else self._path(path)

    def items(self, head: Node) -> tuple[Node, ...]:
        """Return the items of a list."""
        return tuple(Collection(self.graph, head))

    def query(self, constraint: Node) -> str:
        """Return the query of a SPARQL constraint with its prefixes (SHACL, section 5.2.1); empty where it has none."""
        select = self.graph.value(constraint, SH.select)
        if select is None:
            return ""
        prefixes = {
            str(self.graph.value(one, SH.prefix)): str(self.graph.value(one, SH.namespace))
            for holder in self.graph.objects(constraint, SH.prefixes)
            for one in self.declarations(holder)
        }
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items()) + str(select)

    def declarations(self, holder: Node) -> tuple[Node, ...]:
        """Return the prefix declarations of a value of `sh:prefixes`, those of what it imports too."""
        ontologies = self.graph.transitive_objects(holder, OWL.imports)
        return tuple(one for ontology in ontologies for one in self.graph.objects(ontology, SH.declare))

    @cached_property
    def has_components(self) -> bool:
        """Whether there are constraint components beside those of SHACL Core (SHACL, section 6)."""
        return (None, RDF.type, SH.ConstraintComponent) in self.graph or (None, SH.parameter, None) in self.graph

    @cached_property
    def _parameters(self) -> set[Node]:
        """The parameters of constraint components that the graph itself declares (SHACL, section 6.2)."""
        return {path for one in self.graph.objects(None, SH.parameter) for path in self.graph.objects(one, SH.path)}

    def _read(self, shape: Node) -> Iterator[Constraint]:
        by_predicate: dict[URIRef, list[Node]] = {}
        for predicate, value in self.graph.predicate_objects(shape):
            if isinstance(predicate, URIRef) and predicate not in _NO_CONSTRAINT:
                by_predicate.setdefault(predicate, []).append(value)
        for predicate, values in by_predicate.items():
            if predicate not in self._parameters and not predicate.startswith(str(SH)):
                continue
            inner: list[Node] = []
            if predicate in _ONE_SHAPE:
                inner = values
            elif predicate in _SHAPE_LISTS:
                inner = [item for head in values for item in self.items(head)]
            is_known = predicate in _KNOWN and predicate not in self._parameters
            yield Constraint(predicate, tuple(values), tuple(inner), is_known)

    def _path(self, path: Node) -> PropertyPath:
        if isinstance(path, URIRef):
            return path
        if (path, RDF.first, None) in self.graph:
            return SequencePath(*(self._path(part) for part in self.items(path)))
        alternatives = self.graph.value(path, SH.alternativePath)
        if alternatives is not None:
            return AlternativePath(*(self._path(part) for part in self.items(alternatives)))
        inverse = self.graph.value(path, SH.inversePath)
        if inverse is not None:
            return InvPath(self._path(inverse))
        for predicate, sign in _REPEATS.items():
            inner = self.graph.value(path, predicate)
            if inner is not None:
                return MulPath(self._path(inner), sign)
        raise ValueError(f"This is no property path: {path}")
