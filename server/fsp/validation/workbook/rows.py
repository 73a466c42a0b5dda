"""Find the sheets, columns and rows in what was read, and give each row its IRI."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rdflib import URIRef
from rdflib.namespace import RDFS

from fsp.namespaces import THING
from fsp.validation.places import Place
from fsp.validation.workbook.columns import Column, Sheet
from fsp.validation.workbook.sheets import IGNORED_PREFIX
from fsp.validation.workbook.tables import Cell, Notes, Row, Table
from fsp.validation.workbook.template import Template, folded, slug

__all__ = ["Record", "records"]

_KEY = re.compile(r"[a-z]+:[A-Za-z0-9]+|short-name")


@dataclass(frozen=True)
class Record:
    """A row that describes a thing.

    Attributes:
        thing: the IRI of the thing.
        named: whether a short name was written, so that the IRI is the user's own choice.
        sheet: the sheet that it stands in.
        table: the same sheet as it was read.
        number: the number of the row.
        cells: its filled cells.
        positions: the number of each column of the sheet that the file has.
        names: its label and its short name.
    """

    thing: URIRef
    named: bool
    sheet: Sheet
    table: Table
    number: int
    cells: Row
    positions: dict[Column, int]
    names: list[str]

    @property
    def place(self) -> Place:
        """Where the row is named."""
        return self.table.place(self.number, min(self.positions.values(), default=1))

    def cell(self, path: URIRef | None) -> Cell | None:
        """Return the cell of a property; None where it is empty or the file has no such column."""
        return next((self.cells.get(at) for column, at in self.positions.items() if column.path == path), None)


def records(tables: list[Table], template: Template, notes: Notes) -> Iterator[Record]:
    """Yield the rows of all tables that are sheets of the template.

    Args:
        tables: what was read.
        template: what sheets there are.
        notes: where faults are noted.
    """
    sheets = {_name(sheet.of.name): sheet for sheet in template.sheets}
    for table in tables:
        sheet = sheets.get(_name(table.name))
        if sheet is not None:
            if table.rows:
                yield from _SheetReader(table, sheet, notes).records()
        elif table.rows and not table.name.startswith(IGNORED_PREFIX):
            _note_unknown_sheet(table, sheets, notes)


def _name(text: str) -> str:
    return folded(text).replace("-", " ").replace("_", " ")


def _note_unknown_sheet(table: Table, sheets: dict[str, Sheet], notes: Notes) -> None:
    like = process.extractOne(_name(table.name), list(sheets), scorer=fuzz.WRatio, score_cutoff=70)
    hint = f"Did you mean '{sheets[like[0]].of.name}'?" if like else "See the template for the names of the sheets."
    kind = "sheet" if table.sheet else "CSV file, which is named as a sheet is,"
    notes.fault(
        table.place(1, 1),
        f"There is no {kind} '{table.name}' in the template. {hint} The name of a sheet of your own begins with "
        f"{IGNORED_PREFIX}; it is not read.",
    )


@dataclass(frozen=True)
class _SheetReader:
    """Reads one sheet: where its columns are, and its rows.

    Attributes:
        table: the sheet as it was read.
        sheet: what columns it should have.
        notes: where faults are noted.
    """

    table: Table
    sheet: Sheet
    notes: Notes

    def records(self) -> Iterator[Record]:
        """Yield the rows that describe a thing."""
        numbers = sorted(self.table.rows)
        first = self.table.rows[numbers[0]]
        keyed = all(_KEY.fullmatch(cell.text) for cell in first.values())
        head = numbers[1] if keyed and len(numbers) > 1 else numbers[0]
        positions = self._keyed(first, head) if keyed else self._headed(self.table.rows[head], set())
        for number in numbers:
            if number > head and positions:
                self._note_strays(head, self.table.rows[number], positions)
                record = self._record(number, positions)
                if record is not None:
                    yield record

    def _keyed(self, keys: Row, head: int) -> dict[Column, int]:
        """Find the columns by the hidden row of keys, and see that nobody gave one another header."""
        by_key = {column.key: column for column in self.sheet.columns}
        headers = self.table.rows.get(head, {})
        positions: dict[Column, int] = {}
        for at, key in keys.items():
            column = by_key.get(key.text)
            place = self.table.place(head, at)
            shown = headers[at].text if at in headers else ""
            if column is None or column in positions:
                self.notes.fault(place, f"The key '{key.text}' is unknown here, or there twice.")
                continue
            positions[column] = at
            if _header(shown) != folded(column.header):
                self.notes.fault(
                    place,
                    f"This is the column '{column.header}', but its header is '{shown}': put the header back. For "
                    f"notes of your own take an empty column, with a header that begins with {IGNORED_PREFIX}.",
                    shown,
                )
        rest = {at: cell for at, cell in headers.items() if at not in keys}
        return positions | self._headed(rest, set(positions))

    def _headed(self, headers: Row, taken: set[Column]) -> dict[Column, int]:
        """Find the columns by their headers."""
        by_header = {folded(column.header): column for column in self.sheet.columns}
        positions: dict[Column, int] = {}
        for at, cell in headers.items():
            column = by_header.get(_header(cell.text))
            if cell.text.startswith(IGNORED_PREFIX):
                continue
            if column is None:
                like = process.extractOne(folded(cell.text), list(by_header), scorer=fuzz.WRatio, score_cutoff=70)
                hint = f"Did you mean '{by_header[like[0]].header}'?" if like else "The template shows the columns."
                self.notes.fault(
                    cell.place,
                    f"The sheet {self.sheet.of.name} has no column '{cell.text}'. {hint} A column of your own has a "
                    f"header that begins with {IGNORED_PREFIX}.",
                    cell.text,
                )
            elif column in positions or column in taken:
                self.notes.fault(cell.place, f"There are two columns '{column.header}': put all into one.", cell.text)
            else:
                positions[column] = at
        return positions

    def _note_strays(self, head: int, row: Row, positions: dict[Column, int]) -> None:
        for at, cell in row.items():
            if at not in self.table.rows[head] and at not in positions.values():
                self.notes.fault(cell.place, "The cell stands under no header: move it to where it belongs.", cell.text)

    def _record(self, number: int, positions: dict[Column, int]) -> Record | None:
        """Return a row with the IRI of its thing; None where it is empty, or cannot have one."""
        row = self.table.rows[number]
        texts = {column.path: row[at].text for column, at in positions.items() if at in row}
        if not texts:
            return None
        label, name = texts.get(RDFS.label, ""), texts.get(None, "")
        end = name or slug(label)
        thing = THING[f"{self.sheet.of.kind}/{end}"]
        record = Record(thing, bool(name), self.sheet, self.table, number, row, positions, [label, name])
        if name and not re.fullmatch(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*", name):
            place = row[positions[next(column for column in positions if column.path is None)]].place
            proposed = slug(name) or "another one"
            self.notes.fault(place, f"A short name has letters, digits and hyphens: write {proposed}.", name)
        elif not end:
            what = f"The label '{label}' has no letter that a web address can have" if label else "The row has no label"
            how = "write a short name" if label else "write what the thing is called, or clear the row"
            self.notes.fault(record.place, f"{what}: {how}.", label)
        else:
            return record
        return None


def _header(text: str) -> str:
    """Return a header as it is compared: without the star of a required column."""
    return folded(text.rstrip("* "))
