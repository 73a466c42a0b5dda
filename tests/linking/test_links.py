"""Every published link has its evidence, and nothing that could not be verified stands as a fact."""

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL

from fsp.cli import main
from fsp.dataset.files import project_dataset, project_folder
from fsp.errors import DataError
from fsp.linking.links.build import MANUAL
from fsp.linking.links.make import links_turtle
from fsp.linking.links.table import COLUMNS, read_links
from fsp.namespaces import ADMS, GEO, SSSOM, THING
from fsp.validation.graphs import default_graph

ROOT = Path(__file__).parents[2]
IDENTIFIERS = ROOT.parent / "shared" / "reference" / "identifiers.csv"
LINKS = project_folder() / "data" / "links.ttl"
HEADER = ",".join(COLUMNS)


@pytest.fixture(scope="module")
def links() -> Graph:
    """The links that are published."""
    return Graph().parse(LINKS)


def test_the_file_is_what_the_table_of_evidence_makes() -> None:
    """`fsp links build` would change nothing."""
    assert links_turtle(project_folder() / "data") == LINKS.read_text(encoding="utf-8")


def test_the_command_makes_the_file_or_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runner: CliRunner
) -> None:
    """Written whole from the files beside it; a row that cannot be used leaves the former file."""
    shutil.copytree(project_folder() / "data", tmp_path / "data")
    monkeypatch.setattr("fsp.cli.links.project_folder", lambda: tmp_path)
    made = tmp_path / "data" / "links.ttl"
    made.write_text("", encoding="utf-8")
    assert runner.invoke(main, ["links", "build"]).exit_code == 0
    assert made.read_text(encoding="utf-8") == LINKS.read_text(encoding="utf-8")
    with (tmp_path / "data" / "links.csv").open("a", encoding="utf-8") as table:
        table.write("organisation/serco,org-id,GB-1,,,exact,,0.9,,\n")
    result = runner.invoke(main, ["links", "build"])
    assert (result.exit_code, "the cell evidence is empty" in result.stderr) == (2, True)
    assert made.read_text(encoding="utf-8") == LINKS.read_text(encoding="utf-8")


def test_every_identifier_and_every_match_has_its_evidence(links: Graph) -> None:
    """By address, and with how sure it is."""
    nodes = {*links.subjects(RDF.type, ADMS.Identifier), *links.subjects(RDF.type, OWL.Axiom)}
    assert len(nodes) > 150
    for node in nodes:
        assert [source for source in links.objects(node, DCTERMS.source) if isinstance(source, URIRef)] != []
        assert links.value(node, SSSOM.confidence) is not None


def test_every_match_is_stated_and_every_stated_match_is_explained(links: Graph) -> None:
    """A match stands as a triple of its own and as the annotation that says how it was found (OWL 2, SSSOM)."""
    explained = {
        tuple(links.value(node, part) for part in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget))
        for node in links.subjects(RDF.type, OWL.Axiom)
    }
    kinds = (OWL.sameAs, SKOS.exactMatch, SKOS.closeMatch, FOAF.homepage, FOAF.page)
    assert {triple for kind in kinds for triple in links.triples((None, kind, None))} == explained
    assert set(links.objects(None, SSSOM.mapping_justification)) == {MANUAL}


def test_every_link_is_of_a_body_or_place_of_the_cases(links: Graph) -> None:
    """What is linked is described in the cases."""
    cases = Graph().parse(project_folder() / "data/cases.ttl")
    linked = set(links.objects(None, OWL.annotatedSource))
    assert len(linked) > 20
    assert [thing for thing in linked if (thing, RDFS.label, None) not in cases] == []


def test_a_council_is_the_same_as_a_body_and_never_as_an_area(links: Graph) -> None:
    """The council is that of the register; its area's code matches the place alone."""
    council, place = THING["organisation/trafford-council"], THING["place/trafford"]
    area = URIRef("http://statistics.data.gov.uk/id/statistical-geography/E08000009")
    assert (council, OWL.sameAs, THING["local-authority/TRF"]) in links
    assert set(links.subjects(None, area)) - set(links.subjects(ADMS.schemaAgency)) == {
        place,
        *links.subjects(OWL.annotatedTarget, area),
    }


def test_each_place_of_a_council_has_its_centre(links: Graph) -> None:
    """As decimals, from the register, which is named."""
    places = {place for place, _ in links.subject_objects(GEO.lat)}
    assert len(places) == 6
    for place in places:
        assert 49 < float(str(links.value(place, GEO.lat))) < 61
        assert -8 < float(str(links.value(place, GEO.long))) < 2
        assert str(links.value(place, DCTERMS.source)).startswith(THING + "local-authority/")


def test_the_address_that_is_another_bodys_now_is_no_link(links: Graph) -> None:
    """V is not its successor at the web address."""
    assert [triple for triple in links if str(triple[2]).startswith("https://vinspired.com")] == []


def published(graph: Graph) -> set[str]:
    """Return every identifier and every address of a page that the default graph has."""
    pages = (FOAF.page, FOAF.homepage)
    values = {*graph.objects(None, SKOS.notation), *(one for page in pages for one in graph.objects(None, page))}
    return {str(value) for value in values}


@pytest.mark.skipif(not IDENTIFIERS.is_file(), reason="the reference data is not part of the repository")
def test_what_was_verified_is_published_or_explained_and_nothing_else_is() -> None:
    """Row by row of the evidence that was collected: an unverified identifier is nowhere in the default graph."""
    known = published(default_graph(project_dataset()))
    page = (ROOT / "docs" / "linking-unverified.md").read_text(encoding="utf-8")
    with IDENTIFIERS.open(encoding="utf-8", newline="") as stream:
        collected = list(csv.DictReader(stream))
    assert len(collected) > 150
    for row in collected:
        names = {row["identifier"], row["uri"]} - {""}
        explained = f"`{row['identifier']}`" in page
        if row["status"] == "verified":
            assert names & known or explained, row
        else:
            assert (names & known, explained) == (set(), True), row


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("organisation/x,org-id,GB-1,,,exact,,0.9,,", "links.csv, line 2: the cell evidence is empty."),
        ("organisation/x,isbn,1,,,exact,,0.9,https://e.org,", "links.csv, line 2: there is no scheme isbn."),
        ("organisation/x,org-id,1,,,near,,0.9,https://e.org,", "links.csv, line 2: match must be exact or close."),
        (
            "organisation/x,org-id,1,,,exact,,2,https://e.org,",
            "links.csv, line 2: confidence must be above 0 and not above 1.",
        ),
        (
            "organisation/x,org-id,1,2020,,exact,,1,https://e.org,",
            "links.csv, line 2: Invalid isoformat string: '2020'.",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_told_by_its_line(tmp_path: Path, row: str, expected: str) -> None:
    """A link without evidence above all."""
    path = tmp_path / "links.csv"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_links(path)
    assert str(caught.value) == expected


def test_a_link_of_something_unknown_is_refused(tmp_path: Path) -> None:
    """The subject must be among the bodies and places of the data."""
    (tmp_path / "registers").mkdir()
    for name in ("cases.ttl", "registers/local-authorities.ttl"):
        (tmp_path / name).write_text("", encoding="utf-8")
    row = "organisation/atlantis,org-id,GB-1,,,exact,,0.9,https://e.org,"
    (tmp_path / "links.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match="organisation/atlantis is not among the bodies and places"):
        links_turtle(tmp_path)


def test_close_identifiers_stand_at_the_body_that_they_name(links: Graph) -> None:
    """A company number is not that of a body which the text only may mean."""
    (node,) = links.subjects(SKOS.notation, Literal("02048608"))
    (body,) = links.subjects(ADMS.identifier, node)
    assert links.value(body, RDFS.label) == Literal("Serco Group plc", "en")
    assert (THING["organisation/serco"], SKOS.closeMatch, body) in links
