"""`fsp sparql`: one query, without a server."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import IO

import click
import pyoxigraph as ox
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fsp.cli.engine import opened
from fsp.cli.options import settings_options
from fsp.execution.formats import BY_NAME, GRAPH_FORMATS, SOLUTION_FORMATS, Format
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.preview import Preview, Term, read_preview, short
from fsp.settings import Settings

__all__ = ["FORMAT_CHOICE", "print_answer", "print_preview", "sparql", "wants_table"]

FORMAT_CHOICE = click.Choice(["table", *BY_NAME])


@click.command()
@click.argument("query", required=False)
@click.option("--file", type=click.File(encoding="utf-8"), help="File that holds the query; - reads it from stdin.")
@click.option("--format", "format_name", type=FORMAT_CHOICE, help="Default: table for a terminal, else csv or ttl.")
@click.option(
    "--data", multiple=True, type=click.Path(path_type=Path), help="RDF file or folder to ask instead; can be repeated."
)
@click.option("--store", type=click.Path(file_okay=False, path_type=Path), help="Store on disk to ask instead.")
@settings_options("timeout", "memory", "result_size")
def sparql(  # noqa: PLR0913, PLR0917 - click hands over each option
    query: str | None,
    file: IO[str] | None,
    format_name: str | None,
    data: tuple[Path, ...],
    store: Path | None,
    settings: Settings,
) -> None:
    """Evaluate a SPARQL query over the project's data, or over other files.

    \b
    Examples:
      fsp sparql 'SELECT DISTINCT ?class { ?thing a ?class }'
      fsp sparql --file query.rq --format json
      echo 'ASK { ?s ?p ?o }' | fsp sparql -
    """  # noqa: D301 - click reads \b as a control character
    if (query is None) == (file is None):
        raise click.UsageError("Give one query: as an argument, with --file, or - to read it from stdin.")
    text = file.read() if file is not None else sys.stdin.read() if query == "-" else query
    with opened(data, store, replace(settings, workers=1)) as engine:
        print_answer(engine.executor, QueryRequest(text or "", None, None), format_name)


def print_answer(executor: Executor, request: QueryRequest, format_name: str | None) -> None:
    """Evaluate a query and print its answer: a table for a person, bytes in a format for a program.

    Args:
        executor: evaluates the query.
        request: the query; its formats are chosen here.
        format_name: `table` or the name of a format; by default a table where stdout is a terminal.
    """
    if wants_table(format_name):
        print_preview(read_preview(executor, request))
        return
    solutions, graph = _formats(format_name)
    with executor.execute(QueryRequest(request.query, solutions, graph)) as answer:
        for chunk in answer:
            sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def wants_table(format_name: str | None) -> bool:
    """Tell whether the answer is for a person: a table was asked for, or stdout is a terminal."""
    return format_name == "table" or (format_name is None and sys.stdout.isatty())


def _formats(name: str | None) -> tuple[Format | None, Format | None]:
    if name is None:
        return BY_NAME["csv"], BY_NAME["ttl"]
    chosen = BY_NAME[name]
    # `json` and `xml` say what to make of a graph too.
    graph = next((format_ for format_ in GRAPH_FORMATS if name in {format_.name, *format_.aliases}), None)
    return chosen if chosen in SOLUTION_FORMATS else None, graph


def print_preview(preview: Preview) -> None:
    """Print the beginning of an answer for a person."""
    console = Console()
    if preview.boolean is not None:
        console.print("true" if preview.boolean else "false")
    elif preview.text is not None:
        console.out(preview.text, highlight=False, end="")
    else:
        table = Table(header_style="bold")
        for name in preview.names:
            table.add_column(name, overflow="fold")  # many columns are narrow: nothing of a cell is left out
        for row in preview.rows:
            table.add_row(*(escape(_show(term)) for term in row))
        console.print(table)
        click.echo(f"{len(preview.rows):,} solutions" if len(preview.rows) != 1 else "1 solution", err=True)
    if not preview.whole:
        click.echo("There is more: choose a --format to get all of it.", err=True)


def _show(term: Term | None) -> str:
    if isinstance(term, ox.NamedNode):
        return short(term)
    return term.value if isinstance(term, ox.Literal) else str(term or "")
