"""The answer to a canned query as data, in the format that is asked for."""

from collections.abc import Mapping, Sequence

from flask import Response, jsonify, request, url_for

from fsp.catalogue.answer import MOST_ROWS, ExplainedAnswer, count_rows, explain
from fsp.catalogue.choices import resolve
from fsp.catalogue.parameters import Term
from fsp.catalogue.plain import plain_answer
from fsp.catalogue.slicing import slice_solutions
from fsp.dataset.about import describe_dataset
from fsp.execution.formats import BY_NAME, GRAPH_FORMATS, Format
from fsp.execution.interface import QueryRequest
from fsp.web.answers import respond
from fsp.web.pictures import SVG, query_picture
from fsp.web.queries.asked import Asked
from fsp.web.queries.cite import Citing, add_changes
from fsp.web.queries.formats import ROWS, XLSX
from fsp.web.queries.paging import add_paging, check_page, link_to_next, other_pages
from fsp.web.service import current_service

__all__ = ["answer_as_data"]

_PAGE_SIZE = 1000
"""Rows of a page where a request asks for a page but does not say how long."""


def answer_as_data(asked: Asked) -> Response:
    """Answer a query in a format of data.

    Without `page` and `page-size`, the formats of SPARQL hold the whole answer as a stream; plain rows and workbooks
    are made in memory and hold the first page.

    Raises:
        FspError: a parameter does not fit, or as `Executor.execute`.
    """
    asked.part(MOST_ROWS)  # a number out of bounds is told, whatever the format
    terms = resolve(asked.query, asked.given, current_service().executor)
    if asked.format == SVG:
        response = query_picture(asked.query, terms, asked.seconds, asked.address())
    elif asked.format in {ROWS, XLSX}:
        response = _explained(asked, terms)
    elif asked.paging and asked.query.form == "SELECT":
        response = _page(asked, terms)
    else:
        response = respond(_request(asked, asked.query.bind(terms)))
        response.headers["Fsp-Truncated"] = "false"
    if asked.format in GRAPH_FORMATS:  # the graph is an answer, not about the query whose IRI this is
        response.headers.add("Link", f'<{url_for("queries.index", suffix="ttl")}>; rel="describedby"')
    add_changes(response, Citing(asked, terms))
    return response


def _request(asked: Asked, text: str) -> QueryRequest:
    format_: Format = BY_NAME[asked.format.name]
    graph, solutions = (format_, None) if format_ in GRAPH_FORMATS else (None, format_)
    return QueryRequest(text, solutions, graph, timeout=asked.seconds)


def _page(asked: Asked, terms: Mapping[str, Sequence[Term]]) -> Response:
    """Answer with one page of the solutions."""
    text = asked.query.bind(terms)
    part = asked.part(_PAGE_SIZE)
    total = count_rows(current_service().executor, text)
    pages = max(1, -(-total // part.size))
    check_page(part, pages)
    following = other_pages(asked, part, pages).get("next")
    edit = link_to_next(asked.format.name, following) if following else None
    response = respond(_request(asked, slice_solutions(text, part.offset, part.size)), edit)
    add_paging(response, asked, part, total)
    return response


def _explained(asked: Asked, terms: Mapping[str, Sequence[Term]]) -> Response:
    """Answer with rows and all that explains them."""
    part = asked.part(MOST_ROWS)
    answer = explain(current_service().executor, asked.query, terms, part, asked.seconds)
    check_page(part, answer.pages)
    response = _plain(asked, answer) if asked.format == ROWS else _workbook(asked, terms, answer)
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept",))
    add_paging(response, asked, part, answer.total)
    if asked.format == ROWS:  # a workbook says when it was made
        response.add_etag()
        response.make_conditional(request)
    return response


def _plain(asked: Asked, answer: ExplainedAnswer) -> Response:
    document = {
        "url": asked.address(),
        "dataset": current_service().executor.digest,
        "next": other_pages(asked, answer.part, answer.pages).get("next"),
    }
    return jsonify({**document, **plain_answer(answer)})


def _workbook(asked: Asked, terms: Mapping[str, Sequence[Term]], answer: ExplainedAnswer) -> Response:
    citing = Citing(asked, terms)
    about = describe_dataset(current_service().executor)
    facts = (
        ("Permanent link", citing.link),
        ("Query", f"{asked.query.name}, version {asked.query.version}"),
        ("Dataset", " ".join(filter(None, (about.title, about.version and f"(version {about.version})")))),
        ("SHA-256 of the dataset", about.digest),
        ("Source", about.source),
        ("Made by", about.creator),
        ("Licence", about.licence),
        ("SHA-256 of the rows as CSV", citing.rows),
        ("SPARQL", asked.query.bind(terms)),
    )
    from fsp.catalogue.workbook import write_workbook  # noqa: PLC0415 - slow to import, and few ask for a workbook

    body = write_workbook(answer, [(name, value) for name, value in facts if value])
    response = Response(body, content_type=XLSX.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{asked.query.name}.xlsx"'
    return response
