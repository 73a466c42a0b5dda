"""Text in cells: several values in one, and what a spreadsheet makes of text."""

import re
from datetime import date, datetime, time, timedelta

from rdflib import URIRef

from fsp.validation.workbook.columns import Column
from fsp.validation.workbook.tables import Cell
from fsp.validation.workbook.unclear import UnclearError

__all__ = ["cell_text", "class_label", "class_name", "joined", "parts"]


def cell_text(cell: Cell) -> str:
    """Return the text of a cell that is to hold text.

    Raises:
        UnclearError: the spreadsheet made something else of what was typed.
    """
    match cell.value:
        case str(text):
            return text.strip()
        case bool():
            raise UnclearError(
                "The spreadsheet made a truth value of it: write it again in a cell with the format Text."
            )
        case date() | datetime() | time() | timedelta():
            raise UnclearError(
                f"The spreadsheet made a date of it ({cell.text}): give the cell the format Text and write it again."
            )
        case int() | float() as number if number % 1 == 0:
            return str(int(number))
        case _:
            return cell.text


def parts(text: str, *, several: bool) -> list[str]:
    r"""Return the values of a cell: `;` is between them where there may be several; `\;` is a semicolon itself."""
    if not several:
        return [text]
    found = (part.replace("\\;", ";").strip() for part in re.split(r"(?<!\\);", text))
    return list(dict.fromkeys(part for part in found if part))


def joined(values: list[str], *, several: bool) -> str:
    """Return values as one cell: the way back from `parts`."""
    return "; ".join(value.replace(";", "\\;") for value in values) if several else "".join(values)


def class_label(class_: URIRef) -> str:
    """Return a class of another vocabulary in words: `cv:PublicOrganisation` is 'public organisation'."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.split(r"[/#]", class_)[-1]).lower()


def class_name(text: str, column: Column) -> URIRef:
    """Return the class that a text names among those that a column offers.

    Raises:
        UnclearError: it names none.
    """
    names = {class_label(class_): class_ for class_ in column.classes}
    found = names.get(" ".join(text.lower().split()))
    if found is None:
        raise UnclearError(f"'{text}' is no class that can be chosen here: write {' or '.join(names)}, or nothing.")
    return found
