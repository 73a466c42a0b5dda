"""Choose the format of an answer from what a request says it accepts (RFC 9110, section 12.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from fsp.errors import NotAcceptableError
from fsp.execution.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format

__all__ = ["HTML", "Choice", "accepts_gzip", "choose", "choose_among", "choose_description", "prefers_html"]

HTML = Format("html", "text/html", "HTML", "http://www.w3.org/ns/formats/HTML", ("application/xhtml+xml",))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a caller can read.

    Attributes:
        solutions: format for the answer of SELECT and ASK, if any.
        graph: format for the answer of CONSTRUCT and DESCRIBE, if any.
        html: whether a page for a person is wanted instead.
        page: whether a page is accepted where no format of data is.
    """

    solutions: Format | None
    graph: Format | None
    html: bool = False
    page: bool = False

    @property
    def graph_or_page(self) -> Format | None:
        """The format for what is a graph in any case, or `HTML`."""
        return HTML if self.html or (self.page and not self.graph) else self.graph


_NONE = Choice(None, None)


@lru_cache(maxsize=512)
def choose(accept: str, named: tuple[str, ...] = ()) -> Choice:
    """Choose the formats for a query whose form is not known yet.

    Args:
        accept: the `Accept` header; empty where there is none.
        named: formats named outright, by a suffix or by `format`, `output` or `results`; they outweigh the header.
            SPARQLWrapper sends all three, each with a name and a list of media types, so the first known one counts.

    Raises:
        NotAcceptableError: no format fits.
    """
    if named:
        choice = _by_name(named)
    else:
        ranges = _read(accept)
        choice = Choice(
            _best(ranges, SOLUTION_FORMATS),
            _best(ranges, GRAPH_FORMATS),
            html=_prefers_html(ranges),
            page=_rank(ranges, HTML)[0] > 0,
        )
    if choice == _NONE:
        asked = f"'{named[0]}'" if named else f"the Accept header '{accept}'"
        raise NotAcceptableError(f"There is no format for {asked}. {_offer()}")
    return choice


def choose_among(formats: Sequence[Format], accept: str, named: tuple[str, ...] = ()) -> Format | None:
    """Choose among the formats that something comes in; None where none fits.

    Args:
        formats: the formats; among equals the first one counts.
        accept: the `Accept` header; empty where there is none.
        named: formats named outright, as for `choose`.
    """
    if named:
        names = (word.partition(";")[0].strip().lower() for value in named for word in value.split(","))
        return next((found for name in names if (found := _named(name, formats))), None)
    return _best(_read(accept), formats)


def choose_description(accept: str, named: tuple[str, ...] = ()) -> Format:
    """Choose the format of what stands where there is no query: a description in RDF, or a page.

    Raises:
        NotAcceptableError: no format fits.
    """
    format_ = choose(accept, named).graph_or_page
    if format_ is None:
        names = ", ".join(format_.name for format_ in GRAPH_FORMATS)
        raise NotAcceptableError(f"There is no query, and the service description comes as RDF: {names}.")
    return format_


def prefers_html(accept: str) -> bool:
    """Say whether a page serves the caller better than every format of data: so do browsers ask."""
    return _prefers_html(_read(accept))


def accepts_gzip(accept_encoding: str) -> bool:
    """Say whether an answer is to be compressed (RFC 9110, section 12.5.3)."""
    codings = parse_accept_header(accept_encoding or None)
    quality = codings.quality("gzip")
    return quality > 0 and quality >= codings.quality("identity")


def _read(accept: str) -> MIMEAccept:
    """Read the media ranges of an `Accept` header; where it holds none, everything is accepted.

    Their parameters are left away (`charset`, `header`, `profile`): each format comes in one kind only.
    """
    items = parse_accept_header(accept, MIMEAccept)
    named = [(item.partition(";")[0].strip(), quality) for item, quality in items]
    ranges = [("*/*" if name == "*" else name, quality) for name, quality in named]  # Java's own client sends *
    return MIMEAccept([range_ for range_ in ranges if "/" in range_[0]] or [("*/*", 1)])


def _prefers_html(accept: MIMEAccept) -> bool:
    data = max(_rank(accept, format_) for format_ in (*SOLUTION_FORMATS, *GRAPH_FORMATS))
    return _rank(accept, HTML) > max(data, (0, True))


def _by_name(named: tuple[str, ...]) -> Choice:
    for value in named:
        for word in value.split(","):
            name = word.partition(";")[0].strip().lower()
            choice = Choice(_named(name, SOLUTION_FORMATS), _named(name, GRAPH_FORMATS), _is(HTML, name))
            if choice != _NONE:
                return choice
    return _NONE


def _named(name: str, formats: Iterable[Format]) -> Format | None:
    return next((format_ for format_ in formats if _is(format_, name)), None)


def _is(format_: Format, name: str) -> bool:
    # `+` in a query string is a space, and callers forget to write it as %2B.
    return name.replace(" ", "+") in {format_.name, format_.media_type, *format_.aliases}


def _best(accept: MIMEAccept, formats: Sequence[Format]) -> Format | None:
    """Return the format that ranks highest; among equals, the one that stands first in our list."""
    best = max(formats, key=lambda format_: _rank(accept, format_))
    return best if _rank(accept, best)[0] > 0 else None


def _rank(accept: MIMEAccept, format_: Format) -> tuple[float, bool]:
    """Return the format's quality, and whether a range names it rather than a wildcard.

    The most specific range that fits decides (section 12.5.1), so `q=0` excludes a format that a wildcard would admit.
    Other names of the format count only where the header spells them out.
    """
    spelt_out = {item.lower() for item in accept.values()} & {format_.media_type, *format_.aliases}
    if spelt_out:
        return max(accept.quality(name) for name in spelt_out), True
    return accept.quality(format_.media_type), False


def _offer() -> str:
    solutions = ", ".join(format_.name for format_ in SOLUTION_FORMATS)
    graph = ", ".join(format_.name for format_ in GRAPH_FORMATS)
    return f"SELECT and ASK come as {solutions}; CONSTRUCT and DESCRIBE as {graph}; or ask for html."
