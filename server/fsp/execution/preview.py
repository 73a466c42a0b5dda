"""Read the beginning of an answer, to show it to a person in a page or a terminal."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Answer, Executor, QueryRequest, never
from fsp.prefixes import PREFIXES

__all__ = ["MOST_SOLUTIONS", "Preview", "Term", "read_preview", "short"]

MOST_SOLUTIONS = 1000
_MOST_BYTES = 512 * 1024

"""As much as fits on a page."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def short(term: ox.NamedNode) -> str:
    """Return the prefixed name of an IRI where a prefix of ours fits, and else the IRI itself."""
    for prefix, namespace in PREFIXES.items():
        local = term.value.removeprefix(namespace)
        if local != term.value and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return term.value


@dataclass(frozen=True, slots=True)
class Preview:
    """As much of an answer as a person is shown.

    Attributes:
        names: names of the variables, in the order of the query.
        rows: solutions, each with a term or None for each variable.
        boolean: the answer of ASK.
        text: Turtle, the answer of CONSTRUCT and DESCRIBE.
        whole: whether nothing was left out.
        raw: the same as the engine writes it, in Turtle or tab-separated values.
    """

    names: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    text: str | None = None
    whole: bool = True
    raw: str = ""


def read_preview(
    executor: Executor,
    request: QueryRequest,
    *,
    is_gone: Callable[[], bool] = never,
    most_solutions: int = MOST_SOLUTIONS,
    most_bytes: int = _MOST_BYTES,
) -> Preview:
    """Evaluate a query and read as much of its answer as a person is shown; the rest of the work ends then.

    Args:
        executor: evaluates the query.
        request: the query; its formats are chosen here.
        is_gone: as `Executor.execute`.
        most_solutions: how many solutions are read.
        most_bytes: how many bytes of the answer, nearly.

    Raises:
        FspError: as `Executor.execute`, and later limits while the rows are read.
    """
    with executor.execute(replace(request, solutions=BY_NAME["tsv"], graph=BY_NAME["ttl"]), is_gone) as answer:
        text, whole = _read(answer, most_bytes)
    if answer.format == BY_NAME["ttl"]:
        return Preview(text=text, whole=whole, raw=text)
    # One solution is one line: an end that was cut off in the middle is left away.
    lines = text.split("\n")
    if lines[-1] == "" or not whole:
        lines.pop()
    shown = lines[: most_solutions + 1]
    results = ox.parse_query_results("\n".join(shown) + "\n", ox.QueryResultsFormat.TSV)
    if isinstance(results, ox.QueryBoolean):
        return Preview(boolean=bool(results))
    names = tuple(variable.value for variable in results.variables)
    rows = tuple(tuple(solution[name] for name in names) for solution in results)
    return Preview(names=names, rows=rows, whole=whole and len(shown) == len(lines), raw="\n".join(shown))


def _read(answer: Answer, most_bytes: int) -> tuple[str, bool]:
    """Return the first part of an answer as text, and whether it is all."""
    chunks: list[bytes] = []
    size = 0
    for chunk in answer:
        chunks.append(chunk)
        size += len(chunk)
        if size > most_bytes:
            return b"".join(chunks).decode(errors="ignore"), False
    return b"".join(chunks).decode(), True
