"""What is certain, and what only looks as if it were: neighbours, namesakes, other companies, asides."""

from collections.abc import Callable
from typing import Any

import pytest

AUTHORITY = "https://w3id.org/fsp/id/local-authority/"
COMPANY = "http://business.data.gov.uk/id/company/"
Ask = Callable[..., list[dict[str, Any]]]


def certain(found: list[dict[str, Any]]) -> str | None:
    """Return the end of the IRI of what is certain, if anything is."""
    return next((one["id"].rsplit("/", 1)[-1] for one in found if one["match"]), None)


@pytest.mark.parametrize(
    ("text", "concept"), [("City Council", None), ("Charity 50", None), ("city corporation", "city-corporation")]
)
def test_a_concept_is_certain_by_its_very_name_alone(ask: Ask, text: str, concept: str | None) -> None:
    """Where a word was taken for another, or a number left out, the text may be a body's name."""
    assert certain(ask(text)) == concept


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("Capita plc", "02081330"),
        ("Capita P.L.C.", "02081330"),
        ("Capita Public Limited Company", "02081330"),
        ("Capita Ltd", None),
        ("Capita Limited", None),
        ("Capita LLP", None),
        ("Capita CIC", None),
        ("Capita Inc", None),
        ("Serco Group plc", "02048608"),
        ("Serco Group Limited", None),
        ("Serco Limited", None),
        ("Serco", "serco"),
        ("Ideal Shopping Direct", "01534758"),
        ("Ideal Shopping Direct Ltd", "01534758"),
        ("Ideal Shopping Direct plc", None),
    ],
)
def test_a_company_of_another_legal_form_is_another_company(ask: Ask, text: str, company: str | None) -> None:
    """It stays a candidate; without a form, the name alone counts."""
    found = ask(text)

    assert (certain(found), len(found) > 0) == (company, True)


@pytest.mark.parametrize(
    "text",
    [
        "Newnham",
        "Salfords",
        "Salfords Council",
        "Easebourne",
        "Stroude",
        "Haltons",
        "Suttons",
        "Prestons",
        "Ashfords",
        "Notingham",
    ],
)
def test_a_slip_without_a_word_of_a_kind_is_not_certain(ask: Ask, text: str) -> None:
    """There are smaller places that differ from a council's by one letter."""
    found = ask(text)

    assert (certain(found), len(found) > 0) == (None, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Traford Council", "TRF"),
        ("Peterboro City Council", "PTE"),
        ("Birmingham City Counci", "BIR"),
        ("Middlesboro Council", "MDB"),
        ("Strafford Council", None),
    ],
)
def test_a_slip_with_a_word_of_a_kind_is_certain(ask: Ask, text: str, code: str | None) -> None:
    """Where the kind fits and only one name is as near."""
    assert certain(ask(text)) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Barnsley (E08000016)", "BNS"),
        ("E08000016 Barnsley", "BNS"),
        ("Hounslow (E09000018)", "HNS"),
        ("E08000025 Birmingham", "BIR"),
        ("Trafford E08000009", "TRF"),
        ("Traford E08000009", "TRF"),
        ("Trafford (E08000025)", None),
        ("Nottingham County Council (E06000018)", None),
    ],
)
def test_a_code_and_its_name_are_as_certain_as_the_code(ask: Ask, text: str, code: str | None) -> None:
    """Of an area and its council, the council in the register is meant; a name of another contradicts the code."""
    assert certain(ask(text)) == code


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("GB-CHC 1085443", "reading-agency"),
        ("CHC-1085443", "reading-agency"),
        ("GB COH 02048608", "02048608"),
        ("Company No. 03904882", "reading-agency"),
        ("uk/company/02048608", "02048608"),
        ("org-id:GB-CHC-1085443", "reading-agency"),
        ("GB-LAE/BNS", "BNS"),
        ("Registered charity 1085443", "reading-agency"),
        ("GSS E08000038", "BNS"),
        ("UKPRN 10000536", "barnsley-college"),
        ("Wikidata: Q16950416", "BNS"),
        ("www.wikidata.org/wiki/Q16950416", "BNS"),
        ("https://www.wikidata.org/wiki/Q16950416?uselang=en", "BNS"),
        ("https://www.wikidata.org/wiki/Q16950416#sitelinks", "BNS"),
        ("738164028", "01534758"),
        ("osgb7000000000009182", "BNS"),
        ("https://www.planning.data.gov.uk/entity/50", "BNS"),
        ("https://example.org/50", None),
        ("Charity no. 02048608", None),
    ],
)
def test_an_identifier_is_certain_in_common_spellings(ask: Ask, text: str, end: str | None) -> None:
    """With the words or the address that people put before it; a number of another list is not."""
    assert certain(ask(text)) == end


def test_a_name_of_several_councils_is_not_that_of_the_first(ask: Ask) -> None:
    """What stands before the comma is a part of the combined authority's name, as an Order of 2014 has it."""
    found = ask("Barnsley, Doncaster, Rotherham and Sheffield Combined Authority", limit=3)

    assert AUTHORITY + "SCR" in [one["id"] for one in found]
    assert [one["score"] for one in found if one["id"] == AUTHORITY + "BNS" and one["score"] >= 70] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Liverpool City Region", "LCR"),
        ("Council of the City of Wakefield", "WKF"),
        ("Greater Manchester", None),
        ("Lichfield City Council", None),
        ("RBKC", "KEC"),
        ("LBHF", "HMF"),
        ("LBTH", "TWH"),
        ("LBBD", "BDG"),
        ("RBWM", "WNM"),
        ("IOWC", "IOW"),
        ("IW Council", "IOW"),
        ("NY Council", None),
        ("LBC", None),
        ("Sir Gâr", "CMN"),
        ("Cyngor Sir Gâr", "CMN"),
        ("P'boro Council", "PTE"),
    ],
)
def test_own_names_and_abbreviations_are_certain(ask: Ask, text: str, code: str | None) -> None:
    """Where one council alone bears them."""
    assert certain(ask(text)) == code


@pytest.mark.parametrize(
    ("text", "code", "most"),
    [
        ("Hapton Avenue Residents & Tenants (H.A.R.T.)", "HAT", 75),
        ("Bridging the Gap (Manchester)", "MAN", 75),
        ("Over 50's", "BNS", 0),
        ("Barnsley Over 50's Group", "BNS", 75),
    ],
)
def test_an_aside_is_a_weak_reason(ask: Ask, text: str, code: str, most: int) -> None:
    """Neither what stands in brackets nor a small number makes a body of a name."""
    found = ask(text)

    assert certain(found) is None
    assert max((one["score"] for one in found if one["id"] == AUTHORITY + code), default=0) <= most


def test_a_body_in_brackets_counts_where_it_is_named_in_full(ask: Ask) -> None:
    """With a word of its kind."""
    assert ask("Highways Department (Leeds City Council)")[0]["id"] == AUTHORITY + "LDS"
