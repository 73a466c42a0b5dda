"""What of an answer a workbook and plain rows can hold, and what must not happen in a spreadsheet."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import openpyxl
import pyoxigraph as ox
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fsp.catalogue.answer import ExplainedAnswer, Slice
from fsp.catalogue.evidence import Citation, Evidence
from fsp.catalogue.plain import plain_answer
from fsp.catalogue.query import CannedQuery
from fsp.catalogue.workbook import write_workbook
from fsp.execution.preview import Preview, Term
from fsp.prefixes import PREFIXES

Write = Callable[[str], CannedQuery]

QUERY = """\
#+ summary: What is there?
#+ description: A value.
#+ tags: [test]
#+ columns:
#+   value: {label: Value, description: What it is}

SELECT ?value WHERE { ?thing ?property ?value } ORDER BY ?value
"""


def typed(text: str, datatype: str) -> ox.Literal:
    """Return a literal."""
    return ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))


def answer(query: CannedQuery, *values: Term | None) -> ExplainedAnswer:
    """Return an answer of one column."""
    rows = Preview(names=("value",), rows=tuple((value,) for value in values))
    return ExplainedAnswer(query, {}, rows, Slice(), len(values), {}, Evidence({}), [])


def sheet(query: CannedQuery, *values: Term | None) -> Worksheet:
    """Return the sheet of an answer of one column."""
    found = openpyxl.load_workbook(io.BytesIO(write_workbook(answer(query, *values), [])))["Rows"]
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org")', "=cmd|' /C x'!A0"]
)
def test_text_never_becomes_a_formula(write: Write, text: str) -> None:
    """What looks like a formula is stored as a text and marked as one, and comes back letter by letter."""
    cell = sheet(write(QUERY), ox.Literal(text))["A2"]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (text, "s", True)
    workbook = zipfile.ZipFile(io.BytesIO(write_workbook(answer(write(QUERY), ox.Literal(text)), [])))
    assert b"<f>" not in workbook.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (typed("160", "integer"), 160),
        (typed("2.50", "decimal"), 2.5),
        (typed("1.5E3", "double"), 1500),
        (typed("true", "boolean"), True),
        (typed("2009-01-31", "date"), datetime(2009, 1, 31)),  # noqa: DTZ001
        (typed("1850-01-31", "date"), "1850-01-31"),
        (typed("2009-01-31Z", "date"), "2009-01-31Z"),
        (typed("1234567890123456789", "integer"), "1234567890123456789"),
        (typed("INF", "double"), "INF"),
        (typed("NaN", "double"), "NaN"),
        (ox.Literal("bell \a end"), "bell \N{REPLACEMENT CHARACTER} end"),
        (ox.Literal("deux", language="fr"), "deux"),
        (ox.Literal("007"), "007"),
        (None, None),
    ],
)
def test_cell_has_the_type_of_its_term(write: Write, term: Term | None, expected: object) -> None:
    """A number, a day and a truth value are such; what a spreadsheet would change or cannot hold stays text."""
    assert sheet(write(QUERY), ox.Literal("above"), term)["A3"].value == expected


def test_identifiers_are_links_and_rows_can_be_filtered(write: Write) -> None:
    """An IRI of the web is a link, a text that looks like one is none; the headings carry a filter."""
    found = sheet(write(QUERY), ox.NamedNode("https://example.org/a"), ox.NamedNode("urn:a"), ox.Literal("https://x.y"))
    links = [found.cell(row, 2).hyperlink for row in (2, 3, 4)]
    assert [link and link.target for link in links] == ["https://example.org/a", None, None]
    assert found["A4"].hyperlink is None
    assert found.auto_filter.ref == "A1:B4"


def test_units_are_shown_by_name(write: Write) -> None:
    """A column of units holds codes of QUDT: what they stand for is shown, and a code without a name itself."""
    query = write(QUERY.replace("?value", "?unit").replace("value:", "unit:"))
    rows = Preview(names=("unit",), rows=((ox.Literal("CCY_GBP"),), (ox.Literal("KiloGM"),)))
    explained = ExplainedAnswer(query, {}, rows, Slice(), 2, {}, Evidence({}), [])
    found = openpyxl.load_workbook(io.BytesIO(write_workbook(explained, [])))["Rows"]
    assert [found.cell(row, 1).value for row in (2, 3)] == ["Pounds sterling", "KiloGM"]


def test_long_text_is_cut_with_a_mark(write: Write) -> None:
    """A cell holds 32,767 characters."""
    value = sheet(write(QUERY), ox.Literal("a" * 40_000))["A2"].value
    assert isinstance(value, str)
    assert (len(value), value[-1]) == (32_767, "…")


def test_evidence_is_bounded_and_says_so(write: Write) -> None:
    """Many rows that rest on the same passages do not make a file without end."""
    thing, name = ox.NamedNode("https://example.org/a"), "https://example.org/"
    cited = [Citation(f"{name}{place}", name, None, place, place + 1, "", name, None) for place in range(5)]
    found = replace(answer(write(QUERY), *[thing] * 7), evidence=Evidence({thing.value: cited}))
    listed, whole = found.cited(most=12)
    assert [(number, citation.start) for number, citation, _ in listed[3:7]] == [(1, 3), (1, 4), (2, 0), (2, 1)]
    assert (len(listed), whole, len(found.cited(most=35)[0]), found.cited(most=35)[1]) == (12, False, 35, True)
    assert plain_answer(found)["evidenceTruncated"] is False


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (typed("160", "integer"), "160"),
        (typed("25.0", "decimal"), "25"),
        (typed("0.1", "decimal"), "0.1"),
        (typed("-INF", "double"), '"-INF"'),
        (typed("1E400", "double"), '"1E400"'),
        (typed("x", "integer"), '"x"'),
        (typed("false", "boolean"), "false"),
        (typed("2009-01-31", "date"), '"2009-01-31"'),
        (ox.NamedNode("https://example.org/a"), '"https://example.org/a"'),
        (None, "null"),
    ],
)
def test_plain_value_is_one_of_json(write: Write, term: Term | None, expected: str) -> None:
    """A plain row is JSON by its standard: no Infinity, no NaN (RFC 8259, section 6)."""
    [row] = plain_answer(answer(write(QUERY), term))["rows"]
    assert json.dumps(row["value"], allow_nan=False) == expected
