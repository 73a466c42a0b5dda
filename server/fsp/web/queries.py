"""The canned queries: their list, and each one's page and answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, make_response, render_template, request, url_for

from fsp.catalogue.choices import choices, local_name, resolve
from fsp.catalogue.parameters import Choice, Parameter, Term
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.catalogue.rdf import queries_graph
from fsp.catalogue.table import columns
from fsp.dataset.files import project_folder
from fsp.errors import FspError, LimitError, NotAcceptableError, NotFoundError
from fsp.execution.formats import BY_NAME, GRAPH_FORMATS, SOLUTION_FORMATS
from fsp.execution.interface import QueryRequest
from fsp.execution.preview import Preview, read_preview
from fsp.web.answers import respond
from fsp.web.errors import RETRY_AFTER, describe
from fsp.web.negotiation import HTML, choose
from fsp.web.negotiation import Choice as Formats
from fsp.web.operations import operation, path, query
from fsp.web.protocol import read_timeout
from fsp.web.queryoperations import EXTENSION, each_query, query_catalogue
from fsp.web.schemas import GRAPHS, PAGE, ref
from fsp.web.service import current_service

__all__ = ["init_app"]

blueprint = Blueprint("queries", __name__)

_FORMAT_PARAMETERS = ("format", "output", "results")
_MOST_CHOICES = 200
"""As many as a list in a form can hold and still be used; above it, a field to write in."""


@dataclass(frozen=True, slots=True)
class _Field:
    """One parameter in a form.

    Attributes:
        parameter: the parameter.
        choices: what it offers; a field to write in where there are none or too many.
        chosen: the texts that stand in it.
    """

    parameter: Parameter
    choices: Sequence[Choice]
    chosen: Sequence[str]


def init_app(app: Flask) -> None:
    """Load the catalogue, and register its pages."""
    app.extensions[EXTENSION] = Catalogue.load(project_folder() / "queries")
    app.jinja_env.filters["local_name"] = local_name
    app.register_blueprint(blueprint)


_LIST_FORMATS = {"type": "string", "enum": ["html", "json", *(format_.name for format_ in GRAPH_FORMATS)]}
_FORMAT = "Format of the list, by name; it outweighs the Accept header."


@blueprint.get("/queries.<suffix>", endpoint="index")
@blueprint.get("/queries/", endpoint="index")
@blueprint.get("/queries", endpoint="index")
@operation(
    PAGE,
    {"application/json": ref("QueryList")},
    *GRAPHS,
    parameters=[path("suffix", _FORMAT, _LIST_FORMATS), query("format", _FORMAT, _LIST_FORMATS)],
    headers=["ETag", "Vary"],
    errors=[404, 406],
)
def list_queries(suffix: str | None = None) -> Response:
    """List the queries: a page, JSON, or RDF."""
    formats = _formats(suffix)
    if formats.html:
        response = make_response(render_template("queries.html", groups=query_catalogue().by_tag()))
    elif formats.solutions == BY_NAME["json"]:
        response = jsonify([_describe(query) for query in query_catalogue()])
    elif formats.graph is not None:
        rdf = queries_graph(query_catalogue()).serialize(format=_RDFLIB_NAMES[formats.graph.name], encoding="utf-8")
        response = Response(rdf, content_type=formats.graph.content_type)
    else:
        raise NotAcceptableError("The list of queries comes as html, json, ttl, nt, rdf or jsonld.")
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept",))
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/queries/<name>", endpoint="query")
@operation(headers=["ETag", "Vary"], errors=[400, 404, 406, 502, 503], expand=each_query)
def answer_query(name: str) -> Response:
    """Answer a query in the format that is asked for, or show it in a page with a form for its parameters."""
    stem, dot, suffix = name.partition(".")
    query = query_catalogue().get(stem)
    formats = _formats(suffix if dot else None)
    given = {key: values for key, values in request.args.lists() if key not in {*_FORMAT_PARAMETERS, "timeout"}}
    if formats.html:
        return _page(query, given)
    text = query.bind(resolve(query, given, current_service().executor))
    return respond(_request(text, formats))


_RDFLIB_NAMES = {"ttl": "turtle", "nt": "nt", "rdf": "pretty-xml", "jsonld": "json-ld"}


def _formats(suffix: str | None) -> Formats:
    if suffix is not None and suffix not in {*BY_NAME, HTML.name}:
        raise NotFoundError(f"There is no format '{suffix}'. Formats are {', '.join((*BY_NAME, HTML.name))}.")
    named = ((suffix,) if suffix else ()) + tuple(
        value for key in _FORMAT_PARAMETERS for value in request.args.getlist(key) if value
    )
    return choose(request.headers.get("Accept", ""), named)


def _request(text: str, formats: Formats) -> QueryRequest:
    return QueryRequest(text, formats.solutions, formats.graph, timeout=read_timeout(request.args.get("timeout")))


def _page(query: CannedQuery, given: Mapping[str, Sequence[str]]) -> Response:
    """Show a query and its answer, or what is wrong with the values that were given."""
    error: FspError | None = None
    result: Preview | None = None
    text = query.bind({})
    terms: Mapping[str, Sequence[Term]] = {}
    try:
        terms = resolve(query, given, current_service().executor)
        text = query.bind(terms)
        result = read_preview(current_service().executor, _request(text, Formats(None, None)))
    except FspError as raised:
        error = raised
    is_graph = query.form in {"CONSTRUCT", "DESCRIBE"}
    page = render_template(
        "query.html",
        query=query,
        fields=_fields(query, given, terms),
        text=text,
        result=result,
        columns=columns(result.names if result else ()),
        error=error and describe(error),
        formats=GRAPH_FORMATS if is_graph else SOLUTION_FORMATS,
        given={key: list(values) for key, values in given.items()},
    )
    response = make_response(page, error.status if error else 200)
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, LimitError):
        response.headers["Retry-After"] = RETRY_AFTER
    response.vary.update(("Accept",))
    return response


def _fields(
    query: CannedQuery, given: Mapping[str, Sequence[str]], terms: Mapping[str, Sequence[Term]]
) -> list[_Field]:
    """Return the fields of a query's form, filled with what was given or else with the defaults."""
    fields = []
    for name, parameter in query.parameters.items():
        try:
            offered, whole = choices(parameter, current_service().executor, _MOST_CHOICES)
        except LimitError:
            offered, whole = [], False
        if name in terms or name not in given:
            chosen = [term.value for term in terms.get(name, parameter.default)]
        else:
            chosen = [value for value in given[name] if value]
        fields.append(_Field(parameter, offered if whole else (), chosen))
    return fields


def _describe(query: CannedQuery) -> dict[str, Any]:
    """Return what is known of a query, for programs."""
    return {
        "name": query.name,
        "url": url_for("queries.query", name=query.name, _external=True),
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "picture": query.picture,
        "form": query.form,
        "version": query.version,
        "parameters": [_describe_parameter(parameter) for parameter in query.parameters.values()],
        "sparql": query.body,
    }


def _describe_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "label": parameter.label,
        "description": parameter.description,
        "type": parameter.type.value,
        "scheme": parameter.scheme,
        "class": parameter.class_,
        "choices": [choice.label for choice in parameter.choices],
        "required": parameter.required,
        "default": [term.value for term in parameter.default],
    }
