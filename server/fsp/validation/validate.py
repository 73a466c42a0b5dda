"""Validate a graph with the project's shapes."""

from collections.abc import Iterable

from rdflib import BNode, Graph, Literal
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from fsp.dataset.files import Dataset, DatasetFile
from fsp.validation.bulk import find_suspects
from fsp.validation.engine import DataGraph, UnionGraph, shacl_report
from fsp.validation.graphs import default_graph, ontology_graph, read_graph, shapes_graph
from fsp.validation.index import Index, Triple
from fsp.validation.published import Published
from fsp.validation.report import Report, Result, read_results, without
from fsp.validation.targets import FocusNodes, aimed

__all__ = ["validate", "validate_dataset", "validate_files", "validate_part", "validate_published"]


def validate(data: Graph, *, shapes: Graph, ontology: Graph, part: Graph | None = None) -> Report:
    """Validate a graph, or what one part of it brings to the rest.

    Args:
        data: the graph to validate; it may hold the ontology too.
        shapes: the shapes.
        ontology: the classes and terms that the shapes rely on.
        part: triples that are to be checked together with `data`; see `validate_part`.
    """
    published = Published(graph=data, ontology=ontology, shapes=shapes)
    return validate_published(published) if part is None else validate_part(published, part)


def validate_published(published: Published) -> Report:
    """Validate all that is published.

    Raises:
        DataError: the shapes cannot be used.
    """
    index = published.index
    focus = published.targets.all(index)
    report = _report(find_suspects(focus, index, published, is_whole=True), index, published)
    subjects = {number for subject in published.graph.subjects() if (number := index.find(subject)) is not None}
    return Report(
        results=read_results(report, published.shapes),
        checked=len(subjects & _told(focus, published)),
        graph=report,
        data=UnionGraph(published.graph, published.ontology),
    )


def validate_part(published: Published, part: Graph) -> Report:
    """Validate triples together with what is published; the time does not grow with what is published.

    Told are the results that are there because of the part, whatever node they are about, and those that were there
    before if the part says the same: if it holds the offending triple, or describes the thing that lacks something.

    Args:
        published: what is published.
        part: the triples.

    Returns:
        The report; its number of nodes checked counts subjects of `part` only.

    Raises:
        DataError: the shapes cannot be used.
    """
    index = Index(part, base=published.index)
    own = {number for subject in part.subjects() if (number := index.find(subject)) is not None}
    focus = published.targets.of(own, index)
    checked = len(own & _told(focus, published))
    for shape, nodes in _readers(index, own, published).items():
        focus.setdefault(shape, set()).update(nodes)
    suspects = find_suspects(focus, index, published)
    report = _report(suspects, index, published)
    results = read_results(report, published.shapes)
    before = {one for one in _before(results, suspects, published) if not _is_said(one, part)}
    return Report(
        results=tuple(result for result in results if result not in before),
        checked=checked,
        graph=without(before, report),
        data=UnionGraph(published.graph, published.ontology, part),
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
    return validate_part(Published.load(dataset), read_graph(files))


def _readers(index: Index, own: set[int], published: Published) -> dict[Node, set[int]]:
    """Return the other focus nodes that read a triple which a part adds; where a shape may read anything, all of them.

    Args:
        index: the data, with the part as its upper layer.
        own: the subjects of the part, which are looked at whatever they read.
        published: the shapes, and what they read.
    """
    readers = {shape: nodes - own for shape, nodes in published.reach.readers(index.added, index).items()}
    of_shape = published.targets.of(set[int]().union(*readers.values()), index)
    found = {shape: nodes & of_shape.get(shape, set()) for shape, nodes in readers.items()}
    if published.reach.unbounded.intersection(published.shape_graph.targets):
        everywhere = published.targets.all(index)
        found |= {shape: nodes for shape, nodes in everywhere.items() if shape in published.reach.unbounded}
    return found


def _report(suspects: FocusNodes, index: Index, published: Published) -> Graph:
    """Return pySHACL's report about some focus nodes, over all the triples that their shapes can read."""
    if not suspects:
        return _conforming()
    triples: Iterable[Triple] = index.triples()
    if not published.reach.unbounded.intersection(suspects):
        triples = published.reach.read(((shape, node) for shape, nodes in suspects.items() for node in nodes), index)
    data = DataGraph((index.term(s), index.term(p), index.term(o)) for s, p, o in triples)
    focus = {shape: [index.term(node) for node in nodes] for shape, nodes in suspects.items()}
    return shacl_report(data, aimed(published.shape_graph, focus))


def _before(results: Iterable[Result], suspects: FocusNodes, published: Published) -> frozenset[Result]:
    """Return the results that the focus nodes of some results have without the part."""
    index = published.index
    nodes = {number for result in results if (number := index.find(result.focus)) is not None}
    focus = {shape: found & suspects.get(shape, set()) for shape, found in published.targets.of(nodes, index).items()}
    report = _report({shape: found for shape, found in focus.items() if found}, index, published)
    return frozenset(read_results(report, published.shapes))


def _is_said(result: Result, part: Graph) -> bool:
    """Return whether a part says what is wrong, whoever else does."""
    if result.predicate is not None and result.value is not None:
        return (result.focus, result.predicate, result.value) in part
    return (result.focus, RDF.type, None) in part


def _conforming() -> Graph:
    """Return the report of a graph that conforms (SHACL, section 3.6.1)."""
    report, node = Graph(), BNode()
    report.add((node, RDF.type, SH.ValidationReport))
    report.add((node, SH.conforms, Literal(True)))
    return report


def _told(focus: FocusNodes, published: Published) -> set[int]:
    return {node for shape, nodes in focus.items() if shape in published.telling for node in nodes}
