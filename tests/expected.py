"""The expected answers of the canned queries, and how a cell of theirs is compared with a term."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from rdflib.namespace import XSD

__all__ = ["EXPECTED", "Row", "Value", "read", "read_table"]

EXPECTED = Path(__file__).parent / "queries" / "expected"
Value = str | Decimal | date | bool | None
Row = tuple[Value, ...]


def read(lexical: str | None, datatype: str | None) -> Value:
    """Return the value of a cell, so that 25 and 25.0 are the same number."""
    if lexical is None:
        return None
    if datatype in {str(XSD.decimal), str(XSD.integer)}:
        return Decimal(lexical)
    if datatype == str(XSD.date):
        return date.fromisoformat(lexical)
    return lexical == "true" if datatype == str(XSD.boolean) else lexical


def read_table(name: str) -> tuple[list[str], list[list[str]]]:
    """Return the header and the lines of an expected table."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = list(csv.reader(file))
    return header, lines
