"""Validate a graph with the project's shapes."""

from collections.abc import Iterable

from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from fsp.dataset.files import Dataset, DatasetFile
from fsp.validation.engine import DataGraph, shacl_report
from fsp.validation.graphs import default_graph, ontology_graph, read_graph, shapes_graph
from fsp.validation.report import Report, read_results
from fsp.validation.targets import FocusNodes, aimed, focus_nodes

__all__ = ["validate", "validate_dataset", "validate_files"]


def validate(data: Graph, *, shapes: Graph, ontology: Graph, part: Graph | None = None) -> Report:
    """Validate a graph, or what one part of it brings to the rest.

    Args:
        data: the graph to validate; it may hold the ontology too.
        shapes: the shapes.
        ontology: the classes and terms that the shapes rely on.
        part: triples that are to be checked together with `data`. Only nodes that they speak of are then focus nodes:
            their subjects, and the things that they point to, since the triples may break a rule about those as well.

    Returns:
        The report; its number of nodes checked counts subjects of `part` only, or of `data` where there is no part.
    """
    graph = DataGraph(data, ontology, Graph() if part is None else part)
    focus = focus_nodes(shapes, graph)
    subjects = set((data if part is None else part).subjects())
    report = shacl_report(graph, shapes if part is None else aimed(shapes, _of_part(focus, part, shapes)))
    telling = {node for shape, nodes in focus.items() if not _about_anything(shape, shapes) for node in nodes}
    return Report(
        results=read_results(report, shapes),
        checked=len(subjects & telling),
        graph=report,
        data=graph,
    )


def validate_dataset(dataset: Dataset) -> Report:
    """Validate the default graph of a dataset that holds its ontology and shapes.

    Raises:
        DataError: a file cannot be read.
    """
    return validate(default_graph(dataset), shapes=shapes_graph(dataset), ontology=ontology_graph(dataset))


def validate_files(files: Iterable[DatasetFile], dataset: Dataset) -> Report:
    """Validate files together with what a dataset publishes, which their things may refer to.

    Raises:
        DataError: a file cannot be read.
    """
    part = read_graph(files)
    published = default_graph(dataset)
    return validate(published, shapes=shapes_graph(dataset), ontology=ontology_graph(dataset), part=part)


def _of_part(focus: FocusNodes, part: Graph, shapes: Graph) -> FocusNodes:
    """Return the focus nodes that the triples of a part can make break a rule."""
    subjects = set(part.subjects())
    spoken_of = subjects.union(node for node in part.objects() if isinstance(node, URIRef | BNode))
    return {
        shape: nodes & (subjects if _about_anything(shape, shapes) else spoken_of) for shape, nodes in focus.items()
    }


def _about_anything(shape: Node, shapes: Graph) -> bool:
    """Return whether a shape is about all that has a class.

    Such a shape tells whether the terms of a thing's own triples exist. To be its focus node is no sign that a thing
    is known, and other things' triples cannot break it.
    """
    return (shape, SH.targetSubjectsOf, RDF.type) in shapes
