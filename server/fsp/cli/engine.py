"""Open what a command is to ask: the project's data, other files, or a store on disk."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from fsp.dataset.files import Dataset, dataset_of
from fsp.dataset.load import load
from fsp.dataset.statistics import Statistics
from fsp.dataset.store import open_data, open_store
from fsp.execution.embedded import EmbeddedExecutor
from fsp.execution.interface import Executor
from fsp.settings import Settings

__all__ = ["Engine", "opened"]


@dataclass(frozen=True, slots=True)
class Engine:
    """A dataset that answers queries.

    Attributes:
        executor: evaluates the queries.
        default_graphs: IRIs of the graphs whose union is the default graph; None where it is the union of all.
        statistics: counts, where they are known already.
    """

    executor: Executor
    default_graphs: tuple[str, ...] | None
    statistics: Statistics | None


@contextmanager
def opened(files: tuple[Path, ...], store: Path | None, settings: Settings) -> Iterator[Engine]:
    """Open a dataset for queries, and close it afterwards.

    Args:
        files: RDF files and folders; the project's own where none is named.
        store: a store on disk, instead of files.
        settings: the limits, and perhaps an endpoint to ask instead.

    Raises:
        DataError: a file or the store cannot be read.
        UsageError: more than one of files, store and endpoint is named.
    """
    if sum((bool(files), bool(store), bool(settings.endpoint))) > 1:
        raise click.UsageError("Name one of files, --store and --endpoint, not several.")
    if store:
        stored = open_store(store)
        with stored.hold:
            read = partial(open_data, stored.data.absolute())
            executor = EmbeddedExecutor(
                read, stored.digest, settings.limits, shared=False, allowed_services=settings.service
            )
            yield from _closing(Engine(executor, stored.default_graphs, stored.statistics))
        return
    if settings.endpoint:
        yield from _closing(_remote(settings.endpoint, settings))
        return
    dataset = dataset_of(files) if files else _published()
    executor = EmbeddedExecutor(
        partial(load, dataset), dataset.digest, settings.limits, allowed_services=settings.service
    )
    yield from _closing(Engine(executor, dataset.default_graphs, None))


def _remote(endpoint: str, settings: Settings) -> Engine:
    """Return an engine that evaluates elsewhere; where it holds the project's graphs, they are the dataset."""
    from fsp.execution.remote import Graphs, RemoteExecutor  # noqa: PLC0415 - imports a client, which others do not need

    dataset = _published()
    graphs = Graphs(dataset.default_graphs or (), tuple(file.graph for file in dataset.files))
    version = settings.data_version
    digest = version and hashlib.sha256(version.encode()).hexdigest()
    executor = RemoteExecutor(endpoint, graphs, settings.limits, digest=digest, allowed_services=settings.service)
    return Engine(executor, dataset.default_graphs, None)


def _published() -> Dataset:
    from fsp.catalogue.rdf import published_dataset  # noqa: PLC0415 - imports rdflib, which a store on disk does not need

    return published_dataset()


def _closing(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.executor.close()
