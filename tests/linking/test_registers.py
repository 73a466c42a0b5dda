"""The register of local authorities says what its sources say, with their known faults mended."""

from datetime import date
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, XSD
from register_sample import AUTHORITIES, BARNSLEY, write_source

from fsp.dataset.files import project_dataset, project_folder
from fsp.errors import DataError
from fsp.linking.identifiers import Identifier
from fsp.linking.registers.authorities import read_local_authorities
from fsp.linking.registers.model import Name
from fsp.linking.registers.rdf import AUTHORITY, local_authorities_graph
from fsp.linking.registers.register import REGISTERS, refresh
from fsp.linking.registers.sources import read_sources
from fsp.linking.registers.tables import read_table
from fsp.linking.schemes import SCHEMES, scheme_iri
from fsp.namespaces import ADMS, SCHEMA, SCHEME, SHAPES
from fsp.validation.graphs import ontology_graph, shapes_graph
from fsp.validation.published import Published
from fsp.validation.validate import validate_part

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
FOLDER = project_folder() / "data" / "registers"


@pytest.fixture(scope="module")
def register() -> Graph:
    """The register that is published."""
    return Graph().parse(FOLDER / "local-authorities.ttl")


def named(register: Graph, code: str) -> set[URIRef]:
    """Return the authorities with an identifier of this value."""
    nodes = register.subjects(SKOS.notation, Literal(code))
    return {thing for node in nodes for thing in register.subjects(ADMS.identifier, node)}  # type: ignore[misc]


def test_an_authority_is_found_by_its_old_gss_code_and_by_its_new_one(register: Graph) -> None:
    """Barnsley's code changed on 1 April 2025 (UKSI 2024/1328): each has its days, and the old one names the new."""
    assert named(register, "E08000016") == named(register, "E08000038") == {AUTHORITY.BNS}
    (old,) = register.subjects(SKOS.notation, Literal("E08000016"))
    (new,) = register.subjects(SKOS.notation, Literal("E08000038"))
    assert register.value(old, SCHEMA.validThrough) == Literal(date(2025, 3, 31))
    assert register.value(new, SCHEMA.validFrom) == Literal(date(2025, 4, 1))
    assert register.value(new, SCHEMA.validThrough) is None
    assert register.value(old, DCTERMS.isReplacedBy) == new
    assert str(register.value(new, DCTERMS.source)).startswith("https://beta.bailii.org/uk/legis/num_reg/2024/")


def test_all_authorities_of_the_four_nations_are_there(register: Graph) -> None:
    """470 of the main source and one that only planning.data.gov.uk has; the type of each is a concept."""
    authorities = set(register.subjects(RDF.type, ORG.FormalOrganization))
    kinds = set(Graph().parse(project_folder() / "ontology/schemes/local-authority-type.ttl").subjects(SKOS.inScheme))
    assert len(authorities) == 471
    assert {register.value(one, ORG.classification) for one in authorities} == kinds
    places = [set(register.objects(one, SCHEMA.location)) for one in authorities]
    nations = {URIRef(f"https://w3id.org/fsp/id/place/{name}") for name in NATIONS}
    assert [one for one in places if len(one & nations) != 1] == []


NATIONS = ("england", "northern-ireland", "scotland", "wales")


def test_an_abolished_authority_names_what_took_its_place(register: Graph) -> None:
    """Cumbria was split into two on 1 April 2023: its last day, and its code's, is the day before."""
    assert set(register.objects(AUTHORITY.CMA, DCTERMS.isReplacedBy)) == {AUTHORITY.CBD, AUTHORITY.WAF}
    assert register.value(AUTHORITY.CMA, SCHEMA.dissolutionDate) == Literal(date(2023, 3, 31))
    (code,) = register.subjects(SKOS.notation, Literal("E10000006"))
    assert register.value(code, SCHEMA.validThrough) == Literal(date(2023, 3, 31))


def test_a_year_is_not_made_a_day(register: Graph) -> None:
    """Where the sources have only the year, so has the register."""
    assert register.value(AUTHORITY.IOW, SCHEMA.foundingDate) == Literal("1995", datatype=XSD.gYear)
    assert register.value(AUTHORITY.ABD, SCHEMA.foundingDate) == Literal(date(1996, 4, 1))


def test_no_identifier_of_one_scheme_is_that_of_two_authorities(register: Graph) -> None:
    """But for areas that one code named."""
    owners: dict[tuple[object, object], set[object]] = {}
    for thing, node in register.subject_objects(ADMS.identifier):
        key = (register.value(node, DCTERMS.conformsTo), register.value(node, SKOS.notation))
        owners.setdefault(key, set()).add(thing)
    assert {key: things for key, things in owners.items() if len(things) > 1} == {}


def test_the_register_conforms_to_the_shapes(register: Graph) -> None:
    """Each identifier and each authority."""
    project = project_dataset()
    ontology = ontology_graph(project)
    published = Published(graph=ontology, ontology=ontology, shapes=shapes_graph(project))
    report = validate_part(published, register)
    own = (SHAPES.IdentifierShape, SHAPES.RegisteredBodyShape)
    assert [(result.focus, result.message) for result in report.results if result.shape.startswith(own)] == []
    assert report.checked > 4000


def test_each_scheme_of_identifiers_is_a_concept() -> None:
    """The table in Python and the scheme in Turtle name the same ones."""
    scheme = Graph().parse(project_folder() / "ontology/schemes/identifier-scheme.ttl")
    assert set(scheme.subjects(SKOS.inScheme, SCHEME["identifier-scheme"])) == {scheme_iri(name) for name in SCHEMES}


def test_each_register_names_its_sources_and_licences(register: Graph) -> None:
    """The state of each source: repository, commit, licence, and the day on which it was fetched."""
    dataset = URIRef("https://w3id.org/fsp/dataset/local-authorities")
    sources = set(register.objects(dataset, PROV.wasDerivedFrom))
    assert len(sources) == 4
    for source in sources:
        assert {DCTERMS.license, DCTERMS.identifier, DCTERMS.issued} <= set(register.predicates(source))
    assert register.value(dataset, DCTERMS.modified) == Literal(date(2026, 11, 22))
    lists = Graph().parse(FOLDER / "org-id-lists.ttl")
    odbl = URIRef("https://opendatacommons.org/licenses/odbl/1-0/")
    assert lists.value(URIRef("https://w3id.org/fsp/dataset/org-id-lists"), DCTERMS.license) == odbl
    assert [thing for thing in lists.subjects(RDF.type) if (thing, None, None) in register] == []


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference data is not part of the repository")
def test_the_published_registers_are_what_the_rules_make_of_the_reference_data() -> None:
    """Nothing would change, and each rule that names a number of faults in the source mends that many."""
    refreshed = {one.register.name: one for one in refresh(REFERENCE)}
    assert refreshed.keys() == {register.name for register in REGISTERS}
    assert {name: one.changes for name, one in refreshed.items()} == {"local-authorities": [], "org-id-lists": []}
    repairs = refreshed["local-authorities"].made.repairs
    assert repairs["A date that is a spreadsheet's year becomes that year."] == 77
    assert repairs["An Ordnance Survey id that is cut off to tens becomes the exact one."] == 407
    assert repairs["A BS 6879 code that is another authority's is left out."] == 3


def test_the_faults_of_the_sample_are_mended(tmp_path: Path) -> None:
    """Names, foundation, codes, Ordnance Survey id and degrees of one authority, from five tables."""
    register = read_local_authorities(write_source(tmp_path) / "uk-local-authorities")
    (barnsley,) = [one for one in register.authorities if one.code == "BNS"]
    assert barnsley.names == (Name("Barnsley Council"),)
    assert barnsley.other_names == (Name("Barnsley"), Name("Barnsley Metropolitan Borough Council"))
    assert barnsley.spellings == (Name("barnsley district"),)
    assert barnsley.founded == "1986-04-01"
    assert barnsley.point == ("53.535871", "-1.532575")
    old, new = (one for one in barnsley.identifiers if one.scheme == "gss-code")
    assert old == Identifier("gss-code", "E08000016", date(2009, 1, 1), date(2025, 3, 31), "E08000038")
    assert new == Identifier("gss-code", "E08000038", date(2025, 4, 1), source="https://example.org/order")
    assert [one.value for one in barnsley.identifiers if one.scheme in {"org-id", "os-id", "wikidata"}] == [
        "GB-LAE-BNS",
        "7000000000009182",
        "Q16950416",
    ]


def test_welsh_names_are_tagged_as_welsh(tmp_path: Path) -> None:
    """The Welsh official name beside the English one; the Welsh short name is not among the English ones."""
    register = read_local_authorities(write_source(tmp_path) / "uk-local-authorities")
    (cardiff,) = [one for one in register.authorities if one.code == "CRF"]
    assert cardiff.names == (Name("City of Cardiff Council"), Name("Cyngor Dinas Caerdydd", "cy"))
    assert cardiff.other_names == (Name("Cardiff"), Name("Caerdydd", "cy"))


def test_a_row_under_another_reference_is_joined_by_gss_code(tmp_path: Path) -> None:
    """Cumberland is CBD in one source and CUA in the other."""
    register = read_local_authorities(write_source(tmp_path) / "uk-local-authorities")
    assert [one.code for one in register.authorities] == ["BNS", "CBD", "CMA", "CRF"]
    (cumberland,) = [one for one in register.authorities if one.code == "CBD"]
    assert "http://www.wikidata.org/entity/Q112160997" in cumberland.same_as
    assert Name("Cumberland Unitary Authority") in cumberland.other_names


def test_sources_that_contradict_each_other_give_nothing(tmp_path: Path) -> None:
    """Two days of foundation in different years: neither is published, and it is said."""
    other = {**BARNSLEY, "start-date": "1974-04-01"}
    folder = write_source(tmp_path, (other, *AUTHORITIES[1:])) / "uk-local-authorities"
    register = read_local_authorities(folder)
    assert next(one.founded for one in register.authorities if one.code == "BNS") is None
    assert register.left_out == ("BNS: founded 1974-04-01, 1986-04-01, by different sources.",)


def test_a_former_area_is_a_place_and_not_an_authority(tmp_path: Path) -> None:
    """The register of codes names a district of 2009 and no council for it."""
    folder = write_source(tmp_path) / "uk-local-authorities"
    graph = local_authorities_graph(read_local_authorities(folder), read_sources(folder))
    area = URIRef("https://w3id.org/fsp/id/area/E07000023")
    assert set(graph.objects(area, RDF.type)) == {DCTERMS.Location}
    assert graph.value(area, SKOS.prefLabel) == Literal("Penwith", "en")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """The form of a source may change: the error says which file and which column."""
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.csv has no column 'c': its form has changed\."):
        read_table(tmp_path, "x.csv", ("a", "c"))
    with pytest.raises(DataError, match=r"has no file y\.csv"):
        read_table(tmp_path, "y.csv", ("a",))
    (tmp_path / "x.csv").write_text("a,b\n1,2,3\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.csv, line 2: more cells than columns\."):
        read_table(tmp_path, "x.csv", ("a",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing is said here.", "SOURCE.md names no repository with its commit and date."),
        (
            f"From github.com/someone/something, commit {'a' * 40} (2025-01-01).",
            "SOURCE.md names someone/something, whose licence is not known",
        ),
    ],
)
def test_a_source_without_provenance_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    """Where data comes from and under which licence must be known before it is taken."""
    (tmp_path / "SOURCE.md").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_sources(tmp_path)
    assert str(caught.value)[: len(expected)] == expected
