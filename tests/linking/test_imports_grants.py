"""360Giving data as grants of the project's own model."""

from pathlib import Path
from typing import Any

import pytest
from imports_sample import imported, reference, written

GRANT = {
    "id": "360G-seaside-1",
    "title": "Grant to Harbour Trust",
    "description": "Boats &amp; oars",
    "currency": "GBP",
    "amountAwarded": 3028.63,
    "awardDate": "2013-01-18",
    "plannedDates": [{"startDate": "2013-02", "endDate": "2014-01-31", "duration": 12}],
    "recipientOrganization": [{"id": "GB-COH-7962245", "name": "Harbour Trust", "charityNumber": "1146179"}],
    "fundingOrganization": [{"id": "GB-LAE-SEA", "name": "Seaside Council", "department": "Boats"}],
    "beneficiaryLocation": [{"name": "Seaside", "geoCode": "E08000009"}],
    "grantProgramme": [{"code": "B", "title": "Boats"}],
    "dateModified": "2022-05-03T18:09:56Z",
    "dataSource": "https://example.org/",
}


def one(tmp_path: Path, **changes: Any) -> Any:  # noqa: ANN401 - any JSON
    """Import a grant with some fields replaced."""
    return imported("360giving", written(tmp_path, "a.json", {"grants": [GRANT | changes]}), language="en")


def test_a_grant_has_funder_recipient_sum_time_and_place(tmp_path: Path) -> None:
    """All that the standard has a term for, in the project's model."""
    assert one(tmp_path).ask(
        "?a a fsp:Grant ; dcterms:description ?b ; fsp:funder ?c ; fsp:recipient ?d ; fsp:awardDate ?e ; "
        "fsp:hasMeasurement [ fsp:unit <http://qudt.org/vocab/unit/CCY_GBP> ; fsp:numericValue ?f ] ; "
        "dcterms:temporal [ fsp:earliestDate ?g ; fsp:latestDate ?h ] ; dcterms:spatial ?i ; "
        "dcterms:isPartOf/rdfs:label ?j"
    ) == [
        (
            "https://w3id.org/fsp/id/grant/360G-seaside-1",
            "Boats & oars",
            "https://w3id.org/fsp/id/organisation/GB-LAE-SEA",
            "https://w3id.org/fsp/id/organisation/GB-COH-07962245",
            "2013-01-18",
            "3028.63",
            "2013-02-01",
            "2014-01-31",
            "http://statistics.data.gov.uk/id/statistical-geography/E08000009",
            "Boats",
        )
    ]


def test_a_row_is_pointed_at(tmp_path: Path) -> None:
    """By the fragment of RFC 7111 for a table, where the header is row 1."""
    content = "Identifier,Title,Amount Awarded,Currency,Award Date\ng1,A,1,GBP,2020-01-01\ng2,B,2,GBP,2020-01-02\n"
    made = imported("360giving", written(tmp_path, "a.csv", content))
    rows = made.ask("<https://w3id.org/fsp/id/grant/g2> prov:wasDerivedFrom ?record . ?record fsp:pointer ?row")
    assert [(iri.partition("#")[2], row) for iri, row in rows] == [("row=3", "row=3")]


def test_other_names_of_one_body_are_other_labels(tmp_path: Path) -> None:
    """The first name is the label; one body has one label."""
    grants = [GRANT, GRANT | {"id": "2", "recipientOrganization": [{"id": "GB-COH-07962245", "name": "The Harbour"}]}]
    made = imported("360giving", written(tmp_path, "a.json", {"grants": grants}))
    body = "<https://w3id.org/fsp/id/organisation/GB-COH-07962245>"
    assert [row[0] for row in made.ask(f"{body} rdfs:label ?name")] == ["Harbour Trust"]
    assert [row[0] for row in made.ask(f"{body} skos:altLabel ?name")] == ["The Harbour"]


def test_an_identifier_that_stands_twice_is_two_grants(tmp_path: Path) -> None:
    """Their sums are not mixed."""
    made = imported("360giving", written(tmp_path, "a.json", {"grants": [GRANT, GRANT | {"amountAwarded": 5}]}))
    assert len(made.ask("?grant a fsp:Grant ; dcterms:identifier ?id")) == 2
    assert any("another grant" in message for message in made.messages())


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1146179", "GB-CHC-1146179"),
        ("SC012345", "GB-SC-SC012345"),
        ("NIC100002", "GB-NIC-NIC100002"),
        ("1146179-1", "GB-CHC-1146179-1"),
        ("none", None),
    ],
)
def test_a_charity_number_belongs_to_the_register_of_its_form(
    tmp_path: Path, number: str, expected: str | None
) -> None:
    """England and Wales, Scotland or Northern Ireland; what is none is kept."""
    made = one(tmp_path, recipientOrganization=[{"id": "360G-x-1", "name": "X", "charityNumber": number}])
    rows = made.ask("?grant fsp:recipient [ adms:identifier [ dcterms:conformsTo ?s ; skos:notation ?v ] ]")
    found = {value for _, scheme, value in rows if scheme.endswith("/org-id")}
    assert found == {"360G-x-1", *([expected] if expected else [])}
    assert (made.kept().get("/recipientOrganization/0/charityNumber") == number) is (expected is None)


def test_a_recipient_who_is_a_person_is_left_out(tmp_path: Path) -> None:
    """The grant stays, the person does not."""
    person = [{"id": "360G-x-p", "name": "Jo Doe"}]
    made = one(tmp_path, recipientOrganization=[], recipientIndividual=person)
    assert b"Jo Doe" not in made.content
    assert len(made.ask("?grant a fsp:Grant")) == 1


def test_texts_have_the_language_that_the_caller_names(tmp_path: Path) -> None:
    """The standard does not name one: without the caller's word there is none."""
    path = written(tmp_path, "a.json", {"grants": [GRANT]})
    assert b'"Grant to Harbour Trust"@en' in imported("360giving", path, language="en").content
    assert b'"Grant to Harbour Trust" <' in imported("360giving", path).content


def test_real_grants_are_all_there() -> None:
    """555 grants of one funder to 323 recipients, with the sum that another reading gives."""
    made = imported("360giving", *reference("360giving/*_grants.json"), language="en")
    assert len(made.ask("?grant a fsp:Grant ; fsp:awardDate ?day")) == 555
    assert len({row[0] for row in made.ask("?grant fsp:funder ?funder")}) == 1
    assert len({row[-1] for row in made.ask("?grant fsp:recipient ?recipient")}) == 323
