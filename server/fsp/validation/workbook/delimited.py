"""Read CSV files as the sheets of a workbook: one file a sheet, named as the sheet."""

import csv
import io
from pathlib import PurePath

from fsp.validation.places import Place
from fsp.validation.workbook.tables import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Cell, Notes, Row, Table

__all__ = ["decode", "delimiter_of", "read_csv"]

_MAX_BYTES = 20_000_000
_DELIMITERS = ",;\t"
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_csv(content: bytes, name: str, notes: Notes) -> list[Table]:
    """Return a CSV file as a table (RFC 4180), in UTF-8, UTF-16 with its mark, or Windows-1252.

    The delimiter is the one of comma, semicolon and tab that the first line holds most of.

    Args:
        content: the bytes of the file.
        name: the file as the user named it.
        notes: where faults and remarks are noted.
    """
    start = Place(name, 1, 1, "")
    if len(content) > _MAX_BYTES:
        notes.fault(start, f"The file has more than {_MAX_BYTES // 1_000_000} MB, which is more than is read.")
        return []
    text = decode(content, start, notes)
    if text is None:
        return []
    table = Table(PurePath(name).stem, name, "", {})
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
        for number, values in enumerate(reader, 1):
            if not _add(table, number, values, notes):
                break
    except csv.Error as error:
        notes.fault(start, f"The file is no CSV: {error}. Save it again as 'CSV UTF-8'.")
    return [table]


def _add(table: Table, number: int, values: list[str], notes: Notes) -> bool:
    """Add a row; return whether more can follow."""
    row: Row = {}
    for column, value in enumerate(values, start=1):
        place = table.place(number, column)
        if not value.strip():
            continue
        if column > MAX_COLUMNS or len(value) > MAX_TEXT:
            notes.fault(
                place, f"More than {MAX_COLUMNS} columns, or {MAX_TEXT:,} characters in a cell, are not read.", value
            )
            return False
        if value.startswith("="):
            notes.fault(place, "The cell holds a formula: write the value.", value)
            continue
        row[column] = Cell(value, place)
    if row:
        table.rows[number] = row
    if number > MAX_ROWS or number * len(row) > MAX_CELLS:
        notes.fault(table.place(number, 1), f"The file has more than {MAX_ROWS:,} rows: split it.")
        return False
    return True


def delimiter_of(text: str) -> str:
    """Return the one of comma, semicolon and tab that the first line holds most of."""
    first = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def decode(content: bytes, start: Place, notes: Notes) -> str | None:
    """Return the text of a CSV file; None where its encoding is unknown, which is noted as a fault."""
    mark = next((encoding for bytes_, encoding in _BYTE_ORDER_MARKS.items() if content.startswith(bytes_)), None)
    try:
        return content.decode(mark or "utf-8")
    except UnicodeDecodeError:
        if mark is None:
            try:
                text = content.decode("cp1252")
            except UnicodeDecodeError:
                pass
            else:
                notes.remark(
                    start, "The file is not in UTF-8: it was read as Windows-1252. Look at names with accents."
                )
                return text
    notes.fault(start, "The file is neither in UTF-8 nor in Windows-1252: save it again as 'CSV UTF-8'.")
    return None
