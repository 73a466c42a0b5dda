"""Say in a register's graph where it comes from, under which licences, in which state (DCAT, PROV-O)."""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, XSD

from fsp.linking.registers.sources import Source
from fsp.namespaces import THING

__all__ = ["describe"]


def describe(graph: Graph, dataset: URIRef, texts: tuple[str, str], licence: str, sources: tuple[Source, ...]) -> None:
    """Add the description of a register to its graph.

    Args:
        graph: where to add.
        dataset: IRI of the register as a dataset.
        texts: its title and its description.
        licence: IRI of the licence that it is published under.
        sources: what it was made from.
    """
    title, description = texts
    graph.add((dataset, RDF.type, DCAT.Dataset))
    graph.add((dataset, RDF.type, PROV.Entity))
    graph.add((dataset, DCTERMS.title, Literal(title, "en")))
    graph.add((dataset, DCTERMS.description, Literal(description, "en")))
    graph.add((dataset, DCTERMS.publisher, THING["organisation/fsp-maintainers"]))
    graph.add((dataset, DCTERMS.license, URIRef(licence)))
    for source in sources:
        state = URIRef(source.iri)
        graph.add((dataset, PROV.wasDerivedFrom, state))
        graph.add((dataset, DCTERMS.rights, Literal(source.attribution, "en")))
        _describe_source(graph, state, source)
    retrieved = {source.retrieved for source in sources if source.retrieved}
    if retrieved:
        graph.add((dataset, DCTERMS.modified, Literal(max(retrieved))))
    _describe_retrievals(graph, dataset, sources)


def _describe_source(graph: Graph, state: URIRef, source: Source) -> None:
    graph.add((state, RDF.type, DCAT.Dataset))
    graph.add((state, RDF.type, PROV.Entity))
    graph.add((state, DCTERMS.title, Literal(source.title, "en")))
    graph.add((state, DCTERMS.identifier, Literal(source.commit)))
    graph.add((state, DCTERMS.issued, Literal(source.committed)))
    graph.add((state, DCTERMS.license, URIRef(source.licence)))
    graph.add((state, DCTERMS.isVersionOf, URIRef(f"https://github.com/{source.repository}")))
    if source.version:
        graph.add((state, OWL.versionInfo, Literal(source.version)))


def _describe_retrievals(graph: Graph, dataset: URIRef, sources: tuple[Source, ...]) -> None:
    """Add the activity that fetched the sources, one for each day."""
    for day in sorted({source.retrieved for source in sources if source.retrieved}):
        activity = URIRef(f"{dataset}/retrieval-{day.isoformat()}")
        graph.add((dataset, PROV.wasGeneratedBy, activity))
        graph.add((activity, RDF.type, PROV.Activity))
        graph.add((activity, RDFS.label, Literal(f"Retrieval of the sources on {day.isoformat()}", "en")))
        graph.add((activity, DCTERMS.date, Literal(day.isoformat(), datatype=XSD.date)))
        for source in sources:
            if source.retrieved == day:
                graph.add((activity, PROV.used, URIRef(source.iri)))
