"""The service over engines of other makers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from remote_engines import ENGINES, Engine

from fsp.catalogue.rdf import published_dataset
from fsp.dataset.export import write_dataset
from fsp.execution.remote import Graphs, RemoteExecutor
from fsp.settings import Settings
from fsp.web.app import create_app
from support import Service, running

MANY = "https://example.org/many"
"""A graph with many statements."""
MANY_STATEMENTS = 40_000
MANY_BYTES = 500
"""In each statement."""


@pytest.fixture(scope="session")
def quads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published data and a graph of many statements, as `fsp export` writes them for another engine."""
    path = tmp_path_factory.mktemp("quads") / "data.nq"
    predicate, graph = ox.NamedNode("https://example.org/text"), ox.NamedNode(MANY)
    many = (
        ox.Quad(
            ox.NamedNode(f"https://example.org/thing/{number}"),
            predicate,
            ox.Literal(f"{number} ".ljust(MANY_BYTES, "x")),
            graph,
        )
        for number in range(MANY_STATEMENTS)
    )
    with path.open("wb") as stream:
        write_dataset(published_dataset(), stream, "nq")
        ox.serialize(many, stream, ox.RdfFormat.N_QUADS)
    return path


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory, quads: Path) -> Iterator[Callable[[str], Engine]]:
    """Start an engine when it is first asked for; all run until the last test."""
    with ExitStack() as stack:

        @cache
        def start_one(name: str) -> Engine:
            return stack.enter_context(ENGINES[name](tmp_path_factory.mktemp(name), quads))

        yield start_one


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, start: Callable[[str], Engine]) -> Engine:
    """Each engine in turn."""
    return start(request.param)


@pytest.fixture(scope="session")
def graphs() -> Graphs:
    """The graphs of the published data."""
    dataset = published_dataset()
    return Graphs(dataset.default_graphs or (), tuple(file.graph for file in dataset.files))


@pytest.fixture
def executor(engine: Engine, graphs: Graphs) -> Iterator[RemoteExecutor]:
    """An executor over each engine."""
    remote = RemoteExecutor(engine.endpoint, graphs)
    yield remote
    remote.close()


@pytest.fixture(scope="session")
def make_app(graphs: Graphs) -> Iterator[Callable[[Engine], Flask]]:
    """Make the application over an engine; one for each."""
    with ExitStack() as stack:

        @cache
        def make_one(engine: Engine) -> Flask:
            executor = RemoteExecutor(engine.endpoint, graphs)
            stack.callback(executor.close)
            app = create_app(executor, Settings(), default_graphs=graphs.default)
            app.testing = True
            return app

        yield make_one


@pytest.fixture
def remote_client(engine: Engine, make_app: Callable[[Engine], Flask]) -> FlaskClient:
    """A client of the application over each engine."""
    return make_app(engine).test_client()


@pytest.fixture(scope="session")
def serve_remote() -> Iterator[Callable[..., Service]]:
    """Run `fsp serve --endpoint`; one process for the same arguments."""
    with ExitStack() as stack:

        @cache
        def serve_one(*arguments: str) -> Service:
            return stack.enter_context(running(*arguments))

        yield serve_one
