"""Load a dataset into a store: each file is a named graph, and the default graph is the union of some."""

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from fsp.dataset.files import Dataset, DatasetFile
from fsp.errors import DataError

__all__ = ["data_errors", "fill", "load"]

_UNION_OF_ALL = "INSERT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"


def load(dataset: Dataset) -> ox.Store:
    """Return a store in memory that holds the dataset.

    Raises:
        DataError: a file cannot be read or parsed.
    """
    store = ox.Store()
    fill(store, dataset, fits_in_memory=True)
    return store


def fill(
    store: ox.Store,
    dataset: Dataset,
    progress: Callable[[int], None] = lambda _: None,
    *,
    fits_in_memory: bool,
) -> None:
    """Load every file of a dataset into an empty store, and the union into its default graph.

    The engine would chain the graphs of a union at each query, and give a triple of two graphs twice. The parser
    renames blank nodes file by file, so those of two files never merge; a copy in the default graph keeps them.

    Args:
        store: where to load.
        dataset: what to load.
        progress: called with each number of bytes read, of the files as they lie on disk.
        fits_in_memory: whether the union may be made in one transaction, which is quicker.

    Raises:
        DataError: a file cannot be read or parsed; the store is then of no use.
    """
    known: set[ox.NamedNode | ox.BlankNode] = set()
    chosen: set[ox.NamedNode | ox.BlankNode] = set()
    for file in dataset.files:
        _load_file(store, file, progress)
        # A file of quads names its own graphs: all those that it brought belong to it.
        brought = set(store.named_graphs()) - known
        known |= brought
        if file.in_default_graph:
            chosen |= brought
    if fits_in_memory and dataset.default_graphs is None:
        store.update(_UNION_OF_ALL)
        return
    for graph in chosen:
        quads = store.quads_for_pattern(None, None, None, graph)
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)


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


def _load_file(store: ox.Store, file: DatasetFile, progress: Callable[[int], None]) -> None:
    with data_errors(file), file.open(progress) as stream:
        store.bulk_load(stream, file.format, base_iri=file.graph, to_graph=ox.NamedNode(file.graph))
