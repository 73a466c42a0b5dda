"""The canned queries as RDF, so that they can be found by query: SHACL's SPARQL executables."""

from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Literal, Namespace, Node, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, SKOS, XSD

from fsp.catalogue.parameters import Parameter, Term
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.dataset.files import Dataset, DatasetFile, project_dataset, project_folder
from fsp.namespaces import BASE
from fsp.prefixes import PREFIXES

__all__ = ["QUERY", "published_dataset", "queries_file", "queries_graph"]

QUERY = Namespace(BASE + "queries/")
_SCHEMA = Namespace(PREFIXES["schema"])
_EXECUTABLES = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
    # SHACL has no term for DESCRIBE.
    "DESCRIBE": (SH.SPARQLExecutable, _SCHEMA.text),
}


def queries_graph(catalogue: Catalogue) -> Graph:
    """Return the catalogue as a graph (SHACL, sections 5.1 and 6.2.1: executables and their parameters).

    A parameter's path ends in the name of its variable, as SHACL has it for SPARQL-based components.
    """
    graph = Graph()
    for prefix in ("dcterms", "rdfs", "schema", "sh", "skos", "xsd"):
        graph.bind(prefix, PREFIXES[prefix])
    for query in catalogue:
        _add_query(graph, query)
    return graph


def queries_file(catalogue: Catalogue) -> DatasetFile:
    """Return the catalogue as a file of the dataset: a named graph, apart from what the default graph says of cases."""
    content = queries_graph(catalogue).serialize(format="turtle", encoding="utf-8")
    return DatasetFile(Path("queries.ttl"), "queries.ttl", in_default_graph=False, content=content)


def published_dataset() -> Dataset:
    """Return the project's dataset together with its queries.

    Raises:
        DataError: a query cannot be read.
    """
    return project_dataset((queries_file(Catalogue.load(project_folder() / "queries")),))


def _add_query(graph: Graph, query: CannedQuery) -> None:
    node = QUERY[query.name]
    executable, text = _EXECUTABLES[query.form]
    statements: list[tuple[URIRef, Node]] = [
        (RDF.type, SH.SPARQLExecutable),
        (RDF.type, executable),
        (text, Literal(query.body)),
        (RDFS.label, Literal(query.summary, lang="en")),
        (DCTERMS.description, Literal(query.description, lang="en")),
        (DCTERMS.identifier, Literal(query.name)),
        (_SCHEMA.version, Literal(query.version)),
        *((_SCHEMA.keywords, Literal(tag, lang="en")) for tag in query.tags),
    ]
    for predicate, value in statements:
        graph.add((node, predicate, value))
    for order, parameter in enumerate(query.parameters.values(), start=1):
        _add_parameter(graph, node, parameter, order)


def _add_parameter(graph: Graph, query: URIRef, parameter: Parameter, order: int) -> None:
    path = URIRef(f"{query}/{parameter.name}")
    node = URIRef(f"{path}#parameter")
    statements: list[tuple[URIRef, Node]] = [
        (RDF.type, SH.Parameter),
        (SH.path, path),
        (SH.name, Literal(parameter.label, lang="en")),
        (SH.description, Literal(parameter.description, lang="en")),
        (SH.order, Literal(order)),
        (SH.optional, Literal(not parameter.required)),
        *((SH.defaultValue, _node(term)) for term in parameter.default),
    ]
    if parameter.scheme:
        # The class alone would admit any concept: the scheme stands beside it.
        statements += [(SH["class"], SKOS.Concept), (SKOS.inScheme, URIRef(parameter.scheme))]
    elif parameter.class_:
        statements.append((SH["class"], URIRef(parameter.class_)))
    elif parameter.type.is_iri:
        statements.append((SH.nodeKind, SH.IRI))
    else:
        statements.append((SH.datatype, URIRef(parameter.type.datatype)))
    graph.add((query, SH.parameter, node))
    for predicate, value in statements:
        graph.add((node, predicate, value))


def _node(term: Term) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    datatype = None if term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype)
