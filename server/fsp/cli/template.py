"""`fsp template`: make the workbook that a new case is written in."""

from pathlib import Path

import click

from fsp.dataset.whole import written_whole
from fsp.validation.published import Published
from fsp.validation.workbook.template import Template
from fsp.validation.workbook.write import example_workbook, make_workbook

__all__ = ["template"]


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--example", is_flag=True, help="Fill it with a published case, to see how one is written.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def template(file: Path, example: bool, force: bool) -> None:
    """Make a workbook (.xlsx) for a new case: a sheet a class, a column a property, with lists to choose from.

    It is made from the shapes that check a case. Fill it in with any spreadsheet program, then run fsp validate and
    fsp convert on it.

    \b
    Examples:
      fsp template case.xlsx
      fsp template --example example.xlsx

    \b
    Exit codes:
      0  done
      2  the file cannot be written, or is there already
    """  # noqa: D301 - click reads \b as a control character
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{file} is to be an Excel workbook: let its name end with .xlsx.")
    if file.exists() and not force:
        raise click.UsageError(f"{file} is there already: choose another name, or --force to write over it.")
    published = Published.load()
    made = Template(published.shapes, published.graph)
    content = example_workbook(made) if example else make_workbook(made)
    with written_whole(file) as stream:
        stream.write(content)
