"""No field is lost in silence: the report accounts for each, and what it calls mapped or kept is in the output."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from imports_sample import Imported, imported, package, reference, release, written

from fsp.errors import DataError
from fsp.linking.imports.accounts import as_csv, as_json, as_text
from fsp.linking.imports.cleaning import cleaned, is_personal
from fsp.linking.imports.record import Fate

PACKAGES = "ocds/*.json"
GRANTS = "360giving/*_grants.json"
TABLE = "360giving/*_grants.csv"
LINKED = ("/awardID", "/suppliers/*/id", "/buyer/id", "/roles/*", "/language", "/ocid")
"""Fields that a link, a class or a tag says, and no literal."""


def count(value: Any) -> int:  # noqa: ANN401 - any JSON
    """Count the values that hold no others, by a reading that shares nothing with the importer."""
    if isinstance(value, dict | list) and value:
        return sum(count(one) for one in (value.values() if isinstance(value, dict) else value))
    return 1


def leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:  # noqa: ANN401 - any JSON
    """Return the values that hold no others, with their paths."""
    if isinstance(value, dict) and value:
        return [leaf for key, one in value.items() for leaf in leaves(one, f"{path}/{key}")]
    if isinstance(value, list) and value:
        return [leaf for one in value for leaf in leaves(one, f"{path}/*")]
    return [(path, value)]


def said(made: Imported) -> set[str]:
    """Return everything that the output says, but for what is kept as it stands."""
    terms = {
        unquote(str(getattr(term, "value", term))) for quad in made.quads for term in quad.triple if not is_kept(quad)
    }
    return terms | {str(Decimal(text).normalize()) for text in terms if text.replace(".", "", 1).isdecimal()}


def is_kept(quad: Any) -> bool:  # noqa: ANN401 - a quad
    """Tell whether a statement keeps fields as they stand."""
    return bool(quad.predicate.value.endswith("#unmapped"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/parties/*/contactPoint/name", True),
        ("/parties/*/additionalContactPoints/*/name", True),
        ("/tender/contactPerson", True),
        ("/x_contact/name", True),
        ("/fundingOrganization/0/contact", True),
        ("/x_applicantName", True),
        ("/recipientIndividual/*/name", True),
        ("/toIndividualsDetails/primaryGrantReason", True),
        ("/parties/*/details/e-mail", True),
        ("/parties/*/persons/*/id", True),
        ("/parties/*/beneficialOwners/*/name", True),
        ("/x/faxNumber", True),
        ("/x/lastName", True),
        ("/x/dateOfBirth", True),
        ("Funding Org:Contact Name", True),
        ("Recipient Ind:0:Name", True),
        ("Applicant name", True),
        ("E-mail", True),
        ("/parties/*/name", False),
        ("/parties/*/address/streetAddress", False),
        ("/fundingOrganization/*/name", False),
        ("/x_applicantOrganisation", False),
        ("/x_contactOrganization/name", False),
        ("/x_peopleServed", False),
        ("/x_numberOfPeople", False),
        ("/tender/numberOfTenderers", False),
        ("/x_mobileLibraries", False),
        ("/x_personnelCost", False),
        ("Recipient Org:Name", False),
        ("Recipient Org:Charity Number", False),
        ("Number of individuals", False),
    ],
)
def test_personal_data_is_told_by_the_words_of_a_field(path: str, expected: bool) -> None:
    """In whatever spelling and wherever they stand; fields of organisations and counts stay."""
    assert is_personal(path) is expected


def test_personal_data_is_left_out_and_told(tmp_path: Path) -> None:
    """In fields that no standard names, too; the report says why."""
    one = release(tender={"title": "Buses", "contactPerson": "Jo Doe"}, x_contact={"name": "Jo Doe"})
    one["parties"][0]["additionalContactPoints"] = [{"name": "Jo Doe"}]
    grant = {"id": "g", "title": "Bells", "x_applicantName": "Jo Doe", "fundingOrganization": [{"contact": "Jo Doe"}]}
    files = {"ocds": (package(one), 3), "360giving": ({"grants": [grant]}, 2)}
    for standard, (value, number) in files.items():
        made = imported(standard, written(tmp_path, f"{standard}.json", value))
        told = [key for account in made.report.accounts for key in account.fields if key[2] == "personal data"]
        assert (b"Jo Doe" in made.content, len(told)) == (False, number)
        assert {fate for _, fate, _ in told} == {Fate.LEFT_OUT}


@pytest.mark.parametrize(("standard", "pattern"), [("ocds", PACKAGES), ("360giving", GRANTS)])
def test_every_field_of_real_files_is_accounted_for(standard: str, pattern: str) -> None:
    """The sums of the report are the numbers of fields that another reading of each file counts."""
    paths = reference(pattern)
    made = imported(standard, *paths, language="en")
    expected = [count(json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    assert [account.total for account in made.report.accounts] == expected
    assert [sum(account.of(fate) for fate in Fate) for account in made.report.accounts] == expected


def test_every_cell_of_a_real_table_is_accounted_for() -> None:
    """A field of a table is a cell below the header, empty or not."""
    (path,) = reference(TABLE)
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = list(csv.reader(file))
    (account,) = imported("360giving", path).report.accounts
    assert account.total == sum(map(len, rows))
    assert account.records == len(rows) == 555


def test_json_and_table_of_the_same_grants_say_the_same() -> None:
    """The 555 grants give the same statements from either file, but for where they stand."""
    (as_objects,), (as_rows,) = reference(GRANTS), reference(TABLE)

    def grants(path: Path) -> list[tuple[str, ...]]:
        return imported("360giving", path, language="en").ask(
            "?grant a fsp:Grant ; dcterms:identifier ?id ; rdfs:label ?title ; fsp:awardDate ?day ; "
            "fsp:funder/rdfs:label ?funder ; fsp:recipient ?recipient ; fsp:hasMeasurement ?measurement . "
            "?measurement fsp:numericValue ?number ; fsp:unit ?unit ."
        )

    assert len(grants(as_objects)) == 2 * 555
    assert grants(as_rows) == grants(as_objects)


@pytest.mark.parametrize(("standard", "pattern"), [("ocds", PACKAGES), ("360giving", GRANTS)])
def test_what_is_called_mapped_is_said(standard: str, pattern: str) -> None:
    """The value of each field that the report calls mapped stands in the output: as text, number, day, code or link."""
    for path in reference(pattern):
        made = imported(standard, path, language="en")
        terms = said(made)
        text = "\n".join(terms)
        kept = list(map(str, made.kept().values()))
        (account,) = made.report.accounts
        mapped = {name for name, fate, _ in account.fields if fate is Fate.MAPPED}
        missing = []
        for name, value in leaves(json.loads(path.read_text(encoding="utf-8"))):
            if name not in mapped or name.endswith(LINKED) or value in (None, "") or str(value) in kept:
                continue
            meant = cleaned(str(value), with_personal_data=False)[0] or ""
            found = meant in terms or str(value)[:10] in terms or meant in text or str(value) in text
            if not found and not (isinstance(value, int | float) and str(Decimal(str(value)).normalize()) in terms):
                missing.append((name, value))
        assert missing == []


@pytest.mark.parametrize(("standard", "pattern"), [("ocds", PACKAGES), ("360giving", GRANTS)])
def test_what_is_called_kept_is_kept_as_it_stands(standard: str, pattern: str) -> None:
    """For each field that the report calls kept there is one JSON Pointer with the value of the file."""
    for path in reference(pattern):
        made = imported(standard, path)
        content = json.loads(path.read_text(encoding="utf-8"))
        (account,) = made.report.accounts
        found = 0
        for quad in made.quads:
            if not is_kept(quad):
                continue
            _, _, place = quad.subject.value.partition("#")
            for pointer, value in json.loads(quad.object.value).items():
                assert resolved(content, place + pointer) == value
                found += 1
        assert found == account.of(Fate.KEPT)


def resolved(value: Any, pointer: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the value at a JSON Pointer (RFC 6901, section 4)."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def test_empty_values_are_counted_and_left_out(tmp_path: Path) -> None:
    """Null, an empty text, an empty list and an empty object hold nothing; false and zero do."""
    one = release(a=None, b="", c=[], d={}, e=False, f=0)
    made = imported("ocds", written(tmp_path, "a.json", package(one)))
    (account,) = made.report.accounts
    fates = {path: (fate, reason) for path, fate, reason in account.fields}
    assert {fates[f"/releases/*/{key}"] for key in "abcd"} == {(Fate.LEFT_OUT, "it holds nothing")}
    assert {pointer: value for pointer, value in made.kept().items() if pointer in {"/e", "/f"}} == {
        "/e": False,
        "/f": 0,
    }


def test_numbers_are_kept_as_they_are_written(tmp_path: Path) -> None:
    """A field that is kept has its digits: no binary fraction comes between."""
    text = json.dumps(package(release(x_share="NUMBER"))).replace('"NUMBER"', "0.10000000000000000555")
    assert b'\\"/x_share\\": 0.10000000000000000555' in imported("ocds", written(tmp_path, "a.json", text)).content


def test_a_key_with_a_slash_is_escaped(tmp_path: Path) -> None:
    """A pointer escapes `~` and `/` (RFC 6901, section 3)."""
    made = imported("ocds", written(tmp_path, "a.json", package(release(**{"x/y~z": "w"}))))
    assert made.kept()["/x~1y~0z"] == "w"


def test_what_stands_outside_the_records_is_accounted_for(tmp_path: Path) -> None:
    """Before and after them: the package's own fields are fields too."""
    content = {
        "license": "https://example.org/l",
        "releases": [release()],
        "version": "1.1",
        "publisher": {"name": "P"},
    }
    made = imported("ocds", written(tmp_path, "a.json", content))
    (account,) = made.report.accounts
    assert account.total == count(content)
    assert made.kept()["/version"] == "1.1"
    assert made.ask("?file dcterms:license ?licence")[0][1] == "https://example.org/l"


def test_the_report_says_the_same_in_each_form(tmp_path: Path) -> None:
    """Text for a terminal has the sums; JSON and CSV have each kind of field, and add up."""
    report = imported("ocds", written(tmp_path, "a.json", package(release()))).report
    (account,) = report.accounts
    content = json.loads(as_json(report))["files"][0]
    rows = list(csv.DictReader(io.StringIO(as_csv(report))))
    assert sum(int(row["count"]) for row in rows) == account.total == content["fields"]["all"]
    assert sum(one["count"] for one in content["paths"]) == account.total
    assert f"{account.total} fields: {account.of(Fate.MAPPED)} mapped" in as_text(report)


def test_progress_counts_each_byte_twice(tmp_path: Path) -> None:
    """Once for the reading that finds faults, once for the one that maps; so a bar can show how far it is."""
    path = written(tmp_path, "a.json", package(release()))
    sizes: list[int] = []
    imported("ocds", path, progress=sizes.append)
    assert sum(sizes) == 2 * path.stat().st_size


@pytest.mark.parametrize(
    ("own", "expected"), [(None, "https://example.org/l"), ("https://example.org/l", "https://example.org/l")]
)
def test_a_licence_is_the_files_own_or_the_callers(tmp_path: Path, own: str | None, expected: str) -> None:
    """The caller names it where the file does not."""
    path = written(tmp_path, "a.json", package(release(), license=own))
    assert imported("ocds", path, licence=expected).ask("?file dcterms:license ?licence")[0][1] == expected


def test_two_licences_are_an_error(tmp_path: Path) -> None:
    """The caller cannot put another licence on data that has one."""
    path = written(tmp_path, "a.json", package(release(), license="https://example.org/own"))
    with pytest.raises(DataError, match=r"names the licence https://example\.org/own"):
        imported("ocds", path, licence="https://example.org/other")
