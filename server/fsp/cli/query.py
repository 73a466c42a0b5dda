"""`fsp query`: the canned queries, each a command of its own."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fsp.catalogue.answer import Slice, explain
from fsp.catalogue.choices import prepare, resolve
from fsp.catalogue.labels import labels
from fsp.catalogue.parameters import Parameter
from fsp.catalogue.plain import plain_answer
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.catalogue.table import with_labels
from fsp.catalogue.workbook import write_workbook
from fsp.cli.engine import opened
from fsp.cli.options import settings_options
from fsp.cli.sparql import print_answer, print_preview, wants_table
from fsp.dataset.about import describe_dataset
from fsp.dataset.files import project_folder
from fsp.errors import NotAcceptableError, NotFoundError
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.preview import read_preview
from fsp.settings import Settings

__all__ = ["query"]

_VALUES = "Give an option again for several values, and '' for any. What has a name can be given by its name, its short\
 name (the end of its IRI), a prefixed name or its IRI."


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    return Catalogue.load(project_folder() / "queries")


class _Queries(click.Group):
    """A group whose commands are made from the headers of the queries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the queries."""
        del ctx
        return [query.name for query in _catalogue()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of one query."""
        del ctx
        return _command(_catalogue().get(cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named, or say which names are like it."""
        try:
            return super().resolve_command(ctx, args)
        except NotFoundError as error:
            raise click.UsageError(f"{error} `fsp query` lists all.", ctx) from error


@click.group(cls=_Queries, invoke_without_command=True)
@click.option(
    "--format", "format_name", type=click.Choice(["table", "csv"]), help="Default: table for a terminal, else csv."
)
@click.pass_context
def query(context: click.Context, format_name: str | None) -> None:
    """Ask one of the canned queries, or list them.

    \b
    Examples:
      fsp query
      fsp query cases-by-principle --help
      fsp query cases-by-principle --principle charitable-arms
      fsp query contracts --format json
    """  # noqa: D301 - click reads \b as a control character
    if context.invoked_subcommand is None:
        _list(_catalogue(), as_table=wants_table(format_name))


def _list(catalogue: Catalogue, *, as_table: bool) -> None:
    if not as_table:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("name", "summary", "tags"))
        writer.writerows((found.name, found.summary, " ".join(found.tags)) for found in catalogue)
        return
    table = Table("Group", "Name", "Question", header_style="bold")
    for tag, queries in catalogue.by_tag().items():
        for number, found in enumerate(queries):
            table.add_row(tag if number == 0 else "", found.name, escape(found.summary))
    Console().print(table)
    click.echo("`fsp query NAME --help` tells what can be chosen.", err=True)


def _command(found: CannedQuery) -> click.Command:
    """Make the command of one query: an option for each parameter, and those that every query has."""

    @settings_options("timeout", "memory", "result_size")
    def ask(
        format_name: str | None, data: tuple[Path, ...], store: Path | None, settings: Settings, **values: Sequence[str]
    ) -> None:
        given = {name: texts for name, texts in values.items() if texts}
        with opened(data, store, replace(settings, workers=1)) as engine:
            if wants_table(format_name):
                _print_table(engine.executor, found, prepare(found, given, engine.executor))
            elif format_name in {"rows", "xlsx"}:
                _print_explained(engine.executor, found, given, format_name)
            else:
                text = prepare(found, given, engine.executor)
                print_answer(engine.executor, QueryRequest(text, None, None), format_name)

    options: list[click.Parameter] = [
        *(_option(parameter) for parameter in found.parameters.values()),
        click.Option(
            ["--format", "format_name"],
            type=click.Choice(["table", *BY_NAME, "rows", "xlsx"]),
            help="Default: table for a terminal, else csv or ttl. rows is plain JSON and xlsx a workbook, with labels.",
        ),
        click.Option(
            ["--data"],
            multiple=True,
            type=click.Path(path_type=Path),
            help="RDF file or folder to ask instead; can be repeated.",
        ),
        click.Option(
            ["--store"], type=click.Path(file_okay=False, path_type=Path), help="Store on disk to ask instead."
        ),
        *getattr(ask, "__click_params__", [])[::-1],
    ]
    return click.Command(
        found.name,
        params=options,
        callback=ask,
        help=f"{found.summary}\n\n{found.description}" + (f"\n\n{_VALUES}" if found.parameters else ""),
        short_help=found.summary,
    )


def _print_table(executor: Executor, found: CannedQuery, text: str) -> None:
    """Print the beginning of an answer with the label of each thing."""
    preview = read_preview(executor, QueryRequest(text, None, None))
    iris = {value.value for row in preview.rows for value in row if isinstance(value, ox.NamedNode)}
    print_preview(with_labels(preview, found.columns, labels(executor, iris)))


def _print_explained(
    executor: Executor, found: CannedQuery, given: Mapping[str, Sequence[str]], format_name: str
) -> None:
    """Print rows with their labels, evidence and coverage: as JSON, or as a workbook."""
    if found.form != "SELECT":
        raise NotAcceptableError(
            f"'{found.name}' is a {found.form} query and has no rows: choose ttl, nt, rdf or jsonld."
        )
    if format_name == "xlsx" and sys.stdout.isatty():
        raise click.UsageError(f"A workbook is no text: write it to a file, as in > {found.name}.xlsx")
    answer = explain(executor, found, resolve(found, given, executor), Slice())
    if format_name == "rows":
        click.echo(json.dumps(plain_answer(answer), ensure_ascii=False, indent=2))
    else:
        sys.stdout.buffer.write(write_workbook(answer, _facts(executor, found)))
        sys.stdout.buffer.flush()
    if answer.truncated:
        count = len(answer.rows.rows)
        click.echo(f"There is more: these are {count:,} of {answer.total:,} rows; csv holds all of them.", err=True)


def _facts(executor: Executor, found: CannedQuery) -> list[tuple[str, str]]:
    about = describe_dataset(executor)
    facts = (
        ("Query", f"{found.name}, version {found.version}"),
        ("Dataset", about.title),
        ("SHA-256 of the dataset", about.digest),
        ("Source", about.source),
        ("Made by", about.creator),
        ("Licence", about.licence),
    )
    return [(name, value) for name, value in facts if value]


def _option(parameter: Parameter) -> click.Option:
    help_ = [f"{parameter.label}. {parameter.description}"]
    if parameter.choices:
        help_.append(f"One of {', '.join(choice.label for choice in parameter.choices)}.")
    default = ", ".join(term.value for term in parameter.default)
    help_.append(f"[default: {default or 'any'}]")
    metavar = "NAME" if parameter.type.is_iri else parameter.type.upper()
    declarations: list[Any] = [parameter.option, parameter.name]
    return click.Option(declarations, multiple=True, metavar=metavar, help=" ".join(help_))
