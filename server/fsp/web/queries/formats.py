"""The formats that a canned query comes in: those of SPARQL, and two that explain their rows."""

from dataclasses import replace

from fsp.catalogue.query import CannedQuery
from fsp.errors import NotAcceptableError, NotFoundError
from fsp.execution.formats import BY_NAME, GRAPH_FORMATS, SOLUTION_FORMATS, Format
from fsp.web.negotiation import HTML, choose_among
from fsp.web.pictures import SVG

__all__ = ["ROWS", "XLSX", "choose_format", "formats_of"]

ROWS = Format("rows", "application/json", "plain JSON", "https://www.rfc-editor.org/rfc/rfc8259")
XLSX = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Excel",
    "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
)
_TABLES = tuple(
    # Here `application/json` means plain rows: the results of SPARQL have a media type of their own.
    replace(format_, aliases=("srj",)) if format_ == BY_NAME["json"] else format_
    for format_ in SOLUTION_FORMATS
)


def formats_of(query: CannedQuery) -> tuple[Format, ...]:
    """Return the formats that the answer to a query comes in beside its page; the first is the default."""
    picture = (SVG,) if query.picture else ()
    if query.form in {"CONSTRUCT", "DESCRIBE"}:
        return (*GRAPH_FORMATS, *picture)
    return (*_TABLES, ROWS, XLSX, *picture) if query.form == "SELECT" else _TABLES


def choose_format(query: CannedQuery, suffix: str | None, named: tuple[str, ...], accept: str) -> Format:
    """Choose the format of an answer: by the suffix of the address, by `format`, else by the Accept header.

    Raises:
        NotFoundError: there is no such suffix.
        NotAcceptableError: the query does not come in what is asked for.
    """
    known = (*BY_NAME, ROWS.name, XLSX.name, SVG.name, HTML.name)
    if suffix is not None and suffix not in known:
        raise NotFoundError(f"There is no format '{suffix}'. Formats are {', '.join(known)}.")
    named = ((suffix,) if suffix else ()) + named
    offered = formats_of(query)
    chosen = choose_among((*offered, HTML), accept, named)
    if chosen is None:
        asked = f"'{named[0]}'" if named else f"the Accept header '{accept}'"
        names = ", ".join(format_.name for format_ in offered)
        raise NotAcceptableError(
            f"There is no format for {asked}. '{query.name}' is a {query.form} query and comes as {names} or html."
        )
    return chosen
