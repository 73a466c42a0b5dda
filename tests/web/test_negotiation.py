"""The choice of a format (RFC 9110, section 12.5)."""

import pytest

from fsp.errors import NotAcceptableError
from fsp.web.negotiation import Choice, accepts_gzip, choose, choose_description

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def names(choice: Choice) -> tuple[str | None, str | None]:
    """Return the names of the chosen formats: for solutions, for a graph."""
    return (choice.solutions and choice.solutions.name, choice.graph and choice.graph.name)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", ("json", "ttl")),
        ("*/*", ("json", "ttl")),
        ("text/csv", ("csv", None)),
        ("text/csv;charset=utf-8", ("csv", None)),
        ("text/csv; charset=utf-8", ("csv", None)),
        ("text/csv;header=present", ("csv", None)),
        ("application/sparql-results+json;charset=utf-8", ("json", None)),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', (None, "jsonld")),
        ("*;q=0.2, text/csv", ("csv", "ttl")),
        ("no range at all", ("json", "ttl")),
        (";;;,,", ("json", "ttl")),
        ("TEXT/CSV", ("csv", None)),
        ("text/csv, */*", ("csv", "ttl")),
        ("*/*, text/csv;q=0.5", ("json", "ttl")),
        ("text/*", ("csv", "ttl")),
        ("application/*", ("json", "nt")),
        ("application/sparql-results+json;q=0, */*", ("xml", "ttl")),
        ("text/*;q=0.5, text/csv;q=0", ("tsv", "ttl")),
        ("application/sparql-results+xml;q=0.5, text/csv;q=0.9", ("csv", None)),
        ("text/turtle;q=0.2, application/rdf+xml;q=0.5", (None, "rdf")),
        ("application/json", ("json", "jsonld")),
        ("application/xml", ("xml", "rdf")),
        ("text/tab-separated-values, application/n-triples", ("tsv", "nt")),
    ],
)
def test_accept_is_read_by_specificity_and_quality(accept: str, expected: tuple[str | None, str | None]) -> None:
    """The most specific range decides on each format, then the highest quality wins, and `q=0` excludes (12.5.1)."""
    choice = choose(accept)
    assert (names(choice), choice.html) == (expected, False)


@pytest.mark.parametrize(
    "accept", ["image/png", "*/*;q=0", "text/csv;q=0", "text/html;q=0", "application/xhtml+xml;q=0, image/png"]
)
def test_nothing_acceptable_is_406(accept: str) -> None:
    """The error names the formats that there are (RFC 9110, section 15.5.7)."""
    with pytest.raises(NotAcceptableError, match="SELECT and ASK come as json, xml, csv, tsv"):
        choose(accept)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (("csv",), ("csv", None)),
        (("text/csv; charset=utf-8",), ("csv", None)),
        (("json",), ("json", "jsonld")),
        (("xml",), ("xml", "rdf")),
        (("turtle",), (None, "ttl")),
        (("n3",), (None, "ttl")),
        (("rdf",), (None, "rdf")),
        (("rdf+xml",), (None, "rdf")),
        (("application/sparql-results json",), ("json", None)),
        (("json-ld", "application/ld+json,application/x-json+ld"), (None, "jsonld")),
        (("unheard-of", "application/rdf+xml"), (None, "rdf")),
    ],
)
def test_a_format_named_outright_outweighs_the_header(
    named: tuple[str, ...], expected: tuple[str | None, str | None]
) -> None:
    """Names, media types and lists of them are understood, as SPARQLWrapper and people send them."""
    assert names(choose(BROWSER, named)) == expected


def test_an_unknown_name_is_406() -> None:
    """A format that does not exist is not silently replaced by another."""
    with pytest.raises(NotAcceptableError, match="There is no format for 'parquet'"):
        choose("*/*", ("parquet",))


def test_a_browser_gets_a_page_and_a_program_gets_data() -> None:
    """A page only where the header ranks it above every format of data."""
    assert choose(BROWSER).html is True
    assert choose("text/html").html is True
    assert choose("*/*").html is False
    assert choose("text/html;q=0.5, text/csv").html is False
    assert choose("*/*", ("html",)).html is True


def test_the_service_description_comes_as_rdf() -> None:
    """Where there is no query there are no solutions."""
    assert choose_description("application/rdf+xml").name == "rdf"
    assert choose_description(BROWSER).name == "html"
    assert choose_description("text/csv, text/html;q=0.1").name == "html"
    with pytest.raises(NotAcceptableError, match="comes as RDF"):
        choose_description("text/csv")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", False),
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("gzip;q=0, *", False),
        ("identity, gzip;q=0.5", False),
        ("br", False),
    ],
)
def test_answers_are_compressed_when_asked(header: str, expected: bool) -> None:
    """Accept-Encoding is read with its qualities (12.5.3)."""
    assert accepts_gzip(header) is expected
