"""The shapes themselves: well-formed, named, explained, and none of them idle."""

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SH, XSD

from fsp.dataset.files import project_dataset
from fsp.namespaces import FSP, SHAPES
from fsp.validation.validate import validate_dataset

KINDS = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)
WORDS = {RDF.type, SH.name, SH.description, SH.order, SH.group, SH.severity, SH.message, SH.path}
TARGETS = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode}


def named(shapes: Graph, *kinds: URIRef) -> set[URIRef]:
    """Return the nodes of these kinds."""
    return {node for kind in kinds for node in shapes.subjects(RDF.type, kind)}


def test_shapes_conform_to_the_shapes_for_shapes(shapes: Graph) -> None:
    """The W3C's own shapes find nothing (SHACL, appendix C)."""
    assert pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)[0]


def test_each_class_has_a_shape(shapes: Graph) -> None:
    """Each class of the ontology is the target of at least one shape."""
    targets = set(shapes.objects(None, SH.targetClass))
    ontology = Graph().parse(next(file.path for file in project_dataset().files if file.name == "ontology/fsp.ttl"))
    assert sorted(set(ontology.subjects(RDF.type, OWL.Class)) - targets) == []
    assert sorted(target for target in targets if target.startswith(FSP) and (target, None, None) not in ontology) == []


def test_each_shape_is_a_named_node(shapes: Graph) -> None:
    """In the project's namespace; a property shape and a SPARQL constraint carry the name of their shape first."""
    nodes = named(shapes, *KINDS)
    assert [node for node in nodes if not node.startswith(SHAPES)] == []
    parts = [(shape, part) for link in (SH.property, SH.sparql) for shape, part in shapes.subject_objects(link)]
    assert [(shape, part) for shape, part in parts if not part.startswith(f"{shape}-")] == []
    assert named(shapes, SH.PropertyShape, SH.SPARQLConstraint) == {part for _, part in parts}


@pytest.mark.parametrize("word", [SH.name, SH.description])
def test_each_shape_is_explained(shapes: Graph, word: URIRef) -> None:
    """Once, in English."""
    wrong = [
        node
        for node in named(shapes, *KINDS)
        if [text.language for text in shapes.objects(node, word)] != ["en"] or not str(shapes.value(node, word)).strip()
    ]
    assert wrong == []


def test_each_shape_has_a_place_and_a_severity(shapes: Graph) -> None:
    """`sh:order` in the integer's form, a declared `sh:group`, and a severity."""
    for node in named(shapes, SH.NodeShape, SH.PropertyShape):
        assert [order.datatype for order in shapes.objects(node, SH.order)] == [XSD.integer]
        assert (shapes.value(node, SH.group), RDF.type, SH.PropertyGroup) in shapes
        assert shapes.value(node, SH.severity) in {SH.Violation, SH.Warning, SH.Info}


def test_each_message_is_a_sentence_with_a_remedy(shapes: Graph) -> None:
    """One message each, in English: what holds, and after a colon what to do.

    A node shape with SPARQL constraints has none of its own: pySHACL would give it beside theirs.
    """
    for node in named(shapes, *KINDS) - set(shapes.subjects(SH.sparql)):
        messages = list(shapes.objects(node, SH.message))
        assert [message.language for message in messages] == ["en"]
        assert messages[0].endswith(".")
        if (None, SH.sparql, node) in shapes or set(shapes.predicates(node)) & TARGETS:
            assert ":" in messages[0]


def test_each_shape_has_a_constraint(shapes: Graph) -> None:
    """Something beside its words and its target."""
    idle = [node for node in named(shapes, *KINDS) if not set(shapes.predicates(node)) - WORDS - TARGETS]
    assert idle == []


def test_each_shape_is_used(shapes: Graph) -> None:
    """It has a target, or another shape refers to it."""
    idle = [
        node
        for node in named(shapes, *KINDS)
        if not set(shapes.predicates(node)) & TARGETS and (None, None, node) not in shapes
    ]
    assert idle == []


def test_the_published_data_conforms() -> None:
    """Without any result, be it a Violation, a Warning or an Info."""
    report = validate_dataset(project_dataset())
    assert [(result.focus, result.message, result.value) for result in report.results] == []
    assert report.checked > 500
