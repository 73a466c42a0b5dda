"""Lead from one page of an answer to the others."""

import json
from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from flask import Response

from fsp.catalogue.answer import Slice
from fsp.errors import ParameterError
from fsp.web.queries.asked import Asked

__all__ = ["add_paging", "check_page", "link_to_next", "other_pages"]


def other_pages(asked: Asked, part: Slice, pages: int) -> dict[str, str]:
    """Return the addresses of the first, previous, next and last page (RFC 8288, section 3.3; the names are IANA's)."""
    numbers = {"first": 1, "prev": part.number - 1, "next": part.number + 1, "last": pages}
    return {
        relation: asked.page_address(Slice(number, part.size))
        for relation, number in numbers.items()
        if 1 <= number <= pages
    }


def check_page(part: Slice, pages: int) -> None:
    """Refuse a page that does not exist.

    Raises:
        ParameterError: it is past the end.
    """
    if part.number > pages:
        there = "There is one page" if pages == 1 else f"There are {pages:,} pages"
        raise ParameterError(f"'page' is {part.number:,}, past the end. {there}.", parameter="page")


def add_paging(response: Response, asked: Asked, part: Slice, total: int) -> None:
    """Say in the headers how many rows there are, whether this is all of them, and where the others are."""
    pages = max(1, -(-total // part.size))
    response.headers["Fsp-Rows"] = str(total)
    response.headers["Fsp-Truncated"] = "true" if pages > 1 else "false"
    for relation, address in other_pages(asked, part, pages).items():
        response.headers.add("Link", f'<{address}>; rel="{relation}"')


def link_to_next(format_name: str, address: str) -> Callable[[bytes], bytes] | None:
    """Return what writes the address of the next page into an answer, in the place that its format has for links.

    SPARQL 1.1 Query Results JSON Format, section 3.1.2; SPARQL Query Results XML Format, section 2.2. CSV and TSV have
    no such place: the headers say it.
    """
    return {"json": lambda body: _link_json(body, address), "xml": lambda body: _link_xml(body, address)}.get(
        format_name
    )


def _link_json(body: bytes, address: str) -> bytes:
    document = json.loads(body)
    document["head"]["link"] = [address]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _link_xml(body: bytes, address: str) -> bytes:
    link = f"<link href={quoteattr(address)}/></head>".encode()
    return body.replace(b"<head/>", b"<head></head>", 1).replace(b"</head>", link, 1)
