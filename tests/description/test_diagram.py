"""The picture of the model holds each class and property once, with nothing written over anything else."""

import subprocess
import sys
from itertools import combinations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from fsp.dataset.files import project_folder
from fsp.description.diagram import ANYTHING, Box, Diagram, draw_model
from fsp.namespaces import FSP


@pytest.fixture(scope="module")
def ontology() -> Graph:
    """The terms."""
    return Graph().parse(project_folder() / "ontology" / "fsp.ttl")


@pytest.fixture(scope="module")
def diagram(ontology: Graph) -> Diagram:
    """The picture of them."""
    return draw_model(ontology, {str(term): str(label) for term, label in ontology.subject_objects(RDFS.label)})


def apart(one: Box, other: Box) -> bool:
    """Tell whether two boxes share no place."""
    beside = one.right <= other.left or other.right <= one.left
    return beside or one.top + one.height <= other.top or other.top + other.height <= one.top


def test_each_class_is_there_once(ontology: Graph, diagram: Diagram) -> None:
    """Each class of ours has a box with its name."""
    drawn = [box.iri for box in diagram.boxes if box.iri.startswith(FSP)]
    classes = {str(term) for term in ontology.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)}

    assert sorted(classes) == sorted(drawn)


def test_each_property_between_classes_is_there_once(ontology: Graph, diagram: Diagram) -> None:
    """Each property whose values are things of a class has its name on an arrow, from its domain to its range."""
    drawn = {(name, arrow.start.iri, arrow.end.iri) for arrow in diagram.arrows for name in arrow.names.lines}
    expected = {
        (str(ontology.value(term, RDFS.label)), str(ontology.value(term, RDFS.domain) or ""), str(end))
        for term in ontology.subjects(RDF.type, OWL.ObjectProperty)
        if (end := ontology.value(term, RDFS.range)) not in {None, SKOS.Concept, RDF.Property}
    }

    assert len(expected) > 15
    assert expected == drawn


def test_nothing_lies_over_anything_else(diagram: Diagram) -> None:
    """No two boxes, and no two names, share a place, and all lie within the picture."""
    boxes = [*diagram.boxes, *(arrow.names for arrow in diagram.arrows)]

    assert [(one.lines, other.lines) for one, other in combinations(boxes, 2) if not apart(one, other)] == []
    assert [box.lines for box in boxes if box.left < 0 or box.top < 0 or box.right > diagram.width] == []


def test_what_has_no_domain_leads_from_anything(diagram: Diagram) -> None:
    """Its arrow begins at a box that is no class."""
    starts = {arrow.start.lines for arrow in diagram.arrows if not arrow.start.iri}

    assert starts == {(ANYTHING,)}


def test_the_picture_is_the_same_each_time(diagram: Diagram) -> None:
    """Another process, whose hashes differ, draws the same."""
    program = """
from rdflib import RDFS, Graph
from fsp.dataset.files import project_folder
from fsp.description.diagram import draw_model
graph = Graph().parse(project_folder() / "ontology" / "fsp.ttl")
print(draw_model(graph, {str(term): str(label) for term, label in graph.subject_objects(RDFS.label)}))
"""
    for seed in ("1", "2"):
        command = [sys.executable, "-c", program]
        answer = subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        assert str(diagram) == answer.stdout.strip()


def test_an_ontology_of_one_class_is_drawn() -> None:
    """No arrow is needed for a picture, and no class either."""
    one = Graph().add((FSP.Alone, RDF.type, OWL.Class))

    assert [box.lines for box in draw_model(one, {}).boxes] == [("Alone",)]
    assert draw_model(Graph(), {}).boxes == ()
