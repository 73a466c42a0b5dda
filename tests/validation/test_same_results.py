"""The quick ways give what pySHACL gives over everything: on faults of every kind, whole and in part."""

from pathlib import Path
from random import Random

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from fsp.dataset.files import DatasetFile, project_dataset
from fsp.validation.engine import DataGraph, shacl_report
from fsp.validation.graphs import ontology_graph, read_graph, shapes_graph
from fsp.validation.published import Published
from fsp.validation.report import Result, read_results
from fsp.validation.validate import validate_part, validate_published

EXAMPLES = Path(__file__).parents[1] / "shapes"
FAMILIES = sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "valid.ttl").is_file())


def examples(*families: str) -> Graph:
    """Return the examples of families of shapes in one graph: one that breaks each constraint, and sound ones."""
    paths = [path for family in families for path in sorted((EXAMPLES / family).glob("*.ttl"))]
    return read_graph(DatasetFile(path, path.relative_to(EXAMPLES).as_posix()) for path in paths)


@pytest.fixture(scope="module")
def published() -> Published:
    """The small case that the examples refer to."""
    project = project_dataset()
    base = read_graph([DatasetFile(EXAMPLES / "base.ttl", "base.ttl")])
    return Published(graph=base, ontology=ontology_graph(project), shapes=shapes_graph(project))


def with_graph(published: Published, graph: Graph) -> Published:
    """Return the same with another graph."""
    return Published(graph=graph, ontology=published.ontology, shapes=published.shapes)


def expected(before: Published, part: Graph) -> set[Result]:
    """Return what a run over everything finds of a part: what is new, and what the part itself says or describes."""
    after = validate_published(with_graph(before, before.graph + part)).results
    old = set(validate_published(before).results)
    described = set(part.subjects(RDF.type))
    return {
        result
        for result in after
        if result not in old
        or (
            (result.focus, result.predicate, result.value) in part
            if result.predicate and result.value
            else result.focus in described
        )
    }


def test_the_whole_graph(published: Published) -> None:
    """Every result is one of pySHACL's, and none of them is missing; all constraints of all shapes are broken."""
    graph = published.graph + examples(*FAMILIES)
    everything = with_graph(published, graph)
    found = validate_published(everything).results
    report = shacl_report(DataGraph([*graph, *published.ontology]), published.shapes)
    assert set(found) == set(read_results(report, published.shapes))
    assert len(found) == len(list(report.objects(None, SH.result)))
    assert len({(result.shape, result.component) for result in found}) > 150


@pytest.mark.parametrize("family", FAMILIES)
def test_a_part(published: Published, family: str) -> None:
    """Examples as a file beside the published case: what a run over both finds of them, and nothing else."""
    part = examples(family)
    assert set(validate_part(published, part).results) == expected(published, part)


@pytest.mark.parametrize("seed", range(4))
def test_any_triples_as_a_part(published: Published, seed: int) -> None:
    """A part can be any triples: ones that bring published things a class, a second value, a referrer, a case."""
    triples = sorted(published.graph + examples(*FAMILIES))
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    chosen = set(random.sample(triples, 60))
    part, rest = Graph(bind_namespaces="none"), Graph(bind_namespaces="none")
    for triple in triples:
        (part if triple in chosen else rest).add(triple)
    before = with_graph(published, rest)
    assert set(validate_part(before, part).results) == expected(before, part)


def test_the_report_holds_what_is_told(published: Published) -> None:
    """A result that was there before is in neither."""
    (triple,) = [one for one in published.graph if str(one[1]).endswith("latestDate")]
    faulty = with_graph(published, published.graph - Graph().add(triple) + examples("periods"))
    part = Graph().add(triple)
    report = validate_part(faulty, part)
    assert len(report.results) == len(list(report.graph.objects(None, SH.result)))
