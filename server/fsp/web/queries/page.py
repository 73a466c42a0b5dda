"""The page of a canned query: its question, form, answer, evidence, and how to use and cite it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, make_response, render_template

from fsp.catalogue.answer import ExplainedAnswer, explain
from fsp.catalogue.choices import resolve
from fsp.catalogue.parameters import Term
from fsp.description.sources import Source
from fsp.errors import FspError, LimitError
from fsp.execution.interface import QueryRequest
from fsp.execution.preview import Preview, read_preview
from fsp.pictures.canvas import Picture
from fsp.web.errors import RETRY_AFTER, describe
from fsp.web.passages import unpublished
from fsp.web.pictures import answer_picture
from fsp.web.queries.asked import Asked
from fsp.web.queries.cite import Citing, add_changes
from fsp.web.queries.form import fields_of
from fsp.web.queries.formats import formats_of
from fsp.web.queries.notes import Notes
from fsp.web.queries.paging import add_paging, check_page, other_pages
from fsp.web.queries.use import calls
from fsp.web.service import current_service

__all__ = ["show_page"]

_PAGE_SIZE = 50
_MOST_SHOWN = 500
"""Rows of a page: by default, and at most, so that it stays quick on a slow line."""


@dataclass
class _Shown:
    """What a page shows; the later parts are missing where something is wrong with an earlier one."""

    terms: Mapping[str, Sequence[Term]] = field(default_factory=dict)
    table: ExplainedAnswer | None = None
    other: Preview | None = None
    picture: Picture | None = None
    unpublished: Sequence[Source] = ()
    citing: Citing | None = None
    error: FspError | None = None


def show_page(asked: Asked) -> Response:
    """Show a query and its answer, or what is wrong with the values that were given."""
    shown = _Shown()
    try:
        _ask(asked, shown)
    except FspError as error:
        shown.error = error
    response = make_response(_render(asked, shown), shown.error.status if shown.error else 200)
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept",))
    if isinstance(shown.error, LimitError):
        response.headers["Retry-After"] = RETRY_AFTER
    if shown.table is not None and shown.error is None:
        add_paging(response, asked, shown.table.part, shown.table.total)
    if shown.citing is not None and shown.error is None:
        response.headers.add("Link", f'<{shown.citing.link}>; rel="cite-as"')  # RFC 8574
        add_changes(response, shown.citing)
    return response


def _ask(asked: Asked, shown: _Shown) -> None:
    """Fill in what is shown, part after part."""
    executor = current_service().executor
    shown.terms = resolve(asked.query, asked.given, executor)
    text = asked.query.bind(shown.terms)
    part = asked.part(_PAGE_SIZE, _MOST_SHOWN)
    if asked.query.form == "SELECT":
        table = explain(executor, asked.query, shown.terms, part, asked.seconds)
        check_page(table.part, table.pages)
        shown.table = table
        cited = (citation for found in table.evidence.by_thing.values() for citation in found)
        shown.unpublished = unpublished((citation.source, citation.source_sha256) for citation in cited)
    else:
        shown.other = read_preview(executor, QueryRequest(text, None, None, timeout=asked.seconds))
    shown.picture = answer_picture(asked.query, shown.terms, asked.seconds)
    citing = Citing(asked, shown.terms)
    _ = citing.link, citing.changes  # asked for here, so that a limit that they meet is told like any other
    shown.citing = citing


def _render(asked: Asked, shown: _Shown) -> str:
    text = asked.query.bind({} if shown.error else shown.terms)
    table = shown.table
    return render_template(
        "query.html",
        query=asked.query,
        asked=asked,
        fields=fields_of(asked.query, asked.given, shown.terms),
        text=text,
        table=table,
        notes=table and Notes(table),
        unpublished=shown.unpublished,
        pages=other_pages(asked, table.part, table.pages) if table else {},
        other=shown.other,
        picture=shown.picture,
        citing=shown.citing,
        calls=calls(asked, text),
        error=shown.error and describe(shown.error),
        formats=formats_of(asked.query),
    )
