"""`fsp load`: make a store on disk."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from fsp.dataset.files import dataset_of
from fsp.dataset.store import build_store

__all__ = ["load"]


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--store", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the store; made if new."
)
def load(files: tuple[Path, ...], store: Path) -> None:
    """Load RDF files or folders into a store on disk, all or nothing.

    Any RDF format, by its suffix, and .gz after it. What is served from the store stays as it was until all is loaded;
    a service that runs keeps the former data until it is started again.

    \b
    Example:
      fsp load cases.nt.gz ontology/ --store store
      fsp serve --store store
    """  # noqa: D301 - click reads \b as a control character
    dataset = dataset_of(files)
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Loading", total=sum(file.path.stat().st_size for file in dataset.files))
        statistics = build_store(dataset, store, progress=lambda size: progress.advance(task, size))
    triples = statistics.default_graph["triples"]
    click.echo(f"{store} holds {triples:,} triples in {len(statistics.named_graphs):,} named graphs.")
