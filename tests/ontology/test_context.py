"""The JSON-LD context names every term and loses nothing (JSON-LD 1.1, section 4)."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, XSD, Graph, URIRef
from rdflib.compare import to_isomorphic

from fsp.dataset.files import project_folder
from fsp.namespaces import FSP
from fsp.prefixes import PREFIXES

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
"""Inside rdflib, its own reader of JSON-LD still uses it."""

CONTEXT: dict[str, Any] = json.loads((project_folder() / "ontology" / "context.jsonld").read_text(encoding="utf-8"))[
    "@context"
]
WRITTEN_BY_HAND = {
    "@context": CONTEXT,
    "id": "thing:outcome/more-reading",
    "type": "Outcome",
    "label": "More reading",
    "status": "scheme:status/done",
    "hasMeasurement": {
        "id": "thing:measurement/books-read",
        "type": "Measurement",
        "numericValue": "45.0",
        "unit": "qudt-unit:PERCENT",
        "phase": "scheme:phase/result",
    },
}
WRITTEN_IN_TURTLE = """
@prefix fsp: <https://w3id.org/fsp/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/fsp/id/outcome/more-reading> a fsp:Outcome ;
    rdfs:label "More reading"@en ;
    fsp:status <https://w3id.org/fsp/scheme/status/done> ;
    fsp:hasMeasurement <https://w3id.org/fsp/id/measurement/books-read> .
<https://w3id.org/fsp/id/measurement/books-read> a fsp:Measurement ;
    fsp:numericValue 45.0 ;
    fsp:unit <http://qudt.org/vocab/unit/PERCENT> ;
    fsp:phase <https://w3id.org/fsp/scheme/phase/result> .
"""


def with_rdflib(text: str) -> Graph:
    """Read JSON-LD with rdflib."""
    return Graph().parse(data=text, format="json-ld")


def with_pyoxigraph(text: str) -> Graph:
    """Read JSON-LD with pyoxigraph, which fetches nothing."""
    triples = (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD))
    return Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


def definition(graph: Graph, term: URIRef) -> str | dict[str, str]:
    """Return how the context has to define a term, from its kind and range."""
    iri = f"fsp:{term.removeprefix(FSP)}"
    range_ = graph.value(term, RDFS.range)
    if (term, RDF.type, OWL.ObjectProperty) in graph:
        return {"@id": iri, "@type": "@id"}
    if range_ == RDF.langString:
        return {"@id": iri, "@language": "en"}
    if range_ in {None, XSD.string}:
        return iri
    return {"@id": iri, "@type": range_.replace(str(XSD), "xsd:")}


def test_every_term_is_in_the_context(ontology: Graph) -> None:
    """Each class and property is there by its local name, with the type or language of its values."""
    terms = {*ontology.subjects(RDF.type, OWL.Class), *ontology.subjects(RDF.type, RDF.Property)}
    expected = {term.removeprefix(FSP): definition(ontology, term) for term in terms if isinstance(term, URIRef)}

    assert expected == {name: CONTEXT.get(name) for name in expected}


def test_every_predicate_and_class_of_the_cases_has_a_name(cases: Graph) -> None:
    """What the cases are written with has a name in the context, from other vocabularies too."""
    iris = [value["@id"] if isinstance(value, dict) else value for value in CONTEXT.values()]
    named = {_expand(iri) for iri in iris if isinstance(iri, str) and ":" in iri}
    used = {str(term) for term in {*cases.predicates(), *cases.objects(None, RDF.type)} - {RDF.type}}

    assert used - named == set()


def _expand(iri: str) -> str:
    """Expand a compact IRI by the context's own prefixes."""
    prefix, _, local = iri.partition(":")
    return CONTEXT[prefix] + local if prefix in CONTEXT else iri


def test_prefixes_are_those_of_the_project() -> None:
    """A prefix that the project knows stands for the same namespace here."""
    prefixes = {name: iri for name, iri in CONTEXT.items() if isinstance(iri, str) and iri.startswith("http")}

    assert {name: PREFIXES[name] for name in prefixes if name in PREFIXES} == {
        name: iri for name, iri in prefixes.items() if name in PREFIXES
    }


def test_the_context_refers_to_no_other() -> None:
    """No reader has to fetch anything: the context holds no address of another one."""
    text = json.dumps(CONTEXT)

    assert "@import" not in text
    assert "@context" not in text


@pytest.mark.parametrize("read", [with_rdflib, with_pyoxigraph])
def test_the_cases_survive_as_json_ld(read: Any, cases: Graph) -> None:  # noqa: ANN401
    """The cases as JSON-LD with the context are the same triples again."""
    text = cases.serialize(format="json-ld", context=CONTEXT)

    assert to_isomorphic(cases) == to_isomorphic(read(text))


@pytest.mark.parametrize("read", [with_rdflib, with_pyoxigraph])
def test_what_a_person_writes_is_understood(read: Any) -> None:  # noqa: ANN401
    """JSON with plain names and no IRI in full gives the triples that its author means."""
    expected = Graph().parse(data=WRITTEN_IN_TURTLE, format="turtle")

    assert to_isomorphic(expected) == to_isomorphic(read(json.dumps(WRITTEN_BY_HAND)))
