"""The alignments link our terms to terms that exist, in ways whose entailments hold."""

from collections.abc import Callable

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from fsp.dataset.files import project_folder
from fsp.namespaces import FSP, SCHEME
from fsp.prefixes import PREFIXES

MAPPINGS = {SKOS.closeMatch, SKOS.relatedMatch, SKOS.broadMatch, SKOS.narrowMatch}
HIERARCHY = {RDFS.subClassOf, RDFS.subPropertyOf}
ALIGNED = {
    "CPOV": "http://data.europa.eu/m8g/",
    "ePO": "http://data.europa.eu/a4g/ontology#",
    "OCDS in RDF": "http://data.tbfy.eu/ontology/ocds#",
    "ORG": PREFIXES["org"],
    "PPROC": "http://contsem.unizar.es/def/sector-publico/pproc#",
    "PROV-O": PREFIXES["prov"],
    "QUDT": PREFIXES["qudt"],
    "schema.org": PREFIXES["schema"],
}


def links(graph: Graph) -> list[tuple[URIRef, URIRef, URIRef]]:
    """Return the triples that link a term of ours to another vocabulary's."""
    return sorted(triple for triple in graph if triple[1] in MAPPINGS | HIERARCHY)


def test_only_our_own_terms_are_described(alignments: Graph, ontology: Graph, schemes: Graph) -> None:
    """Each link starts at a term or concept of ours that exists: nothing is said of the terms of others."""
    ours = {*ontology.subjects(), *schemes.subjects()}

    assert [subject for subject, _, _ in links(alignments) if subject not in ours] == []


def test_the_file_holds_nothing_but_header_and_links(alignments: Graph) -> None:
    """Beside its header the file has only links of the allowed kinds, with no term twice linked to the same one."""
    (header,) = alignments.subjects(RDF.type, OWL.Ontology)
    pairs = [(subject, object_) for subject, _, object_ in links(alignments)]

    assert len(list(alignments.triples((header, None, None)))) + len(pairs) == len(alignments)
    assert sorted(set(pairs)) == sorted(pairs)


@pytest.mark.parametrize("namespace", ALIGNED.values(), ids=ALIGNED.keys())
def test_every_vocabulary_is_linked(namespace: str, alignments: Graph) -> None:
    """Each vocabulary that the documentation names is linked."""
    assert [object_ for _, _, object_ in links(alignments) if object_.startswith(namespace)] != []


def test_skos_is_the_parent_of_concepts(ontology: Graph) -> None:
    """Principles and roles are SKOS concepts by the ontology itself."""
    assert set(ontology.subjects(RDFS.subClassOf, SKOS.Concept)) == {FSP.Principle, FSP.PartnerRole}


@pytest.mark.parametrize("prefix", ["org", "prov", "qudt", "schema"])
def test_linked_terms_exist(prefix: str, alignments: Graph, described: Callable[[str], set[str]]) -> None:
    """Each linked term is one that the published vocabulary has; the copy of schema.org has its `http` IRIs."""
    namespace = PREFIXES[prefix]
    linked = {str(object_) for _, _, object_ in links(alignments) if object_.startswith(namespace)}
    published = {iri.replace("http://schema.org/", "https://schema.org/") for iri in described(prefix)}

    assert linked - published == set()


def test_documentation_lists_each_linked_term(alignments: Graph) -> None:
    """`docs/alignments.md` says of each linked term where it was looked up."""
    text = (project_folder() / "docs" / "alignments.md").read_text(encoding="utf-8")
    names = {f"`{alignments.namespace_manager.curie(object_)}`" for _, _, object_ in links(alignments)}

    assert {name for name in names if name not in text} == set()


@pytest.mark.parametrize("kind", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_a_hierarchy_links_terms_of_one_kind(
    kind: URIRef, alignments: Graph, ontology: Graph, vocabulary: Callable[..., Graph]
) -> None:
    """A class stands under a class, an object property under an object property, a datatype property under one."""
    graph = ontology + vocabulary("org", "prov", "qudt")
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    pairs = [(subject, object_) for subject, predicate, object_ in links(alignments) if predicate == kind]

    assert [
        (subject, object_)
        for subject, object_ in pairs
        if not kinds & set(graph.objects(subject, RDF.type)) & set(graph.objects(object_, RDF.type))
    ] == []


def test_concepts_are_never_placed_in_a_hierarchy_of_classes(alignments: Graph) -> None:
    """A concept of ours is matched to a class, never made a subclass: it is no class."""
    assert [subject for subject, kind, _ in links(alignments) if kind in HIERARCHY and subject.startswith(SCHEME)] == []
