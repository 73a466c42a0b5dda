"""`data/dataset.ttl` describes what is published, by DCAT 3 and VoID, and keeps apart what the source does not say."""

from importlib.metadata import version

import pytest
from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, VOID, Graph, Literal, URIRef

from fsp.dataset.files import project_folder
from fsp.namespaces import BASE, FSP, GRAPH, THING
from fsp.prefixes import PREFIXES

DATASET = BASE["dataset"]


@pytest.fixture(scope="module")
def description() -> Graph:
    """The description of the dataset."""
    return Graph().parse(project_folder() / "data" / "dataset.ttl")


def test_what_a_catalogue_asks_for_is_there(description: Graph) -> None:
    """The dataset has what DCAT-AP asks of one: names, dates, licence, publisher and distributions."""
    asked = {
        DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCTERMS.issued, DCTERMS.modified,
        DCTERMS.language, DCAT.keyword, DCAT.distribution, DCAT.landingPage,
    }  # fmt: skip

    assert asked - set(description.predicates(DATASET)) == set()


def test_every_distribution_can_be_reached_and_used(description: Graph) -> None:
    """Each distribution has a title, an address and a licence."""
    distributions = set(description.objects(DATASET, DCAT.distribution))

    assert distributions == set(description.subjects(RDF.type, DCAT.Distribution))
    for distribution in distributions:
        assert {DCTERMS.title, DCAT.accessURL, DCTERMS.license} - set(description.predicates(distribution)) == set()


def test_the_version_is_that_of_the_package(description: Graph) -> None:
    """Dataset and package are released together."""
    assert description.value(DATASET, OWL.versionInfo) == Literal(version("fsp"))


def test_root_resources_are_the_cases(description: Graph, cases: Graph) -> None:
    """From the root resources a crawler reaches everything: they are the case studies."""
    assert set(description.objects(DATASET, VOID.rootResource)) == set(cases.subjects(RDF.type, FSP.CaseStudy))


def test_examples_exist(description: Graph, cases: Graph) -> None:
    """Each example resource is described in the cases."""
    examples = set(description.objects(DATASET, VOID.exampleResource))

    assert examples != set()
    assert examples - set(cases.subjects()) == set()


def test_named_files_exist(description: Graph) -> None:
    """Each file that is named by its graph is there."""
    graphs = {node for node in description.all_nodes() if isinstance(node, URIRef) and node.startswith(GRAPH)}

    assert graphs != set()
    assert [graph for graph in graphs if not (project_folder() / graph.removeprefix(GRAPH)).is_file()] == []


def test_vocabularies_are_those_of_the_cases(description: Graph, cases: Graph) -> None:
    """The vocabularies that are named are those that the cases' predicates and classes come from."""
    used = {
        URIRef(namespace)
        for term in {*cases.predicates(), *cases.objects(None, RDF.type)}
        for prefix, namespace in PREFIXES.items()
        if str(term).startswith(namespace) and prefix not in {"rdf", "rdfs"}
    }

    assert used | {URIRef(PREFIXES["skos"])} == set(description.objects(DATASET, VOID.vocabulary))


def test_what_comes_from_elsewhere_names_its_source(description: Graph) -> None:
    """The publisher, whom the source does not name, has a page as its evidence, and is not in the cases."""
    publisher = description.value(THING["source/case-studies"], DCTERMS.publisher)
    page = description.value(THING["source/case-studies"], PROV.hadPrimarySource)

    assert publisher is not None
    assert (publisher, DCTERMS.source, page) in description
    assert (page, RDF.type, FOAF.Document) in description


def test_the_cases_do_not_say_what_the_source_does_not(description: Graph, cases: Graph) -> None:
    """The publisher stands in the description alone."""
    publisher = description.value(THING["source/case-studies"], DCTERMS.publisher)

    assert publisher not in cases.all_nodes()
    assert list(cases.objects(None, DCTERMS.publisher)) == []
