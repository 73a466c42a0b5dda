"""A thing as people read it: what it is, what is said of it, what refers to it, and on what that rests."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Identifier, Node

from fsp.description.describe import describe
from fsp.description.labels import labels, words
from fsp.execution.interface import Executor
from fsp.namespaces import FSP
from fsp.prefixes import PREFIXES

__all__ = ["ElsewhereIdentifier", "Property", "Thing", "Value", "read_thing"]

ADMS = Namespace(PREFIXES["adms"])

_DESCRIPTIONS = (SKOS.definition, DCTERMS.description, SKOS.scopeNote, SH.description)
_MATCHES = (
    OWL.sameAs,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
)
_NAMES = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_MOST_VALUES = 100
"""As many values of one property as a page shows."""
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property.

    Attributes:
        text: how it is shown.
        iri: of what it links to; None for a literal or a blank node.
        language: of a text; None where it has none, or is in English.
        properties: what is said of a blank node.
    """

    text: str
    iri: str | None = None
    language: str | None = None
    properties: tuple["Property", ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property with the values that are shown.

    Attributes:
        iri: of the property.
        label: its name.
        values: some or all of its values.
        more: how many are left out.
    """

    iri: str
    label: str
    values: tuple[Value, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ElsewhereIdentifier:
    """What a thing is called elsewhere (`adms:Identifier`).

    Attributes:
        text: the identifier itself.
        iri: of the node that holds it; None for a blank one.
        properties: what else is known of it: who gives it, since when, on what evidence.
    """

    text: str
    iri: str | None
    properties: tuple[Property, ...]


@dataclass(frozen=True)
class Thing:
    """An IRI, the graph that describes it, and the labels that its page needs.

    Attributes:
        iri: the IRI.
        graph: its description.
        names: labels by IRI.
    """

    iri: str
    graph: Graph
    names: Mapping[str, str]

    @cached_property
    def node(self) -> URIRef:
        """The IRI as a term."""
        return URIRef(self.iri)

    @property
    def label(self) -> str:
        """Its name."""
        return self.name(self.iri)

    @property
    def descriptions(self) -> list[str]:
        """What it is, in words."""
        return [text for of in _DESCRIPTIONS for text in sorted(map(str, self.graph.objects(self.node, of)))]

    @property
    def types(self) -> list[Value]:
        """The classes that it is of."""
        return self._values(self.graph.objects(self.node, RDF.type))

    @property
    def is_case(self) -> bool:
        """Whether it is a case, which has a page that tells it."""
        return (self.node, RDF.type, FSP.CaseStudy) in self.graph

    @property
    def is_citation(self) -> bool:
        """Whether it is a place in a source, whose words its page shows or says where to read."""
        return (self.node, RDF.type, FSP.Citation) in self.graph

    @property
    def properties(self) -> list[Property]:
        """What is said of it, apart from its name, its classes, its citations and what it is called elsewhere."""
        apart = {RDF.type, *_DESCRIPTIONS, *_NAMES, FSP.restsOn, ADMS.identifier, *_MATCHES}
        return list(self._properties(self.node, apart, depth=0))

    @property
    def matches(self) -> list[Property]:
        """The same or a like thing elsewhere."""
        return [self._property(self.node, match, 0) for match in _MATCHES if (self.node, match, None) in self.graph]

    @property
    def identifiers(self) -> list[ElsewhereIdentifier]:
        """The identifiers that others give it."""
        found = []
        for node in self.graph.objects(self.node, ADMS.identifier):
            notation = self.graph.value(node, SKOS.notation)
            apart = {RDF.type, SKOS.notation, *_NAMES}
            text = str(notation) if notation is not None else self._value(node, _DEEPEST).text
            iri = str(node) if isinstance(node, URIRef) else None
            found.append(ElsewhereIdentifier(text, iri, tuple(self._properties(node, apart, depth=1))))
        return sorted(found, key=lambda identifier: identifier.text)

    def name(self, iri: str) -> str:
        """Return the label of an IRI, or else the last part of it in words."""
        text = str(iri)  # a term of rdflib is never equal to a text
        return self.names.get(text) or words(text)

    def _properties(self, node: Node, apart: set[URIRef], *, depth: int) -> Iterator[Property]:
        predicates = {p for p in self.graph.predicates(node) if isinstance(p, URIRef) and p not in apart}
        for predicate in sorted(predicates, key=lambda p: (self.name(p).casefold(), p)):
            yield self._property(node, predicate, depth)

    def _property(self, node: Node, predicate: URIRef, depth: int) -> Property:
        values = self._values(self.graph.objects(node, predicate), depth)
        return Property(
            str(predicate), self.name(predicate), tuple(values[:_MOST_VALUES]), max(0, len(values) - _MOST_VALUES)
        )

    def _values(self, nodes: Iterable[Node], depth: int = 0) -> list[Value]:
        values = [self._value(node, depth) for node in nodes]
        return sorted(values, key=lambda value: (value.text.casefold(), value.iri or ""))

    def _value(self, node: Node, depth: int) -> Value:
        if isinstance(node, Literal):
            language = node.language if node.language != "en" else None
            return Value(str(node), language=language)
        if isinstance(node, URIRef):
            return Value(self.name(node), iri=str(node))
        if depth >= _DEEPEST:
            return Value("…")
        if (node, RDF.first, None) in self.graph:
            members = tuple(self._value(member, depth + 1) for member in self.graph.items(node))
            return Value("", properties=(Property(str(RDF.List), words(str(RDF.List)), members),))
        return Value("", properties=tuple(self._properties(node, set(), depth=depth + 1)))


def read_thing(executor: Executor, iri: str, graph: Graph) -> Thing:
    """Return a thing with the labels of all that its description names, and with what is known of its identifiers.

    Args:
        executor: evaluates the queries.
        iri: the thing.
        graph: its description, which says something of it.

    Raises:
        FspError: as `Executor.execute`.
    """
    identifiers = sorted(node for node in graph.objects(URIRef(iri), ADMS.identifier) if isinstance(node, URIRef))
    if identifiers:
        graph = graph + describe(executor, *identifiers[:_MOST_VALUES])
    return Thing(iri, graph, labels(executor, _shown(graph, URIRef(iri))))


def _shown(graph: Graph, thing: URIRef) -> Iterator[str]:
    """Yield the IRIs that a page shows: of values that are left out, none."""
    yield thing
    for subject in {*graph.subjects()}:
        for predicate in {*graph.predicates(subject)}:
            yield str(predicate)
            named: list[Identifier] = sorted(
                value for value in graph.objects(subject, predicate) if isinstance(value, URIRef)
            )
            yield from map(str, named[: 2 * _MOST_VALUES])
