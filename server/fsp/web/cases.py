"""Cases: their list, and each one told as a page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Blueprint, Flask, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from fsp.cases.ask import ask, page_query
from fsp.cases.names import case_iri, case_name
from fsp.cases.story import Story, stories
from fsp.catalogue.choices import choices, resolve
from fsp.catalogue.parameters import Choice, Term
from fsp.errors import FspError, NotFoundError, ParameterError
from fsp.namespaces import FSP
from fsp.pictures.canvas import Cell, Picture
from fsp.pictures.standing import is_only_meant
from fsp.web.errors import describe
from fsp.web.operations import operation, path, query
from fsp.web.passages import unpublished
from fsp.web.pictures import SVG, answer_picture, respond_picture
from fsp.web.schemas import PAGE
from fsp.web.service import current_service

__all__ = ["PICTURES", "case_address", "choices_of", "init_app", "listing", "page_response", "resolved"]

blueprint = Blueprint("cases", __name__)

_SIZE = 50
"""Cases on one page of the list."""
_DEEPEST = 100_000
PICTURES: Mapping[str, str] = {
    "timeline": "timeline",
    "before-and-after": "outcomes-before-and-after",
    "places": "places",
}
"""The pictures of a case, and the query that each draws the answer of."""
_MOST_CHOICES = 200
_BY_IRI = "by-iri"
"""Stands for the name of a case whose IRI is not the project's own: the IRI then follows as a parameter."""
_NAME = path("name", "The short name of a case.")
_IRI = query("iri", "The IRI of a case that is not the project's own: its name is then by-iri.")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A case in the list."""

    case: Cell
    about: str


def init_app(app: Flask) -> None:
    """Register the pages of cases, and what their templates need."""
    app.jinja_env.filters["case_address"] = case_address
    app.jinja_env.filters["case_name"] = case_name
    app.jinja_env.tests["only_meant"] = is_only_meant
    app.register_blueprint(blueprint)


def case_address(iri: str) -> str:
    """Return the address of a case's page."""
    place = _place(iri)
    return url_for("cases.show", name=place["name"], iri=place.get("iri"))


def resolved(query: str, *, allowed: tuple[str, ...]) -> dict[str, tuple[Term, ...]]:
    """Return the terms that the request gives for a page's query.

    Raises:
        ParameterError: a value does not fit.
    """
    given = {name: request.args.getlist(name) for name in allowed if name in request.args}
    return resolve(page_query(query), given, current_service().executor)


def choices_of(query: str, parameter: str) -> list[Choice]:
    """Return what a form offers for a parameter of a page's query."""
    found, _whole = choices(page_query(query).parameters[parameter], current_service().executor, _MOST_CHOICES)
    return found


def page_response(page: str) -> Response:
    """Return a page that stays the same as long as the data do."""
    response = make_response(page)
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/cases")
@operation(
    PAGE,
    parameters=[
        query("text", "Words of a case's name or description, or of the name of anything that it tells of."),
        query("principle", "A principle that the cases illustrate, by IRI, short name or label."),
        query("page", "Which page of the list.", {"type": "integer", "minimum": 1, "maximum": _DEEPEST}),
    ],
    headers=["ETag"],
    errors=[400, 502, 503],
)
def index() -> Response:
    """List the cases, page by page, and search them."""
    return page_response(listing())


def listing(error: FspError | None = None, marked: Collection[str] = ()) -> str:
    """Return the page that lists the cases, narrowed as the request asks.

    Args:
        error: what was wrong with the choice of cases, if anything.
        marked: names of the cases that are chosen already.

    Raises:
        FspError: a parameter does not fit, or as `Executor.execute`.
    """
    page = _page()
    terms = resolved("list", allowed=("text", "principle"))
    answer = ask(current_service().executor, "list", terms, (_SIZE + 1, (page - 1) * _SIZE))
    found: dict[str, _Listed] = {}
    for row in answer.rows():
        found.setdefault(row["case"].iri or "", _Listed(row["case"], row["about"].text if "about" in row else ""))
    given = {name: request.args[name] for name in ("text", "principle") if request.args.get(name)}
    return render_template(
        "cases.html",
        cases=list(found.values())[:_SIZE],
        more=len(answer.preview.rows) > _SIZE,
        page=page,
        given=given,
        principles=choices_of("list", "principle"),
        chosen=[term.value for term in terms.get("principle", ())],
        error=error and describe(error),
        marked=marked,
    )


@blueprint.get("/cases/<name>")
@operation(PAGE, parameters=[_NAME, _IRI], headers=["ETag"], errors=[404, 502, 503])
def show(name: str) -> Response:
    """Tell one case."""
    story = _story(name)
    iri = story.case.iri or ""
    pictures = {key: picture for key in PICTURES if (picture := _picture(iri, key)) is not None}
    cited = {(passage.source.iri or "", passage.source_sha256) for passage in story.passages}
    page = render_template(
        "case.html",
        story=story,
        pictures=pictures,
        place=_place(iri),
        illustrates=str(FSP.illustrates),
        unpublished=unpublished(cited),
    )
    return page_response(page)


@blueprint.get("/cases/<name>/<picture>.svg")
@operation(
    SVG.media_type,
    parameters=[_NAME, path("picture", "Which picture.", {"type": "string", "enum": list(PICTURES)}), _IRI],
    headers=["ETag", "Vary"],
    errors=[404, 502, 503],
)
def picture(name: str, picture: str) -> Response:
    """Answer with one picture of a case alone."""
    if picture not in PICTURES:
        known = ", ".join(PICTURES)
        raise NotFoundError(_("A case has no picture '%(name)s'. It has %(known)s.", name=picture, known=known))
    iri = _story(name).case.iri or ""
    drawn = _picture(iri, picture, absolute=True)
    if drawn is None:
        raise NotFoundError(_("There is nothing to draw: the case tells of nothing of that kind."))
    return respond_picture(drawn, url_for("cases.show", _external=True, **_place(iri)))


def _page() -> int:
    """Return the number of the page that is asked for."""
    text = request.args.get("page") or "1"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= _DEEPEST:
        raise ParameterError(_("'page' is a whole number from 1 to %(most)s.", most=_DEEPEST), parameter="page")
    return int(text)


def _story(name: str) -> Story:
    """Return what is told of the case of an address.

    Raises:
        NotFoundError: there is none.
    """
    iri = case_iri(request.args.get("iri", "") if name == _BY_IRI else name)
    found = stories(current_service().executor, [iri]) if iri else []
    if not found:
        raise NotFoundError(_("There is no case '%(name)s'. The list of cases is at /cases.", name=name))
    return found[0]


def _picture(iri: str, key: str, *, absolute: bool = False) -> Picture | None:
    query = page_query(PICTURES[key])
    return answer_picture(query, {"case": (ox.NamedNode(iri),)}, absolute=absolute)


def _place(iri: str) -> dict[str, str]:
    """Return the parts of the address of a case."""
    name = case_name(iri)
    return {"name": _BY_IRI, "iri": iri} if name == iri else {"name": name}
