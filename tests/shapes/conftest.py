"""The examples beside the shapes, and what each one gives: they are validated once for all the tests that ask."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph

from fsp.dataset.files import DatasetFile, project_dataset
from fsp.validation.graphs import ontology_graph, read_graph, shapes_graph
from fsp.validation.published import Published
from fsp.validation.report import Report
from fsp.validation.validate import validate_part

FOLDER = Path(__file__).parent

Validated = tuple[Report, Graph]


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """All shapes of the project."""
    return shapes_graph(project_dataset())


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The ontology with its schemes."""
    return ontology_graph(project_dataset())


@pytest.fixture(scope="session")
def validated(shapes: Graph, ontology: Graph) -> Callable[[Path], Validated]:
    """Validate an example together with the small case that all examples refer to; gives its report and its graph."""
    base = read_graph([DatasetFile(FOLDER / "base.ttl", "base.ttl")])
    published = Published(graph=base, ontology=ontology, shapes=shapes)

    @cache
    def validated(path: Path) -> Validated:
        example = read_graph([DatasetFile(path, path.name)])
        return validate_part(published, example), example

    return validated
