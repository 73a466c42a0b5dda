"""OCDS packages as contracts of the project's own model."""

from pathlib import Path
from typing import Any

import pytest
from imports_sample import imported, package, reference, release, written

from fsp.errors import DataError

CONTRACT = "https://w3id.org/fsp/id/contract/ocds-213czf-1/a"


def test_a_contract_has_its_parties_value_and_term(tmp_path: Path) -> None:
    """The award becomes a contract with buyer, supplier, value, term and award date, whatever the tag says."""
    made = imported("ocds", written(tmp_path, "a.json", package(release())))
    rows = made.ask(
        "?a a fsp:Contract ; rdfs:label ?b ; dcterms:description ?c ; fsp:buyer/rdfs:label ?d ; fsp:awardDate ?e ; "
        "fsp:supplier/rdfs:label ?f ; fsp:hasMeasurement [ fsp:numericValue ?g ; fsp:unit ?h ] ; "
        "dcterms:temporal [ fsp:earliestDate ?i ; fsp:latestDate ?j ]"
    )
    assert rows == [
        (
            CONTRACT,
            "Buses",
            "Buses & bells",
            "Seaside Council",
            "2020-03-06",
            "Harbour & Sons Ltd",
            "39500",
            "http://qudt.org/vocab/unit/CCY_GBP",
            "2020-04-01",
            "2021-03-31",
        )
    ]


def test_everything_leads_to_its_record_and_file(tmp_path: Path) -> None:
    """A contract comes from a record, which has its place, its release and a file with its digest."""
    path = written(tmp_path, "a.json", package(release(id="z"), release()))
    made = imported("ocds", path)
    rows = made.ask(
        f"<{CONTRACT}> prov:wasDerivedFrom ?a . ?a fsp:pointer ?b ; dcterms:identifier ?c ; dcterms:isPartOf ?d . "
        "?d fsp:sha256 ?e ; dcterms:title ?f"
    )
    digest = made.report.accounts[0].sha256
    file = f"https://w3id.org/fsp/id/file/{digest[:16]}"
    assert rows == [
        (f"{file}#/releases/0", "/releases/0", name, file, digest, "a.json") for name in ("ocds-213czf-1", "z")
    ]


def test_each_file_is_a_named_graph(tmp_path: Path) -> None:
    """Named by its path below what the files share."""
    (tmp_path / "sub").mkdir()
    paths = [written(tmp_path, name, package(release(ocid=name))) for name in ("a.json", "sub/b.json")]
    graphs = {quad.graph_name.value for quad in imported("ocds", *paths).quads}
    assert graphs == {f"https://w3id.org/fsp/graph/import/ocds/{name}" for name in ("a.json", "sub/b.json")}


def test_organisations_have_their_identifiers(tmp_path: Path) -> None:
    """An identifier of org-id.guide is a node with scheme and notation; its body is named by it."""
    made = imported("ocds", written(tmp_path, "a.json", package(release())))
    rows = made.ask("?a adms:identifier [ dcterms:conformsTo ?b ; skos:notation ?c ]")
    scheme = "https://w3id.org/fsp/scheme/identifier-scheme"
    assert rows == [
        ("https://w3id.org/fsp/id/organisation/GB-COH-07916116", f"{scheme}/company-number", "07916116"),
        ("https://w3id.org/fsp/id/organisation/GB-COH-07916116", f"{scheme}/org-id", "GB-COH-07916116"),
        ("https://w3id.org/fsp/id/organisation/GB-LAE-SEA", f"{scheme}/org-id", "GB-LAE-SEA"),
    ]


@pytest.mark.parametrize(
    ("scheme", "value", "expected"),
    [
        ("GB-COH", "7916116", "GB-COH-07916116"),
        ("GB-COH", " gb-coh-07916116 ", "GB-COH-07916116"),
        ("GB-COH", "sc123456", "GB-COH-SC123456"),
        ("GB-COH", "n/a", None),
        ("GB-COH", "", None),
        ("", "07916116", None),
        ("GB-CHC", "1146179", "GB-CHC-1146179"),
        ("GB-CHC", "SC012345", None),
    ],
)
def test_an_identifier_is_mended_by_rule_or_kept(tmp_path: Path, scheme: str, value: str, expected: str | None) -> None:
    """Zeros that a spreadsheet took away come back; what is no identifier is kept, and never becomes one."""
    parties = release()["parties"]
    parties[1]["identifier"] = {"scheme": scheme, "id": value}
    made = imported("ocds", written(tmp_path, "a.json", package(release(parties=parties))))
    supplier = made.ask("?contract fsp:supplier ?supplier")[0][1].rpartition("/")[2]
    assert supplier == (expected or "2")
    assert (made.kept().get("/parties/1/identifier/id") == value) is (expected is None and value != "")


def test_a_hash_of_a_buyer_identifies_nothing_beyond_its_process(tmp_path: Path) -> None:
    """A publisher's own id is kept, and names the body within its contracting process alone."""
    parties = release()["parties"]
    parties[0] |= {"id": "6cbea4ec", "identifier": {"scheme": "GB-SRS", "id": ""}}
    one = release(parties=parties, buyer={"id": "6cbea4ec", "name": "Seaside Council"})
    made = imported("ocds", written(tmp_path, "a.json", package(one)))
    assert made.ask("?contract fsp:buyer ?buyer")[0][0] == "https://w3id.org/fsp/id/organisation/ocds-213czf-1/6cbea4ec"
    assert made.kept()["/parties/0/id"] == "6cbea4ec"
    assert made.ask("?x adms:identifier [ skos:notation '6cbea4ec' ]") == []


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"amount": 0, "currency": "GBP"}, "a sum of nothing"),
        ({"amount": 5, "currency": "XYZ"}, "a sum without a currency"),
        ({"amount": 5}, "a sum without a currency"),
        ({"amount": "five", "currency": "GBP"}, "no plain number"),
        ({"amount": "1,234", "currency": "GBP"}, "no plain number"),
        ({"amount": True, "currency": "GBP"}, "no plain number"),
        ({"amount": 1e300, "currency": "GBP"}, "no plain number"),
    ],
)
def test_a_sum_that_is_in_doubt_is_kept_and_reported(tmp_path: Path, value: dict[str, Any], reason: str) -> None:
    """Nothing, no currency and no number are never stated as the value of a contract."""
    award = release()["awards"][0] | {"value": value}
    made = imported("ocds", written(tmp_path, "a.json", package(release(awards=[award]))))
    assert made.ask("?contract fsp:hasMeasurement ?value") == []
    assert made.kept()["/awards/0/value/amount"] == value["amount"]
    assert any(message.startswith(reason) for message in made.messages())


@pytest.mark.parametrize(
    ("written_", "day"),
    [
        ("2020-04-01T00:00:00Z", "2020-04-01"),
        ("2020-04-01", "2020-04-01"),
        ("1 April 2020", "2020-04-01"),
        ("25/04/2020", "2020-04-25"),
        ("2020-04", "2020-04-01"),
        ("01/04/2020", None),
        ("soon", None),
        ("2020-02-30T00:00:00Z", None),
        ("20-04-01", None),
    ],
)
def test_a_date_has_one_meaning_or_is_kept(tmp_path: Path, written_: str, day: str | None) -> None:
    """Odd forms with one meaning are read; 1 April or 4 January is not guessed."""
    award = release()["awards"][0] | {"contractPeriod": {"startDate": written_}}
    made = imported("ocds", written(tmp_path, "a.json", package(release(awards=[award]))))
    rows = made.ask("?contract dcterms:temporal [ fsp:earliestDate ?day ]")
    assert [row[1] for row in rows] == ([day] if day else [])
    assert (made.kept().get("/awards/0/contractPeriod/startDate") == written_) is (day is None)


def test_contact_points_are_left_out_and_counted(tmp_path: Path) -> None:
    """Names, e-mail addresses and telephone numbers of persons are nowhere in the output, unless asked for."""
    parties = release()["parties"]
    parties[0]["contactPoint"] = {"name": "Jo Doe", "email": "jo.doe@example.org", "telephone": "020 7946 0000"}
    tender = {
        "title": "Buses",
        "description": "Ask jo.doe@example.org or 020 7946 0000.",
        "x_note": "jo.doe@example.org",
    }
    path = written(tmp_path, "a.json", package(release(parties=parties, tender=tender)))
    made = imported("ocds", path)
    assert not any(word in made.content for word in (b"Jo Doe", b"jo.doe", b"7946"))
    assert (
        sum(count for (_, _, reason), count in made.report.accounts[0].fields.items() if reason == "personal data") == 3
    )
    assert any("left out as personal data" in message for message in made.messages())
    assert b"Jo Doe" in imported("ocds", path, with_personal_data=True).content


def test_contracts_outweigh_the_awards_that_they_belong_to(tmp_path: Path) -> None:
    """A contract of its own takes suppliers from its award, and its own value, term and day of signing."""
    contract = {
        "id": "c",
        "awardID": "a",
        "title": "The contract",
        "value": {"amount": 40000, "currency": "GBP"},
        "dateSigned": "2020-03-20",
        "period": {"startDate": "2020-05-01"},
    }
    made = imported("ocds", written(tmp_path, "a.json", package(release(contracts=[contract]))))
    assert made.ask(
        "?a a fsp:Contract ; rdfs:label ?b ; fsp:hasMeasurement [ fsp:numericValue ?c ] ; fsp:supplier ?d ; "
        "fsp:agreedDuring [ fsp:earliestDate ?e ] ; dcterms:temporal [ fsp:earliestDate ?f ]"
    ) == [
        (
            "https://w3id.org/fsp/id/contract/ocds-213czf-1/c",
            "The contract",
            "40000",
            "https://w3id.org/fsp/id/organisation/GB-COH-07916116",
            "2020-03-20",
            "2020-05-01",
        )
    ]
    assert made.kept()["/awards/0/value/amount"] == 39500


def test_an_amendment_is_a_change_of_its_contract(tmp_path: Path) -> None:
    """With its day and its words; its kind is not guessed from them."""
    award = release()["awards"][0] | {
        "amendments": [
            {"id": "x", "date": "2020-09-01T00:00:00Z", "rationale": "More buses", "description": "Six more"}
        ]
    }
    made = imported("ocds", written(tmp_path, "a.json", package(release(awards=[award]))))
    assert made.ask(
        "?a fsp:changes ?b ; fsp:changeType ?c ; dcterms:description ?d ; fsp:during [ fsp:earliestDate ?e ]"
    ) == [(f"{CONTRACT}/x", CONTRACT, "https://w3id.org/fsp/scheme/change-type/amendment", "Six more", "2020-09-01")]
    assert made.kept()["/awards/0/amendments/0/rationale"] == "More buses"


@pytest.mark.parametrize("status", ["pending", "cancelled", "unsuccessful", None])
def test_an_award_that_was_not_made_is_no_contract(tmp_path: Path, status: str | None) -> None:
    """Its fields are kept."""
    award = release()["awards"][0] | {"status": status}
    made = imported("ocds", written(tmp_path, "a.json", package(release(awards=[award]))))
    assert made.ask("?contract a fsp:Contract") == []
    assert made.kept()["/awards/0/value/amount"] == 39500


def test_two_releases_of_one_award_are_two_descriptions(tmp_path: Path) -> None:
    """Values of different times are not mixed in one contract; both carry its identifier."""
    later = release(id="later", awards=[release()["awards"][0] | {"value": {"amount": 50000, "currency": "GBP"}}])
    made = imported("ocds", written(tmp_path, "a.json", package(release(), later)))
    rows = made.ask("?a a fsp:Contract ; dcterms:identifier ?b ; fsp:hasMeasurement [ fsp:numericValue ?c ]")
    assert {row[1:] for row in rows} == {("a", "39500"), ("a", "50000")}
    assert len({row[0] for row in rows}) == 2
    assert any("another release" in message for message in made.messages())


RECORDS = {
    "compiled": ({"compiledRelease": release(), "versionedRelease": {"ocid": "o"}, "releases": [release()]}, 1),
    "embedded": ({"releases": [release()]}, 1),
    "linked": (
        {"releases": [{"url": "https://example.org/r.json", "date": "2020-01-01T00:00:00Z", "tag": ["tender"]}]},
        0,
    ),
}


@pytest.mark.parametrize("kind", RECORDS)
def test_record_packages_are_read(tmp_path: Path, kind: str) -> None:
    """By the compiled release, else by the releases that are embedded; what is only linked to is not fetched."""
    record, contracts = RECORDS[kind]
    content = {"version": "1.1", "records": [{"ocid": "ocds-213czf-1"} | record]}
    made = imported("ocds", written(tmp_path, "a.json", content))
    (account,) = made.report.accounts
    assert account.kind == "record package"
    assert len(made.ask("?contract a fsp:Contract")) == contracts
    if kind == "linked":
        assert made.kept()["/releases/0/url"] == "https://example.org/r.json"
    if kind == "compiled":
        assert {reason for path, _, reason in account.fields if path.startswith("/records/*/versionedRelease")} == {
            "the record's compiled release says it"
        }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (release(), "a bare release"),
        ({"ocid": "o", "compiledRelease": {}}, "a bare record"),
        ([release()], "a list and no package"),
        ("1", "a single value"),
        ({}, "no OCDS package"),
        ({"releases": "none"}, "no OCDS package"),
        ({"releases": [], "records": []}, "both releases and records"),
        ({"version": "1.0", "releases": []}, "OCDS 1.0"),
    ],
)
def test_what_is_no_package_is_told(tmp_path: Path, content: object, message: str) -> None:
    """The error says what it is instead, and what to do."""
    with pytest.raises(DataError, match=message):
        imported("ocds", written(tmp_path, "a.json", content))


def test_a_package_without_releases_is_fine(tmp_path: Path) -> None:
    """It has no records, and says so."""
    (account,) = imported("ocds", written(tmp_path, "a.json", package())).report.accounts
    assert (account.records, account.total) == (0, 3)


def test_real_packages_give_their_contracts() -> None:
    """Five contracts, 21 supplies, and the identifiers of the four companies that have one."""
    made = imported("ocds", *reference("ocds/*.json"))
    assert len(made.ask("?contract a fsp:Contract")) == 5
    assert len(made.ask("?contract fsp:supplier ?supplier")) == 21
    assert [
        row[0]
        for row in made.ask("?x adms:identifier [ dcterms:conformsTo ?s ; skos:notation ?n ]")
        if row[1].endswith("company-number")
    ] == [
        "01093549",
        "01431688",
        "07916116",
        "09882722",
    ]
    assert len(made.ask("?contract fsp:hasMeasurement [ fsp:numericValue ?value ]")) == 4
