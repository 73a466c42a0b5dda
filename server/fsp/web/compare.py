"""Cases side by side, and who works with whom."""

from typing import Any

from flask import Blueprint, Flask, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from fsp.cases.ask import Answer, ask
from fsp.cases.comparison import LEAST, MOST, compare, write_csv
from fsp.cases.names import case_iri
from fsp.cases.story import Story, stories
from fsp.errors import NotFoundError, ParameterError
from fsp.pictures.canvas import Link, Picture
from fsp.pictures.network import Tie, draw_network, key
from fsp.web.cases import choices_of, listing, page_response, resolved
from fsp.web.links import href
from fsp.web.negotiation import prefers_html
from fsp.web.operations import operation, query
from fsp.web.pictures import SVG, absolute_link, respond_picture
from fsp.web.schemas import PAGE
from fsp.web.service import current_service

__all__ = ["init_app"]

blueprint = Blueprint("compare", __name__)

_FILTERS = ("sector", "principle")
_NARROWED = [
    query("sector", "A sector, by IRI, short name or label.", many=True),
    query("principle", "A principle, by IRI, short name or label.", many=True),
]
_CASES = query("case", f"The short name of a case; {LEAST} to {MOST} of them.", required=True, many=True)


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/compare")
@operation(
    PAGE,
    "text/csv",
    parameters=[_CASES, query("format", "csv for a table, as at /compare.csv.", {"type": "string"})],
    headers=["ETag"],
    errors=[400, 404, 502, 503],
)
def show() -> Response:
    """Put two to six cases side by side."""
    if request.args.get("format") == "csv":
        return table()
    try:
        found = _chosen()
    except (ParameterError, NotFoundError) as error:
        if not prefers_html(request.headers.get("Accept", "")):
            raise
        return make_response(listing(error, request.args.getlist("case")), error.status)
    return page_response(render_template("compare.html", stories=found, aspects=compare(found)))


@blueprint.get("/compare.csv")
@operation("text/csv", parameters=[_CASES], headers=["Content-Disposition", "ETag"], errors=[400, 404, 502, 503])
def table() -> Response:
    """Answer with the comparison as a table for a spreadsheet."""
    found = _chosen()
    response = make_response(write_csv(found, compare(found)))
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=cases-side-by-side.csv"
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/network")
@operation(PAGE, parameters=_NARROWED, headers=["ETag"], errors=[400, 502, 503])
def network() -> Response:
    """Show who works with whom, all or those of a sector or a principle."""
    terms = resolved("network", allowed=_FILTERS)
    answer = ask(current_service().executor, "network", terms)
    page = render_template(
        "network.html",
        picture=_network(answer, href),
        whole=answer.preview.whole,
        choices={name: choices_of("network", name) for name in _FILTERS},
        parameters=answer.query.parameters,
        chosen={name: [term.value for term in terms.get(name, ())] for name in _FILTERS},
        given={name: request.args[name] for name in _FILTERS if request.args.get(name)},
    )
    return page_response(page)


@blueprint.get("/network.svg")
@operation(SVG.media_type, parameters=_NARROWED, headers=["ETag", "Vary"], errors=[400, 404, 502, 503])
def network_picture() -> Response:
    """Answer with the picture of who works with whom alone."""
    picture = _network(ask(current_service().executor, "network", resolved("network", allowed=_FILTERS)), absolute_link)
    if picture is None:
        raise NotFoundError(_("There is nothing to draw: nobody works with anybody there. Choose other values."))
    given: dict[str, Any] = {name: request.args.getlist(name) for name in _FILTERS}
    return respond_picture(picture, url_for("compare.network", _external=True, **given))


def _chosen() -> list[Story]:
    """Return what is told of the cases that are to be compared.

    Raises:
        ParameterError: they are too few or too many.
        NotFoundError: there is no such case.
    """
    names = list(dict.fromkeys(name for name in request.args.getlist("case") if name.strip()))
    if not LEAST <= len(names) <= MOST:
        raise ParameterError(
            _(
                "Choose %(least)s to %(most)s cases to compare: %(given)s given. The list of cases is at /cases.",
                least=LEAST,
                most=MOST,
                given=len(names),
            ),
            parameter="case",
        )
    iris = {name: case_iri(name.strip()) for name in names}
    found = stories(current_service().executor, [iri for iri in iris.values() if iri])
    missing = [name for name, iri in iris.items() if iri not in {story.case.iri for story in found}]
    if missing:
        raise NotFoundError(_("There is no case '%(name)s'. The list of cases is at /cases.", name=missing[0][:80]))
    return found


def _network(answer: Answer, link: Link) -> Picture | None:
    """Draw the pairs of an answer, each organisation with the shape of its sector."""
    ties: list[Tie] = []
    sectors: dict[str, str] = {}
    for row in answer.rows():
        ties.append(Tie(row["one"], row["other"], row["through"]))
        for end in ("one", "other"):
            sector = row.get(end + "SectorLabel")
            sectors[key(row[end])] = sector.text if sector else _("Sector not told")
    return draw_network(_("Who works with whom"), ties, link, sectors) if ties else None
