"""Read RDF files for validation: every literal as it was written, and nothing fetched."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph

from fsp.dataset.files import Dataset, DatasetFile
from fsp.dataset.load import data_errors
from fsp.dataset.terms import rdflib_term
from fsp.errors import DataError
from fsp.namespaces import SHAPES
from fsp.prefixes import PREFIXES
from fsp.quiet import quiet

__all__ = ["default_graph", "ontology_graph", "read_graph", "shapes_graph"]


def read_graph(files: Iterable[DatasetFile]) -> Graph:
    """Return the triples of files as one graph; those of named graphs are taken with the others.

    The parser is pyoxigraph's: it fetches no JSON-LD context, and says where a fault is. rdflib's would rewrite a
    literal to its canonical form before any shape could see what was wrong with it.

    Args:
        files: the files to read.

    Raises:
        DataError: a file cannot be read or parsed.
    """
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, "shapes": str(SHAPES)}.items():
        graph.bind(prefix, namespace)
    for file in files:
        with data_errors(file), file.open() as stream, quiet():
            quads = ox.parse(stream, file.format, base_iri=file.graph, rename_blank_nodes=True)
            for quad in quads:
                graph.add((rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object)))
            for prefix, namespace in quads.prefixes.items():
                graph.bind(prefix, namespace)
    return graph


def default_graph(dataset: Dataset) -> Graph:
    """Return the default graph of a dataset."""
    return read_graph(file for file in dataset.files if file.in_default_graph)


def ontology_graph(dataset: Dataset) -> Graph:
    """Return the ontology and its schemes: what says which class is under which, and which terms there are."""
    return read_graph(_below("ontology/", dataset))


def shapes_graph(dataset: Dataset) -> Graph:
    """Return the shapes.

    Raises:
        DataError: there are none, or a file cannot be read.
    """
    shapes = read_graph(_below("shapes/", dataset))
    if not len(shapes):
        raise DataError("The project's shapes are missing: install the package again.", file="shapes")
    return shapes


def _below(folder: str, dataset: Dataset) -> Iterable[DatasetFile]:
    return (file for file in dataset.files if file.name.startswith(folder))
