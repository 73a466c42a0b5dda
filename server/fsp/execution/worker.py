"""A worker: a process that evaluates one query after the other and may be killed at any moment.

The kernel enforces its limits, because native code that runs away listens to nothing else: an alarm without a handler
ends it when its time is over; an allocation past its address space aborts it; a stack overflow ends it; and it can
open no socket, nor any file, so no query makes it call an address or read what it should not.
"""

import ctypes
import pickle
import resource
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from fsp.errors import EngineError, FspError, NotAcceptableError
from fsp.execution.confinement import forbid_sockets
from fsp.execution.failures import limit_error, pack
from fsp.execution.formats import BY_NAME, Format
from fsp.execution.frames import FRAME_BYTES, Kind, receive_frame, send_frame
from fsp.execution.interface import QueryRequest
from fsp.execution.limits import Limits
from fsp.execution.messages import explain
from fsp.execution.precheck import check, choose_format
from fsp.execution.recogniser import find_fault
from fsp.execution.selection import Selector, only_default_graph
from fsp.execution.wellformed import wellformed
from fsp.execution.writers import GRAPH_WRITERS, SOLUTION_WRITERS
from fsp.prefixes import BASE_IRI

__all__ = ["Setup", "load_shared", "pack_request", "serve"]

_STACK_BYTES = 64 << 20
_CACHE_BYTES = 192 << 20
"""Room for what the engine keeps of a store on disk from one query to the next; a process grew by some 100 MiB."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
_KEPT_BYTES = 32 << 20
_TRIM_AFTER_SECONDS = 0.1
_TOUCHED_AT_ONCE = 1000

_NUMBERS = {name: number for number, name in enumerate(BY_NAME)}


Stores = tuple[ox.Store, ox.Store]


@dataclass(frozen=True, slots=True)
class Setup:
    """What the processes behind an executor need to know.

    Attributes:
        load: makes the store.
        shared: whether it is loaded once and shared by all workers, or opened by each.
        limits: what a query may use.
        prefixes: for answers in Turtle and RDF/XML.
        services: IRIs of the endpoints that SERVICE may ask; where there is one, workers can open connections.
    """

    load: Callable[[], ox.Store]
    shared: bool
    limits: Limits
    prefixes: Mapping[str, str]
    services: tuple[str, ...]


class _Output:
    """A file to serialise into: sends full frames as they fill."""

    def __init__(self, channel: socket.socket, format_: Format, limits: Limits) -> None:
        self._channel = channel
        self._format = format_
        self._left = limits.result
        self._limits = limits
        self._buffer = bytearray()

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= FRAME_BYTES:
            self._send(Kind.DATA)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: the serialiser calls it at its own end, before ours."""

    def finish(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._send(Kind.LAST)

    def _send(self, kind: Kind) -> None:
        data = wellformed(self._buffer, self._format)
        self._left -= len(data)
        if self._left < 0:
            raise limit_error("result", self._limits, 0)
        send_frame(self._channel, kind, data, _NUMBERS[self._format.name])
        self._buffer.clear()


def load_shared(setup: Setup) -> Stores | None:
    """Return what workers share: the data, and their default graph alone; None where each opens them by itself."""
    find_fault("")  # reads the grammar, so that no worker has to
    if not setup.shared:
        return None
    store = setup.load()
    return store, only_default_graph(store)


def serve(channel: socket.socket, stores: Stores | None, *, setup: Setup) -> int:
    """Evaluate queries from `channel` until its other end is closed.

    Args:
        channel: a connection to the web process.
        stores: what `load_shared` returned.
        setup: limits and formats.

    Returns:
        The exit code of the process.
    """
    _keep_freed_memory()
    selector = Selector(*stores) if stores else Selector(setup.load())
    bool(selector.default_store.query("ASK { ?s ?p ?o }"))  # the first query after a fork is slow: not a caller's
    _restrict(setup)
    send_frame(channel, Kind.READY)
    untouched = selector.default_store.quads_for_pattern(None, None, None) if stores else None
    while True:
        if untouched and _touch(untouched, channel):
            untouched = None
        try:
            _, _, request = receive_frame(channel, _no_tick)
        except EOFError:
            return 0
        started = time.monotonic()
        _answer(channel, selector, setup, _read_request(request))
        if time.monotonic() - started > _TRIM_AFTER_SECONDS:
            ctypes.CDLL(None).malloc_trim(0)


def _touch(quads: Iterator[ox.Quad], channel: socket.socket) -> bool:
    """Read on in the data as long as nobody asks for anything, and tell whether all of them have been read once.

    To read a term counts a reference to it, so each page is copied when a worker reads it for the first time. Later
    queries would pay for that: up to twice their time.
    """
    while not select.select([channel], [], [], 0)[0]:
        if not list(islice(quads, _TOUCHED_AT_ONCE)):
            return True
    return False


def _keep_freed_memory() -> None:
    """Have the allocator reuse what a query frees, instead of asking the kernel again: some 5 % of a query's time.

    After a long query `malloc_trim` gives it back.
    """
    libc = ctypes.CDLL(None)
    libc.mallopt(_M_MMAP_THRESHOLD, _KEPT_BYTES)
    libc.mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES)


def pack_request(request: QueryRequest, timeout: float) -> bytes:
    """Return a query as it is sent to a worker, with the seconds that it may take."""
    formats = [format_ and format_.name for format_ in (request.solutions, request.graph)]
    return pickle.dumps((request.query, *formats, request.default_graphs, request.named_graphs, timeout))


def _read_request(data: bytearray) -> QueryRequest:
    query, solutions, graph, *rest = pickle.loads(data)  # noqa: S301 - from our own process
    return QueryRequest(query, solutions and BY_NAME[solutions], graph and BY_NAME[graph], *rest)


def _no_tick() -> None:
    """Wait on."""


def _restrict(setup: Setup) -> None:
    """Let the kernel hold this process to its limits, from here on."""
    # Where memory runs out, the system takes a worker first, not the process that holds the data.
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_STACK, _STACK_BYTES)
    _lower(resource.RLIMIT_AS, mapped + setup.limits.memory + (0 if setup.shared else _CACHE_BYTES))
    if not setup.services:
        forbid_sockets()
        if setup.shared:  # a store on disk opens its files as it needs them
            _lower(resource.RLIMIT_NOFILE, 0)


def _lower(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (value, value))


def _answer(channel: socket.socket, selector: Selector, setup: Setup, request: QueryRequest) -> None:
    """Evaluate one query and send its answer, or what went wrong."""
    signal.setitimer(signal.ITIMER_REAL, request.timeout or setup.limits.timeout)
    query, default, named = request.query, request.default_graphs, request.named_graphs
    try:
        found = check(query, setup.limits, setup.services)
        format_ = choose_format(request, found)
        if not default and not named and not found.is_relative:  # the protocol's dataset overrides the text's own
            default, named = tuple(found.default_graphs), tuple(found.named_graphs)
        store, dataset = selector.select(query, default, named)
        output = _Output(channel, format_, setup.limits)
        _serialise(store.query(query, base_iri=BASE_IRI, **dataset), output, format_, setup.prefixes)
        output.finish()
    except FspError as error:
        _send_error(channel, error)
    except SyntaxError as error:
        _send_error(channel, explain(str(error), query))
    except MemoryError:
        _send_error(channel, limit_error("memory", setup.limits, 0))
    except OSError as error:
        if _is_closed(channel):
            raise SystemExit from None
        _send_error(channel, _explain_writing(error))
    except (ValueError, RuntimeError) as error:
        is_theirs = "custom function" in str(error)
        failure = explain(str(error), query) if is_theirs else EngineError(f"The engine failed: {error}.")
        _send_error(channel, failure)


def _serialise(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    output: _Output,
    format_: Format,
    prefixes: Mapping[str, str],
) -> None:
    if isinstance(result, ox.QueryTriples):
        ox.serialize(result, output, GRAPH_WRITERS[format_.name], prefixes=dict(prefixes))  # type: ignore[arg-type]
    else:
        result.serialize(output, SOLUTION_WRITERS[format_.name])  # type: ignore[arg-type]


def _explain_writing(error: OSError) -> FspError:
    if "reserved syntax term" in str(error):
        message = "A property of the answer has one of the names that RDF/XML keeps for itself, such as rdf:li. "
        return NotAcceptableError(message + "Ask for another format, such as Turtle or JSON-LD.")
    return EngineError(f"The engine failed: {error}.")


def _send_error(channel: socket.socket, error: FspError) -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    send_frame(channel, Kind.ERROR, pack(error))


def _is_closed(channel: socket.socket) -> bool:
    try:
        return channel.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
