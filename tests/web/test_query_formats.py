"""One address, every format: chosen by Accept, suffix and `format`; paged; and never cut in silence."""

import csv
import io
import json
import re
from datetime import datetime
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from fsp.catalogue.query import Catalogue
from fsp.dataset.files import project_folder
from support import Reply, Service

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"
SELECTS = [query.name for query in Catalogue.load(project_folder() / "queries") if query.form == "SELECT"]


def get(service: Service, target: str, **headers: str) -> Reply:
    """Ask for something that is there."""
    reply = service.request(target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert reply.status == 200, reply.text
    return reply


def links(reply: Reply) -> dict[str, str]:
    """Return the paths of the header `Link` by their relation."""
    found = {}
    for value in reply.headers.get_all("Link", []):
        address, relation = re.fullmatch(r'<([^>]+)>; rel="([^"]+)"', value).groups()  # type: ignore[union-attr]
        parts = urlsplit(address)
        found[relation] = f"{parts.path}?{parts.query}"
    return found


def sheets(reply: Reply) -> dict[str, list[list[object]]]:
    """Return the cells of a workbook."""
    workbook = openpyxl.load_workbook(io.BytesIO(reply.body))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in workbook.worksheets}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        (XLSX, XLSX),
        (f"{XLSX};q=0.5, text/csv;q=0.9", "text/csv; charset=utf-8"),
        (f"{XLSX};q=0.9, text/csv;q=0.5", XLSX),
        ("text/turtle, text/tab-separated-values;q=0.1", "text/tab-separated-values; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("application/json;q=0, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_accept_chooses(service: Service, accept: str, media_type: str) -> None:
    """The format is what the caller prefers among what there is (RFC 9110, section 12.5.1)."""
    assert get(service, "/queries/jobs", Accept=accept).headers["Content-Type"] == media_type


@pytest.mark.parametrize("name", ["rows", "xlsx"])
def test_suffix_and_parameter_choose_too(service: Service, name: str) -> None:
    """The suffix and `format` give the same, whatever the header says."""
    media_type = {"rows": "application/json", "xlsx": XLSX}[name]
    for target in (f"/queries/jobs.{name}", f"/queries/jobs?format={name}", f"/queries/jobs?format={media_type}"):
        assert get(service, target, Accept="text/csv").headers["Content-Type"] == media_type


@pytest.mark.parametrize("target", ["/queries/case-as-graph.rows", "/queries/case-as-graph.xlsx", "/queries.rows"])
def test_graph_has_no_rows(service: Service, target: str) -> None:
    """What has no rows is not offered as rows."""
    assert service.request(target).status in {404, 406}


def test_plain_rows_have_values_and_labels(service: Service) -> None:
    """One object a row: numbers are numbers, things have labels, what is unbound is null."""
    document = json.loads(get(service, "/queries/contracts.rows?supplier=serco").text)
    [row] = document["rows"]
    assert (row["value"], row["term"], row["supplierLabel"]) == (17_000_000, 5, "Serco")
    assert row["valueMeasurementLabel"].startswith("Contract value of £17,000,000")
    assert document["coverage"][0] == {"stating": 1, "all": 1, "text": "contracts state a value"}
    assert (document["total"], document["truncated"], document["next"]) == (1, False, None)
    assert {"name": "value", "label": "Value", "description": "What the contract is worth"} in document["columns"]


def test_plain_rows_have_the_values_of_the_csv(service: Service) -> None:
    """Row by row, plain rows hold what the standard's CSV holds."""
    rows = json.loads(get(service, "/queries/timeline.rows").text)["rows"]
    expected = list(csv.DictReader(io.StringIO(get(service, "/queries/timeline.csv").text)))
    assert [{name: row[name] or "" for name in expected[0]} for row in rows] == expected


def test_plain_rows_name_their_evidence(service: Service) -> None:
    """Each row's evidence is that of the things in it, the measurement behind a number included."""
    document = json.loads(get(service, "/queries/jobs.rows?phase=promise").text)
    [row] = document["rows"]
    things = {thing for cited in document["evidence"] for thing in cited["things"]}
    assert row["measurement"] in things
    assert things <= set(row.values())
    assert {cited["basis"] for cited in document["evidence"]} <= {"Stated", "By position", "Interpreted"}


@pytest.mark.parametrize("name", SELECTS)
def test_workbook_holds_the_rows(service: Service, name: str) -> None:
    """The first sheet has every row under readable headings; the second explains each of its columns."""
    found = sheets(get(service, f"/queries/{name}.xlsx"))
    document = json.loads(get(service, f"/queries/{name}.rows").text)
    headings, *rows = found["Rows"]
    labels = [column["label"] for column in document["columns"]]
    assert list(found) == ["Rows", "About", "Evidence"]
    assert headings[: len(labels)] == labels
    assert len(rows) == document["total"]
    explained = {line[0]: line[1] for line in found["About"]}
    assert all(explained[column["label"]] == column["description"] for column in document["columns"])
    assert len(found["Evidence"]) == len(document["evidence"]) + 1


def test_workbook_has_typed_cells(service: Service) -> None:
    """A number is a number and a day is a day; a thing is its label, with its identifier further right."""
    headings, *rows = sheets(get(service, "/queries/timeline.xlsx"))["Rows"]
    row = dict(zip(headings, next(row for row in rows if row[headings.index("Period")] == "2009"), strict=True))
    assert (row["Earliest day"], row["Latest day"]) == (datetime(2009, 1, 1), datetime(2009, 12, 31))  # noqa: DTZ001
    assert str(row["Thing (identifier)"]).startswith("https://w3id.org/fsp/id/")
    numbers = dict(zip(*sheets(get(service, "/queries/jobs.xlsx?phase=promise"))["Rows"], strict=True))
    assert numbers["Jobs"] == 160


def test_workbook_says_what_it_is(service: Service) -> None:
    """A workbook that is found on a disk tells question, choice, source, licence, data and where it came from."""
    about = {line[0]: line[1] for line in sheets(get(service, "/queries/jobs.xlsx?phase=promise"))["About"]}
    digest = json.loads(get(service, "/health").text)["digest"]
    assert about["Question"] == "How many jobs were promised, how many projected, and by when?"
    assert about["Chosen: Phase"] == "Promise"
    assert about["Source"] == "Future Service Partnerships: case studies"
    assert about["Licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert about["SHA-256 of the dataset"] == digest
    assert f"dataset={digest}" in str(about["Permanent link"])
    assert about["Truncated"] == "no"


def rows_of(reply: Reply, name: str) -> list[str]:
    """Return the rows of an answer, each as a text that is the same in every page."""
    if name == "json":
        return [json.dumps(row, sort_keys=True) for row in json.loads(reply.text)["results"]["bindings"]]
    if name == "rows":
        return [json.dumps(row, sort_keys=True) for row in json.loads(reply.text)["rows"]]
    if name == "xml":
        return [ET.tostring(row, encoding="unicode") for row in ET.fromstring(reply.body).iter(f"{RESULTS}result")]  # noqa: S314 - our own
    if name == "xlsx":
        # The columns of identifiers differ from page to page: a column without any has none.
        return [repr(row[:7]) for row in sheets(reply)["Rows"][1:]]
    return reply.text.splitlines()[1:]


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv", "rows", "xlsx"])
def test_links_lead_through_all_pages(service: Service, name: str) -> None:
    """From the first page `next` leads to the last, and the pages hold every row once (RFC 8288)."""
    target, pages = f"/queries/timeline.{name}?page-size=15", 0
    seen: list[str] = []
    while target:
        reply = get(service, target)
        assert (reply.headers["Fsp-Rows"], reply.headers["Fsp-Truncated"]) == ("40", "true")
        found = links(reply)
        assert ("prev" in found, "next" in found) == (pages > 0, pages < 2)
        assert found["last"] == f"/queries/timeline.{name}?page=3&page-size=15"
        seen += rows_of(reply, name)
        target, pages = found.get("next", ""), pages + 1
    assert pages == 3
    assert seen == rows_of(get(service, f"/queries/timeline.{name}"), name)


def test_link_keeps_what_was_asked(service: Service) -> None:
    """The next page asks the same question in the same format."""
    found = links(get(service, "/queries/measurements?phase=target&phase=result&format=csv&page-size=2"))
    assert found["next"] == "/queries/measurements?phase=target&phase=result&page=2&page-size=2&format=csv"
    assert get(service, found["next"]).headers["Content-Type"] == "text/csv; charset=utf-8"


def test_cut_answer_says_so_in_its_body(service: Service) -> None:
    """JSON and XML link to the next page in their head, as their standards have it; ours say `truncated`."""
    for target, end in (("page=1", False), ("page=3", True)):
        query = f"?page-size=15&{target}"
        json_head = json.loads(get(service, f"/queries/timeline.json{query}").text)["head"]
        xml_head = ET.fromstring(get(service, f"/queries/timeline.xml{query}").body).find(f"{RESULTS}head")  # noqa: S314
        assert xml_head is not None
        xml_links = [link.attrib["href"] for link in xml_head.iter(f"{RESULTS}link")]
        assert json_head.get("link", []) == [address.replace(".xml", ".json") for address in xml_links]
        assert bool(xml_links) != end
        plain = json.loads(get(service, f"/queries/timeline.rows{query}").text)
        about = {line[0]: line[1] for line in sheets(get(service, f"/queries/timeline.xlsx{query}"))["About"]}
        assert (plain["truncated"], about["Truncated"], plain["next"] is None) == (True, "yes", end)


def test_whole_answer_says_so(service: Service) -> None:
    """Without pages a format of SPARQL holds everything, and says that nothing was cut."""
    reply = get(service, "/queries/timeline.csv")
    assert (reply.headers["Fsp-Truncated"], len(reply.text.splitlines())) == ("false", 41)
    assert {"first", "prev", "next", "last"}.isdisjoint(links(reply))


def test_page_can_be_validated(service: Service) -> None:
    """A page has an entity tag of its own, and is not sent again to whoever has it (RFC 9110, section 13.1.2)."""
    for name in ("json", "rows"):
        first = get(service, f"/queries/timeline.{name}?page-size=5")
        second = get(service, f"/queries/timeline.{name}?page-size=5&page=2")
        assert first.headers["ETag"] != second.headers["ETag"]
        again = service.request(
            f"/queries/timeline.{name}?page-size=5", headers={"If-None-Match": first.headers["ETag"]}
        )
        assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ("page-size=5001", "page-size", "'page-size' is a whole number from 1 to 5,000."),
        ("page-size=0", "page-size", "'page-size' is a whole number from 1 to 5,000."),
        ("page-size=ten", "page-size", "'page-size' is a whole number from 1 to 5,000."),
        ("page=-1", "page", "'page' is a whole number from 1."),
        ("page=1e3", "page", "'page' is a whole number from 1."),
        ("page=\u0663", "page", "'page' is a whole number from 1."),
        ("page=" + "9" * 5000, "page", "'page' is a whole number from 1."),
        ("page=3&page-size=20", "page", "'page' is 3, past the end. There are 2 pages."),
    ],
)
@pytest.mark.parametrize("name", ["csv", "rows"])
def test_page_that_cannot_be_is_refused(service: Service, name: str, query: str, parameter: str, message: str) -> None:
    """The message names the parameter and its limit."""
    reply = service.request(f"/queries/timeline.{name}?{quote(query, safe='=&')}")
    error = json.loads(reply.text)["errors"][0]
    assert (reply.status, error["parameter"]) == (400, parameter)
    assert error["message"].startswith(message)


def test_page_for_people_is_short(service: Service) -> None:
    """A page has fifty rows, and at most five hundred."""
    page = get(service, "/queries/achieved-or-intended.html")
    assert page.text.count('class="notes">') == 50
    assert "Rows 1 to 50 of 115: this page is truncated" in page.text
    assert f'<a href="{service.url}queries/achieved-or-intended.html?page=2&amp;page-size=50"' in page.text
    refused = service.request("/queries/achieved-or-intended.html?page-size=501")
    assert refused.status == 400
    assert "from 1 to 500" in refused.text
