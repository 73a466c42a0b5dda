"""What is refused before an engine sees it."""

from collections.abc import Collection

from fsp.errors import InputError, LimitError, NestingError, NotAcceptableError, RefusedError
from fsp.execution.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format
from fsp.execution.interface import QueryRequest
from fsp.execution.limits import Limits
from fsp.execution.tokens import Inspection, glance, inspect

__all__ = ["check", "check_size", "choose_format"]


def check_size(query: str, limits: Limits) -> None:
    """Refuse a text that is too long or empty, before anything reads it.

    Raises:
        InputError: there is no text.
        LimitError: the text is too long.
    """
    size = len(query.encode(errors="surrogatepass"))
    if size > limits.query:
        message = f"The query has {size:,} bytes; this service reads at most {limits.query:,}. Ask in several queries."
        raise LimitError(message, limit="query")
    if not query.strip():
        raise InputError("The query is empty. Send a SPARQL query, for example: SELECT * WHERE { ?s ?p ?o } LIMIT 10")


def check(query: str, limits: Limits, allowed_services: Collection[str]) -> Inspection:
    """Inspect a query and refuse what no engine shall be asked.

    Depth and chain of what it returns may be counted too high, though not above the limits.

    Args:
        query: the text.
        limits: of the service.
        allowed_services: IRIs of the endpoints that SERVICE may name.

    Raises:
        InputError: there is no text.
        LimitError: the text is too long.
        NestingError: it is nested too deeply, or a chain in it is too long.
        RefusedError: it is an update, or asks a SERVICE that is not allowed.
    """
    check_size(query, limits)
    found = glance(query)
    if found is None or found.depth > limits.nesting or found.chain > limits.chain:
        found = inspect(query)
    if found.is_update:
        message = f"This is an update ({found.form}), not a query. The service is read-only: ask with SELECT, ASK, "
        raise RefusedError(message + "CONSTRUCT or DESCRIBE.")
    if found.depth > limits.nesting:
        message = f"The query nests more than {limits.nesting:,} brackets in one another, the most that this service "
        raise NestingError(message + "evaluates. Write it with fewer levels.")
    if found.chain > limits.chain:
        message = f"One group of the query chains {found.chain:,} operators or patterns; this service evaluates "
        raise NestingError(message + f"{limits.chain:,}. List the values in VALUES instead.")
    _check_services(found, allowed_services)
    return found


def choose_format(request: QueryRequest, found: Inspection) -> Format:
    """Return the format for the answer, by the query's form.

    Raises:
        NotAcceptableError: the caller accepts none for this form.
    """
    is_graph = found.form in {"CONSTRUCT", "DESCRIBE"}
    format_ = request.graph if is_graph else request.solutions
    if format_ is None:
        offered = ", ".join(offer.media_type for offer in (GRAPH_FORMATS if is_graph else SOLUTION_FORMATS))
        raise NotAcceptableError(f"{found.form or 'A query'} is answered as one of {offered}. Ask for one of these.")
    return format_


def _check_services(found: Inspection, allowed: Collection[str]) -> None:
    for service in found.services:
        if service in allowed:
            continue
        target = f"<{service}>" if service else "an endpoint that is no plain IRI"
        hint = f" It may ask: {', '.join(f'<{iri}>' for iri in allowed)}." if allowed else ""
        message = f"The query asks SERVICE {target}, which this service does not call for anyone.{hint} "
        raise RefusedError(message + "Run the query in a tool of your own and name this endpoint in its SERVICE.")
