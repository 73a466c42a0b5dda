"""The Reconciliation Service API 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/)."""

from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, jsonify, make_response, redirect, render_template, request
from flask import url_for as url
from flask_babel import lazy_gettext
from markupsafe import Markup

from fsp import __version__
from fsp.errors import InputError, NotFoundError, ParameterError
from fsp.linking.reconciliation.describing import describe, types_of
from fsp.linking.reconciliation.entities import Entity
from fsp.linking.reconciliation.requests import BATCH, Query, expand, read_extension, read_queries
from fsp.linking.reconciliation.service import Reconciler
from fsp.linking.reconciliation.table import ADDED, Asked, Counts, reconciled_rows
from fsp.namespaces import BASE
from fsp.web.errors import describe as describe_error
from fsp.web.links import href
from fsp.web.negotiation import prefers_html
from fsp.web.operations import operation, path, query
from fsp.web.schemas import PAGE, TEXT, ref

__all__ = ["init_app"]

blueprint = Blueprint("reconcile", __name__)

_EXTENSION = "fsp-reconciler"
_MOST_PROPERTIES = 200
_DEFAULT_PROPERTIES = 100
_TRIED_CANDIDATES = 3
_WIDTH, _HEIGHT = 400, 200
_FEATURES = {
    "name_similarity": lazy_gettext(
        "How alike the names are, from 0 to 100: by letters, by words, as one part of the other."
    ),
    "same_name": lazy_gettext(
        "Whether it bears this very name, but for spelling, abbreviations and the order of words."
    ),
    "identifier": lazy_gettext("Whether an identifier that was given is one of its own."),
    "kind": lazy_gettext("Whether what the name says of the kind (county, city, borough, parish …) fits."),
    "type": lazy_gettext("Whether it has a type that was asked for."),
    "properties": lazy_gettext("The share of the properties that were asked for which it has."),
    "time": lazy_gettext("Whether it existed on the day that was asked for; without a day, whether it exists still."),
}
"""What each feature of a candidate says."""
_JSON = "application/json"
_QUERIES = "A batch of queries: an object in JSON, each of its members a query (section 4.3)."
_EXTEND = "Values to fetch: an object in JSON, with `ids` and `properties` (section 7.3)."
_BATCHES = {"type": "object", "properties": {"queries": TEXT, "extend": TEXT}}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_SUGGESTED = path("what", "What is looked for.")
_NAMES = query("names", f"Names or identifiers, one a line, at most {BATCH}.")
_ID = query("id", "Identifier of a thing: its IRI.", required=True)
_EMBEDDED_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors *; base-uri 'none'; form-action 'none'"
)
"""For the preview alone: other sites show it within their own pages (section 5.1)."""


def init_app(app: Flask) -> None:
    """Register the routes; what is reconciled is read when it is first asked for."""
    service = app.extensions["fsp"]
    app.extensions[_EXTENSION] = Reconciler(service.executor, service.settings.reconcile_most, service.settings.limits)
    app.register_blueprint(blueprint)


@blueprint.route("/reconcile/", methods=["GET", "POST"])
@blueprint.route("/reconcile", methods=["GET", "POST"])
@operation(
    {_JSON: {"type": "object"}},
    parameters=[query("queries", _QUERIES), query("extend", _EXTEND)],
    methods=["GET"],
    errors=[400, 502, 503],
)
@operation(
    {_JSON: {"type": "object"}},
    body={"application/x-www-form-urlencoded": _BATCHES},
    methods=["POST"],
    errors=[400, 413, 502, 503],
)
def reconcile() -> Response:
    """Answer a batch of queries or a request for values; without either, describe the service (section 3.1)."""
    given = request.form if request.method == "POST" else request.args
    for name, answer in (("queries", _answer_queries), ("extend", _answer_extension)):
        values = given.getlist(name)
        if len(values) > 1:
            raise ParameterError(f"There is more than one '{name}': send exactly one.", parameter=name)
        if values:
            return _fresh(answer(values[0]))
    if request.method == "POST":
        raise InputError("There is nothing to answer: send 'queries' or 'extend' as an element of a form.")
    response = jsonify(_manifest())
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@blueprint.get("/reconcile/suggest/<any('entity', 'type', 'property'):what>")
@operation(
    {_JSON: ref("Suggestions")},
    parameters=[
        _SUGGESTED,
        query("prefix", "What was typed.", required=True),
        query("cursor", "How many suggestions to pass over.", _COUNT),
    ],
    errors=[400, 404, 502, 503],
)
def suggest(what: str) -> Response:
    """Complete what is typed (section 6.2)."""
    makers: dict[str, Callable[[str, int], list[dict[str, Any]]]] = {
        "entity": _reconciler().suggest_entities,
        "type": _reconciler().suggest_types,
        "property": _reconciler().suggest_properties,
    }
    prefix = request.args.get("prefix")
    if prefix is None:
        raise ParameterError("There is no 'prefix': send what was typed.", parameter="prefix")
    return _fresh({"result": makers[what](prefix, _number("cursor", 0))})


@blueprint.get("/reconcile/flyout/<any('entity', 'type', 'property'):what>")
@operation({_JSON: ref("Flyout")}, parameters=[_SUGGESTED, _ID], errors=[400, 404, 502, 503])
def flyout(what: str) -> Response:
    """Return a small piece of HTML about a suggestion (section 6.5)."""
    id_ = _id()
    if what == "entity":
        html = render_template("_reconcile_entity.html", **_shown(_entity(id_)))
    else:
        suggested = suggest_one(what, id_)
        html = Markup("<p>{}</p><p>{}</p>").format(suggested["name"], suggested.get("description", id_))
    return _fresh({"id": id_, "html": html})


def suggest_one(what: str, id_: str) -> dict[str, Any]:
    """Return a type or property by its identifier.

    Raises:
        NotFoundError: there is none.
    """
    makers = {"type": _reconciler().suggest_types, "property": _reconciler().suggest_properties}
    found = [one for one in makers[what](id_, 0) if one["id"] == id_]
    if not found:
        raise NotFoundError(f"There is no {what} '{id_}'.")
    return found[0]


@blueprint.get("/reconcile/properties")
@operation(
    {_JSON: ref("ProposedProperties")},
    parameters=[
        query("type", "A type, by its IRI or short name."),
        query(
            "limit",
            f"How many at most: {_DEFAULT_PROPERTIES} where it is not said, never above {_MOST_PROPERTIES}.",
            _COUNT,
        ),
    ],
    errors=[400, 404, 502, 503],
)
def properties() -> Response:
    """Propose properties to fetch for things of a type (section 7.2)."""
    limit = min(_number("limit", _DEFAULT_PROPERTIES), _MOST_PROPERTIES)
    kind = expand(request.args.get("type", ""))
    if kind and kind not in _reconciler().types():
        raise NotFoundError(f"There is no type '{kind}'. /reconcile/suggest/type?prefix= lists them.")
    return _fresh(_reconciler().propose_properties(kind, limit))


@blueprint.get("/reconcile/preview")
@operation(PAGE, parameters=[_ID], errors=[400, 404, 502, 503])
def preview() -> Response:
    """Show a thing in a small page that others can embed (section 5)."""
    response = make_response(render_template("reconcile_preview.html", **_shown(_entity(_id()))))
    response.headers["Content-Security-Policy"] = _EMBEDDED_POLICY
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@blueprint.get("/reconcile/view")
@operation(PAGE, parameters=[_ID], errors=[400, 404, 502, 503], others={303: "Where its page is."})
def view() -> Response:
    """Lead to the page of a thing; of one that has none here, show the preview. Nobody is sent to another site."""
    entity = _entity(_id())
    if not entity.iri.startswith(str(BASE)):
        return preview()
    return cast("Response", redirect(href(entity.iri), 303))


@blueprint.get("/reconcile/about")
@operation(PAGE, parameters=[_NAMES], errors=[400, 502, 503])
def about() -> Response:
    """Explain the service to people, and let them try a few names."""
    error: dict[str, Any] | None = None
    tried = []
    try:
        tried = [(name, _reconciler().candidates(Query(name, limit=_TRIED_CANDIDATES))) for name in _names()]
    except InputError as told:
        if not prefers_html(request.headers.get("Accept", "")):
            raise
        error = describe_error(told)
    page = render_template(
        "reconcile.html",
        address=url("reconcile.reconcile", _external=True),
        text=request.args.get("names", ""),
        tried=tried,
        error=error,
        most=BATCH,
        features=_FEATURES,
        describe=lambda entity: describe(_reconciler().index, entity),
    )
    response = make_response(page, HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/reconcile/matches.csv")
@operation("text/csv", parameters=[_NAMES], headers=["Content-Disposition"], errors=[400, 502, 503])
def matches() -> Response:
    """Answer with the names and what they match as a table, as `fsp reconcile` writes it (RFC 4180)."""
    from fsp.linking.reconciliation.spreadsheet import Sheet, write_sheet  # noqa: PLC0415 - slow to import

    rows = reconciled_rows(_reconciler(), ([name] for name in _names()), Asked(0), Counts())
    stream = BytesIO()
    write_sheet(stream, ".csv", Sheet([], [], has_mark=True), ("name", *ADDED), rows)
    response = Response(stream.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="matches.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _names() -> list[str]:
    """Return the names that were typed.

    Raises:
        InputError: they are too many.
    """
    names = [line.strip() for line in request.args.get("names", "").splitlines() if line.strip()]
    if len(names) > BATCH:
        raise InputError(
            f"These are {len(names):,} names; at most {BATCH} can be tried here. "
            "The command fsp reconcile and OpenRefine take any number."
        )
    return names


def _answer_queries(text: str) -> dict[str, Any]:
    return _reconciler().answer(read_queries(text))


def _answer_extension(text: str) -> dict[str, Any]:
    return _reconciler().extend(read_extension(text))


def _manifest() -> dict[str, Any]:
    """Return the service manifest (section 3.1)."""
    root = url("reconcile.reconcile", _external=True)
    types = [iri for iri, broader in _reconciler().types().items() if not broader]
    return {
        "versions": ["0.2"],
        "name": "Public service partnerships: bodies, places, concepts and registers",
        "identifierSpace": str(BASE),
        "schemaSpace": str(BASE) + "def#",
        "documentation": f"{root}/about",
        "serviceVersion": __version__,
        "defaultTypes": [one for one in _reconciler().suggest_types("", 0) if one["id"] in types],
        "view": {"url": f"{root}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{root}/about#feature-{{{{id}}}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {
            what: {
                "service_url": root,
                "service_path": f"/suggest/{what}",
                "flyout_service_url": root,
                "flyout_service_path": f"/flyout/{what}?id=${{id}}",
            }
            for what in ("entity", "type", "property")
        },
        "extend": {"propose_properties": {"service_url": root, "service_path": "/properties"}, "property_settings": []},
        "batchSize": BATCH,
    }


def _reconciler() -> Reconciler:
    return cast("Reconciler", current_app.extensions[_EXTENSION])


def _shown(entity: Entity) -> dict[str, Any]:
    index = _reconciler().index
    return {
        "entity": entity,
        "description": describe(index, entity),
        "types": types_of(index, entity),
        "address": url("reconcile.view", id=entity.iri, _external=True),
    }


def _id() -> str:
    id_ = request.args.get("id", "")
    if not id_:
        raise ParameterError("There is no 'id': send the identifier of a thing.", parameter="id")
    return id_


def _entity(id_: str) -> Entity:
    entity = _reconciler().index.entities.get(id_)
    if entity is None:
        raise NotFoundError("There is nothing with this identifier that can be reconciled.")
    return entity


def _number(name: str, default: int) -> int:
    text = request.args.get(name) or str(default)
    if not text.isascii() or not text.isdecimal() or len(text) > 9:  # noqa: PLR2004 - beyond any list
        raise ParameterError(f"'{name}' is a whole number, such as 10.", parameter=name)
    return int(text)


def _fresh(body: dict[str, Any]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response
