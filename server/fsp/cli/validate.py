"""`fsp validate`: check data, published or new."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from fsp.catalogue.query import Catalogue
from fsp.cli.errors import FAILED, NEGATIVE, unforeseen_told
from fsp.dataset.files import DatasetFile, project_dataset, project_folder
from fsp.dataset.load import load
from fsp.dataset.whole import written_whole
from fsp.validation.check import check
from fsp.validation.findings import CheckReport
from fsp.validation.inputs import INPUT_FORMATS, named_files, pasted
from fsp.validation.preview import Preview, preview
from fsp.validation.published import Published
from fsp.validation.reports.as_rdf import beside_shacl
from fsp.validation.reports.as_text import styled_text
from fsp.validation.reports.formats import REPORT_FORMATS
from fsp.validation.reports.render import render
from fsp.validation.reports.words import verdict
from fsp.validation.source import load_source
from fsp.validation.workbook.read import with_tables_read

__all__ = ["validate"]

_WIDEST = 100
_PREVIEW_SECONDS = 60.0


@click.command()
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(REPORT_FORMATS)),
    help="How the report is written. Default: by the suffix of --output, else text.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write the report to, not stdout."
)
@click.option(
    "--input-format",
    type=click.Choice(list(INPUT_FORMATS)),
    default="turtle",
    show_default=True,
    help="What standard input holds.",
)
@click.option(
    "--source",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="FSP_SOURCE",
    show_envvar=True,
    help="Text that the files cite: their citations are then compared with it.",
)
@click.option(
    "--preview", "wants_preview", is_flag=True, help="Tell also what would change if the files were published."
)
@click.pass_context
@unforeseen_told("The check could not be finished.")
def validate(  # noqa: PLR0913, PLR0917 - click hands over each option
    context: click.Context,
    files: tuple[Path, ...],
    format_name: str | None,
    output: Path | None,
    input_format: str,
    source: Path | None,
    wants_preview: bool,
) -> None:
    """Check data with the project's SHACL shapes, its vocabularies, and the text that it cites.

    FILE is a file of RDF (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD; .gz may follow), a workbook, CSV, a
    folder of such files, or - for standard input. All are checked together, and together with the published data, so
    that they may refer to what is there. Without FILE, the published data is checked.

    \b
    Examples:
      fsp validate new-case.ttl
      fsp validate new-case.ttl --preview
      fsp validate case.xlsx --output report.html
      fsp validate new-cases/ --format sarif --output fsp.sarif
      curl … | fsp validate - --input-format jsonld

    \b
    Exit codes:
      0  conforms
      1  does not conform, even by a Warning, or nothing was checked
      2  a file cannot be read
    """  # noqa: D301 - click reads \b as a control character
    chosen = format_name or _format_of(output)
    _check_preview(files, chosen, wants_preview=wants_preview)
    text = None if source is None else load_source(source)
    inputs = _inputs(files, input_format)
    with _progress(f"Checking {len(inputs)} {'file' if len(inputs) == 1 else 'files'} …"):
        published = Published.load()
        report = check(with_tables_read(inputs, published), published, source=text)
    change = None
    if wants_preview and report.readable:
        with _progress("Asking the ready-made queries …"):
            change = _preview(report)
    _write(report, change, chosen, output)
    if not report.readable:
        context.exit(FAILED)
    if not report.conforms:
        context.exit(NEGATIVE)


def _format_of(output: Path | None) -> str:
    """Return the format that the name of the report's file tells."""
    suffix = "" if output is None else output.suffix.lower()
    return next((name for name, format_ in REPORT_FORMATS.items() if format_.suffix == suffix), "text")


def _check_preview(files: Sequence[Path], format_name: str, *, wants_preview: bool) -> None:
    able = [name for name, format_ in REPORT_FORMATS.items() if format_.tells_changes]
    if wants_preview and format_name not in able:
        raise click.UsageError(f"--preview can be told as {', '.join(able)}, not as {format_name}.")
    if wants_preview and not files:
        raise click.UsageError("--preview tells what files would change: name at least one.")


def _inputs(files: Sequence[Path], input_format: str) -> list[DatasetFile]:
    """Return the files to check; without any, those of the published default graph, named from the project's folder."""
    if not files:
        return [file for file in project_dataset().files if file.in_default_graph]
    found = named_files(path for path in files if path != Path("-"))
    if Path("-") in files:
        found.append(pasted(sys.stdin.buffer.read(), input_format, "stdin"))
    # A name that is no UTF-8 can be opened, but not written into a report.
    return [replace(file, name=click.format_filename(file.name)) for file in found]


def _preview(report: CheckReport) -> Preview:
    catalogue = Catalogue.load(project_folder() / "queries")
    return preview(report.part, load(project_dataset()), catalogue, _PREVIEW_SECONDS)


@contextmanager
def _progress(words: str) -> Iterator[None]:
    """Tell on a terminal that work goes on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(words):
        yield


def _write(report: CheckReport, change: Preview | None, format_name: str, output: Path | None) -> None:
    if output is None and format_name == "text" and sys.stdout.isatty():
        console = Console()
        console.print(styled_text(report, change, min(console.width, _WIDEST)), soft_wrap=True, end="")
        return
    content = render(report, format_name, change).encode()
    if output is None:
        click.echo(content, nl=False)
    else:
        with written_whole(output) as stream:
            stream.write(content)
    if output is not None or (format_name != "text" and not report.conforms):
        where = "" if output is None else f" The report is in {click.format_filename(output)}."
        left_out = f" {beside_shacl(report)}" if format_name in {"turtle", "jsonld"} and report.readable else ""
        click.echo(f"{verdict(report)}{left_out.rstrip()}{where}", err=True)
