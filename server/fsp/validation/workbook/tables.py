"""What is read from a workbook or from CSV files before anything is understood: cells, and where they stand."""

from dataclasses import dataclass, field

from fsp.validation.places import Place, SyntaxFault

__all__ = ["MAX_CELLS", "MAX_COLUMNS", "MAX_ROWS", "MAX_TEXT", "Cell", "Notes", "Row", "Table"]

MAX_ROWS = 10_000
"""Rows that are read of a sheet."""
MAX_COLUMNS = 100
"""Columns that are read of a sheet."""
MAX_CELLS = 200_000
"""Filled cells that are read of all sheets."""
MAX_TEXT = 10_000
"""Characters that are read of a cell."""
_MAX_NOTES = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something.

    Attributes:
        value: text, a number, a date or a truth value, as the file has it.
        place: where it stands.
        number_format: how the spreadsheet shows its number, such as `0%`.
    """

    value: object
    place: Place
    number_format: str = "General"

    @property
    def text(self) -> str:
        """The value as a person would say it back."""
        return str(self.value).strip()


Row = dict[int, Cell]
"""The filled cells of a row, by the number of their column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a CSV file.

    Attributes:
        name: the name of the sheet, or of the file without its suffix.
        file: the file as the user named it.
        sheet: what places say of the sheet: see `Place`.
        rows: the rows that hold anything, by their number, counted from 1.
    """

    name: str
    file: str
    sheet: str
    rows: dict[int, Row]

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, whether it holds anything or not."""
        return Place(self.file, row, column, self.sheet)


@dataclass
class Notes:
    """What is wrong with the files, and how things in them were understood.

    Attributes:
        faults: what cannot be understood.
        remarks: what was understood in a way that the user should know of.
    """

    faults: list[SyntaxFault] = field(default_factory=list)
    remarks: list[SyntaxFault] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether there are so many faults that more of them help nobody."""
        return len(self.faults) >= _MAX_NOTES

    def fault(self, place: Place, message: str, shown: str = "") -> None:
        """Note something that cannot be understood; of very many, only the first are kept."""
        if not self.full:
            self.faults.append(SyntaxFault(place, message, shown[:MAX_TEXT]))

    def remark(self, place: Place, message: str, shown: str = "") -> None:
        """Note how something was understood."""
        if len(self.remarks) < _MAX_NOTES:
            self.remarks.append(SyntaxFault(place, message, shown[:MAX_TEXT]))
