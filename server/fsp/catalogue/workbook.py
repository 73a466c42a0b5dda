"""An answer as a workbook: the rows with labels and typed cells, what they mean, and what they rest on."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import cast

import pyoxigraph as ox
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fsp.catalogue.answer import ExplainedAnswer
from fsp.catalogue.plain import plain_value
from fsp.catalogue.table import Column
from fsp.execution.preview import Term
from fsp.prefixes import PREFIXES

__all__ = ["write_workbook"]

_Value = str | int | float | bool | date | None

_LONGEST_TEXT = 32_767
_MOST_DIGITS = 10**15
_FIRST_DAY = date(1900, 3, 1)
"""What a spreadsheet can hold: characters of a cell, digits of a number, and days that all of them reckon alike."""
_MOST_LINKS = 60_000
"""A spreadsheet takes 65,530 hyperlinks in a sheet."""
_WEB = ("http://", "https://")
_WIDEST = 60
_NARROWEST = 10


def write_workbook(answer: ExplainedAnswer, facts: Sequence[tuple[str, str]]) -> bytes:
    """Return a workbook of three sheets: `Rows`, `About` and `Evidence`.

    Text stays text: what begins with `=`, `+`, `-` or `@` is stored as a string and marked as such, so that no
    spreadsheet takes it for a formula, not even after it was edited.

    Args:
        answer: the rows, at most `MOST_ROWS`, and what explains them.
        facts: what else the sheet `About` tells, as names and values: the link, the dataset, its licence.
    """
    workbook = Workbook(write_only=True)
    _write_rows(workbook.create_sheet("Rows"), answer)
    _write_about(workbook.create_sheet("About"), answer, facts)
    _write_evidence(workbook.create_sheet("Evidence"), answer)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_rows(sheet: Worksheet, answer: ExplainedAnswer) -> None:
    """Write what people read first, and the identifiers of things to the right of it."""
    columns = answer.columns
    identified = [column for column in columns if _holds_things(answer, column)]
    headings = [answer.query.column(column.name).label for column in columns]
    headings += [f"{answer.query.column(column.name).label} (identifier)" for column in identified]
    lines = [
        [_shown(answer, row, column) for column in columns]
        + [term.value if isinstance(term := row[column.thing], ox.NamedNode) else None for column in identified]
        for row in answer.rows.rows
    ]
    things = {row[column.thing] for row in answer.rows.rows for column in identified}
    _fill(sheet, headings, lines, linked={term.value for term in things if isinstance(term, ox.NamedNode)})


def _write_about(sheet: Worksheet, answer: ExplainedAnswer, facts: Sequence[tuple[str, str]]) -> None:
    query = answer.query
    lines: list[list[_Value]] = [["Question", query.summary], ["What the rows mean", query.description]]
    lines += [
        [f"Chosen: {parameter.label}", ", ".join(_names(answer, name)) or "any"]
        for name, parameter in query.parameters.items()
    ]
    lines += [["Coverage", f"{covered.stating} of {covered.all} {covered.text}"] for covered in answer.coverage]
    first = answer.part.offset + 1
    last = answer.part.offset + len(answer.rows.rows)
    lines += [["Rows", f"{first} to {last} of {answer.total}" if answer.truncated else str(answer.total)]]
    lines += [["Truncated", "yes" if answer.truncated else "no"]]
    lines += [[name, value] for name, value in facts]
    lines += [["", ""], ["Column", "What it holds"]]
    lines += [[text.label, text.description] for column in answer.columns for text in (query.column(column.name),)]
    # The licence and the permanent link are addresses; a query that was chosen never begins as one.
    _fill(sheet, ["About this answer", ""], lines, linked={value for _name, value in facts}, filtered=False)


def _write_evidence(sheet: Worksheet, answer: ExplainedAnswer) -> None:
    """Write for each row the passages that it rests on; the row is counted as in the whole answer."""
    cited, whole = answer.cited()
    lines: list[list[_Value]] = []
    for number, citation, things in cited:
        about = "; ".join(answer.labels.get(thing, thing) for thing in things)
        source = answer.labels.get(citation.source, citation.source)
        basis = answer.labels.get(citation.basis, citation.basis)
        single = citation.property and answer.labels.get(citation.property, citation.property)
        lines.append([number, about, basis, single, source, citation.start, citation.end, citation.iri])
    if not whole:
        lines.append([None, "There is more: ask for fewer rows to see all of it."])
    headings = ["Row", "What rests on it", "Basis", "Only for", "Source", "From character", "To character", "Citation"]
    _fill(sheet, headings, lines, linked={citation.iri for _number, citation, _things in cited})


def _fill(
    sheet: Worksheet,
    headings: Sequence[str],
    lines: Sequence[Sequence[_Value]],
    *,
    linked: Collection[str] = (),
    filtered: bool = True,
) -> None:
    """Write a table under a row of headings that stays in sight; `linked` are the texts that are addresses."""
    links = 0
    for number, heading in enumerate(headings):
        texts = [heading, *(str(line[number]) for line in lines[:100] if number < len(line) and line[number])]
        width = min(_WIDEST, max(_NARROWEST, *(len(text) + 2 for text in texts)))
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    sheet.freeze_panes = "A2"
    if filtered:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(lines) + 1}"
    sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
    for line in lines:
        cells = [_cell(sheet, value) for value in line]
        for cell, value in zip(cells, line, strict=True):
            if cell is not None and links < _MOST_LINKS and value in linked and str(value).startswith(_WEB):
                cell.hyperlink = str(value)
                cell.style = "Hyperlink"
                links += 1
        sheet.append(cells)


def _cell(sheet: Worksheet, value: _Value, *, bold: bool = False) -> Cell | None:
    if value is None:
        return None
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = _storable(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
    else:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)
    return cell


def _storable(text: str) -> str:
    """Return a text without the characters that XML 1.0 cannot hold (section 2.2), and not too long for a cell."""
    text = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _shown(answer: ExplainedAnswer, row: Sequence[Term | None], column: Column) -> _Value:
    label = answer.label(row, column)
    return label if label is not None else _typed(row[column.value])


def _typed(term: Term | None) -> _Value:
    """Return a value with its type, where a spreadsheet holds it without loss; else its text."""
    value: _Value = plain_value(term)
    if isinstance(term, ox.Literal) and term.datatype.value == PREFIXES["xsd"] + "date":
        return _day(term.value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= _MOST_DIGITS:
        return cast("ox.Literal", term).value
    return value


def _day(text: str) -> _Value:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day >= _FIRST_DAY else text


def _holds_things(answer: ExplainedAnswer, column: Column) -> bool:
    return any(isinstance(row[column.thing], ox.NamedNode) for row in answer.rows.rows)


def _names(answer: ExplainedAnswer, parameter: str) -> Iterator[str]:
    for term in answer.terms.get(parameter, answer.query.parameters[parameter].default):
        yield answer.labels.get(term.value, term.value)
