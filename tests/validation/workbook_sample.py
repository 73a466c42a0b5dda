"""Workbooks and CSV files that tests write, and what is read from them."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fsp.dataset.files import DatasetFile
from fsp.validation.published import Published
from fsp.validation.workbook.read import ParsedTables, parse_workbook
from fsp.validation.workbook.template import Template
from fsp.validation.workbook.write import make_workbook

__all__ = ["Filled", "csv_file", "faults", "parse", "published", "template"]


@cache
def published() -> Published:
    """What the project publishes, read once."""
    return Published.load()


@cache
def template() -> Template:
    """The template of what is published."""
    return Template(published().shapes, published().graph)


@cache
def _empty() -> bytes:
    return make_workbook(template())


class Filled:
    """The project's own template, to be filled in."""

    def __init__(self) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(_empty()))
        del self.book["Lists"]  # it says nothing, and takes long to load

    def sheet(self, name: str) -> Worksheet:
        """Return a sheet."""
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def row(self, sheet: str, values: Mapping[str, object]) -> "Filled":
        """Add a row, its values given by header."""
        worksheet = self.sheet(sheet)
        columns = {str(cell.value).rstrip(" *"): cell.column for cell in worksheet[2]}
        number = worksheet.max_row + 1
        for header, value in values.items():
            worksheet.cell(number, columns[header]).value = value  # type: ignore[assignment]
        return self

    def content(self) -> bytes:
        """Return the workbook as a file's bytes."""
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def parsed(self) -> ParsedTables:
        """Return what is read from it."""
        return parse(("case.xlsx", self.content()))


def parse(*files: tuple[str, bytes]) -> ParsedTables:
    """Return what is read from files, given by name and content."""
    return parse_workbook([DatasetFile(Path(name), name, content=content) for name, content in files], template())


def csv_file(rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return rows as a CSV file."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def faults(parsed: ParsedTables) -> list[str]:
    """Return the faults as a person reads them, each without its line and the name of the workbook."""
    return [f"{fault.place}: {fault.message}".removeprefix("case.xlsx, sheet ") for fault in parsed.faults]
