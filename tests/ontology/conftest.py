"""The project's RDF files, and copies of the vocabularies that they stand on, as graphs."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from fsp.dataset.files import project_folder

VOCABULARIES = Path(__file__).parent / "node_modules" / "@vocabulary"


def _read(*patterns: str) -> Graph:
    graph = Graph()
    for pattern in patterns:
        files = sorted(project_folder().glob(pattern))
        assert files, f"no file matches {pattern}"
        for file in files:
            graph.parse(file)
    return graph


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The terms: `ontology/fsp.ttl` alone."""
    return _read("ontology/fsp.ttl")


@pytest.fixture(scope="session")
def schemes() -> Graph:
    """The concept schemes."""
    return _read("ontology/schemes/*.ttl")


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """The links to terms of other vocabularies."""
    return _read("ontology/alignments.ttl")


@pytest.fixture(scope="session")
def cases() -> Graph:
    """The published cases."""
    return _read("data/cases.ttl")


@pytest.fixture(scope="session")
def published(ontology: Graph, schemes: Graph, alignments: Graph, cases: Graph) -> Graph:
    """Terms, schemes, alignments and cases in one graph."""
    return ontology + schemes + alignments + cases


def _quads(prefix: str) -> Iterator[ox.Quad]:
    file = VOCABULARIES / prefix / f"{prefix}.nq"
    assert file.exists(), f"{prefix} is not installed: run `make vocabularies`"
    return ox.parse(path=file, format=ox.RdfFormat.N_QUADS)


@pytest.fixture(scope="session")
def vocabulary() -> Callable[..., Graph]:
    """A function that reads copies of published vocabularies, named by their usual prefixes, into one graph."""

    def read(*prefixes: str) -> Graph:
        graph = Graph()
        for prefix in prefixes:
            triples = (quad.triple for quad in _quads(prefix))
            graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
        return graph

    return read


@pytest.fixture(scope="session")
def described() -> Callable[[str], set[str]]:
    """A function that returns the IRIs that a published vocabulary describes: quicker than its graph."""

    def read(prefix: str) -> set[str]:
        return {quad.subject.value for quad in _quads(prefix)}

    return read
