"""Ask a query and get its solutions as RDF terms, for pages, catalogue and command line."""

from io import BytesIO

from rdflib.query import Result
from rdflib.term import Identifier

from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Executor, QueryRequest

__all__ = ["solutions"]


def solutions(executor: Executor, query: str) -> list[dict[str, Identifier]]:
    """Evaluate a SELECT query and return all of its solutions; an unbound variable has no entry.

    Args:
        executor: evaluates the query.
        query: the text of a SELECT.

    Raises:
        NotAcceptableError: it is a CONSTRUCT or DESCRIBE.
        FspError: as `Executor.execute`.
    """
    with executor.execute(QueryRequest(query, solutions=BY_NAME["json"], graph=None)) as answer:
        results = Result.parse(BytesIO(b"".join(answer)), format="json")
    return [{str(variable): term for variable, term in binding.items()} for binding in results.bindings]
