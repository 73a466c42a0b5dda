"""`fsp query`: the canned queries, each a command of its own."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fsp.catalogue.choices import prepare
from fsp.catalogue.parameters import Parameter
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.catalogue.table import with_labels
from fsp.cli.engine import opened
from fsp.cli.options import settings_options
from fsp.cli.sparql import FORMAT_CHOICE, print_answer, print_preview, wants_table
from fsp.dataset.files import project_folder
from fsp.errors import NotFoundError
from fsp.execution.interface import QueryRequest
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
            text = prepare(found, given, engine.executor)
            request = QueryRequest(text, None, None)
            if wants_table(format_name):
                print_preview(with_labels(read_preview(engine.executor, request)))
            else:
                print_answer(engine.executor, request, format_name)

    options: list[click.Parameter] = [
        *(_option(parameter) for parameter in found.parameters.values()),
        click.Option(
            ["--format", "format_name"], type=FORMAT_CHOICE, help="Default: table for a terminal, else csv or ttl."
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


def _option(parameter: Parameter) -> click.Option:
    help_ = [f"{parameter.label}. {parameter.description}"]
    if parameter.choices:
        help_.append(f"One of {', '.join(choice.label for choice in parameter.choices)}.")
    default = ", ".join(term.value for term in parameter.default)
    help_.append(f"[default: {default or 'any'}]")
    metavar = "NAME" if parameter.type.is_iri else parameter.type.upper()
    declarations: list[Any] = [parameter.option, parameter.name]
    return click.Option(declarations, multiple=True, metavar=metavar, help=" ".join(help_))
