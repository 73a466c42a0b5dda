"""What a query's file must say at its beginning, and what is said of it when it does not."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from fsp.catalogue.declared import ColumnText
from fsp.catalogue.parameters import ParameterType
from fsp.catalogue.picture import PictureKind, PictureSpec
from fsp.catalogue.query import CannedQuery
from fsp.errors import DataError

Write = Callable[[str], CannedQuery]

GOOD = """\
#+ summary: Which years are there?
#+ description: A list of years.
#+ tags: [dates]
#+ picture: { kind: bar, label: year }
#+ parameters:
#+   year:
#+     label: Year
#+     description: Only this year.
#+     type: integer
#+     choices: [2009, 2012]

SELECT ?year WHERE { VALUES ?year { 2009 } }
"""
EXPLAINED = GOOD.replace(
    "#+ parameters:\n",
    """\
#+ columns:
#+   year: {label: The year, description: The year itself}
#+ coverage:
#+   - text: years are known
#+     query: SELECT (1 AS ?all) (1 AS ?stating) WHERE { VALUES ?year { 2009 } }
#+ parameters:
""",
)


def test_header_is_read(write: Write) -> None:
    """Every part of a header comes through, and the default comes from the block."""
    query = write(GOOD)
    year = query.parameters["year"]
    assert (query.summary, query.description, query.tags, query.picture, query.form) == (
        "Which years are there?",
        "A list of years.",
        ("dates",),
        PictureSpec(PictureKind.BAR, {"label": ("year",)}),
        "SELECT",
    )
    assert (year.label, year.type, year.required, [term.value for term in year.default]) == (
        "Year",
        ParameterType.INTEGER,
        False,
        ["2009"],
    )
    assert [choice.label for choice in year.choices] == ["2009", "2012"]


def test_body_is_text_without_header(write: Write) -> None:
    """The body begins after the header and its blank line."""
    assert write(GOOD).body == "SELECT ?year WHERE { VALUES ?year { 2009 } }\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("#+ summary: Which years are there?\n", "", 1, "'summary' is missing or no text"),
        ("are there?", "are there", 1, "'summary' is a question"),
        ("#+ tags: [dates]\n", "", 1, "'tags' is a list"),
        ("picture: {", "pictures: {", 1, "the header has no 'pictures'"),
        ("#+   year:", "#+   Year:", 6, "'Year' cannot name a parameter"),
        ("#+   year:", "#+   format:", 6, "'format' cannot name a parameter"),
        ("{ kind: bar, label: year }", "bar", 4, "'picture' has a 'kind' (bar, timeline, map, graph)"),
        ("kind: bar", "kind: pie", 4, "the 'kind' of 'picture' is one of bar, timeline, map, graph"),
        ("label: year }", "label: year, start: year }", 4, "a picture of the kind 'bar' has no 'start'"),
        ("label: year }", "label: [] }", 4, "'label' of 'picture' is the name of a column, or a list of names"),
        ("label: year }", "value: year }", 4, "a picture of the kind 'bar' names its 'label'"),
        ("label: year }", "label: place }", 4, "'label' of 'picture' names ?place, which is no column of the query"),
        ("type: integer", "type: number", 6, "the type of 'year' is one of concept, iri,"),
        ("type: integer", "type: concept", 6, "a concept names its 'scheme'"),
        ("type: integer", "type: iri", 6, "choices are a query for IRIs and a list for literals"),
        ("label: Year", "name: Year", 6, "the parameter 'year' has no 'name'"),
        ("[2009, 2012]", "[2009, soon]", 6, "'soon' is no value of 'year'"),
        ("tags: [dates]", "tags: [dates", 4, "the header is no YAML"),
        ("{ 2009 }", "{ UNDEF 2009 }", 12, "holds either terms or one UNDEF"),
        ("{ 2009 }", "{ }", 12, "holds either terms or one UNDEF"),
        ("{ 2009 }", '{ "2009" }', 12, "in the block of ?year is no integer"),
        ("{ 2009 }", "{ 2009 } VALUES ?year { 2009 }", 12, "?year has a block already"),
        ("{ 2009 }", "{ 2009 } VALUES ?other { 1 }", 12, "the block of ?other belongs to no parameter"),
        ("VALUES ?year { 2009 }", "", 6, "the parameter 'year' has no block"),
        ("type: integer", "type: integer\n#+     required: 7", 6, "'required' is true or false"),
        ("{ 2009 }", "{ UNDEF }", 12, "?year is required"),
    ],
)
def test_fault_is_named_with_its_line(write: Write, old: str, new: str, line: int, message: str) -> None:
    """What is wrong in a file is told with the file's name and the line."""
    text = GOOD if "is required" not in message else GOOD.replace("integer\n", "integer\n#+     required: true\n")
    assert old in text
    with pytest.raises(DataError) as caught:
        write(text.replace(old, new, 1))
    # The line that `required` adds stands above the query.
    assert (caught.value.line, message in str(caught.value)) == (line + ("is required" in message), True), str(
        caught.value
    )
    assert str(caught.value).startswith(f"written.rq, line {caught.value.line}: ")


def test_file_without_header_is_refused(write: Write) -> None:
    """A query alone is no canned query."""
    with pytest.raises(DataError, match="a query begins with a header"):
        write("SELECT ?s WHERE { ?s ?p ?o }")


def test_file_that_is_no_sparql_is_refused(write: Write) -> None:
    """A header before something else than SPARQL does not load."""
    with pytest.raises(DataError, match=r"is no SPARQL 1\.1"):
        write(GOOD.replace("SELECT", "SELEKT"))


def test_answer_is_explained(write: Write) -> None:
    """A header says what columns are called, and how much the data tell; an undeclared column speaks for itself."""
    query = write(EXPLAINED)
    assert query.column("year") == ColumnText("The year", "The year itself")
    assert write(GOOD).column("latestEndLabel") == ColumnText("Latest end")
    assert [coverage.text for coverage in query.coverage] == ["years are known"]


def test_coverage_takes_the_terms_that_it_shares(write: Write) -> None:
    """A query of coverage holds what was chosen, and the default where nothing was."""
    query = write(EXPLAINED)
    [coverage] = query.coverage
    chosen = query.bind_coverage(coverage, {"year": [ox.Literal(2012)]})
    assert ("2012" in chosen, "2009" in chosen) == (True, False)
    assert "2009" in query.bind_coverage(coverage, {})


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("label: The", "name: The", 5, "the column 'year' has no 'name'"),
        ("{label: The year, description: The year itself}", "Year", 5, "'columns' holds a label and a description"),
        (", description: The year itself", "", 5, "'description' is missing or no text"),
        ("- text: years are", "- words: years are", 7, "an entry of 'coverage' has no 'words'"),
        ("#+   - text: years are known\n#+     query", "#+   query", 7, "'coverage' is a list of entries"),
        ("(1 AS ?all)", "(1 AS", None, "is no SPARQL 1.1"),
    ],
)
def test_fault_in_an_explanation_is_named(write: Write, old: str, new: str, line: int | None, message: str) -> None:
    """What is wrong with columns and coverage is told with the line of the key."""
    assert old in EXPLAINED
    with pytest.raises(DataError) as caught:
        write(EXPLAINED.replace(old, new, 1))
    assert (caught.value.line, message in str(caught.value)) == (line, True), str(caught.value)
