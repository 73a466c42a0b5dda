"""The service description: what this endpoint is and what it holds (SPARQL 1.1 Service Description, VoID)."""

from functools import lru_cache

from rdflib import RDF, VOID, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from fsp.execution.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from fsp.prefixes import PREFIXES
from fsp.web.service import Service

__all__ = ["describe_service"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

_RDFLIB_FORMATS = {"ttl": "turtle", "nt": "nt", "rdf": "pretty-xml", "jsonld": "json-ld"}
"""What rdflib calls our formats for graphs."""

_COUNTS = {
    "triples": VOID.triples,
    "subjects": VOID.distinctSubjects,
    "properties": VOID.properties,
    "objects": VOID.distinctObjects,
    "entities": VOID.entities,
    "classes": VOID.classes,
}
_UNION_OF_ALL = "The union of all named graphs."
_UNION_OF_SOME = "The union of the named graphs that it names as its parts. The others are asked by GRAPH."


@lru_cache(maxsize=16)
def describe_service(service: Service, endpoint: str, format_name: str) -> bytes:
    """Return the description of a service.

    Args:
        service: the running service.
        endpoint: the address at which it was asked.
        format_name: one of the formats for graphs.
    """
    graph = Graph()
    graph.bind("sd", SD)
    for prefix in ("dcterms", "void"):
        graph.bind(prefix, PREFIXES[prefix])
    node = URIRef(endpoint + "#service")
    graph.add((node, RDF.type, SD.Service))
    graph.add((node, SD.endpoint, URIRef(endpoint)))
    graph.add((node, SD.supportedLanguage, SD.SPARQL11Query))
    for format_ in (*SOLUTION_FORMATS, *GRAPH_FORMATS):
        graph.add((node, SD.resultFormat, URIRef(format_.specification)))
    for feature in _features(service):
        graph.add((node, SD.feature, feature))
    _add_dataset(graph, node, service)
    return graph.serialize(format=_RDFLIB_FORMATS[format_name], encoding="utf-8")


def _features(service: Service) -> list[URIRef]:
    """Return what the endpoint can do beside the language: never `sd:DereferencesURIs`, for it fetches nothing."""
    union = [SD.UnionDefaultGraph] if service.default_graphs is None else []
    federated = [SD.BasicFederatedQuery] if service.settings.service else []
    return union + federated


def _add_dataset(graph: Graph, node: URIRef, service: Service) -> None:
    """Describe the dataset that holds where a request names none, and that requests may name any graph of it."""
    endpoint = node.defrag()
    dataset, default = URIRef(endpoint + "#dataset"), URIRef(endpoint + "#default-graph")
    graph.add((node, SD.defaultDataset, dataset))
    graph.add((node, SD.availableGraphs, dataset))
    for class_ in (SD.Dataset, SD.GraphCollection):
        graph.add((dataset, RDF.type, class_))
    graph.add((dataset, SD.defaultGraph, default))
    for class_ in (SD.Graph, VOID.Dataset):
        graph.add((default, RDF.type, class_))
    about = _UNION_OF_ALL if service.default_graphs is None else _UNION_OF_SOME
    graph.add((default, DCTERMS.description, Literal(about, lang="en")))
    for part in service.default_graphs or ():
        graph.add((default, DCTERMS.hasPart, URIRef(part)))
    for name, number in service.statistics.default_graph.items():
        graph.add((default, _COUNTS[name], Literal(number)))
    for number, (name, triples) in enumerate(service.statistics.named_graphs.items(), start=1):
        _add_named_graph(graph, dataset, number, name, triples)


def _add_named_graph(graph: Graph, dataset: URIRef, number: int, name: str, triples: int) -> None:
    endpoint = dataset.defrag()
    named, content = URIRef(f"{endpoint}#named-graph-{number}"), URIRef(f"{endpoint}#graph-{number}")
    graph.add((dataset, SD.namedGraph, named))
    graph.add((named, RDF.type, SD.NamedGraph))
    graph.add((named, SD.name, URIRef(name)))
    graph.add((named, SD.graph, content))
    for class_ in (SD.Graph, VOID.Dataset):
        graph.add((content, RDF.type, class_))
    graph.add((content, VOID.triples, Literal(triples)))
