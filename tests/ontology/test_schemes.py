"""Every concept scheme and every concept is complete (SKOS Reference, sections 3 to 8)."""

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef

from fsp.dataset.files import project_folder
from fsp.namespaces import SCHEME

NAMES = sorted(path.stem for path in (project_folder() / "ontology" / "schemes").glob("*.ttl"))


def read(name: str) -> tuple[Graph, URIRef, set[URIRef]]:
    """Return the graph of a scheme's file, the scheme and its concepts."""
    graph = Graph().parse(project_folder() / "ontology" / "schemes" / f"{name}.ttl")
    return graph, SCHEME[name], set(graph.subjects(RDF.type, SKOS.Concept))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_the_one_scheme_of_its_name(name: str) -> None:
    """The scheme's IRI ends with the name of its file, and its concepts' IRIs go on from there."""
    graph, scheme, concepts = read(name)

    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    assert concepts != set()
    assert [concept for concept in concepts if not concept.startswith(f"{scheme}/")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_scheme_is_described(name: str) -> None:
    """A scheme has title, label, description, creator, licence and dates."""
    graph, scheme, _ = read(name)
    asked = {
        DCTERMS.title, RDFS.label, DCTERMS.description, DCTERMS.creator, DCTERMS.license, DCTERMS.created,
        DCTERMS.modified,
    }  # fmt: skip

    assert asked - set(graph.predicates(scheme)) == set()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("documented_by", [SKOS.prefLabel, SKOS.definition])
def test_a_concept_is_documented_in_english(name: str, documented_by: URIRef) -> None:
    """Each concept has one preferred label and one definition, in English."""
    graph, _, concepts = read(name)

    languages = {concept: [text.language for text in graph.objects(concept, documented_by)] for concept in concepts}

    assert {concept: ["en"] for concept in concepts} == languages


@pytest.mark.parametrize("name", NAMES)
def test_a_concept_has_its_place(name: str) -> None:
    """Each concept is in its scheme, and is either a top concept of it or under a broader one."""
    graph, scheme, concepts = read(name)
    top = set(graph.subjects(SKOS.topConceptOf, scheme))
    narrower = {concept for concept in concepts if set(graph.objects(concept, SKOS.broader)) & concepts}

    assert set(graph.subjects(SKOS.inScheme, scheme)) == concepts
    assert top | narrower == concepts
    assert top & narrower == set()
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == top


@pytest.mark.parametrize("name", NAMES)
def test_no_two_concepts_of_a_scheme_share_a_label(name: str) -> None:
    """A preferred label names one concept of its scheme."""
    graph, _, concepts = read(name)
    labels = [str(graph.value(concept, SKOS.prefLabel)) for concept in concepts]

    assert sorted(set(labels)) == sorted(labels)


def test_every_concept_that_the_cases_use_is_in_a_scheme(cases: Graph, schemes: Graph) -> None:
    """No case refers to a concept that no scheme has."""
    used = {node for node in cases.all_nodes() if isinstance(node, URIRef) and node.startswith(SCHEME)}

    assert used - set(schemes.subjects(RDF.type, SKOS.Concept)) == set()
