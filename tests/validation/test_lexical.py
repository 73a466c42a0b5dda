"""Literals: what is a text of its datatype (XML Schema 1.1 Part 2), and what every engine takes alike."""

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from fsp.quiet import quiet
from fsp.validation.lexical import is_far_day, is_well_formed, plain_value


def typed(text: str, datatype: URIRef) -> Literal:
    """Return a literal as it is written."""
    with quiet():
        return Literal(text, datatype=datatype, normalize=False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2012-02-29", "date"),
        ("2011-04-30Z", "date"),
        ("-0044-03-15", "date"),
        ("12011-01-01", "date"),
        ("2011-04-30T24:00:00", "dateTime"),
        ("2011-04-30T12:00:00.5+01:00", "dateTime"),
        ("+1.", "decimal"),
        (".5", "decimal"),
        ("-007", "integer"),
        ("1e3", "double"),
        ("INF", "double"),
        ("0", "boolean"),
        ("2011", "gYear"),
        ("P1Y2M", "duration"),
        ("PT1.5S", "duration"),
        ("-0", "nonNegativeInteger"),
        ("anything", "anyURI"),
    ],
)
def test_well_formed(text: str, name: str) -> None:
    """Each is a lexical form of its datatype, or of one that is not checked."""
    assert is_well_formed(typed(text, XSD[name]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2011-02-30", "date"),
        ("2011-02-29", "date"),
        ("2011-13-01", "date"),
        ("2011-2-3", "date"),
        ("2011", "date"),
        ("30/04/2011", "date"),
        ("2011-01-01", "dateTime"),
        ("2011-01-01T25:00:00", "dateTime"),
        ("1,000", "decimal"),
        ("1_000", "integer"),
        ("1.0", "integer"),
        ("£5", "decimal"),
        ("1e3", "decimal"),
        (" 1", "integer"),
        ("\u0661", "integer"),
        ("yes", "boolean"),
        ("TRUE", "boolean"),
        ("-1", "nonNegativeInteger"),
        ("0", "positiveInteger"),
        ("P", "duration"),
        ("P1YT", "duration"),
        ("11", "gYear"),
    ],
)
def test_malformed(text: str, name: str) -> None:
    """None is a lexical form of its datatype."""
    assert not is_well_formed(typed(text, XSD[name]))


@pytest.mark.parametrize(("text", "name"), [("+1", "integer"), ("01", "integer"), ("1.", "decimal"), ("1e3", "double")])
def test_what_engines_write_in_another_way_is_not_plain(text: str, name: str) -> None:
    """It is left to pySHACL."""
    assert plain_value(typed(text, XSD[name])) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0000-05-01", True), ("-0044-03-15", True), ("12011-01-01", True), ("0001-01-01", False), ("2011-02-30", False)],
)
def test_days_that_engines_cannot_compare(text: str, expected: bool) -> None:
    """Well-formed in XML Schema 1.1, section 3.3.9, which has a year 0; they have no plain value."""
    assert is_far_day(typed(text, XSD.date)) == expected
    assert plain_value(typed(text, XSD.date)) is None
