"""`fsp validate`: check data with the project's shapes."""

from pathlib import Path

import click

from fsp.cli.errors import NEGATIVE
from fsp.dataset.files import dataset_of, project_dataset
from fsp.validation.render import as_json, as_text, as_turtle
from fsp.validation.validate import validate_dataset, validate_files

__all__ = ["validate"]

_FORMATS = {"text": as_text, "turtle": as_turtle, "json": as_json}


@click.command()
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(_FORMATS)),
    default="text",
    show_default=True,
    help="Words, the W3C validation report, or JSON.",
)
@click.pass_context
def validate(context: click.Context, files: tuple[Path, ...], format_name: str) -> None:
    """Check data with the project's SHACL shapes.

    Without FILE, all of the published data is checked. With FILE, the files (RDF files, or folders of them) are
    checked together with the published data, so that they may refer to what is there. Told is what concerns the
    things that they describe, and the things that those point to.

    \b
    Examples:
      fsp validate
      fsp validate new-case.ttl
      fsp validate new-case.ttl --format turtle > report.ttl

    \b
    Exit codes:
      0  conforms
      1  does not conform, even by a Warning, or nothing was checked
      2  a file cannot be read
    """  # noqa: D301 - click reads \b as a control character
    published = project_dataset()
    report = validate_files(dataset_of(files).files, published) if files else validate_dataset(published)
    click.echo(_FORMATS[format_name](report), nl=False)
    if format_name != "text" and not report.checked:
        click.echo("Nothing checked: no shape is about any thing of the files.", err=True)
    if not report.conforms:
        context.exit(NEGATIVE)
