"""The hidden sheet of a workbook: what its drop-down lists offer."""

from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from fsp.namespaces import FSP
from fsp.validation.workbook.columns import Column, Sheet, ValueKind
from fsp.validation.workbook.quantities import UNITS
from fsp.validation.workbook.sheets import LISTS
from fsp.validation.workbook.template import Template
from fsp.validation.workbook.text import class_label

__all__ = ["FIRST_ROW", "INPUT_ROWS", "Lists"]

FIRST_ROW = 3
"""The first row of things: above it the hidden row of keys, and the headers."""
INPUT_ROWS = 500
"""Rows that have drop-down lists."""
_OWN_ROWS = 150
"""Rows of another sheet that a list offers."""
_MOST_KNOWN = 2_000
_NOT_OFFERED = {FSP.Citation, FSP.Measurement, FSP.Participation}
"""Classes of which a list offers the workbook's own rows alone: what is published of them belongs to its own case."""


@dataclass
class Lists:
    """Makes drop-down lists; columns that offer the same share one.

    Attributes:
        workbook: the workbook, which gets the hidden sheet.
        template: what can be chosen.
    """

    workbook: Workbook
    template: Template
    _ranges: dict[tuple[str, ...], str] = field(default_factory=dict)

    def offer(self, worksheet: Worksheet, column: Column, number: int) -> None:
        """Give the cells of a column their drop-down list, where there is something to choose."""
        known, own = self._known(column), self._own(column)
        if not known and not own:
            return
        closed = bool(known) and not own and not column.several
        validation = DataValidation(
            type="list",
            formula1=self._range(known, own),
            allow_blank=True,
            showErrorMessage=closed,
            errorTitle=column.header,
            error="Choose one of the list.",
        )
        letter = get_column_letter(number)
        validation.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + INPUT_ROWS - 1}")
        worksheet.add_data_validation(validation)

    def move_last(self) -> None:
        """Put the hidden sheet behind all others."""
        self.workbook.move_sheet(LISTS, len(self.workbook.sheetnames))

    def _known(self, column: Column) -> list[str]:
        match column.kind:
            case ValueKind.UNIT:
                return list(UNITS)
            case ValueKind.CLASS:
                return sorted(class_label(class_) for class_ in column.classes)
            case ValueKind.PROPERTY:
                return sorted(self.template.properties)
            case ValueKind.THING if not _NOT_OFFERED.intersection(column.classes):
                return self.template.choices(column)[:_MOST_KNOWN]
            case _:
                return []

    def _own(self, column: Column) -> list[Sheet]:
        if column.kind is not ValueKind.THING:
            return []
        return [sheet for sheet in self.template.sheets if sheet.of.target in self.template.classes[column]]

    def _range(self, known: list[str], own: list[Sheet]) -> str:
        """Write a list into a column of the hidden sheet and return where: what is known, then the rows of sheets."""
        key = (*known, "", *(sheet.of.name for sheet in own))
        if key not in self._ranges:
            hidden = self._sheet()
            number = len(self._ranges) + 1
            values = [*known, *(text for sheet in own for text in _formulas(sheet, len(own)))]
            for row, value in enumerate(values, start=1):
                cell = hidden.cell(row, number, value)
                if row <= len(known):
                    cell.data_type = "s"
            letter = get_column_letter(number)
            self._ranges[key] = f"{LISTS}!${letter}$1:${letter}${len(values)}"
        return self._ranges[key]

    def _sheet(self) -> Worksheet:
        if LISTS not in self.workbook.sheetnames:
            self.workbook.create_sheet(LISTS).sheet_state = "hidden"
        found = self.workbook[LISTS]
        if not isinstance(found, Worksheet):
            raise TypeError(LISTS)
        return found


def _formulas(sheet: Sheet, sheets: int) -> list[str]:
    """Return formulas that give the labels of the rows of a sheet, fewer where a list is made of many sheets."""
    name = quote_sheetname(sheet.of.name)
    rows = range(FIRST_ROW, FIRST_ROW + max(30, _OWN_ROWS // sheets))
    return [f'={name}!$A${row}&""' for row in rows]
