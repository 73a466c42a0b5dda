"""Every term of the ontology is documented, and every term that any file uses exists."""

import re
from collections.abc import Callable

import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, VANN, XSD, Graph, Literal, URIRef

from fsp.dataset.files import project_folder
from fsp.namespaces import BASE, FSP, GRAPH, SCHEME, SHAPES, THING
from fsp.prefixes import PREFIXES

ONTOLOGY = BASE["def"]
DECLARED_NAMESPACES = {*PREFIXES.values(), str(GRAPH), str(SHAPES)}
ALIGNED_NAMESPACES = {
    "http://contsem.unizar.es/def/sector-publico/pproc#",
    "http://data.europa.eu/a4g/ontology#",
    "http://data.tbfy.eu/ontology/ocds#",
}
CLOSED = (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, VANN, XSD)
"""Namespaces whose terms rdflib knows one by one."""
FILES = sorted(
    str(path.relative_to(project_folder()))
    for pattern in ("ontology/**/*.ttl", "data/*.ttl", "shapes/*.ttl")
    for path in project_folder().glob(pattern)
)


def terms(graph: Graph) -> list[URIRef]:
    """Return the terms that the ontology itself defines."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return sorted({term for kind in kinds for term in graph.subjects(RDF.type, kind) if term.startswith(FSP)})


def namespace(iri: str) -> str:
    """Return an IRI up to and with its last `#` or `/`."""
    return re.sub(r"[^#/]*$", "", iri)


def test_every_subject_of_the_namespace_is_a_term(ontology: Graph) -> None:
    """Nothing stands in the namespace without being a class or a property."""
    subjects = {subject for subject in ontology.subjects() if subject.startswith(FSP)}

    assert set(terms(ontology)) == subjects


@pytest.mark.parametrize("documented_by", [RDFS.label, SKOS.definition])
def test_every_term_is_documented_in_english(ontology: Graph, documented_by: URIRef) -> None:
    """Each term has one label and one definition, in English."""
    languages = {term: [text.language for text in ontology.objects(term, documented_by)] for term in terms(ontology)}

    assert {term: ["en"] for term in terms(ontology)} == languages


def test_every_definition_is_one_sentence(ontology: Graph) -> None:
    """A definition begins with a capital letter, ends with a full stop and holds no other sentence."""
    definitions = [str(ontology.value(term, SKOS.definition)) for term in terms(ontology)]

    assert [text for text in definitions if not re.fullmatch(r"[A-Z](?:(?!\. [A-Z]).)*\.", text)] == []


def test_no_two_terms_share_a_label(ontology: Graph) -> None:
    """A label names one term."""
    labels = [str(ontology.value(term, RDFS.label)) for term in terms(ontology)]

    assert sorted(set(labels)) == sorted(labels)


def test_every_term_says_where_it_is_defined(ontology: Graph) -> None:
    """`rdfs:isDefinedBy` of each term is the ontology."""
    assert {term: [ONTOLOGY] for term in terms(ontology)} == {
        term: list(ontology.objects(term, RDFS.isDefinedBy)) for term in terms(ontology)
    }


def test_a_deprecated_term_names_its_successor(ontology: Graph) -> None:
    """What is deprecated says what replaces it, by a term that is not deprecated itself."""
    deprecated = set(ontology.subjects(OWL.deprecated, Literal(lexical_or_value=True)))
    replaced = {term for term in deprecated if set(ontology.objects(term, DCTERMS.isReplacedBy)) - deprecated}

    assert deprecated == replaced


def test_names_are_written_one_way(ontology: Graph) -> None:
    """A class has a name in UpperCamelCase, a property one in lowerCamelCase."""
    classes = {term for term in terms(ontology) if (term, RDF.type, OWL.Class) in ontology}

    assert classes == {term for term in terms(ontology) if term.removeprefix(FSP)[0].isupper()}


@pytest.mark.parametrize("link", [RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf])
def test_what_a_term_refers_to_exists(ontology: Graph, link: URIRef) -> None:
    """Each domain, range and parent is a term of ours or one that its own vocabulary has."""
    targets = {target for target in ontology.objects(None, link) if isinstance(target, URIRef)}

    assert [str(target) for target in targets if target.startswith(FSP) and target not in terms(ontology)] == []
    assert {namespace(target) for target in targets} <= DECLARED_NAMESPACES


@pytest.mark.parametrize("file", FILES)
def test_every_namespace_is_one_that_the_project_knows(file: str) -> None:
    """A prefix stands for the namespace that the project gives it: no `http` for `https`, no missing `#`."""
    path = project_folder() / file
    text = path.read_text(encoding="utf-8")
    declared = dict(re.findall(r"^@prefix\s+([\w-]*):\s+<([^>]*)>\s*\.$", text, flags=re.MULTILINE))
    own = (THING, SCHEME, SHAPES, FSP)
    strange = {
        prefix: iri
        for prefix, iri in declared.items()
        if PREFIXES.get(prefix, iri) != iri
        or not (iri in DECLARED_NAMESPACES | ALIGNED_NAMESPACES or iri.startswith(own))
    }

    assert strange == {}


@pytest.mark.parametrize("file", FILES)
def test_every_term_that_is_used_exists(file: str, ontology: Graph) -> None:
    """Each predicate and each class of ours, and of the vocabularies that are known term by term, exists."""
    graph = Graph().parse(project_folder() / file)
    used = {term for term in {*graph.predicates(), *graph.objects(None, RDF.type)} if isinstance(term, URIRef)}
    unknown = {term for term in used if term.startswith(FSP) and term not in terms(ontology)}
    for vocabulary in CLOSED:
        unknown |= {term for term in used if term.startswith(str(vocabulary)) and term not in vocabulary}

    assert unknown == set()


def test_every_unit_is_one_of_qudt(cases: Graph, described: Callable[[str], set[str]]) -> None:
    """Each unit of a measurement is a unit that QUDT publishes."""
    units = {str(unit) for unit in (*cases.objects(None, FSP.unit), *cases.objects(None, FSP.perUnit))}

    assert units != set()
    assert [unit for unit in units if not unit.startswith(PREFIXES["unit"])] == []
    assert units - described("unit") == set()


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_imported(file: str) -> None:
    """No file makes a tool fetch another: there is no `owl:imports`."""
    assert list(Graph().parse(project_folder() / file).objects(None, OWL.imports)) == []


@pytest.mark.parametrize("file", ["ontology/fsp.ttl", "ontology/alignments.ttl"])
def test_the_header_is_complete(file: str) -> None:
    """The header has what a catalogue of ontologies asks for, and its licence is an IRI."""
    graph = Graph().parse(project_folder() / file)
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    asked = {
        DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher, DCTERMS.license, DCTERMS.created,
        DCTERMS.modified, DCTERMS.issued, DCTERMS.language, OWL.versionIRI, OWL.versionInfo,
        VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri,
    }  # fmt: skip

    assert asked - set(graph.predicates(header)) == set()
    assert isinstance(graph.value(header, DCTERMS.license), URIRef)
    assert str(graph.value(header, OWL.versionIRI)) == f"{header}/{graph.value(header, OWL.versionInfo)}"
    assert str(graph.value(header, VANN.preferredNamespaceUri)) == str(FSP)


def test_all_files_were_looked_at() -> None:
    """The tests of this module see ontology, schemes, alignments and cases."""
    assert {"ontology/fsp.ttl", "ontology/alignments.ttl", "ontology/schemes/principle.ttl", "data/cases.ttl"} <= set(
        FILES
    )
