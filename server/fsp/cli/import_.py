"""`fsp import`: bring data that others publish into the project's own model."""

import gzip
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, cast

import click
import pyoxigraph as ox
from rdflib import Graph
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from fsp.dataset.terms import rdflib_term
from fsp.dataset.whole import written_whole
from fsp.linking.imports.accounts import as_csv, as_json, as_text
from fsp.linking.imports.report import ImportReport
from fsp.linking.imports.run import READERS, Import, source_files
from fsp.turtle.write import write

__all__ = ["import_"]

_FORMATS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".ttl": ox.RdfFormat.N_TRIPLES}
_IN_MEMORY = 32 * 1024 * 1024


@click.command("import")
@click.argument("standard", type=click.Choice(list(READERS)))
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write: .nq, .trig or .ttl; else stdout.",
)
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="File for the whole report: .json or .csv."
)
@click.option("--licence", metavar="IRI", help="Licence of the data, where the files do not name it.")
@click.option("--language", metavar="TAG", help="Language of the texts, such as en, where the files do not name it.")
@click.option("--personal-data", is_flag=True, help="Keep contact points, e-mail addresses and telephone numbers too.")
def import_(  # noqa: PLR0913, PLR0917 - one for each option
    standard: str,
    files: tuple[Path, ...],
    output: Path | None,
    report: Path | None,
    licence: str | None,
    language: str | None,
    personal_data: bool,
) -> None:
    """Turn published data into RDF in the project's own model: OCDS packages (1.1) or 360Giving grants.

    ocds reads release and record packages in JSON, 360giving reads JSON and CSV; each with .gz. The output is .trig or
    .nq, or these with .gz, where every file is a named graph; or .ttl for one file, in the project's style. All or
    nothing is written. The report on stderr accounts for every field. Personal data is left out, and counted.

    \b
    Examples:
      fsp import ocds *.json -o contracts.trig
      fsp import 360giving grants.csv --language en -o grants.nq.gz --report report.json

    \b
    Exit codes:
      0  done
      2  not done: a file is not what it should be, or cannot be read or written
    """  # noqa: D301 - click reads \b as a control character
    format_ = _format(output, len(files))
    if report is not None and report.suffix not in {".json", ".csv"}:
        raise click.UsageError("The report is .json or .csv: name it so.")
    sources = source_files(files)
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with (
        _written(output) as stream,
        Progress(*columns, console=console, disable=not console.is_terminal) as progress,
    ):
        # Each file is read twice: once to see that it is whole, once to map it.
        task = progress.add_task("Importing", total=2 * sum(source.path.stat().st_size for source in sources))
        made = Import(standard, licence, language, personal_data, lambda size: progress.advance(task, size))
        made.write(sources, stream, format_)
        if report is not None:
            _write_report(report, made.report)
    click.echo(as_text(made.report), err=True, nl=False)


def _format(output: Path | None, files: int) -> ox.RdfFormat:
    if output is None:
        return ox.RdfFormat.TRIG
    suffix = Path(output.name.removesuffix(".gz")).suffix
    if suffix not in _FORMATS or output.name.endswith(".ttl.gz"):
        raise click.UsageError(f"{output.name}: write .nq, .trig, .nq.gz, .trig.gz, or .ttl for one file.")
    if suffix == ".ttl" and files > 1:
        raise click.UsageError(f"{output.name}: Turtle has no named graphs, so it takes one file. Write .trig or .nq.")
    return _FORMATS[suffix]


@contextmanager
def _written(output: Path | None) -> Iterator[IO[bytes]]:
    """Open what is written, whole or not at all; Turtle is put into the project's style first."""
    if output is None:
        # A failure midway must not leave half of it in a pipe.
        with SpooledTemporaryFile(_IN_MEMORY) as held:
            yield cast("IO[bytes]", held)
            held.seek(0)
            shutil.copyfileobj(held, sys.stdout.buffer)
        return
    with written_whole(output) as whole:
        if output.suffix == ".gz":
            # Without name and time, so that the same data give the same bytes.
            with gzip.GzipFile(filename="", fileobj=whole, mode="wb", compresslevel=6, mtime=0) as packed:
                yield cast("IO[bytes]", packed)
        elif output.suffix == ".ttl":
            with SpooledTemporaryFile(_IN_MEMORY) as held:
                yield cast("IO[bytes]", held)
                held.seek(0)
                graph = Graph()
                for quad in ox.parse(held, ox.RdfFormat.N_TRIPLES):
                    subject, predicate, value = map(rdflib_term, quad.triple)
                    graph.add((subject, predicate, value))
                whole.write(write(graph).encode())
        else:
            yield whole


def _write_report(path: Path, made: ImportReport) -> None:
    text = as_json(made) if path.suffix == ".json" else as_csv(made)
    with written_whole(path) as stream:
        stream.write(text.encode())
