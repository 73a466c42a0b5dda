"""Shapes as people read them: for each one what it is about, and its rules in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from fsp.description.labels import words

__all__ = ["Rule", "Shape", "Words", "read_helpers", "read_shapes"]

_TARGETS = {
    SH.targetClass: _("every {}"),
    SH.targetSubjectsOf: _("whatever has the property {}"),
    SH.targetObjectsOf: _("every value of the property {}"),
    SH.targetNode: "{}",
}
_COUNTS = {(1, 1): _("exactly one"), (1, None): _("at least one"), (None, 1): _("at most one"), (None, 0): _("none")}
_RULES = {
    SH["class"]: _("each of the class {}"),
    SH.datatype: _("each of the datatype {}"),
    SH.nodeKind: _("each of the kind {}"),
    SH.node: _("each keeps to the shape “{}”"),
    SH["not"]: _("does not keep to the shape “{}”"),
    SH.hasValue: _("{} among the values"),
    SH.pattern: _("matches the pattern {}"),
    SH.disjoint: _("none that is also a value of {}"),
    SH.equals: _("the same as the values of {}"),
    SH.lessThan: _("less than the value of {}"),
    SH.lessThanOrEquals: _("not more than the value of {}"),
    SH.minInclusive: _("not less than {}"),
    SH.maxInclusive: _("not more than {}"),
    SH.minExclusive: _("more than {}"),
    SH.maxExclusive: _("less than {}"),
    SH.minLength: _("not shorter than {} characters"),
    SH.maxLength: _("not longer than {} characters"),
}
"""SHACL, section 4: constraints with one value, in words."""
_LISTS = {
    SH["or"]: (_("keeps to at least one of the shapes “{}”"), "”, “"),
    SH["and"]: (_("keeps to all of the shapes “{}”"), "”, “"),
    SH.xone: (_("keeps to exactly one of the shapes “{}”"), "”, “"),
    SH["in"]: (_("one of {}"), ", "),
    SH.languageIn: (_("in one of the languages {}"), ", "),
}
_QUALIFIED = {
    SH.qualifiedMinCount: _("at least {} that keep to the shape “{}”"),
    SH.qualifiedMaxCount: _("at most {} that keep to the shape “{}”"),
}
_PATHS: dict[URIRef, Any] = {
    SH.zeroOrMorePath: _("{}, any number of times"),
    SH.oneOrMorePath: _("{}, once or more"),
    SH.zeroOrOnePath: _("{}, or none"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a shape's table.

    Attributes:
        fragment: its anchor; empty for the rule of the shape itself.
        path: the property that it is about, in words; empty for the thing itself.
        name: what it is called.
        rule: what has to hold.
        severity: how grave a breach of it is.
        message: what is told of a breach.
    """

    fragment: str
    path: str
    name: str
    rule: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape.

    Attributes:
        fragment: its anchor.
        name: what it is called.
        description: what it says.
        about: what it checks, in words; empty for a shape that only others use.
        rules: its rules.
    """

    fragment: str
    name: str
    description: str
    about: str
    rules: tuple[Rule, ...]


def read_shapes(graph: Graph, names: Mapping[str, str]) -> tuple[Shape, ...]:
    """Return the node shapes of a graph: first those that check things of their own accord, by name.

    Args:
        graph: the shapes.
        names: what classes, properties and shapes are called, by IRI.
    """
    reader = Words(graph, names)
    shapes = [reader.shape(node) for node in graph.subjects(RDF.type, SH.NodeShape) if isinstance(node, URIRef)]
    return tuple(sorted(shapes, key=lambda shape: (not shape.about, shape.name.casefold(), shape.fragment)))


@dataclass(frozen=True)
class Words:
    """Says what a shapes graph holds in words.

    Attributes:
        graph: the shapes.
        names: what terms are called, by IRI.
    """

    graph: Graph
    names: Mapping[str, str]

    def shape(self, node: URIRef) -> Shape:
        """Return a node shape."""
        own = self.rule(node, "")
        parts = [part for link in (SH.property, SH.sparql) for part in self.graph.objects(node, link)]
        rules = [self.rule(part, str(part).partition("#")[2]) for part in sorted(parts, key=self._order)]
        return Shape(
            str(node).partition("#")[2],
            self._text(node, SH.name) or words(str(node)),
            self._text(node, SH.description),
            str(_(" or ")).join(self._about(node)),
            tuple([own, *rules] if own.rule else rules),
        )

    def rule(self, node: Node, fragment: str) -> Rule:
        """Return a shape or a constraint as one rule."""
        path = self.graph.value(node, SH.path)
        is_query = (node, SH.select, None) in self.graph
        rule = str(_("what a SPARQL query finds is a breach")) if is_query else "; ".join(self._constraints(node))
        severity = self.graph.value(node, SH.severity) or SH.Violation
        return Rule(
            fragment,
            "" if path is None else self.path(path),
            self._text(node, SH.name),
            rule,
            words(str(severity)),
            self._text(node, SH.message),
        )

    def path(self, path: Node) -> str:
        """Return a property path in words (SHACL, section 2.3.1)."""
        if isinstance(path, URIRef):
            return self.name(path)
        if (path, RDF.first, None) in self.graph:
            return str(_(", then ")).join(self.path(step) for step in self.graph.items(path))
        inverse = self.graph.value(path, SH.inversePath)
        if inverse is not None:
            return str(_("what refers to it by {}")).format(self.path(inverse))
        alternative = self.graph.value(path, SH.alternativePath)
        if alternative is not None:
            return str(_(" or ")).join(self.path(choice) for choice in self.graph.items(alternative))
        for kind, form in _PATHS.items():
            inner = self.graph.value(path, kind)
            if inner is not None:
                return str(form).format(self.path(inner))
        return str(_("a path"))

    def name(self, node: Node) -> str:
        """Return what a term is called; a literal as it stands."""
        return str(node) if isinstance(node, Literal) else self.names.get(str(node)) or words(str(node))

    def _about(self, node: URIRef) -> Iterator[str]:
        for target, form in _TARGETS.items():
            for value in sorted(map(self.name, self.graph.objects(node, target))):
                yield str(form).format(value)

    def _constraints(self, node: Node) -> Iterator[str]:
        yield from self._counts(node)
        for constraint, form in _RULES.items():
            for value in sorted(map(self.name, self.graph.objects(node, constraint))):
                yield str(form).format(value)
        for constraint, (form, between) in _LISTS.items():
            for members in self.graph.objects(node, constraint):
                yield str(form).format(between.join(map(self.name, self.graph.items(members))))
        if self.graph.value(node, SH.uniqueLang):
            yield str(_("no two in one language"))
        if self.graph.value(node, SH.closed):
            yield str(_("no other properties"))

    def _counts(self, node: Node) -> Iterator[str]:
        least, most = (self._number(node, count) for count in (SH.minCount, SH.maxCount))
        if (least, most) in _COUNTS:
            yield str(_COUNTS[least, most])
        else:
            if least:
                yield str(_("at least {}")).format(least)
            if most is not None:
                yield str(_("at most {}")).format(most)
        shape = self.graph.value(node, SH.qualifiedValueShape)
        if shape is not None:
            for count, form in _QUALIFIED.items():
                number = self._number(node, count)
                if number is not None:
                    yield str(form).format(number, self.name(shape))

    def _number(self, node: Node, count: URIRef) -> int | None:
        value = self.graph.value(node, count)
        return None if value is None else int(str(value))

    def _text(self, node: Node, property_: URIRef) -> str:
        return str(self.graph.value(node, property_) or "")

    def _order(self, node: Node) -> tuple[float, str]:
        return float(str(self.graph.value(node, SH.order) or 0)), str(node)


def read_helpers(graph: Graph) -> list[tuple[str, str]]:
    """Return what else a shapes graph names, by anchor: groups of properties, and prefixes of its queries."""
    groups = {node: graph.value(node, RDFS.label) for node in graph.subjects(RDF.type, SH.PropertyGroup)}
    prefixes = {node: graph.value(node, SH.namespace) for node in graph.subjects(RDF.type, SH.PrefixDeclaration)}
    return sorted((str(node).partition("#")[2], str(text)) for node, text in (groups | prefixes).items())
