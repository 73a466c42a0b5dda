"""The published data in two engines."""

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins import sparql

from fsp.dataset.files import project_dataset
from fsp.dataset.load import load


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The published data in the service's own engine."""
    return load(project_dataset())


@pytest.fixture(scope="session")
def graph() -> rdflib.Graph:
    """The default graph of the published data in another engine, which fetches nothing."""
    sparql.SPARQL_LOAD_GRAPHS = False
    graph = rdflib.Graph()
    for file in project_dataset().files:
        if file.in_default_graph:
            graph.parse(file.path)
    return graph


@pytest.fixture(scope="session")
def dataset(graph: rdflib.Graph) -> rdflib.Dataset:
    """The published data with its named graphs in that engine, for queries that ask them."""
    dataset = rdflib.Dataset()
    for triple in graph:
        dataset.default_graph.add(triple)
    for file in project_dataset().files:
        if file.name.startswith("data/"):
            dataset.graph(rdflib.URIRef(file.graph)).parse(file.path)
    return dataset
