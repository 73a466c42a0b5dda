"""The checks of FOOPS!, an assessor of ontologies, that can be made offline: docs/ontology-fair.md tells of all 24.

Each one is made as its catalogue (https://w3id.org/foops/catalog) has it, over the graph that the service hands out.
"""

import re

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VANN, Graph, Namespace, URIRef

from fsp.dataset.files import project_folder
from fsp.namespaces import BASE, FSP
from fsp.prefixes import PREFIXES

ONTOLOGY = BASE["def"]
SCHEMA = Namespace(PREFIXES["schema"])
BIBO = Namespace(PREFIXES["bibo"])
RDF_TYPES = ("application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json")
CHECKS = (
    *("PURL1", "URI1", "URI2", "VER1", "VER2", "OM1", "FIND1", "FIND2", "FIND3", "FIND_3_BIS"),  # findable
    *("CN1", "HTTP1"),  # accessible
    *("RDF1", "VOC1", "VOC2"),  # interoperable
    *("DOC1", "VOC3", "VOC4", "OM2", "OM3", "OM4.1", "OM4.2", "OM5.1", "OM5.2"),  # reusable
)
TABLE = (project_folder() / "docs" / "ontology-fair.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest) -> Graph:
    """The ontology as a client gets it that follows its IRI."""
    client: FlaskClient = request.getfixturevalue("app").test_client()
    return Graph().parse(data=client.get("/def", headers={"Accept": "text/turtle"}).data, format="turtle")


@pytest.mark.parametrize(
    ("check", "asked"),
    [
        (
            "OM1",
            {DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI, DCTERMS.creator}
            | {VANN.preferredNamespaceUri},
        ),
        ("FIND1", {VANN.preferredNamespacePrefix}),
        (
            "OM2",
            {VANN.preferredNamespacePrefix, OWL.versionInfo, DCTERMS.created, DCTERMS.bibliographicCitation},
        ),
        ("OM3", {DCTERMS.publisher, FOAF.logo, BIBO.status, DCTERMS.source, DCTERMS.issued, DCTERMS.modified}),
        ("OM4.1", {DCTERMS.license}),
        ("OM5.1", {DCTERMS.creator, DCTERMS.created}),
        ("OM5.2", {DCTERMS.issued, DCTERMS.publisher}),
        ("FIND3", {SCHEMA.includedInDataCatalog}),
    ],
)
def test_metadata_is_there(served: Graph, check: str, asked: set[URIRef]) -> None:
    """The header has each property that a check asks for; of OM3 all but a DOI, which nobody has given it."""
    assert check in CHECKS
    assert asked - set(served.predicates(ONTOLOGY)) == set()


def test_identifier_is_persistent_and_consistent(served: Graph) -> None:
    """PURL1, HTTP1, URI2, VER1: one header, under w3id.org, with an IRI of its version that is another one."""
    (header,) = served.subjects(RDF.type, OWL.Ontology)

    assert header == ONTOLOGY
    assert re.match(r"https://w3id\.org/", header)
    assert served.value(header, OWL.versionIRI) not in {None, header}


@pytest.mark.parametrize("path", ["/def", "/def/1.1.0"])
@pytest.mark.parametrize("accept", [*RDF_TYPES, "text/html"])
def test_it_is_there_as_page_and_as_data(client: FlaskClient, path: str, accept: str) -> None:
    """URI1, VER2, CN1, RDF1, DOC1: ontology and version answer in HTML and in each form of RDF."""
    reply = client.get(path, headers={"Accept": accept})

    assert (reply.status_code, reply.mimetype) == (200, accept)


def test_vocabularies_are_used_again(served: Graph) -> None:
    """VOC1, VOC2: metadata by known vocabularies, and terms that stand on classes and properties of others."""
    metadata = {re.sub(r"[^/#]*$", "", str(predicate)) for predicate in served.predicates(ONTOLOGY)}
    parents = {str(parent) for parent in (*served.objects(None, RDFS.subClassOf), *served.objects(None, RDFS.range))}

    assert {str(DCTERMS), str(VANN), PREFIXES["bibo"], PREFIXES["schema"]} <= metadata
    assert [parent for parent in parents if parent.startswith("http") and not parent.startswith(FSP)] != []


def test_every_term_has_label_and_definition(served: Graph) -> None:
    """VOC3, VOC4: all classes and properties."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {term for kind in kinds for term in served.subjects(RDF.type, kind) if isinstance(term, URIRef)}

    assert len(terms) > 70
    assert terms == set(served.subjects(RDFS.label, None)) & set(served.subjects(SKOS.definition, None))


def test_the_catalogue_that_is_named_lists_it(client: FlaskClient, served: Graph) -> None:
    """FIND3: the catalogue exists, and lists the ontology among what it holds."""
    (catalogue,) = served.objects(ONTOLOGY, SCHEMA.includedInDataCatalog)
    path = "/" + str(catalogue).removeprefix(BASE)
    graph = Graph().parse(data=client.get(path, headers={"Accept": "text/turtle"}).data, format="turtle")

    assert (catalogue, URIRef(PREFIXES["dcat"] + "resource"), ONTOLOGY) in graph


def test_the_logo_that_is_named_is_there(client: FlaskClient, served: Graph) -> None:
    """OM3: its IRI leads to a picture with a title."""
    (logo,) = served.objects(ONTOLOGY, FOAF.logo)
    with client.get("/" + str(logo).removeprefix(BASE)) as reply:
        assert (reply.status_code, reply.mimetype) == (200, "image/svg+xml")
        assert "<title" in reply.text


def test_the_table_tells_of_each_check() -> None:
    """Each of the 24 checks has one line, which says whether and how it is met."""
    rows = re.findall(
        r"^\| `([\w.]+)` \| [^|]+ \| (yes|no|once registered) \| [^|]{10,} \|$", TABLE, flags=re.MULTILINE
    )

    assert len(CHECKS) == 24
    assert sorted(CHECKS) == sorted(name for name, _ in rows)
