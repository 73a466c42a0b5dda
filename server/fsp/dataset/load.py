"""Load a dataset into a store: each file is a named graph, and the default graph is the union of some."""

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from fsp.dataset.files import Dataset, DatasetFile
from fsp.errors import DataError

__all__ = ["data_errors", "fill", "load"]

_DEFAULT_GRAPH = ox.DefaultGraph()
_UNION_OF_ALL = "INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"
_Progress = Callable[[int], None]


def load(dataset: Dataset) -> ox.Store:
    """Return a store in memory that holds the dataset.

    Raises:
        DataError: a file cannot be read or parsed.
    """
    store = ox.Store()
    if dataset.default_graphs is not None:
        fill(store, dataset)
        return store
    for file in dataset.files:
        _load_named(store, file, _no_progress)
    store.update(_UNION_OF_ALL)  # where all of it fits into memory, this takes a fifth less than `fill`
    return store


def _no_progress(_size: int) -> None:
    """Tell nobody."""


def fill(store: ox.Store, dataset: Dataset, progress: _Progress = _no_progress) -> None:
    """Load every file of a dataset into an empty store, and the union into its default graph.

    The engine would chain the graphs of a union at each query, and give a triple of two graphs twice. Blank nodes are
    renamed file by file, so those of two files never merge; the default graph has the same ones as the named graph.

    Args:
        store: where to load.
        dataset: what to load.
        progress: called with each number of bytes read, of the files as they lie on disk.

    Raises:
        DataError: a file cannot be read or parsed; the store is then of no use.
    """
    for file in dataset.files:
        if file.in_default_graph:
            store.bulk_extend(_quads(file, progress))
        else:
            _load_named(store, file, progress)


def _load_named(store: ox.Store, file: DatasetFile, progress: _Progress) -> None:
    """Load a file into its own graph, or those that it names."""
    with data_errors(file), file.open(progress) as stream:
        store.bulk_load(stream, file.format, base_iri=file.graph, to_graph=ox.NamedNode(file.graph))


def _quads(file: DatasetFile, progress: _Progress) -> Iterator[ox.Quad]:
    """Yield what a file says, once for its own graph or those that it names, and once for the default graph."""
    own = ox.NamedNode(file.graph)
    with data_errors(file), file.open(progress) as stream:
        for quad in ox.parse(stream, file.format, base_iri=file.graph, rename_blank_nodes=True):
            subject, predicate, object_, graph = quad
            is_unnamed = graph == _DEFAULT_GRAPH
            yield ox.Quad(subject, predicate, object_, own) if is_unnamed else quad
            yield quad if is_unnamed else ox.Quad(subject, predicate, object_)


@contextmanager
def data_errors(file: DatasetFile) -> Iterator[None]:
    """Turn what goes wrong while a file is read and parsed into a `DataError` that says where."""
    try:
        yield
    except SyntaxError as error:
        # The parser's own text begins with its own way to name the place.
        text = re.sub(r"^Parser error at line \d+ (between .* and .*|column \d+): ", "", error.msg).rstrip(".")
        place = "" if error.lineno is None else f", line {error.lineno}, column {error.offset}"
        raise DataError(
            f"{file.name}{place}: {text}.", file=str(file.path), line=error.lineno, column=error.offset
        ) from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise DataError(f"{file.name} cannot be read: {error}.", file=str(file.path)) from error
