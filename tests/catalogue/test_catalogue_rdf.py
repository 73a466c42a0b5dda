"""The catalogue as RDF."""

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import RDF, SH, SKOS

from fsp.catalogue.query import Catalogue
from fsp.catalogue.rdf import QUERY, published_dataset, queries_file, queries_graph
from fsp.dataset.load import load


def test_every_query_is_an_executable(catalogue: Catalogue) -> None:
    """Each query is a sh:SPARQLExecutable (SHACL, section 5.1) whose text is the query."""
    graph = queries_graph(catalogue)
    texts = {
        str(node).removeprefix(QUERY): str(
            next(iter({*graph.objects(node, SH.select), *graph.objects(node, SH.construct)}))
        )
        for node in graph.subjects(RDF.type, SH.SPARQLExecutable)
    }
    assert texts == {query.name: query.body for query in catalogue}


def test_parameters_name_their_variables(catalogue: Catalogue) -> None:
    """A parameter's path ends in its name (SHACL, section 6.2.1), and it has its type and its default."""
    graph = queries_graph(catalogue)
    node = URIRef(QUERY + "activities-for-people/group#parameter")
    assert graph.value(node, SH.path) == URIRef(QUERY + "activities-for-people/group")
    assert graph.value(node, SH["class"]) == SKOS.Concept
    assert graph.value(node, SKOS.inScheme) == URIRef("https://w3id.org/fsp/scheme/group")
    assert graph.value(node, SH.defaultValue) == URIRef("https://w3id.org/fsp/scheme/group/young-people")


def test_queries_can_be_asked_for(catalogue: Catalogue) -> None:
    """The published dataset holds the queries in a named graph, apart from the default graph."""
    store = load(published_dataset())
    graph = ox.NamedNode(queries_file(catalogue).graph)
    executables = [None, ox.NamedNode(RDF.type), ox.NamedNode(SH.SPARQLExecutable)]
    assert len(list(store.quads_for_pattern(*executables, graph))) == len(catalogue)
    assert list(store.quads_for_pattern(*executables, ox.DefaultGraph())) == []


def test_file_is_the_same_each_time(catalogue: Catalogue) -> None:
    """The same queries give the same bytes, and so the dataset the same digest."""
    assert queries_file(catalogue).sha256 == queries_file(catalogue).sha256
