"""An identifier as a node of its own (ADMS 2.0, class Identifier)."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from fsp.linking.schemes import SCHEMES, scheme_iri
from fsp.namespaces import ADMS, SCHEMA, THING

__all__ = ["IDENTIFIER", "Identifier", "identifier_node", "identify"]

IDENTIFIER = Namespace(THING + "identifier/")


@dataclass(frozen=True, order=True)
class Identifier:
    """One identifier of one thing.

    Attributes:
        scheme: short name of the scheme: a key of `SCHEMES`.
        value: the identifier as its scheme writes it.
        start: first day on which it is valid, where a source says so.
        end: last day on which it is valid; None where it is still valid or no source says when it ended.
        replaced_by: the identifier of the same scheme that took its place.
        source: address of the document that made it.
    """

    scheme: str
    value: str
    start: date | None = None
    end: date | None = None
    replaced_by: str | None = None
    source: str | None = None


def identify(graph: Graph, thing: URIRef, owner: str, identifier: Identifier) -> URIRef:
    """Add an identifier of a thing to a graph, and return its node.

    Args:
        graph: where to add.
        thing: what is identified.
        owner: what the node's IRI begins with, so that no two things share one.
        identifier: the identifier.
    """
    scheme = SCHEMES[identifier.scheme]
    node = identifier_node(owner, identifier.scheme, identifier.value)
    graph.add((thing, ADMS.identifier, node))
    graph.add((node, RDF.type, ADMS.Identifier))
    graph.add((node, SKOS.notation, Literal(identifier.value)))
    graph.add((node, ADMS.schemaAgency, Literal(scheme.agency, "en")))
    graph.add((node, DCTERMS.conformsTo, scheme_iri(identifier.scheme)))
    for predicate, day in ((SCHEMA.validFrom, identifier.start), (SCHEMA.validThrough, identifier.end)):
        if day is not None:
            graph.add((node, predicate, Literal(day)))
    if identifier.replaced_by:
        graph.add((node, DCTERMS.isReplacedBy, identifier_node(owner, identifier.scheme, identifier.replaced_by)))
    if identifier.source:
        graph.add((node, DCTERMS.source, URIRef(identifier.source)))
    return node


def identifier_node(owner: str, scheme: str, value: str) -> URIRef:
    """Return the IRI of an identifier's node."""
    return IDENTIFIER[quote(f"{owner}-{scheme}-{value}".replace("/", "-"), safe="")]
