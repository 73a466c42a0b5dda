"""`fsp export`: write the whole dataset as one file."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from fsp.dataset.export import EXPORT_FORMATS, write_dataset
from fsp.dataset.files import dataset_of, project_dataset

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
    dataset = dataset_of(files) if files else project_dataset()
    name = format_name or (output.suffix.removeprefix(".") if output else "trig")
    if name not in EXPORT_FORMATS:
        raise click.UsageError(f"The format is unknown: choose --format from {', '.join(EXPORT_FORMATS)}.")
    if output is None:
        write_dataset(dataset, sys.stdout.buffer, name)
        return
    with _written_whole(output) as stream:
        write_dataset(dataset, stream, name)


@contextmanager
def _written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside the one to write, which takes its place once all is on the disk."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise click.FileError(str(path), error.strerror or "it cannot be written") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the mask for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
