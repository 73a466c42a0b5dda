"""The dataset for catalogues: what the running service adds to its description, in DCAT 3, VoID and schema.org."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, VOID, XSD, BNode, Graph, Literal, Namespace, URIRef

from fsp.dataset.downloads import Download
from fsp.execution.formats import GRAPH_FORMATS
from fsp.prefixes import PREFIXES

__all__ = ["MEDIA_TYPES", "Served", "add_served", "schema_org"]

SPDX = Namespace("http://spdx.org/rdf/terms#")

_IANA = "https://www.iana.org/assignments/media-types/"
MEDIA_TYPES = {
    **{format_.name: format_.media_type for format_ in GRAPH_FORMATS},
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""The media type of each format of a download."""
_COUNTS = {
    "triples": VOID.triples,
    "subjects": VOID.distinctSubjects,
    "properties": VOID.properties,
    "objects": VOID.distinctObjects,
    "entities": VOID.entities,
    "classes": VOID.classes,
}


@dataclass(frozen=True, slots=True)
class Served:
    """What a running service knows of its dataset.

    Attributes:
        iri: the dataset.
        root: address of the service, with `/` at its end.
        counts: of the default graph; see `Statistics`.
        names: the files to download.
        downloads: those of them whose size and digest are known, by name.
    """

    iri: str
    root: str
    counts: Mapping[str, int]
    names: Iterable[str]
    downloads: Mapping[str, Download]


def add_served(graph: Graph, served: Served) -> None:
    """Add to the description of a dataset what the service knows of it: counts, endpoint, and files to download."""
    graph.bind("spdx", SPDX)
    dataset = URIRef(served.iri)
    for class_ in (DCAT.Dataset, VOID.Dataset):
        graph.add((dataset, RDF.type, class_))
    if (dataset, DCTERMS.title, None) not in graph:
        graph.add((dataset, DCTERMS.title, Literal("The dataset that this service serves", lang="en")))
    for name, number in served.counts.items():
        graph.add((dataset, _COUNTS[name], Literal(number)))
    graph.add((dataset, VOID.sparqlEndpoint, URIRef(f"{served.root}sparql")))
    for name in served.names:
        _add_download(graph, dataset, served, name)


def _add_download(graph: Graph, dataset: URIRef, served: Served, name: str) -> None:
    """Describe a file (DCAT 3, section 6.8), with its digest where that is known (section 6.17)."""
    node, address = URIRef(f"{served.root}download#{name}"), URIRef(f"{served.root}download/{name}")
    graph.add((dataset, DCAT.distribution, node))
    graph.add((dataset, VOID.dataDump, address))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Literal(name)))
    graph.add((node, DCAT.accessURL, URIRef(f"{served.root}download")))
    graph.add((node, DCAT.downloadURL, address))
    graph.add((node, DCAT.mediaType, URIRef(_IANA + MEDIA_TYPES[name.split(".")[1]])))
    if name.endswith(".gz"):
        graph.add((node, DCAT.compressFormat, URIRef(f"{_IANA}application/gzip")))
    for property_ in (DCTERMS.license, OWL.versionInfo):
        for value in list(graph.objects(dataset, property_)):
            graph.add((node, property_, value))
    download = served.downloads.get(name)
    if download:
        checksum = BNode()
        graph.add((node, DCAT.byteSize, Literal(download.size, datatype=XSD.nonNegativeInteger)))
        graph.add((node, SPDX.checksum, checksum))
        graph.add((checksum, RDF.type, SPDX.Checksum))
        graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        graph.add((checksum, SPDX.checksumValue, Literal(download.sha256, datatype=XSD.hexBinary)))


def schema_org(graph: Graph, served: Served) -> dict[str, Any]:
    """Return the dataset as JSON-LD to stand in a page: what search engines for datasets read, and DCAT beside it.

    Args:
        graph: its description.
        served: what the service knows of it.
    """
    dataset = URIRef(served.iri)

    def text(property_: URIRef) -> str | None:
        value = graph.value(dataset, property_)
        return None if value is None else str(value)

    creator = graph.value(dataset, DCTERMS.creator)
    name = creator and graph.value(creator, FOAF.name)
    described = {
        "@context": {"@vocab": "https://schema.org/", "dcat": PREFIXES["dcat"], "dcterms": PREFIXES["dcterms"]},
        "@id": served.iri,
        "@type": ["Dataset", "dcat:Dataset"],
        "name": text(DCTERMS.title) or "The dataset that this service serves",
        "description": text(DCTERMS.description),
        "url": f"{served.root}dataset",
        "identifier": served.iri,
        "license": text(DCTERMS.license),
        "dcterms:license": {"@id": text(DCTERMS.license)} if text(DCTERMS.license) else None,
        "version": text(OWL.versionInfo),
        "datePublished": text(DCTERMS.issued),
        "dateModified": text(DCTERMS.modified),
        "isAccessibleForFree": True,
        "keywords": sorted(map(str, graph.objects(dataset, DCAT.keyword))),
        "creator": {"@type": "Organization", "@id": str(creator), "name": str(name)} if name else None,
        "distribution": [_schema_download(served, file) for file in served.names],
    }
    return {key: value for key, value in described.items() if value not in (None, [])}


def _schema_download(served: Served, name: str) -> dict[str, Any]:
    download = served.downloads.get(name)
    described = {
        "@type": ["DataDownload", "dcat:Distribution"],
        "name": name,
        "contentUrl": f"{served.root}download/{name}",
        "encodingFormat": "application/gzip" if name.endswith(".gz") else MEDIA_TYPES[name.split(".")[1]],
        "contentSize": f"{download.size} B" if download else None,
        "sha256": download.sha256 if download else None,
    }
    return {key: value for key, value in described.items() if value is not None}
