"""`fsp links`: make the links from their table of evidence, and write them for others."""

from pathlib import Path

import click
from rdflib import Graph

from fsp.cli.engine import opened
from fsp.cli.options import settings_options
from fsp.cli.review import review
from fsp.dataset.files import project_folder
from fsp.dataset.whole import locked, written_whole
from fsp.linking.links.export import identifiers_csv, mappings_sssom
from fsp.linking.links.make import links_turtle
from fsp.settings import Settings

__all__ = ["links"]

_FORMATS = {"csv": identifiers_csv, "sssom": mappings_sssom}


@click.group()
def links() -> None:
    """Make, export and review the links: identifiers of the cases' bodies and places, and what they match elsewhere.

    \b
    Examples:
      fsp links export --format csv
      fsp links export --format sssom > links.sssom.tsv
      fsp links build
      fsp links review
    """  # noqa: D301 - click reads \b as a control character


@links.command()
@click.option("--format", "format_name", type=click.Choice(sorted(_FORMATS)), default="csv", show_default=True)
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    help="RDF file or folder to read instead; can be repeated.",
)
@settings_options("timeout", "memory", "result_size")
def export(format_name: str, data: tuple[Path, ...], settings: Settings) -> None:
    """Write the identifiers as CSV, or the mappings as SSSOM/TSV, to stdout."""
    with opened(data, None, settings) as engine:
        click.echo(_FORMATS[format_name](engine.executor), nl=False)


@links.command()
def build() -> None:
    """Make data/links.ttl from data/links.csv, the register of local authorities and the labels of the data."""
    folder = project_folder() / "data"
    text = links_turtle(folder)
    with locked(folder / "links.ttl"), written_whole(folder / "links.ttl") as stream:
        stream.write(text.encode())
    click.echo(f"Wrote data/links.ttl: {len(Graph().parse(data=text)):,} triples.", err=True)


links.add_command(review)
