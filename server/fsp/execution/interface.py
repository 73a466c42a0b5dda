"""The one way in which the project runs a SPARQL query, whichever engine evaluates it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from fsp.execution.formats import Format

__all__ = ["Answer", "Executor", "QueryRequest", "never"]


def never() -> bool:
    """Tell that the caller is still there, for callers that cannot hang up."""
    return False


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """One SPARQL query and what is to be done with it (SPARQL 1.1 Protocol, section 2.1).

    Attributes:
        query: the text of the query.
        solutions: format for the answer of SELECT and ASK; None where the caller accepts none of them.
        graph: format for the answer of CONSTRUCT and DESCRIBE; None where the caller accepts none of them.
        default_graphs: IRIs of `default-graph-uri`.
        named_graphs: IRIs of `named-graph-uri`. Where both are empty, the text's own FROM holds, or the whole dataset.
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
        whole: all of the answer's bytes, where it was short enough to be complete already; else None.
    """

    @property
    def format(self) -> Format:
        """The format of the bytes."""
        ...

    @property
    def whole(self) -> bytes | None:
        """All of the bytes, or None."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes once; raises LimitError where a limit is met on the way."""
        ...

    def close(self) -> None:
        """End the work behind the answer."""
        ...

    def __enter__(self) -> Self:
        """Return the answer."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the answer."""
        ...


class Executor(Protocol):
    """Evaluates queries over one dataset.

    Attributes:
        digest: SHA-256 in hexadecimal of the dataset, the same for the same data wherever it is served; None where the
            data may change at any time, so that no answer may be kept.
    """

    @property
    def digest(self) -> str | None:
        """The dataset's digest."""
        ...

    def execute(self, request: QueryRequest, is_gone: Callable[[], bool] = never) -> Answer:
        """Start a query and wait for its first bytes.

        Args:
            request: the query.
            is_gone: asked now and then during the wait whether the caller has hung up; the work then ends.

        Raises:
            InputError: the timeout is not positive.
            QuerySyntaxError, NestingError: the text is not a query that can be evaluated.
            RefusedError: it is an update, or asks a SERVICE that is not allowed.
            NotAcceptableError: the caller accepts no format for this form of query.
            LimitError, BusyError: it met a limit before its first bytes. (Later ones are raised by the iteration.)
            AbandonedError: the caller hung up.
            EngineError: the engine failed.
        """
        ...

    def close(self) -> None:
        """End every query and release the engine."""
        ...
