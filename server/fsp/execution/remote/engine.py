"""What the engine is, as its first answer shows, and how it is told which dataset and how much time."""

import math
from dataclasses import dataclass

from fsp.execution.interface import QueryRequest
from fsp.execution.remote.connection import Call
from fsp.execution.remote.conversion import read_boolean
from fsp.execution.remote.exchange import Exchange
from fsp.execution.tokens import Inspection

__all__ = ["PROBE_ACCEPT", "Engine", "Graphs", "probe_query", "read_probe"]

_NO_GRAPH = "urn:fsp:no-graph"
_GRACE_SECONDS = 1
PROBE_ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_XML = "application/sparql-results+xml"
_VIRTUOSO_REPLACEMENTS = ((b"<bnode>nodeID://", b"<bnode>"), (b"\r", b"&#13;"))


@dataclass(frozen=True, slots=True)
class Graphs:
    """The graphs of the service's dataset.

    Attributes:
        default: IRIs of those whose union is the default graph.
        named: IRIs of those that GRAPH ranges over.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Engine:
    """What was learnt of the engine.

    Attributes:
        is_virtuoso: whether it has Virtuoso's peculiarities.
        graphs: the graphs of the dataset; none where it holds none of them, so that its own default graph is asked.
    """

    is_virtuoso: bool
    graphs: Graphs

    @property
    def solutions_accept(self) -> str:
        """The formats to ask solutions in. Virtuoso takes three times as long for JSON, and writes true as 1 there."""
        return _XML if self.is_virtuoso else PROBE_ACCEPT

    @property
    def replacements(self) -> tuple[tuple[bytes, bytes], ...]:
        """What to mend in its solutions in XML: names of blank nodes, and carriage returns that a reader would drop."""
        return _VIRTUOSO_REPLACEMENTS if self.is_virtuoso else ()

    def add_parameters(self, call: Call, request: QueryRequest, found: Inspection, seconds: float) -> None:
        """Say which dataset is asked, and the time.

        The engine gets a second more than the caller, so that our own clock tells of the limit; the engine's clock
        then ends work that goes on after its connection has gone.
        """
        time = math.ceil(seconds) + _GRACE_SECONDS
        call.addParameter("timeout", str(1000 * time if self.is_virtuoso else time))
        default, named = self._dataset(request, found)
        for graph in default:
            call.addParameter("default-graph-uri", graph)
        for graph in named:
            call.addParameter("named-graph-uri", graph)

    def _dataset(self, request: QueryRequest, found: Inspection) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Choose the dataset: the request's, else the text's own, else the service's."""
        default, named = request.default_graphs, request.named_graphs
        has_from = found.default_graphs != [] or found.named_graphs != []
        if not (default or named or has_from):
            default, named = self.graphs.default, self.graphs.named
            if "graph" not in request.query.lower():
                named = ()  # nothing asks them, and each costs Virtuoso time
        from_named = has_from and found.named_graphs != []
        if self.is_virtuoso and (default or has_from) and not named and not from_named:
            named = (_NO_GRAPH,)  # or GRAPH would range over all graphs (SPARQL 1.1 Query, section 13.2)
        return default, named


def probe_query(graphs: Graphs) -> str:
    """Return a query that asks whether the engine holds any graph of the dataset."""
    iris = " ".join(f"<{graph}>" for graph in graphs.default)
    return f"ASK {{ VALUES ?g {{ {iris} }} GRAPH ?g {{ ?s ?p ?o }} }}" if iris else "ASK {}"


def read_probe(exchange: Exchange, graphs: Graphs) -> Engine:
    """Learn from the answer to `probe_query`."""
    headers, body = exchange.response.headers, exchange.body()
    # A proxy before it may put its own name into the header; this name of a column is Virtuoso's too.
    is_virtuoso = "virtuoso" in headers.get("Server", "").lower() or b"__ASK_RETVAL" in body.peek()
    holds = read_boolean(body, headers.get_content_type())
    return Engine(is_virtuoso, graphs if holds else Graphs())
