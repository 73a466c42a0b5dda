"""`fsp serve`: the service."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from fsp.cli.engine import opened
from fsp.cli.options import settings_options
from fsp.execution.cache import CachedExecutor
from fsp.settings import Settings
from fsp.web.server import serve as run

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["serve"]

_LEAST_BODY = 32
"""MiB of a request that the server reads, at least, before the application decides."""
_MORE_THREADS = 28
"""For pages and answers that need no worker, beside those that hold or await one."""


@click.command()
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--store", type=click.Path(file_okay=False, path_type=Path), help="Store on disk, made by `fsp load`.")
@settings_options(file=True)
def serve(files: tuple[Path, ...], store: Path | None, settings: Settings) -> None:
    """Serve the project's data over HTTP, or other RDF files, a store on disk, or what another engine holds.

    Any RDF format, by its suffix, and .gz after it. Each file is a named graph; of the project's own data the default
    graph holds ontology and cases, of other files it holds all.

    \b
    Examples:
      fsp serve
      fsp serve --port 9000 --timeout 5
      fsp serve my-data/ more.nt.gz
      fsp serve --store store --settings fsp.toml
      fsp serve --endpoint http://localhost:8890/sparql

    A setting is taken from its flag, else from its environment variable, else from the file of --settings.
    """  # noqa: D301 - click reads \b as a control character
    with ExitStack() as stack:

        def create() -> "Flask":
            with _collection_paused():
                # Other processes open the data, and meanwhile this one has the pages to import.
                Thread(target=import_module, args=("fsp.web.app",)).start()
                engine = stack.enter_context(opened(files, store, settings))
                from fsp.web.app import create_app  # noqa: PLC0415 - now imported, or soon
                from fsp.web.validate import make_guard  # noqa: PLC0415

                return create_app(
                    CachedExecutor(engine.executor, settings.cache * 1024 * 1024),
                    settings,
                    default_graphs=engine.default_graphs,
                    statistics=engine.statistics,
                    guard=stack.enter_context(closing(make_guard(settings))),
                )

        run(
            create,
            host=settings.host,
            port=settings.port,
            max_body=max(settings.upload + 1, _LEAST_BODY) * 1024 * 1024,
            threads=settings.workers + settings.queue + _MORE_THREADS,
            ready=_announce,
        )


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Look for no garbage in what is made meanwhile, nor later on: it stays for as long as the service runs."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def _announce(url: str) -> None:
    click.echo(f"Serving at {url} - stop with Ctrl+C.", err=True)
