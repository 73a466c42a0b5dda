"""The register of local authorities as RDF."""

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, RDF, SKOS, XSD

from fsp.linking.identifiers import Identifier, identify
from fsp.linking.registers.model import Area, Authority, LocalAuthorities
from fsp.linking.registers.provenance import describe
from fsp.linking.registers.sources import CC_BY, Source
from fsp.linking.schemes import SCHEMES
from fsp.namespaces import BASE, CV, GEO, SCHEMA, SCHEME, THING

__all__ = ["AUTHORITY", "local_authorities_graph"]

AUTHORITY = Namespace(THING + "local-authority/")

_AREA = Namespace(THING + "area/")
_PLACE = Namespace(THING + "place/")
_KIND = Namespace(SCHEME + "local-authority-type/")
_DATASET = BASE["dataset/local-authorities"]
_TITLE = "Register of UK local authorities"
_DESCRIPTION = (
    "Local authorities of the United Kingdom, current and former, with names, kinds, successors and identifiers, among"
    " them GSS codes through time. Put together from the sources named here; known faults of theirs are mended by rule."
)
_NATIONS = ("England", "Northern Ireland", "Scotland", "Wales")


def local_authorities_graph(register: LocalAuthorities, sources: tuple[Source, ...]) -> Graph:
    """Return the register as a graph.

    Args:
        register: what the sources say.
        sources: where it comes from.
    """
    graph = Graph(bind_namespaces="none")
    describe(graph, _DATASET, (_TITLE, _DESCRIPTION), CC_BY, sources)
    for nation in _NATIONS:
        _place(graph, nation, "united-kingdom")
    for region, code in register.regions.items():
        identify(graph, _place(graph, region, "england"), _slug(region), Identifier("gss-code", code))
    for area in register.areas:
        _area(graph, area)
    for authority in register.authorities:
        _authority(graph, authority)
    return graph


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _place(graph: Graph, name: str, part_of: str) -> URIRef:
    place = _PLACE[_slug(name)]
    graph.add((place, RDF.type, DCTERMS.Location))
    graph.add((place, SKOS.prefLabel, Literal(name, "en")))
    graph.add((place, DCTERMS.isPartOf, _PLACE[part_of]))
    return place


def _area(graph: Graph, area: Area) -> None:
    code = area.identifier.value
    graph.add((_AREA[code], RDF.type, DCTERMS.Location))
    graph.add((_AREA[code], SKOS.prefLabel, Literal(area.name, "en")))
    graph.add((_AREA[code], DCTERMS.type, _KIND[area.kind]))
    identify(graph, _AREA[code], "area", area.identifier)


def _authority(graph: Graph, authority: Authority) -> None:
    thing = AUTHORITY[authority.code]
    graph.add((thing, RDF.type, ORG.FormalOrganization))
    graph.add((thing, RDF.type, CV.PublicOrganisation))
    graph.add((thing, ORG.classification, _KIND[authority.kind]))
    for predicate, names in (
        (SKOS.prefLabel, authority.names),
        (SKOS.altLabel, authority.other_names),
        (SKOS.hiddenLabel, authority.spellings),
    ):
        for name in names:
            graph.add((thing, predicate, Literal(name.text, name.language)))
    _when_and_where(graph, thing, authority)
    for successor in authority.successors:
        graph.add((thing, DCTERMS.isReplacedBy, AUTHORITY[successor]))
    for other in authority.overlaps:
        graph.add((thing, ORG.linkedTo, AUTHORITY[other]))
    for identifier in authority.identifiers:
        identify(graph, thing, authority.code, identifier)
    for address in authority.same_as:
        graph.add((thing, OWL.sameAs, URIRef(address)))
    if authority.homepage:
        graph.add((thing, FOAF.homepage, URIRef(authority.homepage)))


def _when_and_where(graph: Graph, thing: URIRef, authority: Authority) -> None:
    if authority.founded:
        datatype = XSD.date if "-" in authority.founded else XSD.gYear
        graph.add((thing, SCHEMA.foundingDate, Literal(authority.founded, datatype=datatype)))
    if authority.dissolved:
        graph.add((thing, SCHEMA.dissolutionDate, Literal(authority.dissolved)))
    for name in filter(None, (authority.nation, authority.region)):
        graph.add((thing, SCHEMA.location, _PLACE[_slug(name)]))
    if authority.point:
        for predicate, degrees in zip((GEO.lat, GEO.long), authority.point, strict=True):
            graph.add((thing, predicate, Literal(degrees, datatype=XSD.decimal, normalize=False)))
    for identifier in authority.identifiers:
        area = SCHEMES[identifier.scheme].address(identifier.value)
        if identifier.scheme == "gss-code" and identifier.replaced_by is None and area is not None:
            graph.add((thing, DCTERMS.spatial, area))
