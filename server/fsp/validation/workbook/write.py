"""Make the workbook that cases are written in: from the shapes, with the rules as notes and drop-down lists."""

import io
import re
from datetime import date

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rdflib import URIRef
from rdflib.namespace import RDF

from fsp.namespaces import FSP
from fsp.validation.terms import short
from fsp.validation.workbook.columns import Column, Sheet, ValueKind
from fsp.validation.workbook.example import CellValue, Rows, rows_of, things_of_case
from fsp.validation.workbook.lists import FIRST_ROW, Lists
from fsp.validation.workbook.sheets import IGNORED_PREFIX, START
from fsp.validation.workbook.template import Template

__all__ = ["example_workbook", "make_workbook"]

_ABOUT = f"""\
A workbook for one new case
Each sheet is for one kind of thing, each row for one thing, each column for one thing to say of it.
Begin with the sheet Cases, then organisations, the partnership and who takes part in it. A sheet may stay empty.
A header with * is required. Point at a header to read its rule. Leave empty what the source does not tell.
Things are named by their label. What has a row in one sheet can be chosen in the others, and so can what is published.
The short name is the end of a thing's web address: where it is empty, it is made of the label.
Where a column takes several values, write ; between them.
Write days as 2011-11-25 or 25 Nov 2011, months as Nov 2011, years as 2011 or 2008/9, where a period or a date is asked.
Write numbers as 1250000, £17m, 5%, 18 months or over £1m a year; unit and bound can stand in their own columns instead.
Where there is one case, rows that say nothing under 'described in' belong to it.
Leave headers and the names of sheets as they are. Those of your own begin with {IGNORED_PREFIX}, and are not read.
Check the workbook with: fsp validate case.xlsx. Turn it into Turtle with: fsp convert case.xlsx -o case.ttl
"""
_HEAD_FILL = PatternFill("solid", fgColor="1F3864")
_ADVISED_FILL = PatternFill("solid", fgColor="44546A")
_WIDTHS = {ValueKind.TEXT: 36, ValueKind.THING: 30, ValueKind.STRING: 24, ValueKind.NAME: 26}
_FORMATS = {ValueKind.DATE: "yyyy-mm-dd", ValueKind.INTEGER: "0"}
_WHAT = {
    ValueKind.NAME: "May stay empty: it is then made of the label. Letters, digits and hyphens.",
    ValueKind.CLASS: "Choose from the list, or leave empty.",
    ValueKind.TEXT: "Text in English.",
    ValueKind.STRING: "Text.",
    ValueKind.INTEGER: "A whole number.",
    ValueKind.QUANTITY: "A number, such as 1250000 or £17m, 5%, 18 months, over £1m a year.",
    ValueKind.DATE: "A day: 2011-11-25 or 25 Nov 2011. Of a month or a year, the first or the last day counts.",
    ValueKind.UNIT: "Choose from the list, or write a unit of QUDT such as unit:KiloGM.",
    ValueKind.PROPERTY: "The header of the column that the citation is about; leave empty where it is about the row.",
}


def make_workbook(template: Template, rows: Rows | None = None) -> bytes:
    """Return a workbook as .xlsx: empty, or filled with rows.

    Args:
        template: what sheets and columns there are, and what can be chosen.
        rows: the rows to fill in, by the name of their sheet.
    """
    workbook = Workbook()
    about = workbook.active
    if isinstance(about, Worksheet):
        _explain(about)
    lists = Lists(workbook, template)
    for sheet in template.sheets:
        _add_sheet(workbook.create_sheet(sheet.of.name), sheet, lists, (rows or {}).get(sheet.of.name, []))
    lists.move_last()
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def example_workbook(template: Template) -> bytes:
    """Return a workbook filled with a published case: the one that tells of the most kinds of things."""
    cases = template.published.subjects(RDF.type, FSP.CaseStudy)
    filled = [rows_of(things_of_case(template.published, URIRef(str(case))), template) for case in cases]
    return make_workbook(template, max(filled, key=lambda rows: (len(rows), str(rows)), default=None))


def _explain(worksheet: Worksheet) -> None:
    worksheet.title = START
    worksheet.column_dimensions["A"].width = 110
    for row, text in enumerate(_ABOUT.splitlines(), start=1):
        cell = worksheet.cell(row, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    worksheet["A1"].font = Font(name="Calibri", bold=True, size=14)


def _add_sheet(worksheet: Worksheet, sheet: Sheet, lists: Lists, rows: list[list[CellValue]]) -> None:
    """Lay out a sheet: a hidden row of keys, the headers with the rules as notes, and the rows below."""
    worksheet.row_dimensions[1].hidden = True
    worksheet.row_dimensions[2].height = 32
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.freeze_panes = f"B{FIRST_ROW}"
    for number, column in enumerate(sheet.columns, start=1):
        worksheet.cell(1, number, column.key)
        head = worksheet.cell(2, number, column.header + (" *" if column.required else ""))
        head.font = Font(name="Calibri", bold=True, color="FFFFFF")
        head.fill = _HEAD_FILL if column.required else _ADVISED_FILL
        head.alignment = Alignment(wrap_text=True, vertical="center")
        head.comment = Comment(_rule(column, lists.template), "fsp", height=190, width=340)
        dimension = worksheet.column_dimensions[get_column_letter(number)]
        dimension.width = _width(column)
        dimension.number_format = _FORMATS.get(column.kind, "@")
        lists.offer(worksheet, column, number)
    for row, values in enumerate(rows, start=FIRST_ROW):
        for number, (column, value) in enumerate(zip(sheet.columns, values, strict=True), start=1):
            _fill(worksheet, row, number, column, value)
        lines = max(
            1 + len(str(value or "")) // _width(column) for column, value in zip(sheet.columns, values, strict=True)
        )
        worksheet.row_dimensions[row].height = 15 * min(lines, 12)


def _width(column: Column) -> int:
    return _WIDTHS.get(column.kind, 18)


def _fill(worksheet: Worksheet, row: int, number: int, column: Column, value: CellValue) -> None:
    if value is None:
        return
    if isinstance(value, date) and value.year < 1900:  # noqa: PLR2004 - where Excel's days begin
        value = value.isoformat()
    cell = worksheet.cell(row, number, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.number_format = _FORMATS.get(column.kind, "General")
        cell.alignment = Alignment(vertical="top")


def _rule(column: Column, template: Template) -> str:
    """Return the rule of a column, for the note on its header."""
    lines = [column.description]
    demand = "Required." if column.required else "Should be given." if column.advised else "May stay empty."
    lines.append(demand + (" Several values have ; between them." if column.several else " One value."))
    if column.path == FSP.describedIn:
        lines.append("Where the workbook has one case, an empty cell means that case.")
    if FSP.Period in column.classes:
        lines.append(
            "The label of a period, or a date as 25 Nov 2011, Nov 2011, 2011, 2008/9, from 2009, by April 2012."
        )
    lines.append(_WHAT.get(column.kind, ""))
    if column.kind is ValueKind.THING:
        lines.append(_worded(column.message, template))
    return "\n".join(line for line in lines if line)


def _worded(message: str, template: Template) -> str:
    """Return a shape's message with the labels of terms in place of their prefixed names."""
    labels = {column.key: column.header for sheet in template.sheets for column in sheet.columns}
    labels |= {short(sheet.of.target): template.label(sheet.of.target) or sheet.of.kind for sheet in template.sheets}
    return re.sub(r"\b[a-z]+:[A-Za-z]\w*", lambda match: labels.get(match[0], match[0].partition(":")[2]), message)
