"""What the registers add: identifiers old and new, namesakes, councils that exist no longer."""

from collections.abc import Callable
from typing import Any

import pytest

AUTHORITY = "https://w3id.org/fsp/id/local-authority/"
FORMAL = "http://www.w3.org/ns/org#FormalOrganization"
Ask = Callable[..., list[dict[str, Any]]]


def certain(found: list[dict[str, Any]]) -> str | None:
    """Return the code of the council that is certain, if any."""
    return next((one["id"].removeprefix(AUTHORITY) for one in found if one["match"]), None)


@pytest.mark.parametrize(
    ("identifier", "code"),
    [
        ("E08000016", "BNS"),
        ("E08000038", "BNS"),
        ("e08000039", "SHF"),
        ("http://statistics.data.gov.uk/id/statistical-geography/E08000019", "SHF"),
        ("E07000097", "EHE"),
        ("GB-LAE-TRF", "TRF"),
        ("gb-lae-trf", "TRF"),
        ("https://findthatcharity.uk/orgid/GB-LAE-TRF", "TRF"),
        ("local-authority-eng:TRF", "TRF"),
        ("TRF", "TRF"),
        ("Q16950416", "BNS"),
        ("https://www.wikidata.org/wiki/Q16950416", "BNS"),
        ("http://www.wikidata.org/entity/Q16950416", "BNS"),
        ("00CC", "BNS"),
        ("7000000000009182", "BNS"),
        ("https://w3id.org/fsp/id/local-authority/BNS", "BNS"),
    ],
)
def test_identifiers_are_exact(ask: Ask, identifier: str, code: str) -> None:
    """Of any scheme, in any common spelling, of former times too."""
    found = ask(identifier)

    assert (certain(found), found[0]["score"]) == (code, 100.0)
    assert {"id": "identifier", "value": True} in found[0]["features"]


@pytest.mark.parametrize("text", ["02081330", "2081330", "GB-COH-02081330", "gb-coh-2081330"])
def test_a_company_is_found_by_its_number(ask: Ask, text: str) -> None:
    """With and without its zero, alone and as an org-id."""
    best = ask(text)[0]

    assert (best["name"], best["match"]) == ("Capita plc", True)


@pytest.mark.parametrize(("text", "expected"), [("1085443", True), ("GB-CHC-1085443", True), ("GB-COH-1085443", False)])
def test_a_charity_is_found_by_its_number(ask: Ask, text: str, expected: bool) -> None:
    """As an org-id only of its own list."""
    assert any(one["match"] for one in ask(text)) is expected


@pytest.mark.parametrize("text", ["LBH", "370", "GB-COH-TRF", "E99999999", "LBC"])
def test_what_may_be_something_else_is_not_certain(ask: Ask, text: str) -> None:
    """Initials of several, a small number, a code in another list, a code of nobody."""
    assert certain(ask(text)) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nottingham", "NGM"),
        ("Nottinghamshire", "NTT"),
        ("Nottingham CC", "NGM"),
        ("Derby", "DER"),
        ("Derbyshire", "DBY"),
        ("Lancaster CC", "LAC"),
        ("Newcastle upon Tyne", "NET"),
        ("Newcastle under Lyme BC", "NEC"),
        ("Richmond upon Thames LB", "RIC"),
        ("Richmondshire", "RIH"),
        ("Sheffield City Council", "SHF"),
        ("Buckinghamshire County Council", "BKM"),
        ("Buckinghamshire Council", "BUC"),
        ("Cyngor Caerdydd / Cardiff Council", "CRF"),
        ("Nottingham County Council", None),
        ("Newcastle", None),
        ("Newcastle BC", None),
        ("Richmond", None),
        ("Somerset", None),
        ("Chichester City Council", None),
        ("Christchurch City Council", None),
        ("Durham City Council", None),
        ("Boston Town Council", None),
        ("Leeds City Council - Pension Fund", None),
        ("Leeds City Council (E08000035)", "LDS"),
        ("Leeds City Council (E08000003)", None),
    ],
)
def test_namesakes_are_told_apart(ask: Ask, name: str, code: str | None) -> None:
    """County, city, district and parish; where two can be meant, neither is certain."""
    assert certain(ask(name, type=FORMAL)) == code


def test_a_council_that_ended_is_matched_and_its_end_told(ask: Ask) -> None:
    """With what took its place."""
    best = ask("Carlisle City Council")[0]

    assert (best["id"], best["match"]) == (AUTHORITY + "CAR", True)
    assert "ended 2023-03-31; replaced by Cumberland Council" in best["description"]
    assert {"id": "time", "value": False} in best["features"]


@pytest.mark.parametrize(("day", "code"), [("2012", "SOM"), ("2012-04-01", "SOM"), ("2024-01-01", "SMT")])
def test_a_day_tells_a_council_from_its_successor(ask: Ask, day: str, code: str) -> None:
    """The other one stays a candidate, further down."""
    found = ask("Somerset", properties=[{"pid": "date", "v": day}])

    assert certain(found) == code
    assert {"SOM", "SMT"} <= {one["id"].removeprefix(AUTHORITY) for one in found}


def test_an_identifier_can_stand_beside_the_name(ask: Ask) -> None:
    """As a property: it makes an uncertain name certain, and contradicts a wrong one."""
    right = [{"pid": "adms:identifier", "v": "E10000027"}]
    scheme = "https://w3id.org/fsp/scheme/identifier-scheme/gss-code"

    assert certain(ask("Somerset", properties=right)) == "SOM"
    assert certain(ask("Leeds City Council", properties=right)) is None
    assert certain(ask("", properties=[{"pid": scheme, "v": "E10000027"}])) == "SOM"
    assert ask("", properties=[{"pid": scheme, "v": "GB-LAE-SOM"}]) == []


def test_an_identifier_brings_its_owner_in(ask: Ask) -> None:
    """As a property beside a name that leads elsewhere or nowhere: as a candidate, and no more."""
    scheme = "https://w3id.org/fsp/scheme/identifier-scheme/gss-code"
    for name in ("BMBC Education Dept", "Nothing at all", "Leeds City Council"):
        found = ask(name, properties=[{"pid": scheme, "v": "E08000038"}])
        best = next(one for one in found if one["id"] == AUTHORITY + "BNS")
        assert (certain(found), best["score"]) == (None, 90.0)
        assert {"id": "properties", "value": 1.0} in best["features"]
        assert [one["score"] for one in found] == sorted((one["score"] for one in found), reverse=True)
