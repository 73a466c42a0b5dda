"""Evaluate queries at a SPARQL endpoint that the operator names."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from fsp.errors import InputError
from fsp.execution.formats import Format
from fsp.execution.interface import QueryRequest, never
from fsp.execution.limits import Limits
from fsp.execution.precheck import check, choose_format
from fsp.execution.remote.answer import RemoteAnswer
from fsp.execution.remote.connection import Call, Watch
from fsp.execution.remote.conversion import GRAPH_ACCEPT, convert, streamed
from fsp.execution.remote.engine import PROBE_ACCEPT, Engine, Graphs, probe_query, read_probe
from fsp.execution.remote.exchange import Exchange
from fsp.execution.remote.extensions import refuse_extensions
from fsp.execution.remote.slots import Slots
from fsp.execution.tokens import Inspection

__all__ = ["RemoteExecutor"]

_PROBE_SECONDS = 10.0


class RemoteExecutor:
    """Evaluates queries at a SPARQL 1.1 endpoint. Any number of threads may use it.

    Nothing is asked before the first query, so the engine may start later than the service.

    Args:
        endpoint: its address, perhaps with a user and a password; only ever an operator's word.
        graphs: the dataset that is asked where a query chooses no other, if the engine holds its graphs.
        limits: what a query may use. Memory is the engine's own concern.
        digest: names the state of the data, where the operator answers for it; None where they may change at any time.
        allowed_services: IRIs of the endpoints that SERVICE may ask; the engine calls them.

    Raises:
        InputError: the address is no http or https address.
    """

    def __init__(
        self,
        endpoint: str,
        graphs: Graphs | None = None,
        limits: Limits | None = None,
        *,
        digest: str | None = None,
        allowed_services: tuple[str, ...] = (),
    ) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise InputError("The endpoint's address must begin with http:// or https:// and a host.")
        self.digest = digest
        self._endpoint = endpoint
        self._graphs = graphs or Graphs()
        self._limits = limits or Limits()
        self._allowed_services = allowed_services
        self._slots = Slots(self._limits)
        self._watch = Watch()
        self._known_engine: Engine | None = None

    def execute(self, request: QueryRequest, is_gone: Callable[[], bool] = never) -> RemoteAnswer:
        """Start a query and wait for its first bytes; see `Executor.execute`."""
        found = check(request.query, self._limits, self._allowed_services)
        refuse_extensions(request.query)
        format_ = choose_format(request, found)
        seconds = self._limits.timeout if request.timeout is None else min(request.timeout, self._limits.timeout)
        if not seconds > 0:
            raise InputError(f"The timeout must be more than 0 seconds, not {request.timeout:g}.")
        self._slots.take(is_gone)
        try:
            answer = self._ask(request, found, format_, seconds, is_gone)
        except BaseException:
            self._slots.give_back()
            raise
        answer.start()
        return answer

    def _ask(
        self,
        request: QueryRequest,
        found: Inspection,
        format_: Format,
        seconds: float,
        is_gone: Callable[[], bool],
    ) -> RemoteAnswer:
        """Send a query to the engine."""
        engine = self._engine()
        is_graph = found.form in {"CONSTRUCT", "DESCRIBE"}
        accept = GRAPH_ACCEPT if is_graph else engine.solutions_accept
        call = Call(self._endpoint, request.query, accept, seconds, is_gone)
        engine.add_parameters(call, request, found, seconds)
        exchange = Exchange(call, self._watch, seconds)
        try:
            exchange.send()
        except BaseException:
            exchange.close()
            raise
        body = exchange.body(() if is_graph else engine.replacements)
        media_type = exchange.response.headers.get_content_type()
        chunks = streamed(partial(convert, body, media_type, found.form, format_))
        return RemoteAnswer(format_, chunks, exchange, self._limits.result, self._slots.give_back)

    def _engine(self) -> Engine:
        """Ask once what the engine is, and whether it holds the dataset's graphs."""
        if self._known_engine is None:
            call = Call(self._endpoint, probe_query(self._graphs), PROBE_ACCEPT, _PROBE_SECONDS, never)
            with Exchange(call, self._watch, _PROBE_SECONDS) as exchange:
                exchange.send()
                with exchange.explained():
                    self._known_engine = read_probe(exchange, self._graphs)
        return self._known_engine

    def close(self) -> None:
        """End every query."""
        self._watch.close()
