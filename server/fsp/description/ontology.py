"""An ontology as people read it: its classes and properties, each with its links and an example from the data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Identifier, Literal

from fsp.description.describe import LINKS, term
from fsp.description.diagram import Diagram, draw_model
from fsp.description.labels import labels, words
from fsp.description.thing import Property, Thing, Value
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions

__all__ = ["Ontology", "OntologyTerm", "read_ontology"]

_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@dataclass(frozen=True, slots=True)
class OntologyTerm:
    """A class or a property.

    Attributes:
        thing: what the ontology says of it.
        fragment: the part of its IRI after `#`, which is its anchor.
        links: the terms of other vocabularies that it is linked to.
        users: of a class, the properties that lead from it or to it.
        example: a statement of the data that uses it: a thing, and of a property also its value.
        successors: what took its place, where it is deprecated; None where it is in use.
    """

    thing: Thing
    fragment: str
    links: tuple[Property, ...]
    users: tuple[Value, ...]
    example: tuple[Value, ...]
    successors: tuple[Value, ...] | None


@dataclass(frozen=True, slots=True)
class Ontology:
    """An ontology.

    Attributes:
        header: what is said of itself.
        citation: how to cite it.
        classes: its classes, by name.
        properties: its properties, by name.
        diagram: a picture of both.
    """

    header: Thing
    citation: str
    classes: tuple[OntologyTerm, ...]
    properties: tuple[OntologyTerm, ...]
    diagram: Diagram


def read_ontology(executor: Executor, iri: str, graph: Graph) -> Ontology:
    """Return an ontology with what its page needs beside its description.

    Args:
        executor: evaluates the queries.
        iri: the ontology.
        graph: its description.

    Raises:
        FspError: as `Executor.execute`.
    """
    classes = _terms(graph, (OWL.Class,))
    properties = _terms(graph, _PROPERTIES)
    links = _links(executor, iri, graph)
    examples = {**_examples(executor, classes, "a", ""), **_examples(executor, properties, "", "?value")}
    said = [node for triple in graph for node in triple]
    shown = [value for row in (*links, *examples.values()) for value in row.values()]
    names = labels(executor, [str(node) for node in (*said, *shown) if isinstance(node, URIRef)])
    reader = _Reader(graph, names, links, examples)
    return Ontology(
        Thing(iri, graph, names),
        str(graph.value(URIRef(iri), DCTERMS.bibliographicCitation) or ""),
        reader.terms(classes),
        reader.terms(properties),
        draw_model(graph, names),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    graph: Graph
    names: Mapping[str, str]
    links: Sequence[Mapping[str, Identifier]]
    examples: Mapping[str, Mapping[str, Identifier]]

    def terms(self, iris: Iterable[str]) -> tuple[OntologyTerm, ...]:
        terms = [self.term(iri) for iri in iris]
        return tuple(sorted(terms, key=lambda term: (term.thing.label.casefold(), term.thing.iri)))

    def term(self, iri: str) -> OntologyTerm:
        node = URIRef(iri)
        found = self.examples.get(iri, {})
        users = {user for end in (RDFS.domain, RDFS.range) for user in self.graph.subjects(end, node)}
        deprecated = Literal(lexical_or_value=True) in set(self.graph.objects(node, OWL.deprecated))
        successors = self.values(self.graph.objects(node, DCTERMS.isReplacedBy))
        return OntologyTerm(
            Thing(iri, self.graph, self.names),
            iri.partition("#")[2],
            self.links_of(iri),
            self.values(users),
            tuple(self.value(found[part]) for part in ("thing", "value") if part in found),
            successors if deprecated else None,
        )

    def links_of(self, iri: str) -> tuple[Property, ...]:
        links: dict[str, list[Identifier]] = {}
        for row in self.links:
            if str(row["term"]) == iri:
                links.setdefault(str(row["link"]), []).append(row["other"])
        return tuple(Property(link, words(link), self.values(others)) for link, others in sorted(links.items()))

    def values(self, nodes: Iterable[object]) -> tuple[Value, ...]:
        return tuple(sorted(map(self.value, nodes), key=lambda value: value.text.casefold()))

    def value(self, node: object) -> Value:
        text = str(node)
        return Value(self.names.get(text) or words(text), iri=text) if isinstance(node, URIRef) else Value(text)


def _terms(graph: Graph, kinds: Iterable[URIRef]) -> list[str]:
    return sorted({str(term) for kind in kinds for term in graph.subjects(RDF.type, kind) if isinstance(term, URIRef)})


def _links(executor: Executor, iri: str, graph: Graph) -> list[dict[str, Identifier]]:
    """Return the links of the ontology's terms to others, which are kept beside it."""
    rows = solutions(
        executor,
        f"""SELECT DISTINCT ?term ?link ?other WHERE {{
          VALUES ?link {{ {LINKS} }}
          ?term <{RDFS.isDefinedBy}> {term(iri)} ; ?link ?other .
          FILTER(isIRI(?other))
        }} ORDER BY ?term ?link ?other""",
    )
    hierarchy = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader}
    own = {(str(s), str(o)) for s, p, o in graph if p in hierarchy}
    return [row for row in rows if (str(row["term"]), str(row["other"])) not in own]


def _examples(executor: Executor, terms: Sequence[str], verb: str, value: str) -> dict[str, dict[str, Identifier]]:
    """Return a statement that uses each term: the first that the engine finds, however many there are."""
    if not terms:
        return {}
    branches = [
        f"{{ SELECT ({term(iri)} AS ?term) ?thing {value} "
        f"WHERE {{ ?thing {verb} {term(iri)} {value} . FILTER(isIRI(?thing)) }} LIMIT 1 }}"
        for iri in terms
    ]
    rows = solutions(executor, f"SELECT ?term ?thing {value} WHERE {{ {' UNION '.join(branches)} }}")
    return {str(row["term"]): row for row in rows}
