"""`fsp registers`: the reference data of others, what a newer state would change, and taking it."""

import csv
import sys
from pathlib import Path

import click
from rdflib.namespace import DCTERMS, PROV
from rich.console import Console
from rich.table import Table

from fsp.cli.errors import NEGATIVE
from fsp.cli.sparql import wants_table
from fsp.linking.registers.changes import COLUMNS
from fsp.linking.registers.register import REGISTERS, Refresh, Register, take
from fsp.linking.registers.register import refresh as refreshed_from

__all__ = ["registers"]

_FORMAT = click.option(
    "--format", "format_name", type=click.Choice(["table", "csv"]), help="Default: table for a terminal, else csv."
)


@click.group()
def registers() -> None:
    """Show and refresh the registers: reference data of others, each in a named graph of its own.

    \b
    Examples:
      fsp registers list
      fsp registers refresh ../reference
      fsp registers refresh ../reference --apply
    """  # noqa: D301 - click reads \b as a control character


@registers.command("list")
@_FORMAT
def list_(format_name: str | None) -> None:
    """List the registers with graph, size, state of the sources and licence."""
    _print(
        ("register", "graph", "triples", "retrieved", "licence", "source"),
        [row for register in REGISTERS for row in _rows(register)],
        as_table=wants_table(format_name),
    )


def _rows(register: Register) -> list[tuple[str, ...]]:
    """Return a row for each source of a register."""
    graph = register.read()
    rows = []
    for dataset, source in sorted(graph.subject_objects(PROV.wasDerivedFrom)):
        retrieved = graph.value(dataset, DCTERMS.modified)
        licence = graph.value(source, DCTERMS.license)
        cells = (register.name, register.graph, len(graph), retrieved or "", licence, source)
        rows.append(tuple(map(str, cells)))
    return rows


@registers.command()
@click.argument("source", metavar="SOURCE_FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Take the newer state: write all registers, or none.")
@_FORMAT
@click.pass_context
def refresh(context: click.Context, source: Path, apply_: bool, format_name: str | None) -> None:
    """Show what a newer state of the reference data would change; take it with --apply.

    SOURCE_FOLDER holds a folder for each register: uk-local-authorities, org-id. Each has a SOURCE.md that names the
    repositories with commit and date. What the rules mended is told on stderr.

    \b
    Exit codes:
      0  nothing would change, or --apply: done
      1  something would change, and nothing was written
      2  the source cannot be read, or a register cannot be written
    """  # noqa: D301 - click reads \b as a control character
    refreshed = refreshed_from(source)
    for one in refreshed:
        _tell(one)
    rows = [(one.register.name, *change.row()) for one in refreshed for change in one.changes]
    _print(("register", *COLUMNS), rows, as_table=wants_table(format_name))
    if apply_:
        take(refreshed)
        click.echo(f"Wrote {', '.join(one.register.file for one in refreshed)}.", err=True)
    elif rows:
        click.echo("Nothing was written: --apply takes these changes.", err=True)
        context.exit(NEGATIVE)


def _tell(refreshed: Refresh) -> None:
    """Say on stderr what was mended and what was left out."""
    for rule, number in refreshed.made.repairs.items():
        click.echo(f"{refreshed.register.name}: mended {number}: {rule}", err=True)
    for sentence in refreshed.made.left_out:
        click.echo(f"{refreshed.register.name}: left out: {sentence}", err=True)


def _print(columns: tuple[str, ...], rows: list[tuple[str, ...]], *, as_table: bool) -> None:
    if not as_table:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
        return
    table = Table(header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
