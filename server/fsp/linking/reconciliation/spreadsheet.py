"""Read one table of a person's own spreadsheet, and write it with columns added: every cell stays as it was."""

import csv
import io
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook, load_workbook

from fsp.errors import DataError, InputError
from fsp.validation.places import Place
from fsp.validation.workbook.delimited import decode, delimiter_of
from fsp.validation.workbook.excel import check_archive
from fsp.validation.workbook.tables import Notes

__all__ = ["SUFFIXES", "Sheet", "read_sheet", "write_sheet"]

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm")
"""The suffixes of files that are read; written are .csv, .tsv and .xlsx."""
_DELIMITED = (".csv", ".tsv")
_LARGEST = 200_000_000
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a spreadsheet.

    Attributes:
        headers: its first row.
        rows: the rows below, each with a value for each header; more cells than headers are kept.
        delimiter: what stands between the cells of a CSV file.
        has_mark: whether a byte order mark tells Excel that the file is UTF-8.
    """

    headers: list[str]
    rows: list[list[Any]]
    delimiter: str = ","
    has_mark: bool = False

    def column(self, name: str) -> int:
        """Return the place of a column, by its header in any case.

        Raises:
            InputError: no column, or more than one, has this header.
        """
        folded = [header.strip().casefold() for header in self.headers]
        count = folded.count(name.strip().casefold())
        if count != 1:
            what = "is no column" if not count else f"are {count} columns"
            raise InputError(f"There {what} '{name}'. The columns are: {', '.join(filter(None, self.headers))}.")
        return folded.index(name.strip().casefold())


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """Read a CSV or TSV file, or one sheet of a workbook: values only, no formula or macro is run.

    Args:
        path: the file.
        sheet: the name of the sheet; else the first one.

    Raises:
        DataError: it cannot be read.
        InputError: it is no spreadsheet, has no such sheet, or nothing but a header.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _LARGEST else b""
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.", file=str(path)) from error
    if size > _LARGEST:
        raise InputError(f"{path} has more than {_LARGEST // 1_000_000} MB: split it.")
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path} is no spreadsheet that is read here: known are {', '.join(SUFFIXES)}.")
    read = _delimited(content, path) if path.suffix.lower() in _DELIMITED else _workbook(content, path, sheet)
    if not read.rows:
        raise InputError(f"{path} has no row below its headers.")
    return read


def write_sheet(
    stream: IO[bytes], suffix: str, sheet: Sheet, headers: Sequence[str], rows: Iterable[list[Any]]
) -> None:
    """Write a table.

    Args:
        stream: where to.
        suffix: `.csv`, `.tsv` or `.xlsx`.
        sheet: the table that was read, for its delimiter and mark.
        headers: the first row.
        rows: the others.
    """
    if suffix not in _DELIMITED:
        book = Workbook(write_only=True)
        worksheet = book.create_sheet("Reconciled")
        worksheet.append(list(headers))
        for row in rows:
            worksheet.append(row)
        book.save(stream)
        return
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    if sheet.has_mark:
        stream.write(_MARK)
    writer = csv.writer(text, delimiter="\t" if suffix == ".tsv" else sheet.delimiter, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)
    text.detach()


def _delimited(content: bytes, path: Path) -> Sheet:
    notes = Notes()
    text = decode(content, Place(str(path), 1, 1, ""), notes)
    if text is None:
        raise InputError(f"{path}: {notes.faults[0].message}")
    text = text.removeprefix("\ufeff")
    delimiter = delimiter_of(text)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise InputError(f"{path} is no CSV: {error}. Save it again as 'CSV UTF-8'.") from error
    return _sheet(rows, delimiter, has_mark=content.startswith(_MARK))


def _workbook(content: bytes, path: Path, name: str | None) -> Sheet:
    check_archive(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            title = name or book.sheetnames[0]
            rows = _cells(book[title]) if title in book.sheetnames else None
            titles = ", ".join(book.sheetnames)
    except Exception as error:  # openpyxl raises whatever its reading of a damaged part runs into
        raise InputError(f"{path} is damaged: open it in a spreadsheet program, and save it again as .xlsx.") from error
    if rows is None:
        raise InputError(f"{path} has no sheet '{name}'. Its sheets are: {titles}.")
    return _sheet(rows, ",", has_mark=False)


def _cells(worksheet: Any) -> list[list[Any]]:  # noqa: ANN401 - openpyxl's types know no read-only sheet
    worksheet.reset_dimensions()  # what a file states of its size need not be so
    rows = worksheet.iter_rows(values_only=True)
    return [list(row) for row in rows if any(cell is not None for cell in row)]


def _sheet(rows: list[list[Any]], delimiter: str, *, has_mark: bool) -> Sheet:
    headers = ["" if cell is None else str(cell) for cell in rows[0]] if rows else []
    width = len(headers)
    below = [[*row, *[""] * (width - len(row))] for row in rows[1:]]
    return Sheet(headers, below, delimiter, has_mark)
