"""Write the whole dataset as an engine has it, graph by graph, whichever engine it is."""

from collections.abc import Iterable, Iterator
from typing import IO, cast

import pyoxigraph as ox

from fsp.dataset.export import EXPORT_FORMATS
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Answer, Executor, QueryRequest
from fsp.prefixes import PREFIXES

__all__ = ["write_whole"]


def write_whole(executor: Executor, graphs: Iterable[str], output: IO[bytes], format_name: str) -> None:
    """Write a dataset through the engine that holds it: formats of quads hold each named graph, others the default one.

    Args:
        executor: evaluates the queries, one for each graph.
        graphs: IRIs of the named graphs; where there are none, formats of quads hold the default graph.
        output: where to write.
        format_name: one of `EXPORT_FORMATS`.

    Raises:
        FspError: as `Executor.execute`, and limits that are met on the way.
    """
    format_ = EXPORT_FORMATS[format_name]
    names = [ox.NamedNode(graph) for graph in graphs] if format_.supports_datasets else []
    quads = (quad for name in names for quad in _quads(executor, name))
    if names:
        ox.serialize(quads, output, format_, prefixes=PREFIXES)
    else:
        ox.serialize((quad.triple for quad in _quads(executor, None)), output, format_, prefixes=PREFIXES)


class _Stream:
    """An answer as a stream to read from."""

    def __init__(self, answer: Answer) -> None:
        self._chunks = iter(answer)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while not self._rest or size < 0:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._rest += bytes(chunk)
        end = len(self._rest) if size < 0 else size
        taken, self._rest = self._rest[:end], self._rest[end:]
        return taken


def _quads(executor: Executor, graph: ox.NamedNode | None) -> Iterator[ox.Quad]:
    """Yield the statements of a graph; no two graphs share a blank node."""
    pattern = "?s ?p ?o" if graph is None else f"GRAPH {graph} {{ ?s ?p ?o }}"
    request = QueryRequest(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", solutions=None, graph=BY_NAME["nt"])
    name = ox.DefaultGraph() if graph is None else graph
    with executor.execute(request) as answer:
        stream = cast("IO[bytes]", _Stream(answer))
        for quad in ox.parse(stream, ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
