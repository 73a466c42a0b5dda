"""The page for writing queries: a form, and an answer that is made here. The editor only replaces the form."""

from collections.abc import Iterable
from typing import Any, cast

import pyoxigraph as ox
from flask import Response, current_app, make_response, render_template, request

from fsp.catalogue.labels import labels
from fsp.catalogue.query import Catalogue
from fsp.errors import FspError, LimitError
from fsp.execution.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format
from fsp.execution.interface import QueryRequest
from fsp.execution.preview import Preview, read_preview
from fsp.web.columns import in_order_of_text
from fsp.web.errors import RETRY_AFTER, describe
from fsp.web.hangup import is_gone
from fsp.web.service import current_service
from fsp.web.sparqlpicture import draw_result

__all__ = ["show_answer", "show_start"]

_EXAMPLE = """\
PREFIX fsp: <https://w3id.org/fsp/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# What classes of things are there, and how many of each?
SELECT ?class (COUNT(?thing) AS ?things)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things)
"""


def show_start() -> Response:
    """Show the page before anything is asked: with the text of a link, a canned query, or an example of ours.

    Raises:
        NotFoundError: there is no canned query of that name.
    """
    name = request.args.get("example", "")
    if name:
        return _page(_catalogue().get(name).bind({}), example=name)
    text = request.args.get("text", "")
    return _page(text or _EXAMPLE, starts=bool(text))


def show_answer(query: QueryRequest) -> Response:
    """Show an answer, or what is wrong with the query beside its text."""
    executor = current_service().executor
    try:
        result = in_order_of_text(read_preview(executor, query, is_gone=is_gone(request.environ)), query.query)
        names = labels(executor, _iris(result))
        picture = draw_result(executor, result, names)
    except FspError as error:
        response = _page(query.query, error=error)
        response.status_code = error.status
        if isinstance(error, LimitError):
            response.headers["Retry-After"] = RETRY_AFTER
        return response
    return _page(query.query, result=result, query=query, labels=names, picture=picture)


def _page(text: str, *, result: Preview | None = None, error: FspError | None = None, **values: object) -> Response:
    is_graph = result is not None and result.text is not None
    response = make_response(
        render_template(
            "sparql.html",
            text=text,
            result=result,
            error=error and describe(error),
            download=_download,
            formats=GRAPH_FORMATS if is_graph else SOLUTION_FORMATS,
            examples=_catalogue().by_tag(),
            **values,
        )
    )
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept",))
    return response


def _catalogue() -> Catalogue:
    return cast("Catalogue", current_app.extensions["fsp-catalogue"])


def _iris(result: Preview) -> Iterable[str]:
    return (term.value for row in result.rows for term in row if isinstance(term, ox.NamedNode))


def _download(query: QueryRequest, format_: Format) -> dict[str, Any]:
    """Return the parameters of a link to the same answer in one format."""
    parameters = {
        "query": query.query,
        "default-graph-uri": list(query.default_graphs),
        "named-graph-uri": list(query.named_graphs),
        "timeout": query.timeout,
        "format": format_.name,
    }
    return {name: value for name, value in parameters.items() if value}
