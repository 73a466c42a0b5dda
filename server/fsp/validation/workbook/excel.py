"""Read the cells of an Excel workbook: values only, and never more than a case can need."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.cell import range_boundaries

from fsp.errors import InputError
from fsp.validation.places import Place
from fsp.validation.workbook.sheets import IGNORED_PREFIX, LISTS, START
from fsp.validation.workbook.tables import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Cell, Notes, Row, Table

__all__ = ["check_archive", "read_excel"]

_MAX_BYTES = 20_000_000
_MAX_UNPACKED = 60_000_000
_MAX_PARTS = 1_000
_MAX_SHEETS = 100
_MAX_MERGED = 20
_FAR = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?r=[\"']([A-Z]+\d{5,7}|(?:C[W-Z]|[D-Z][A-Z]|[A-Z]{3})\d+)[\"'][^>]*(?<!/)>\s*<(?:\w+:)?(?:f|v|is)\b"
)
"""A filled cell that may be beyond the rows and columns that are read."""
_OLE = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)[\"']")


class _UnreadableError(InputError):
    """The file is no workbook, or one that is not read; the text says which."""


def read_excel(content: bytes, name: str, notes: Notes) -> list[Table]:
    """Return the sheets of a workbook; formulas count by their stored results, macros and links to other files not.

    Args:
        content: the bytes of the file.
        name: the file as the user named it.
        notes: where faults are noted.
    """
    try:
        check_archive(content)
        return list(_read(content, name, notes))
    except _UnreadableError as error:
        notes.fault(Place(name, 1, 1, ""), str(error))
    except RecursionError:
        notes.fault(Place(name, 1, 1, ""), "The workbook is nested too deeply to be read.")
    except Exception:  # noqa: BLE001 - openpyxl raises whatever its reading of a damaged part runs into
        notes.fault(
            Place(name, 1, 1, ""),
            "The workbook is damaged, or holds what no spreadsheet program writes: open it in one, and save it again "
            "as .xlsx.",
        )
    return []


def check_archive(content: bytes) -> None:
    """Refuse what is no workbook, or would unpack to more than is read (zipfile reads no part beyond its stated size).

    Raises:
        InputError: it is refused.
    """
    if len(content) > _MAX_BYTES:
        raise _UnreadableError(f"The workbook has more than {_MAX_BYTES // 1_000_000} MB: too much to be read.")
    if content.startswith(_OLE):
        raise _UnreadableError(
            "The workbook is encrypted, or of the old kind .xls: save it as .xlsx without a password."
        )
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _UnreadableError("The file is no Excel workbook: save it as .xlsx.") from error
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise _UnreadableError(
            f"The workbook unpacks to more than {_MAX_UNPACKED // 1_000_000} MB: too much to be read."
        )
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise _UnreadableError("The file is an archive, but no Excel workbook: save it as .xlsx.")


def _read(content: bytes, name: str, notes: Notes) -> Iterator[Table]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    results = _open(content, data_only=True)
    formulas = cache(lambda: _open(content, data_only=False))
    budget = MAX_CELLS
    for worksheet in results.worksheets[:_MAX_SHEETS]:
        title = worksheet.title
        if title in {START, LISTS} or title.startswith(IGNORED_PREFIX):
            continue
        source = archive.read(worksheet._worksheet_path)  # noqa: SLF001 - nothing public tells it
        rows: dict[int, Row] = {}
        table = Table(title, name, title, rows)
        _note_merged(table, source, notes)
        _note_far(table, source, notes)
        twin = formulas()[title] if _FORMULA.search(source) else None
        for number, row in _rows(table, worksheet, twin, notes):
            rows[number] = row
            budget -= len(row)
            if budget < 0:
                raise _UnreadableError(f"The workbook has more than {MAX_CELLS:,} filled cells: too much to be read.")
        yield table


def _open(content: bytes, *, data_only: bool) -> Any:  # noqa: ANN401 - openpyxl's types know no read-only workbook
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _rows(table: Table, worksheet: Any, twin: Any, notes: Notes) -> Iterator[tuple[int, Row]]:  # noqa: ANN401 - as above
    """Yield the rows that hold anything."""
    worksheet.reset_dimensions()  # what a file states of its size need not be so
    for number, cells in enumerate(worksheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS), start=1):
        row = dict(_cells(table, number, cells, notes))
        if row:
            yield number, row
    if twin is not None:
        twin.reset_dimensions()
        for number, cells in enumerate(twin.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS), start=1):
            _note_formulas(table, number, cells, notes)


def _cells(table: Table, number: int, cells: Iterable[Any], notes: Notes) -> Iterator[tuple[int, Cell]]:
    for column, cell in enumerate(cells, start=1):
        value = None if cell is EMPTY_CELL else cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        place = table.place(number, column)
        if cell.data_type == "e":
            notes.fault(place, f"The cell holds the error {value}: mend its formula, or write the value.", str(value))
        elif isinstance(value, str) and len(value) > MAX_TEXT:
            notes.fault(place, f"The cell holds more than {MAX_TEXT:,} characters: shorten it.", value)
        else:
            yield column, Cell(value, place, cell.number_format or "General")


def _note_formulas(table: Table, number: int, cells: Iterable[Any], notes: Notes) -> None:
    for column, cell in enumerate(cells, start=1):
        formula = cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.startswith("="))
        if formula and column not in table.rows.get(number, {}):
            notes.fault(
                table.place(number, column),
                "The cell holds a formula without a stored result: write the value, or open the workbook in a "
                "spreadsheet program and save it.",
                str(cell.value),
            )


def _note_merged(table: Table, source: bytes, notes: Notes) -> None:
    for reference in _MERGED.findall(source)[:_MAX_MERGED]:
        text = reference.decode("ascii")
        column, row, _, _ = range_boundaries(text)
        notes.fault(
            table.place(row or 1, column or 1),
            f"The cells {text} are merged, so that it is not sure which row their value is for: unmerge them and write "
            "it in each row.",
        )


def _note_far(table: Table, source: bytes, notes: Notes) -> None:
    for match in _FAR.finditer(source):
        column, row, _, _ = range_boundaries(match[1].decode("ascii"))
        if (column or 1) > MAX_COLUMNS or (row or 1) > MAX_ROWS:
            message = f"Only {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are read of a sheet: move or clear this cell."
            notes.fault(table.place(row or 1, column or 1), message)
            return
