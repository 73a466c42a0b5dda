"""`fsp export`: write the whole dataset as one file."""

import sys
from pathlib import Path

import click

from fsp.catalogue.rdf import published_dataset
from fsp.dataset.export import EXPORT_FORMATS, write_dataset
from fsp.dataset.files import dataset_of
from fsp.dataset.whole import written_whole

__all__ = ["export"]


@click.command()
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_name", type=click.Choice(list(EXPORT_FORMATS)), help="Format; else by the suffix.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else stdout.")
def export(files: tuple[Path, ...], format_name: str | None, output: Path | None) -> None:
    """Write the whole dataset: the project's own, or the named files and folders.

    trig, nq and jsonld hold each file as a named graph. ttl, nt and rdf hold the default graph alone. Literals stand
    as they were written. The file appears whole or not at all.

    \b
    Examples:
      fsp export --output everything.trig
      fsp export --format nt | sort
    """  # noqa: D301 - click reads \b as a control character
    dataset = dataset_of(files) if files else published_dataset()
    name = format_name or (output.suffix.removeprefix(".") if output else "trig")
    if name not in EXPORT_FORMATS:
        raise click.UsageError(f"The format is unknown: choose --format from {', '.join(EXPORT_FORMATS)}.")
    if output is None:
        write_dataset(dataset, sys.stdout.buffer, name)
        return
    with written_whole(output) as stream:
        write_dataset(dataset, stream, name)
