"""`fsp citations`: check citations against the text that they cite."""

from pathlib import Path

import click

from fsp.cli.errors import NEGATIVE
from fsp.dataset.files import dataset_of, project_dataset
from fsp.validation.citation_report import citation_report, citations_as_csv, citations_as_json, citations_as_text
from fsp.validation.graphs import default_graph
from fsp.validation.source import load_source

__all__ = ["citations"]

_FORMATS = {"text": citations_as_text, "csv": citations_as_csv, "json": citations_as_json}


@click.command()
@click.option(
    "--source",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="FSP_SOURCE",
    show_envvar=True,
    help="File with the text of the source.",
)
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    help="RDF file or folder to check instead; can be repeated.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(_FORMATS)),
    default="text",
    show_default=True,
    help="How the report is written.",
)
@click.pass_context
def citations(context: click.Context, source: Path | None, data: tuple[Path, ...], format_name: str) -> None:
    """Check each citation against the text that it cites, and tell which sentences no citation covers.

    A citation holds the place of a passage and its SHA-256, never its words. Whoever has the text can recompute it:
    offsets count code points of the text decoded as UTF-8. Without --source only the form of the citations is checked.

    \b
    Examples:
      fsp citations --source case-studies.txt
      fsp citations --source case-studies.txt --format csv > citations.csv

    \b
    Exit codes:
      0  every citation is right, and every sentence is covered
      1  a citation is wrong, or a sentence is not covered
      2  a file cannot be read, or is none of the sources
    """  # noqa: D301 - click reads \b as a control character
    text = None if source is None else load_source(source)
    graph = default_graph(dataset_of(data) if data else project_dataset())
    report = citation_report(graph, text)
    click.echo(_FORMATS[format_name](report), nl=False)
    if not report.passes:
        context.exit(NEGATIVE)
