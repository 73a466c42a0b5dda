"""Make `data/links.ttl` from the table of evidence and the register of local authorities."""

from collections.abc import Iterable
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, RDF, RDFS, SKOS, XSD

from fsp.errors import DataError
from fsp.linking.identifiers import identify
from fsp.linking.links.table import HOMEPAGE, REGISTER, Link, identifier_of
from fsp.linking.registers.rdf import AUTHORITY
from fsp.linking.schemes import SCHEMES
from fsp.namespaces import ADMS, GEO, SCHEMA, SSSOM, THING

__all__ = ["MANUAL", "links_graph"]

MANUAL = URIRef("https://w3id.org/semapv/vocab/ManualMappingCuration")
"""How each mapping was found: a person looked at the evidence."""

_STATEMENT = Namespace(THING + "link/")
_WORDS = {
    OWL.sameAs: "is the same as",
    SKOS.exactMatch: "exactly matches",
    SKOS.closeMatch: "closely matches",
    FOAF.homepage: "has the site",
    FOAF.page: "is described at",
}
_SHORT = {
    OWL.sameAs: "same",
    SKOS.exactMatch: "exact",
    SKOS.closeMatch: "close",
    FOAF.homepage: "homepage",
    FOAF.page: "page",
}
_SAME = {"wikidata", "planning-entity", "opendatacommunities", REGISTER}  # these name the body itself
_MATCHED = {"company-number", "gss-code", "os-id", "wikidata"}  # these name what a register or a map describes


def links_graph(links: Iterable[Link], register: Graph, names: Graph) -> Graph:
    """Return the links as a graph.

    Args:
        links: the rows of the table of evidence.
        register: the register of local authorities, for the coordinates of places.
        names: where the labels of the bodies and places stand.

    Raises:
        DataError: a row is about something that has no label, or names a body without a number to know it by.
    """
    links = tuple(links)
    graph = Graph(bind_namespaces="none")
    bodies = _bodies(links)
    for link in links:
        name = _name(names, link)
        match link.scheme:
            case "homepage" | "page":
                predicate = FOAF.homepage if link.scheme == HOMEPAGE and link.exact else FOAF.page
                _state(graph, link, name, predicate, URIRef(link.identifier))
            case "register":
                _register(graph, link, name, register)
            case _:
                _identifier(graph, link, links, bodies)
                _match(graph, link, name)
        if link.is_place and link.scheme == "gss-code" and link.end is None:
            _locate(graph, link, register)
    return graph


def _name(names: Graph, link: Link) -> str:
    name = names.value(link.thing, RDFS.label)
    if name is None:
        raise DataError(f"links.csv: {link.subject} is not among the bodies and places of the data.", file="links.csv")
    return str(name)


def _bodies(links: tuple[Link, ...]) -> dict[tuple[str, str], URIRef]:
    """Return the node of each body that a text may mean: its address at Companies House, else at Wikidata."""
    found: dict[tuple[str, str], URIRef] = {}
    for scheme in ("wikidata", "company-number"):
        for link in links:
            address = SCHEMES[scheme].address(link.identifier)
            if link.of and link.scheme == scheme and address is not None:
                found[link.subject, link.of] = address
    return found


def _identifier(graph: Graph, link: Link, links: tuple[Link, ...], bodies: dict[tuple[str, str], URIRef]) -> None:
    """Add an identifier: of the subject, or of the body that the text may mean by it."""
    scheme = SCHEMES[link.scheme]
    thing = link.thing
    if link.of:
        if (link.subject, link.of) not in bodies:
            message = f"links.csv: {link.of} has neither a company number nor a Wikidata item to know it by."
            raise DataError(message, file="links.csv")
        thing = bodies[link.subject, link.of]
        graph.add((thing, RDF.type, ORG.FormalOrganization))
        graph.add((thing, RDFS.label, Literal(link.of, "en")))
    node = identify(graph, thing, link.owner, identifier_of(link, links))
    graph.add((node, RDFS.label, scheme.name(link.identifier)))
    address = scheme.address(link.identifier)
    if address is not None:
        graph.add((node, SCHEMA.url, address))
    _rest(graph, node, link)


def _match(graph: Graph, link: Link, name: str) -> None:
    """Add what the subject matches elsewhere; a council does not match its area."""
    address = SCHEMES[link.scheme].address(link.identifier)
    is_area = link.scheme in {"gss-code", "os-id"}
    if address is not None and link.scheme in _SAME | _MATCHED and is_area <= link.is_place:
        _map(graph, link, name, address)


def _map(graph: Graph, link: Link, name: str, target: URIRef) -> None:
    """Add a mapping, and the SSSOM node that says how it was found and how sure it is."""
    statement = _state(graph, link, name, _predicate(link), target)
    graph.add((statement, SSSOM.mapping_justification, MANUAL))


def _predicate(link: Link) -> URIRef:
    """Return what a mapping means.

    A body is the same as the body that another register describes. A place matches a place on a map; a code that
    ended names it as it was bounded then, which is close and not exact.
    """
    if not link.exact or link.end is not None:
        return SKOS.closeMatch
    return OWL.sameAs if link.scheme in _SAME and not link.is_place else SKOS.exactMatch


def _register(graph: Graph, link: Link, name: str, register: Graph) -> None:
    """Add that a council is an authority of the register, with its name: the register is not in the default graph."""
    authority = AUTHORITY[link.identifier]
    graph.add((authority, RDF.type, ORG.FormalOrganization))
    for label in register.objects(authority, SKOS.prefLabel):
        graph.add((authority, RDFS.label, label))
    _map(graph, link, name, authority)


def _locate(graph: Graph, link: Link, register: Graph) -> None:
    """Add the centre of a place, which the register has at the authority that governs it."""
    for node in register.subjects(SKOS.notation, Literal(link.identifier)):
        for authority in register.subjects(ADMS.identifier, node):
            graph.add((link.thing, DCTERMS.source, authority))
            for predicate in (GEO.lat, GEO.long):
                for degrees in register.objects(authority, predicate):
                    graph.add((link.thing, predicate, degrees))


def _state(graph: Graph, link: Link, name: str, predicate: URIRef, value: URIRef) -> URIRef:
    """Add a statement, and a node about it.

    The node is an annotated axiom (OWL 2 Mapping to RDF Graphs, section 3.2.2), which is what a mapping of SSSOM is
    in RDF.
    """
    statement = _STATEMENT["-".join((link.owner, _SHORT[predicate], *_end(link, predicate)))]
    graph.add((link.thing, predicate, value))
    graph.add((statement, RDF.type, OWL.Axiom))
    graph.add((statement, RDFS.label, Literal(f"{name} {_WORDS[predicate]} {value}", "en")))
    graph.add((statement, OWL.annotatedSource, link.thing))
    graph.add((statement, OWL.annotatedProperty, predicate))
    graph.add((statement, OWL.annotatedTarget, value))
    _rest(graph, statement, link)
    return statement


def _end(link: Link, predicate: URIRef) -> tuple[str, ...]:
    """Return what tells a statement from others with the same subject and predicate."""
    if predicate == FOAF.homepage:
        return ()
    if predicate == FOAF.page:
        return (quote(link.identifier.partition("//")[2].strip("/").replace("/", "-").lower(), safe=""),)
    return (link.scheme, link.identifier.replace("/", "-"))


def _rest(graph: Graph, node: URIRef, link: Link) -> None:
    """Say what a link rests on and how sure it is."""
    for address in link.evidence:
        graph.add((node, DCTERMS.source, URIRef(address)))
    graph.add((node, SSSOM.confidence, Literal(link.confidence, datatype=XSD.double, normalize=False)))
    if link.note:
        graph.add((node, RDFS.comment, Literal(link.note, "en")))
