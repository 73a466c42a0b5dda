"""`fsp convert`: turn a workbook or CSV files into Turtle."""

from pathlib import Path

import click

from fsp.dataset.files import DatasetFile
from fsp.dataset.whole import written_whole
from fsp.errors import DataError, InputError
from fsp.turtle.write import write
from fsp.validation.inputs import TABLE_SUFFIXES
from fsp.validation.published import Published
from fsp.validation.workbook.read import parse_workbook
from fsp.validation.workbook.template import Template

__all__ = ["convert"]

_CSV_SUFFIXES = (".csv", ".tsv")


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else stdout.")
def convert(files: tuple[Path, ...], output: Path | None) -> None:
    """Turn a workbook (.xlsx), or CSV files, into Turtle.

    A CSV file holds one sheet and is named as the sheet is, such as Contracts.csv; name the files, or their folder.
    How dates and numbers were understood is told on stderr. Where a cell cannot be understood, nothing is written.
    The rules are not checked: fsp validate does that, with workbooks too.

    \b
    Examples:
      fsp convert case.xlsx -o case.ttl
      fsp convert folder-of-csv > case.ttl

    \b
    Exit codes:
      0  done
      2  a file or a cell cannot be understood: the report says where and why
    """  # noqa: D301 - click reads \b as a control character
    sources = _files(files)
    published = Published.load()
    parsed = parse_workbook(sources, Template(published.shapes, published.graph))
    for remark in parsed.remarks:
        click.echo(f"Note: {remark.place}: {remark.message}", err=True)
    for fault in parsed.faults:
        click.echo(fault.shown(), err=True)
    if parsed.faults:
        count = len(parsed.faults)
        raise InputError(f"Nothing was written: correct the {count} {'fault' if count == 1 else 'faults'} told above.")
    text = write(parsed.graph, parsed.prefixes)
    if output is None:
        click.echo(text, nl=False)
        return
    with written_whole(output) as stream:
        stream.write(text.encode())


def _files(paths: tuple[Path, ...]) -> list[DatasetFile]:
    """Return the files to read: one workbook, or CSV files and those of folders.

    Raises:
        DataError: one is of another kind, or a workbook is not the only one.
    """
    found: list[Path] = []
    for path in paths:
        inside = (
            sorted(file for file in path.iterdir() if file.suffix.lower() in _CSV_SUFFIXES) if path.is_dir() else [path]
        )
        if not inside:
            raise DataError(f"The folder {path} holds no CSV file.", file=str(path))
        found += inside
    for path in found:
        if path.suffix.lower() not in TABLE_SUFFIXES:
            raise DataError(f"{path} is no workbook: known are {', '.join(TABLE_SUFFIXES)}.", file=str(path))
        if path.suffix.lower() not in _CSV_SUFFIXES and len(found) > 1:
            raise DataError(f"{path} is a workbook: convert it alone, or give CSV files only.", file=str(path))
    return [DatasetFile(path, str(path)) for path in found]
