"""JSON, CSV, HTML, SARIF and JUnit: each is valid, holds every finding, and is safe with whatever a file says."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from junitparser import JUnitXml, TestSuite

from fsp.errors import NotFoundError
from fsp.validation.findings import CheckReport
from fsp.validation.reports.as_html import html_fragment
from fsp.validation.reports.formats import REPORT_FORMATS
from fsp.validation.reports.render import render

ROOT = Path(__file__).parents[3]
SARIF_SCHEMA = ROOT / "tests/ontology/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
JSON_SCHEMA = ROOT / "docs/report.schema.json"
REPORTS = ["faulty", "unreadable", "unknown", "sound", "hostile"]


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest) -> CheckReport:
    """A report of each outcome in turn."""
    found: CheckReport = request.getfixturevalue(request.param)
    return found


def test_every_format_has_its_own_suffix_and_can_be_written(report: CheckReport) -> None:
    """All of it can be encoded as UTF-8."""
    assert len({format_.suffix for format_ in REPORT_FORMATS.values()}) == len(REPORT_FORMATS) == 8
    assert all(render(report, name).encode() for name in REPORT_FORMATS)


def test_an_unknown_format_is_refused(sound: CheckReport) -> None:
    """With those that there are."""
    with pytest.raises(NotFoundError, match=r"no report format 'pdf'\. Choose from text, html"):
        render(sound, "pdf")


# JSON


def test_json_keeps_to_its_schema(report: CheckReport) -> None:
    """The schema is the one that the documentation points to."""
    schema = json.loads(JSON_SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)

    assert [str(error) for error in Draft202012Validator(schema).iter_errors(json.loads(render(report, "json")))] == []


def test_the_schema_knows_every_key(faulty: CheckReport) -> None:
    """A key that the schema does not name would be an error."""
    document = json.loads(render(faulty, "json"))
    document["findings"][0]["more"] = 1

    schema = json.loads(JSON_SCHEMA.read_text(encoding="utf-8"))
    assert len(list(Draft202012Validator(schema).iter_errors(document))) == 1


def test_json_holds_each_finding_with_its_place(faulty: CheckReport) -> None:
    """Terms as in SPARQL 1.1 Query Results JSON, section 3.2.2."""
    document = json.loads(render(faulty, "json"))
    (supplier,) = [one for one in document["findings"] if one["value"]]

    assert len(document["findings"]) == len(faulty.findings) == sum(document["counts"].values())
    assert (document["conforms"], document["readable"], document["checked"]) == (False, True, 2)
    assert supplier["rule"] == "ContractShape-supplier"
    assert supplier["place"] == {
        "file": "new.ttl", "sheet": None, "line": 11, "column": 18, "text": "new.ttl:11:18",
    }  # fmt: skip
    assert supplier["focusNode"] == {"type": "uri", "value": "https://w3id.org/fsp/id/contract/one", "label": "One"}
    assert supplier["value"] == {"type": "uri", "value": "https://w3id.org/fsp/id/place/trafford", "label": "Trafford"}


# CSV


def test_csv_has_a_row_for_each_finding(report: CheckReport) -> None:
    """Under one row of names, each as long as the others (RFC 4180, section 2), after a byte order mark."""
    text = render(report, "csv")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))

    assert text.startswith("\ufeff")
    assert len(rows) == 1 + len(report.findings)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])


def test_a_spreadsheet_carries_out_nothing(hostile: CheckReport) -> None:
    """What begins like a formula gets an apostrophe before it."""
    rows = list(csv.reader(io.StringIO(render(hostile, "csv").removeprefix("\ufeff"), newline="")))

    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert rows[1][1].startswith("'=1+1 <script>")


def test_a_cell_of_a_sheet_is_named_as_a_spreadsheet_does(hostile: CheckReport) -> None:
    """Sheet, row and the letters of the column."""
    rows = list(csv.DictReader(io.StringIO(render(hostile, "csv").removeprefix("\ufeff"), newline="")))

    assert [rows[1][name] for name in ("file", "sheet", "line", "column")] == ["case.xlsx", "Contracts", "4", "AB"]
    assert [rows[2][name] for name in ("file", "sheet", "line", "column")] == ["", "", "", ""]


# HTML


class _Page(HTMLParser):
    """Notes elements, addresses, identifiers and words of a page."""

    void = frozenset({"meta", "link", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_stands_alone(report: CheckReport) -> None:
    """It is well-formed, in English, runs nothing and loads nothing; each heading is one step below the last."""
    text = render(report, "html")
    page = _Page(text)
    levels = [int(tag[1]) for tag in page.tags if tag in {"h1", "h2", "h3"}]

    assert page.open == []
    assert text.startswith("<!doctype html>")
    assert ("lang", "en-GB") in page.attributes
    assert "script" not in page.tags
    assert {value for name, value in page.attributes if name in {"src", "href"}} == {"data:,"}
    assert "url(" not in text
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_label_of_the_page_names_one_heading(faulty: CheckReport) -> None:
    """An identifier stands once, and `aria-labelledby` finds it (WCAG 2.2, 4.1.2)."""
    attributes = _Page(render(faulty, "html")).attributes
    identifiers = [value for name, value in attributes if name == "id"]

    assert len(set(identifiers)) == len(identifiers) == 2
    assert {value for name, value in attributes if name == "aria-labelledby"} == set(identifiers)


def test_the_words_of_a_file_are_never_markup(hostile: CheckReport) -> None:
    """They are shown as they are."""
    page = _Page(render(hostile, "html"))

    assert "<script>alert(1)</script>" in page.words
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert not {"\x00", "\x1b", "\u202e"} & set(page.words)


def test_the_page_tells_place_line_and_remedy(faulty: CheckReport) -> None:
    """As the text does."""
    words = " ".join(_Page(render(faulty, "html")).words.split())

    assert "Contract: supplier (2 times)" in words
    assert "new.ttl:11:18 “Trafford” does not fit as “supplier” of One." in words
    assert "A right one: fsp:supplier organisation:" in words


def test_another_page_can_show_the_report(faulty: CheckReport) -> None:
    """Without a page around it, without style."""
    page = _Page(str(html_fragment(faulty)))

    assert page.tags[0] == "div"
    assert not {"html", "head", "style", "body"} & set(page.tags)
    assert page.open == []


# SARIF


def _sarif_errors(text: str) -> list[str]:
    schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))
    return [error.message for error in Draft7Validator(schema).iter_errors(json.loads(text))]


def _results(report: CheckReport) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    run = json.loads(render(report, "sarif"))["runs"][0]
    for result in run["results"]:
        yield result, run["tool"]["driver"]["rules"][result["ruleIndex"]]


def test_sarif_keeps_to_the_schema_of_the_standard(report: CheckReport) -> None:
    """The schema that OASIS publishes with SARIF 2.1.0."""
    assert _sarif_errors(render(report, "sarif")) == []


def test_the_schema_would_notice() -> None:
    """A log without results of its tool is refused."""
    assert _sarif_errors('{"version": "2.1.0", "runs": [{}]}') != []


def test_each_result_points_to_its_rule_and_line(faulty: CheckReport) -> None:
    """Sections 3.27.5, 3.27.6, 3.30: the rule by identifier and index, the region by line and column."""
    results = list(_results(faulty))
    supplier = next(
        result for result, _ in results if result["message"]["text"].startswith("One · supplier · Trafford")
    )

    assert len(results) == len(faulty.findings)
    assert all(result["ruleId"] == rule["id"] and rule["help"]["text"] for result, rule in results)
    assert [result["level"] for result, _ in results] == sorted(result["level"] for result, _ in results)
    assert supplier["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "new.ttl"},
        "region": {
            "startLine": 11,
            "startColumn": 18,
            "snippet": {"text": "    fsp:supplier <https://w3id.org/fsp/id/place/trafford> ."},
        },
    }  # fmt: skip


def test_each_result_has_some_place(report: CheckReport) -> None:
    """A code host refuses a log with a result that has none."""
    assert all(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result, _ in _results(report))


def test_a_file_name_becomes_a_uri(hostile: CheckReport) -> None:
    """RFC 3986, section 2.1; an absolute path is a `file:` URI."""
    log = json.loads(render(hostile, "sarif"))
    elsewhere = CheckReport(files=("/tmp/a b.ttl",), findings=(), checked=1)  # noqa: S108 - nothing is written

    assert log["runs"][0]["artifacts"][0]["location"]["uri"] == "a%20b/%3D%C3%BC%3C.ttl"
    assert '"file:///tmp/a%20b.ttl"' in render(elsewhere, "sarif")


def test_a_cell_is_a_logical_location(hostile: CheckReport) -> None:
    """A workbook has no lines (section 3.33)."""
    locations = [result["locations"][0] for result, _ in _results(hostile)]

    assert locations[1]["logicalLocations"] == [{"name": "AB4", "fullyQualifiedName": "Contracts!AB4"}]
    assert "region" not in locations[1]["physicalLocation"]


def test_a_fingerprint_outlives_lines_that_come_before(
    faulty: CheckReport, faulty_text: str, checked: Callable[[str], CheckReport]
) -> None:
    """So that a code host knows the result again (section 3.27.17)."""
    lower = checked("# A line more.\n\n" + faulty_text)

    def prints(report: CheckReport) -> list[str]:
        return [print_ for result, _ in _results(report) for print_ in result["partialFingerprints"].values()]

    assert sorted(prints(faulty)) == sorted(prints(lower))
    assert len(set(prints(faulty))) == len(faulty.findings)


def test_a_file_that_cannot_be_read_is_a_failed_run(unreadable: CheckReport, faulty: CheckReport) -> None:
    """Section 3.20.14."""
    for report, successful in ((unreadable, False), (faulty, True)):
        (invocation,) = json.loads(render(report, "sarif"))["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is successful


# JUnit


def test_junit_is_read_by_others(report: CheckReport) -> None:
    """Each broken rule is a case that fails; a file without any is one that passes."""
    suites = list(JUnitXml.fromstring(render(report, "junit").encode()))

    assert all(isinstance(suite, TestSuite) for suite in suites)
    assert {file for suite in suites if (file := suite.name)} >= {file for file in report.files if "<" not in file}
    for suite in suites:
        failed = [case for case in suite if case.result]
        assert suite.tests == len(list(suite))
        assert suite.failures + suite.errors == len(failed)


def test_junit_names_the_rule_and_its_places(faulty: CheckReport) -> None:
    """One case for both contracts."""
    (suite,) = JUnitXml.fromstring(render(faulty, "junit").encode())
    (case,) = [case for case in suite if case.name == "Contract: supplier (ContractShape-supplier)"]
    (failure,) = case.result

    assert failure.type == "Violation"
    assert "name the organisation that serves the buyer" in failure.message
    assert "new.ttl:11:18: One · supplier · Trafford" in failure.text
    assert "new.ttl:13:1: Two · supplier" in failure.text


def test_a_sound_file_passes_in_junit(sound: CheckReport) -> None:
    """With one case, so that a build server does not take it for untested."""
    (suite,) = JUnitXml.fromstring(render(sound, "junit").encode())

    assert [(case.name, case.result) for case in suite] == [("conforms", [])]


def test_syntax_is_an_error_in_junit(unreadable: CheckReport) -> None:
    """Not a failure: nothing could be tested."""
    root = fromstring(render(unreadable, "junit").encode())  # noqa: S314 - our own

    assert root.get("errors") == "1"
    assert root.get("failures") == "0"
