"""Ontology, schemes, alignments and cases are consistent under OWL 2 RL, together with the vocabularies they stand on.

The rules are those of OWL 2 Web Ontology Language Profiles, section 4.3: some conclude that there is a contradiction.
"""

from collections.abc import Callable

import owlrl
import pytest
from rdflib import OWL, PROV, RDF, RDFS, Graph, Literal

from fsp.namespaces import FSP

STANDS_ON = ("foaf", "oa", "org", "prov", "skos", "time")
PREFIXES = """
@prefix fsp: <https://w3id.org/fsp/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/> .
"""
CONTRADICTIONS = [
    pytest.param(
        "prov", ":a a fsp:Contract, prov:Activity .", id="a contract, which is an entity, that is an activity"
    ),
    pytest.param("skos", ":a a fsp:Principle, skos:ConceptScheme .", id="a concept that is a scheme"),
    pytest.param("skos", ":a a fsp:Period, owl:Nothing .", id="a member of the empty class"),
    pytest.param(
        "org",
        ":a a fsp:Participation ; org:member :b, :c . :b owl:differentFrom :c .",
        id="a participation of two different organisations",
    ),
    pytest.param(
        "org",
        """:arm fsp:charitableArmOf :company .
        [] a owl:NegativePropertyAssertion ;
            owl:sourceIndividual :arm ; owl:assertionProperty org:linkedTo ; owl:targetIndividual :company .""",
        id="a charitable arm that is not linked to its company",
    ),
    pytest.param(
        "skos",
        ":Tool owl:disjointWith skos:Concept . :a a fsp:PartnerRole, :Tool .",
        id="a role that is of a class disjoint with concepts",
    ),
]
"""Each with the vocabulary that it contradicts."""


def without_text(graph: Graph) -> Graph:
    """Leave out texts in a language: no rule reads them, and without them the closure is quicker."""
    kept = Graph()
    for triple in graph:
        if not (isinstance(triple[2], Literal) and triple[2].language):
            kept.add(triple)
    return kept


def contradictions(*graphs: Graph) -> list[str]:
    """Close the union of some graphs under the rules and return what is contradictory in it."""
    union = Graph()
    for graph in graphs:
        union += without_text(graph)
    closure = owlrl.OWLRL_Semantics(union, axioms=False, daxioms=False, rdfs=False)
    closure.closure()
    members = [f"{member} is a member of owl:Nothing" for member in union.subjects(RDF.type, OWL.Nothing)]
    return sorted({*closure.error_messages, *members})


@pytest.fixture(scope="module")
def vocabularies(vocabulary: Callable[..., Graph]) -> Graph:
    """What the ontology stands on."""
    return vocabulary(*STANDS_ON)


def test_everything_published_is_consistent(published: Graph, vocabularies: Graph) -> None:
    """Nothing contradicts anything in terms, schemes, alignments, cases and the vocabularies together."""
    assert contradictions(published, vocabularies) == []


@pytest.mark.parametrize(("prefix", "planted"), CONTRADICTIONS)
def test_a_planted_contradiction_is_found(
    prefix: str, planted: str, ontology: Graph, vocabulary: Callable[..., Graph]
) -> None:
    """The check finds a contradiction of each kind that the vocabularies make possible."""
    fault = Graph().parse(data=PREFIXES + planted, format="turtle")

    assert contradictions(ontology, vocabulary(prefix), fault) != []


def test_rests_on_cannot_stand_under_derivation(ontology: Graph, vocabulary: Callable[..., Graph]) -> None:
    """A change of contract that was derived from a citation is a contradiction: decision 0002."""
    change = Graph().parse(data=PREFIXES + ":change a fsp:ContractChange ; fsp:restsOn :citation .", format="turtle")
    under_derivation = Graph().add((FSP.restsOn, RDFS.subPropertyOf, PROV.wasDerivedFrom))

    assert contradictions(ontology, vocabulary("prov"), change) == []
    assert contradictions(ontology, vocabulary("prov"), change, under_derivation) != []
