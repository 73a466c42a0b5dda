"""Reading a SPARQL protocol request (SPARQL 1.1 Protocol, section 2.1)."""

from typing import Any

import pytest
from flask import Request
from werkzeug.exceptions import HTTPException, UnsupportedMediaType
from werkzeug.test import EnvironBuilder

from fsp.errors import FspError, InputError, ParameterError, RefusedError, TooLargeError
from fsp.web.protocol import FORM, QUERY, UPDATE, ProtocolRequest, read_request

HARD = 'SELECT * { ?s ?p "100 % + & £ \u2019 é" } # a+b%20c'
ENCODED = "SELECT+*+%7B+%3Fs+%3Fp+%22100+%25+%2B+%26+%C2%A3+%E2%80%99+%C3%A9%22+%7D+%23+a%2Bb%2520c"


def read(query_string: str = "", **builder: Any) -> ProtocolRequest:  # noqa: ANN401
    """Read a request as it comes from a web server."""
    environ = EnvironBuilder(path="/sparql", query_string=query_string, **builder).get_environ()
    return read_request(Request(environ), query_size=10_000)


def post(body: bytes | str, content_type: str, query_string: str = "", **builder: Any) -> ProtocolRequest:  # noqa: ANN401
    """Read a POST request."""
    data = body.encode() if isinstance(body, str) else body
    return read(query_string, method="POST", data=data, content_type=content_type, **builder)


def test_the_three_ways_of_asking_give_the_same_query() -> None:
    """GET, form and direct POST (2.1.1 to 2.1.3); what is encoded is decoded once."""
    assert read("query=" + ENCODED).query == HARD
    assert post("query=" + ENCODED, FORM).query == HARD
    assert post(HARD, QUERY).query == HARD


def test_a_byte_order_mark_is_no_part_of_the_query() -> None:
    """Editors put one before a text that is then sent as it is, or in a form (RFC 3629, section 6)."""
    assert post(b"\xef\xbb\xbfASK {}", QUERY).query == "ASK {}"
    assert read("query=%EF%BB%BFASK+%7B%7D").query == "ASK {}"


@pytest.mark.parametrize(
    ("encoded", "expected"),
    [
        ("%5C%5Cx41%5Cu0041", r"\\x41\u0041"),
        (r"\x41\n", r"\x41\n"),
        ("%e2%9c%93=%26&", "\u2713=&"),
        ("%00", "\0"),
        ("é", "é"),
    ],
)
def test_nothing_but_escapes_is_decoded(encoded: str, expected: str) -> None:
    """A backslash means nothing in a form; hexadecimal digits may be small (URL Standard, section 5.1)."""
    assert post("query=" + encoded, FORM).query == expected


@pytest.mark.parametrize("value", ["%", "100%", "%4", "%zz", "%u0041", "%%41"])
def test_a_percent_sign_that_begins_no_escape_is_told(value: str) -> None:
    """It shows that the query was not encoded, and so that other signs of it may be lost."""
    with pytest.raises(InputError, match="Write %25 for the sign"):
        read(f"query=ASK+%7B%7D&format={value}")


def test_graphs_are_read_from_address_and_form() -> None:
    """Section 2.1.4; they keep their order, and empty ones are no graphs."""
    asked = post(
        "query=ASK%7B%7D&default-graph-uri=http://x/b&default-graph-uri=",
        FORM,
        "default-graph-uri=http://x/a&named-graph-uri=http://x/c",
    )
    assert asked.default_graphs == ("http://x/a", "http://x/b")
    assert asked.named_graphs == ("http://x/c",)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", "US-ASCII"])
def test_utf_8_may_be_named(charset: str) -> None:
    """A body is UTF-8, whether it says so or not (2.1.3)."""
    assert post("ASK {}", f"{QUERY}; charset={charset}").query == "ASK {}"


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        (f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16"), InputError),
        (f"{QUERY}; charset=klingon", b"ASK {}", InputError),
        (QUERY, b'ASK { ?s ?p "\xff" }', InputError),
        (FORM, b"query=%FF", InputError),
        (FORM, b"query=\xff", InputError),
        (FORM, b"query=ASK%7B%7D&query=ASK%7B%7D", ParameterError),
        (FORM, b"&".join([b"a=b"] * 1001), InputError),
        (FORM, b"update=CLEAR+ALL", RefusedError),
        (UPDATE, b"CLEAR ALL", RefusedError),
        (QUERY, b"#" * 10_001, TooLargeError),
        ("text/plain", b"ASK {}", UnsupportedMediaType),
        ("", b"query=ASK%7B%7D", UnsupportedMediaType),
        ("application/json", b"{}", UnsupportedMediaType),
    ],
)
def test_a_body_that_cannot_be_used_is_refused(
    content_type: str, body: bytes, expected: type[FspError | HTTPException]
) -> None:
    """Each with its own kind of error, and so its own status (2.1.7)."""
    with pytest.raises(expected):
        post(body, content_type)


def test_a_compressed_body_is_refused() -> None:
    """A small body cannot unfold into a large one (RFC 9110, section 8.4)."""
    with pytest.raises(UnsupportedMediaType):
        post(b"ASK {}", QUERY, headers={"Content-Encoding": "gzip"})


def test_a_query_in_both_address_and_body_is_refused() -> None:
    """Exactly one query (2.1)."""
    with pytest.raises(ParameterError, match="more than one 'query'"):
        post("ASK {}", QUERY, "query=ASK%7B%7D")


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_no_iri_is_refused(parameter: str) -> None:
    """A relative IRI has nothing to be relative to."""
    with pytest.raises(ParameterError) as caught:
        read(f"query=ASK%7B%7D&{parameter}=cases.ttl")
    assert caught.value.parameter == parameter


@pytest.mark.parametrize("text", ["soon", "0", "-1", "nan", "inf", "1_0", "%D9%A3"])
def test_a_timeout_is_a_number_of_seconds(text: str) -> None:
    """Anything else is an error, never a wait without end."""
    assert read("query=ASK%7B%7D&timeout=2.5").timeout == 2.5
    with pytest.raises(ParameterError) as caught:
        read(f"query=ASK%7B%7D&timeout={text}")
    assert caught.value.parameter == "timeout"


def test_formats_are_read_in_the_order_in_which_they_count() -> None:
    """The suffix, `format`, then the names that only SPARQLWrapper sends."""
    environ = EnvironBuilder(path="/sparql.csv", query_string="results=a&output=b&format=c&format=d").get_environ()
    asked = read_request(Request(environ), query_size=10, suffix="csv")
    assert asked.formats == ("csv", "c", "d", "b", "a")


@pytest.mark.parametrize(
    ("query_string", "bare"), [("", True), ("format=ttl", True), ("timeout=1", False), ("query=", False)]
)
def test_a_bare_address_asks_for_the_service_description(query_string: str, bare: bool) -> None:
    """Nothing but a format may stand there (SPARQL 1.1 Service Description, section 2)."""
    assert read(query_string).bare is bare
