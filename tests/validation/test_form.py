"""The form: its fields come from the shapes, and what is filled in becomes triples with their fields."""

import hashlib
from functools import cache

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import ORG, RDF, RDFS, SH, SKOS

from form_sample import CASE, SOURCE
from fsp.namespaces import FSP, SCHEME, THING
from fsp.turtle.write import write
from fsp.validation.check import check
from fsp.validation.form.fields import CaseForm, Control
from fsp.validation.form.filled import Filled
from fsp.validation.form.make import make_form
from fsp.validation.form.messages import messages_of
from fsp.validation.form.read import ParsedForm, parse_form
from fsp.validation.published import Published
from fsp.validation.workbook.template import Template


@cache
def published() -> Published:
    """What the project publishes, read once."""
    return Published.load()


@cache
def template() -> Template:
    """What the form is made from."""
    return Template(published().shapes, published().graph)


@cache
def form() -> CaseForm:
    """The form."""
    return make_form(template())


def parsed(values: dict[str, str]) -> ParsedForm:
    """Return what a form with these values holds."""
    return parse_form(Filled.read(form(), values), template())


def messages(values: dict[str, str]) -> list[tuple[str, str]]:
    """Return the findings about a form with these values: fields and texts."""
    filled = Filled.read(form(), values)
    report = check([parse_form(filled, template())], published())
    return [(one.field, one.finding.message) for one in messages_of(report, filled)]


def test_a_small_whole_case_conforms() -> None:
    """Without a finding, and its Turtle says the same."""
    read = parsed(CASE)
    report = check([read], published())
    again = Graph().parse(data=write(read.graph, read.prefixes), format="turtle")

    assert (report.conforms, report.findings) == (True, ())
    assert set(again) == set(read.graph)


def test_the_triples_are_those_that_the_model_has() -> None:
    """Parts of the form that belong together are linked, and each thing rests on its passage."""
    graph = parsed(CASE).graph
    case, partnership = THING["case/anytown"], THING["partnership/anytown-council-and-green-ltd"]
    outcome = THING["outcome/jobs-in-the-parks-of-anytown"]
    number = THING["measurement/40-jobs-in-the-parks-of-anytown"]
    seats = set(graph.subjects(ORG.organization, partnership))

    assert set(graph.objects(case, FSP.describes)) == {partnership}
    assert {str(graph.value(seat, RDFS.label)) for seat in seats} == {
        "Anytown Council as client",
        "Green Ltd as contractor",
    }
    assert set(graph.objects(outcome, FSP.hasMeasurement)) == {number}
    assert set(graph.objects(THING["contract/parks-contract-of-anytown"], FSP.underPartnership)) == {partnership}
    assert set(graph.subjects(FSP.describedIn, case)) >= {outcome, number, partnership}
    (citation,) = graph.objects(outcome, FSP.restsOn)
    text = SOURCE.replace("\r\n", "\n")
    start, end = (int(str(graph.value(citation, path))) for path in (FSP.startOffset, FSP.endOffset))
    assert text[start:end] == "40 jobs were made"
    assert graph.value(predicate=RDF.type, object=FSP.SourceText) == THING["source/parks-of-anytown"]
    assert str(graph.value(THING["source/parks-of-anytown"], FSP.characterCount)) == str(len(text))


def test_labels_hints_and_marks_come_from_the_shapes() -> None:
    """A field shows what its shape says, and is required where its shape says so."""
    shapes = published().shapes
    buyer = next(field for field in form().by_name["contract"].fields if field.name == "buyer")
    shape = URIRef("https://w3id.org/fsp/shapes#ContractShape-buyer")

    assert buyer.label.lower() == str(shapes.value(shape, SH.name))
    assert str(shapes.value(shape, SH.description)) in buyer.hint
    assert buyer.required
    assert buyer.control is Control.LIST


def test_lists_offer_schemes_known_bodies_and_parts_of_the_form() -> None:
    """The whole scheme, every published organisation, and the organisations of the form."""
    seat = {field.name: field for field in form().by_name["participation"].fields}
    roles = set(published().graph.subjects(SKOS.inScheme, SCHEME["partner-role"]))
    filled = Filled.read(form(), {"organisation-1-label": "Anytown Council"})

    assert len(seat["role"].choices) == len(roles) > 10
    assert "organisation/serco" in {choice.value for choice in seat["member"].choices}
    assert filled.choices(seat["member"]) == [("@organisation-1", "Organisation 1: Anytown Council")]


def test_a_known_body_is_chosen_and_not_described_again() -> None:
    """It is referred to by its own IRI."""
    graph = parsed(CASE | {"participation-2-member": "organisation/serco"}).graph

    assert set(graph.objects(predicate=ORG.member)) == {
        THING["organisation/anytown-council"],
        THING["organisation/serco"],
    }
    assert (THING["organisation/serco"], None, None) not in graph


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"case-1-illustrates": ""}, "case-1-illustrates", "principle"),
        ({"case-1-label": ""}, "case-1-label", "It has no label"),
        ({"source-1-text": ""}, "source-1-text", "paste the source"),
        ({"source-1-title": "…"}, "source-1-title", "no title"),
        ({"contract-1-buyer": ""}, "contract-1-buyer", "buyer"),
        ({"contract-1-passage": "words of nobody"}, "contract-1-passage", "does not have these words"),
        ({"contract-1-passage": "parks"}, "contract-1-passage", "times: copy more"),
        ({"contract-1-agreedDuring": "3/4/2011"}, "contract-1-agreedDuring", "3 April 2011 or 4 March 2011"),
        ({"contract-1-agreedDuring": "spring 2011"}, "contract-1-agreedDuring", "write its first and last day"),
        ({"measurement-1-numericValue": "about 40"}, "measurement-1-numericValue", "say in the description"),
        ({"measurement-1-of": ""}, "measurement-1-of", "belongs to exactly one thing"),
        ({"measurement-1-phase": ""}, "measurement-1-phase", "phase"),
        ({"measurement-1-phase": "phase/sometime"}, "measurement-1-phase", "not known"),
        ({"participation-2-member": "@organisation-9"}, "participation-2-member", "is not filled in"),
        ({"organisation-1-label": "Serco"}, "organisation-1-label", "is published already: choose it in the lists"),
        ({"activity-2-label": "Opening of the parks of Anytown"}, "activity-2-label", "There are two with the label"),
        ({"outcome-1-description": ""}, "outcome-1-description", "description"),
        ({"partnership-1-label": "", "partnership-1-description": "", "partnership-1-formedDuring": ""},
         "partnership-1-label", "tells of no partnership"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_field(changes: dict[str, str], field: str, words: str) -> None:
    """With words that say how to mend it, in those of a form."""
    found = messages(CASE | changes)
    assert [text for name, text in found if name == field and words in text], found
    assert not [text for _, text in found if " row" in text or "sheet" in text]


def test_fewer_than_two_partners_are_told_at_the_last_one() -> None:
    """There is the place where another partner is added."""
    alone = {name: value for name, value in CASE.items() if not name.startswith("participation-2")}
    assert [field for field, text in messages(alone) if "two different partners" in text] == ["participation-1-member"]


def test_what_is_typed_with_a_number_is_understood() -> None:
    """The unit that a number names need not be chosen; each reading is told."""
    read = parsed(CASE)
    values = {str(read.graph.value(one, FSP.numericValue)) for one in read.graph.subjects(RDF.type, FSP.Measurement)}
    assert values == {"40.0", "2000000.0"}
    assert any("£2m" in remark.message for remark in read.remarks)


def test_a_thing_without_a_passage_rests_on_that_of_the_case() -> None:
    """As the form says it does."""
    graph = parsed(CASE).graph
    case, seat = THING["case/anytown"], THING["participation/green-ltd-as-contractor"]
    assert set(graph.objects(seat, FSP.restsOn)) == set(graph.objects(case, FSP.restsOn))


def test_a_published_source_is_not_described_again() -> None:
    """A text with the digest of a published source is that source."""
    source = THING["source/town-papers"]
    digest = hashlib.sha256(SOURCE.replace("\r\n", "\n").encode()).hexdigest()
    graph = published().graph + Graph()
    graph.add((source, RDF.type, FSP.SourceText))
    graph.add((source, FSP.sha256, Literal(digest)))
    read = parse_form(Filled.read(form(), CASE), Template(published().shapes, graph))

    assert set(read.graph.objects(predicate=URIRef("http://www.w3.org/ns/oa#hasSource"))) == {source}
    assert (None, RDF.type, FSP.SourceText) not in read.graph


def test_parts_are_added_and_removed_and_all_else_stays() -> None:
    """Numbers of the other parts stay; a reference to a part that went is empty."""
    filled = Filled.read(form(), CASE)
    activity, organisation = form().by_name["activity"], form().by_name["organisation"]
    more = filled.added(activity)
    fewer = more.removed(organisation, 2)

    assert more.numbers["activity"] == (1, 2)
    assert fewer.numbers["organisation"] == (1,)
    assert fewer.values["contract-1-supplier"] == ""
    assert fewer.values["contract-1-buyer"] == "@organisation-1"
    assert "organisation-2-label" not in fewer.values
    assert filled.removed(form().by_name["case"], 1) == filled.added(form().by_name["case"]) == filled


def test_a_form_has_an_end() -> None:
    """However many parts are sent, no more than thirty of a kind are read; unknown names are left out."""
    sent = {f"activity-{number}-label": "x" for number in range(1, 2000)} | {"case-2-label": "x", "nothing-1-x": "x"}
    filled = Filled.read(form(), sent)
    assert len(filled.numbers["activity"]) == 30
    assert filled.added(form().by_name["activity"]) == filled
    assert filled.numbers["case"] == (1,)
    assert "nothing" not in filled.numbers
