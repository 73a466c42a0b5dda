"""A 360Giving table in CSV: its columns by the names of the standard's JSON, and its rows one by one."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, cast

from fsp.errors import DataError
from fsp.linking.imports.record import Leaf
from fsp.linking.imports.source import Reader

__all__ = ["Table", "read_table"]

_LONGEST_LINE = 1024 * 1024
_DELIMITERS = ",;\t|"
_GRANT = {
    "Identifier": "id", "Title": "title", "Description": "description", "Currency": "currency",
    "Amount Applied For": "amountAppliedFor", "Amount Awarded": "amountAwarded",
    "Amount Disbursed": "amountDisbursed", "Award Date": "awardDate", "URL": "url",
    "From an open call?": "fromOpenCall", "Last modified": "dateModified", "Data Source": "dataSource",
}  # fmt: skip
_LISTS = {
    "Planned Dates": "plannedDates", "Actual Dates": "actualDates", "Recipient Org": "recipientOrganization",
    "Recipient Ind": "recipientIndividual", "Funding Org": "fundingOrganization",
    "Beneficiary Location": "beneficiaryLocation", "Grant Programme": "grantProgramme",
}  # fmt: skip
_PARTS = {
    "Identifier": "id", "Name": "name", "Charity Number": "charityNumber", "Company Number": "companyNumber",
    "Street Address": "streetAddress", "City": "addressLocality", "County": "addressRegion",
    "Country": "addressCountry", "Postal Code": "postalCode", "Description": "description", "Web Address": "url",
    "Department": "department", "Country Code": "countryCode", "Latitude": "latitude", "Longitude": "longitude",
    "Geographic Code": "geoCode", "Geographic Code Type": "geoCodeType", "Start Date": "startDate",
    "End Date": "endDate", "Duration (months)": "duration", "Code": "code", "Title": "title", "URL": "url",
}  # fmt: skip
_REQUIRED = ("Identifier", "Amount Awarded", "Award Date")
_COLUMN = re.compile(r"(?P<list>[^:]+):(?:(?P<place>\d+):)?(?P<part>[^:]+)")


@dataclass(slots=True)
class Table:
    """A table.

    Attributes:
        fields: the number of its cells below the header.
        count: the number of its rows that hold anything.
    """

    fields: int = 0
    count: int = 0


def read_table(reader: Reader, name: str, table: Table) -> Iterator[tuple[str, dict[str, Leaf]]]:
    """Yield place and fields of each row; the place is that of RFC 7111, where the header is row 1.

    Args:
        reader: the file.
        name: its name.
        table: where cells and rows are counted.

    Raises:
        DataError: it is no table of grants, or a column has the title of another one.
    """
    text = io.TextIOWrapper(cast("IO[bytes]", io.BufferedReader(_Raw(reader))), encoding="utf-8", newline="")
    lines = _lines(text, name)
    first = next(lines, "")
    delimiter = _delimiter(first, name)
    reading = csv.reader(_chained(first, lines), delimiter=delimiter, strict=True)
    try:
        header = [title.strip() for title in next(reading)]
        pointers = _pointers(header, name)
        for number, cells in enumerate(reading, start=2):
            reader.record_ends()
            table.fields += len(cells)
            if not cells:
                continue
            table.count += any(cell.strip() for cell in cells)
            yield f"row={number}", _leaves(header, pointers, cells)
    except csv.Error as error:
        raise DataError(f"{name}, line {reading.line_num}: it is no CSV: {error}.", file=name) from error


def _leaves(header: list[str], pointers: list[str], cells: list[str]) -> dict[str, Leaf]:
    leaves = {}
    for position, cell in enumerate(cells):
        if position < len(header):
            leaves[pointers[position]] = Leaf(header[position] or f"(column {position + 1})", cell)
        else:
            leaves[f"/(column {position + 1})"] = Leaf(f"(column {position + 1})", cell)
    return leaves


class _Raw(io.RawIOBase):
    """A reader as the stream that Python's own decoding asks for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._left = self._left or self._reader.read(len(buffer))
        chunk, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _lines(text: IO[str], name: str) -> Iterator[str]:
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise DataError(f"{name} has a line of more than a million characters: it is no table.", file=name)
        yield line


def _chained(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _delimiter(header: str, name: str) -> str:
    """Return the character between the cells: the one by which the header has the columns that a grant must have."""
    for delimiter in _DELIMITERS:
        try:
            titles = {title.strip() for title in next(csv.reader([header], delimiter=delimiter, strict=True), [])}
        except csv.Error:
            continue
        if titles.issuperset(_REQUIRED):
            return delimiter
    raise DataError(
        f"{name} is no table of grants: its first line must have the columns {', '.join(_REQUIRED)} of the 360Giving "
        "standard.",
        file=name,
    )


def _pointers(header: list[str], name: str) -> list[str]:
    """Return the place of each column in the standard's JSON.

    Raises:
        DataError: two columns have one place, so that one of the values would be lost.
    """
    pointers = [_pointer(title) if title else f"/(column {number})" for number, title in enumerate(header, start=1)]
    twice = sorted(pointer for pointer, count in Counter(pointers).items() if count > 1)
    if twice:
        columns = [number for number, pointer in enumerate(pointers, start=1) if pointer == twice[0]]
        title = header[columns[0] - 1]
        raise DataError(
            f"{name}: the columns {' and '.join(map(str, columns))} both mean '{title}'. Remove or rename one.",
            file=name,
        )
    return pointers


def _pointer(title: str) -> str:
    if title in _GRANT:
        return f"/{_GRANT[title]}"
    match = _COLUMN.fullmatch(title)
    if match is not None and match["list"] in _LISTS and match["part"] in _PARTS:
        return f"/{_LISTS[match['list']]}/{int(match['place'] or 0)}/{_PARTS[match['part']]}"
    return "/" + title.replace("~", "~0").replace("/", "~1")
