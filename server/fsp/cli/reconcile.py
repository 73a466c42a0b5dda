"""`fsp reconcile`: match a column of a spreadsheet."""

import sys
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from fsp.cli.engine import opened
from fsp.cli.options import settings_options
from fsp.dataset.whole import written_whole
from fsp.errors import InputError
from fsp.linking.reconciliation.requests import expand, is_day
from fsp.linking.reconciliation.service import Reconciler
from fsp.linking.reconciliation.spreadsheet import read_sheet, write_sheet
from fsp.linking.reconciliation.table import ADDED, Asked, Counts, reconciled_rows
from fsp.settings import Settings

__all__ = ["reconcile"]

_WRITTEN = (".csv", ".tsv", ".xlsx")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", required=True, metavar="HEADER", help="The column with the names or identifiers.")
@click.option("--type", "types", multiple=True, help="Only things of this type, by its name or IRI; can be repeated.")
@click.option("--on", metavar="DATE", default="", help="Only things that existed on this day, such as 2012-04-01.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook; else the first one.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option(
    "--data", multiple=True, type=click.Path(path_type=Path), help="RDF file or folder to match with; can be repeated."
)
@click.option("--store", type=click.Path(file_okay=False, path_type=Path), help="Store on disk to match with instead.")
@settings_options("timeout", "memory", "endpoint", "reconcile_most")
def reconcile(  # noqa: PLR0913, PLR0917 - click hands over each option
    file: Path,
    column: str,
    types: tuple[str, ...],
    on: str,
    sheet: str | None,
    output: Path | None,
    data: tuple[Path, ...],
    store: Path | None,
    settings: Settings,
) -> None:
    """Match the names in a column of FILE (.csv, .tsv, .xlsx) with the bodies, places and concepts of the data.

    All columns stay as they are, and five are added: the match, its name, the score, what else it may be, and `review`:
    why a person should look at the row. Only what can mean one thing alone is a match. Without --output the file is
    written beside FILE, with -reconciled in its name; a former one is replaced, whole or not at all.

    \b
    Examples:
      fsp reconcile spending.csv --column 'Supplier name'
      fsp reconcile councils.xlsx --column Council --type 'Body in a register' --on 2012-04-01
      fsp reconcile codes.csv --column GSS -o matched.xlsx

    \b
    Exit codes:
      0  written; the summary says how many rows to look at
      2  the file or the column cannot be used, or a limit was met
    """  # noqa: D301 - click reads \b as a control character
    if on and not is_day(on):
        raise click.UsageError(f"'{on}' is no day: write it as 2012-04-01.")
    target = _target(file, output)
    read = read_sheet(file, sheet)
    place = read.column(column)
    counts = Counts()
    with opened(data, store, replace(settings, workers=1)) as engine:
        reconciler = Reconciler(engine.executor, settings.reconcile_most, settings.limits)
        kinds = tuple(_type(reconciler, name) for name in types)
        console = Console(stderr=True)
        rows = track(read.rows, "Matching", console=console, transient=True, disable=not sys.stderr.isatty())
        with written_whole(target) as stream:
            matched = reconciled_rows(reconciler, rows, Asked(place, kinds, on), counts)
            write_sheet(stream, target.suffix.lower(), read, _headers(read.headers), matched)
    _summarise(counts, target)


def _target(file: Path, output: Path | None) -> Path:
    suffix = file.suffix.lower() if file.suffix.lower() in _WRITTEN else ".xlsx"
    target = output or file.with_name(f"{file.stem}-reconciled{suffix}")
    if target.suffix.lower() not in _WRITTEN:
        raise click.UsageError(f"{target} cannot be written: let its name end with {', '.join(_WRITTEN)}.")
    if target.exists() and target.samefile(file):
        raise click.UsageError("The file itself is never overwritten: name another by --output.")
    return target


def _headers(own: list[str]) -> list[str]:
    """Return all headers: an added one that the file has already gets a number."""
    headers = list(own)
    for name in ADDED:
        number = 1
        while (header := name if number == 1 else f"{name} {number}") in headers:
            number += 1
        headers.append(header)
    return headers


def _type(reconciler: Reconciler, name: str) -> str:
    known = reconciler.suggest_types("", 0, most=None)
    for one in known:
        if name.casefold() == one["name"].casefold() or expand(name) == one["id"]:
            return str(one["id"])
    raise InputError(f"There is no type '{name}'. Types are: {', '.join(one['name'] for one in known)}.")


def _summarise(counts: Counts, target: Path) -> None:
    """Tell what became of the rows, on stderr."""
    rows = counts.rows
    click.echo(
        f"{rows.total():,} rows: {rows['matched']:,} matched, {rows['review']:,} to look at, {rows['empty']:,} empty.",
        err=True,
    )
    for reason, count in counts.reasons.most_common():
        click.echo(f"  {count:>6,}  {reason}", err=True)
    click.echo(f"Written to {target}. Filter the column 'review' to see what needs a look.", err=True)
