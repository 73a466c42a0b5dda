"""Read the tables of a register's source folder."""

import csv
from collections.abc import Iterable
from pathlib import Path

from fsp.errors import DataError

__all__ = ["Row", "read_table", "source_file"]

Row = dict[str, str]
"""One row: the text of each cell, without white space around it, by the name of its column."""


def source_file(folder: Path, name: str) -> Path:
    """Return a file of the source folder.

    Raises:
        DataError: it is not there.
    """
    path = folder / name
    if not path.is_file():
        raise DataError(
            f"{folder.name} has no file {name}: name the folder that holds the reference data.", file=str(path)
        )
    return path


def read_table(folder: Path, name: str, columns: Iterable[str]) -> list[Row]:
    """Read a table: CSV, or TSV where the suffix says so, with the names of the columns in its first row.

    Args:
        folder: the source folder.
        name: path of the table below it.
        columns: the columns that are needed; others are allowed.

    Raises:
        DataError: the file is missing or not UTF-8, a column is missing, or a row is longer or shorter than the first.
    """
    path = source_file(folder, name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, delimiter="\t" if path.suffix == ".tsv" else ",")
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise DataError(f"{name} has no column {missing[0]!r}: its form has changed.", file=str(path), line=1)
            rows = []
            for row in reader:
                if None in row:
                    raise DataError(
                        f"{name}, line {reader.line_num}: more cells than columns.",
                        file=str(path),
                        line=reader.line_num,
                    )
                if None in row.values():
                    raise DataError(
                        f"{name}, line {reader.line_num}: fewer cells than columns. Is the file whole? Fetch it again.",
                        file=str(path),
                        line=reader.line_num,
                    )
                rows.append({column: value.strip() for column, value in row.items()})
            return rows
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{name} is not a table in UTF-8: {error}.", file=str(path)) from error
