"""The one way in which the project runs a SPARQL query, whichever engine evaluates it."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from fsp.execution.formats import Format

__all__ = ["Answer", "Executor", "QueryRequest"]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """One SPARQL query and what is to be done with it (SPARQL 1.1 Protocol, section 2.1).

    Attributes:
        query: the text of the query.
        solutions: format for the answer of SELECT and ASK; None where the caller accepts none of them.
        graph: format for the answer of CONSTRUCT and DESCRIBE; None where the caller accepts none of them.
        default_graphs: IRIs of `default-graph-uri`.
        named_graphs: IRIs of `named-graph-uri`. Where both are empty, the text's own FROM or the service's default holds.
        timeout: seconds that the caller allows, if fewer than the service's own limit.
    """

    query: str
    solutions: Format | None
    graph: Format | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    timeout: float | None = None


class Answer(Protocol):
    """An answer on its way: iterate over its bytes once; closing it ends the work behind it.

    Attributes:
        format: the format that the bytes are in: the request's `solutions` or `graph`, by the query's form.
    """

    format: Format

    def __iter__(self) -> Iterator[bytes]: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Executor(Protocol):
    """Evaluates queries over one dataset.

    Attributes:
        digest: SHA-256 in hexadecimal of the dataset, the same for the same data wherever it is served.
    """

    digest: str

    def execute(self, request: QueryRequest) -> Answer:
        """Start a query and wait for its first bytes.

        Raises:
            QuerySyntaxError, NestingError: the text is not a query that can be evaluated.
            RefusedError: it is an update, or asks a SERVICE that is not allowed.
            NotAcceptableError: the caller accepts no format for this form of query.
            LimitError, BusyError: it met a limit before its first bytes. (Later ones are raised by the iteration.)
            EngineError: the engine failed.
        """
        ...

    def close(self) -> None:
        """End every query and release the engine."""
        ...
