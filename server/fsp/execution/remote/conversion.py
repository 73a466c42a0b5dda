"""From the format that the engine writes to the one that the caller asked for, as a stream."""

import io
import queue
import threading
from collections.abc import Callable, Generator
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from fsp.errors import EngineError
from fsp.execution.formats import BY_NAME, Format
from fsp.execution.writers import GRAPH_WRITERS, SOLUTION_WRITERS
from fsp.prefixes import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["GRAPH_ACCEPT", "convert", "read_boolean", "streamed"]

_SOLUTION_READERS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
}
_GRAPH_READERS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
GRAPH_ACCEPT = "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.3"
_CHUNK_BYTES = 64 * 1024
_CHUNKS_WAITING = 4
_PUT_SECONDS = 0.25


def convert(body: IO[bytes], media_type: str, form: str | None, format_: Format, output: IO[bytes]) -> None:
    """Read an answer of the engine and write it in another format.

    Args:
        body: what the engine sends.
        media_type: the type that it says it sends.
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        format_: the format to write.
        output: where to write.

    Raises:
        EngineError: it sends something else than an answer to such a query.
        SyntaxError: the answer is broken, or was cut off.
    """
    readers = _GRAPH_READERS if format_.name in GRAPH_WRITERS else _SOLUTION_READERS
    if media_type not in readers:
        raise EngineError(
            f"The engine behind this service answers with {media_type or 'an unknown type'}, which is no answer to a "
            "SPARQL query. Tell the operator: the address may be wrong."
        )
    if format_.name in GRAPH_WRITERS:
        triples = (quad.triple for quad in ox.parse(body, _GRAPH_READERS[media_type]))
        ox.serialize(triples, output, GRAPH_WRITERS[format_.name], prefixes=PREFIXES)
        return
    results = ox.parse_query_results(body, _SOLUTION_READERS[media_type])
    if isinstance(results, ox.QuerySolutions) and form == "ASK":
        results = _boolean(results)
    results.serialize(output, SOLUTION_WRITERS[format_.name])


def read_boolean(body: IO[bytes], media_type: str) -> bool:
    """Read the answer to an ASK.

    Raises:
        EngineError, SyntaxError: as `convert`.
    """
    output = io.BytesIO()
    convert(body, media_type, "ASK", BY_NAME["csv"], output)
    return output.getvalue().strip() == b"true"


def _boolean(solutions: ox.QuerySolutions) -> ox.QueryBoolean:
    """Return the answer of ASK that Virtuoso writes as a table: a row with 1 for true, and none or 0 for false."""
    values = [cast("ox.Literal", value).value for solution in solutions for value in solution]
    text = f'{{"head": {{}}, "boolean": {str(values == ["1"]).lower()}}}'
    return cast("ox.QueryBoolean", ox.parse_query_results(text, ox.QueryResultsFormat.JSON))


class _AbandonedError(Exception):
    """Nobody reads what is written."""


class _Output(io.RawIOBase):
    """A file to write into, whose bytes another thread takes in chunks."""

    def __init__(self) -> None:
        self.chunks: queue.Queue[bytes | BaseException | None] = queue.Queue(_CHUNKS_WAITING)
        self.abandoned = threading.Event()
        self._buffer = bytearray()

    def write(self, data: "ReadableBuffer") -> int:
        """Take bytes; wait while the reader is behind."""
        before = len(self._buffer)
        self._buffer += data
        size = len(self._buffer) - before
        if len(self._buffer) >= _CHUNK_BYTES:
            self.send()
        return size

    def send(self) -> None:
        """Hand over what was written."""
        self.put(bytes(self._buffer))
        self._buffer.clear()

    def put(self, item: bytes | BaseException | None) -> None:
        """Hand over a chunk, a failure, or None for the end."""
        while not self.abandoned.is_set():
            try:
                self.chunks.put(item, timeout=_PUT_SECONDS)
            except queue.Full:
                continue
            return
        raise _AbandonedError


def streamed(write: Callable[[IO[bytes]], None]) -> Generator[bytes, None, None]:
    """Yield what a function writes, while it writes.

    Args:
        write: called in a thread of its own. Where it raises, the iteration raises the same.
    """
    output = _Output()

    def run() -> None:
        try:
            try:
                write(cast("IO[bytes]", output))
                output.send()
                output.put(None)
            except _AbandonedError:
                raise
            except BaseException as error:  # noqa: BLE001 - it goes on in the reader's thread
                # The traceback holds objects of the parser, which no other thread may drop.
                output.put(error.with_traceback(None))
        except _AbandonedError:
            return

    thread = threading.Thread(target=run, name="fsp-remote-convert", daemon=True)
    thread.start()
    try:
        while (item := output.chunks.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        output.abandoned.set()
