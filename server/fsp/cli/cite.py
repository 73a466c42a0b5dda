"""`fsp cite`: the citation of some words of a source text, to paste."""

import re
from pathlib import Path

import click
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD

from fsp.cli.errors import NEGATIVE
from fsp.dataset.files import dataset_of, project_dataset
from fsp.namespaces import FSP, SCHEME, THING
from fsp.prefixes import PREFIXES
from fsp.turtle.write import write
from fsp.validation.cite import BASES, citation_graph, find_words, nearest, source_of
from fsp.validation.graphs import default_graph
from fsp.validation.source import Passage, SourceText, load_source

__all__ = ["cite"]

_PREFIXES = {
    **PREFIXES,
    "basis": f"{SCHEME}basis/",
    "citation": f"{THING}citation/",
    "source": f"{THING}source/",
}


@click.command()
@click.argument("words")
@click.option(
    "--source",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="FSP_SOURCE",
    show_envvar=True,
    required=True,
    help="File with the text of the source.",
)
@click.option("--basis", type=click.Choice(BASES), default="stated", show_default=True, help="How it supports.")
@click.option("--data", multiple=True, type=click.Path(path_type=Path), help="Data that knows the source instead.")
@click.pass_context
def cite(context: click.Context, words: str, source: Path, basis: str, data: tuple[Path, ...]) -> None:
    """Print the citation of WORDS as Turtle: their place in the source text and their SHA-256, never the words.

    The words are found exactly, or else with other white space, quotation marks and dashes. Where they stand in
    several places, give more of the words around them.

    \b
    Example:
      fsp cite --source case-studies.txt "25% below the original value"

    \b
    Exit codes:
      0  found in one place
      1  found in no place, or in several
      2  a file cannot be read
    """  # noqa: D301 - click reads \b as a control character
    text = load_source(source)
    found = find_words(text, words)
    if len(found.passages) != 1:
        _tell_places(text, words, found.passages)
        context.exit(NEGATIVE)
    (passage,) = found.passages
    if not found.exact:
        click.echo(f"Found with other white space, quotation marks or dashes. The source has: {passage.text}", err=True)
    if sum(one.start < passage.end and passage.start < one.end for one in text.sentences()) > 1:
        click.echo(
            "The words reach over more than one sentence: cite each for itself, or they are not counted.", err=True
        )
    graph = default_graph(dataset_of(data) if data else project_dataset())
    known = source_of(text, graph)
    node = known or _new_source(source)
    citation, triples = citation_graph(passage, node, basis)
    if known is None:
        click.echo(f"The data does not know this text yet: {node} is made from the file's name.", err=True)
        triples += _described(node, text)
    if (citation, RDF.type, FSP.Citation) in graph:
        click.echo("The data has this citation already: refer to it.", err=True)
    click.echo(write(triples, _PREFIXES), nl=False)


def _tell_places(text: SourceText, words: str, passages: tuple[Passage, ...]) -> None:
    if passages:
        click.echo(f"The words stand in {len(passages)} places. Give more of the words around them.", err=True)
        for passage in passages:
            around = text.text[max(0, passage.start - 40) : passage.end + 40].replace("\n", " ")
            click.echo(f"  {passage.start}-{passage.end}  …{around}…", err=True)
        return
    click.echo("The words are not in the source.", err=True)
    close = nearest(text, words)
    if close is not None:
        click.echo(f"Nearest is {close.start}-{close.end}: {close.text}", err=True)


def _new_source(path: Path) -> URIRef:
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "text"
    return URIRef(f"{THING}source/{name}")


def _described(source: URIRef, text: SourceText) -> Graph:
    graph = Graph(bind_namespaces="none")
    graph.add((source, RDF.type, FSP.SourceText))
    graph.add((source, RDFS.label, Literal(source.rpartition("/")[2].replace("-", " ").capitalize(), lang="en")))
    graph.add((source, FSP.characterCount, Literal(str(len(text.text)), datatype=XSD.integer)))
    graph.add((source, FSP.sha256, Literal(text.sha256)))
    return graph
