"""`fsp add`: put a new case into the data."""

from functools import partial
from pathlib import Path

import click

from fsp.catalogue.query import Catalogue
from fsp.cli.errors import FAILED, NEGATIVE, unforeseen_told
from fsp.dataset.files import DatasetFile, dataset_of, project_dataset, project_folder
from fsp.dataset.load import load
from fsp.validation.add import Addition, add_case
from fsp.validation.inputs import TABLE_SUFFIXES, named_files
from fsp.validation.preview import preview
from fsp.validation.reports.render import render

__all__ = ["add"]


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--data", type=click.Path(path_type=Path, dir_okay=False), help="File of cases; else data/cases.ttl.")
@click.option("--dry-run", is_flag=True, help="Tell what would be added, and write nothing.")
@click.pass_context
@unforeseen_told("Nothing was added.")
def add(context: click.Context, file: Path, data: Path | None, dry_run: bool) -> None:
    """Check a new case and write it into data/cases.ttl, so that the diff shows the case and nothing else.

    FILE is in any RDF format, or a workbook made by fsp template. It is validated together with the published data, and
    refused with the report where it breaks a rule that must hold, or says something else of a thing that is there.
    Triples that are there already are fine. The data changes all at once or not at all; whoever else adds, waits.

    \b
    Examples:
      fsp add new-case.ttl --dry-run
      fsp add new-case.ttl
      fsp add new-case.xlsx
      fsp add new-case.jsonld --data my-cases.ttl

    \b
    Exit codes:
      0  added, or there already
      1  refused: a Violation stands, or nothing could be checked
      2  a file cannot be read or written
    """  # noqa: D301 - click reads \b as a control character
    target = data or _checkout_data()
    case = _case(file)
    waiting = partial(click.echo, "Someone else is adding at the moment: waiting for them.", err=True)
    addition = add_case(case, target, project_dataset(), partial(_proceed, dry_run=dry_run), waiting)
    if not addition.report.readable:
        click.echo(render(addition.report, "text"), err=True, nl=False)
        click.echo("Not added: the file cannot be read.", err=True)
        context.exit(FAILED)
    if addition.is_refused:
        _tell_refusal(addition)
        context.exit(NEGATIVE)
    if not dry_run and addition.triples:
        click.echo(f"Added to {target}. Look at it with git diff, and commit it.")


def _case(file: Path) -> DatasetFile:
    """Return the file of the case: RDF that is a graph of its own, or a workbook."""
    found = named_files([file]) if file.suffix.lower() in TABLE_SUFFIXES else dataset_of([file]).files
    return found[0]


def _checkout_data() -> Path:
    folder = project_folder()
    if not (folder / "pyproject.toml").is_file():
        raise click.UsageError(
            "The data of an installed package is not changed: name your own file of cases by --data."
        )
    return folder / "data" / "cases.ttl"


def _proceed(addition: Addition, *, dry_run: bool) -> bool:
    """Tell what is added, and whether to go on."""
    if not addition.triples:
        click.echo("Nothing to add: all of it is in the data already.")
        return False
    click.echo(f"{'Would add' if dry_run else 'Adds'} {addition.triples} triples:")
    for name in addition.new:
        click.echo(f"  new    {name}")
    for name, count in addition.grown.items():
        click.echo(f"  gains  {name}: {count} more")
    catalogue = Catalogue.load(project_folder() / "queries")
    change = preview(addition.case.graph, load(project_dataset()), catalogue)
    click.echo(render(addition.report, "text", change), nl=False)
    return not dry_run


def _tell_refusal(addition: Addition) -> None:
    for clash in addition.clashes:
        click.echo(f"{clash.place}: {clash.message}" if clash.place else clash.message, err=True)
    if not addition.report.conforms:
        click.echo(render(addition.report, "text"), nl=False)
    click.echo("Not added: mend what is told above, and try again.", err=True)
