"""Syntax errors say where and what, in words."""

import pyoxigraph as ox
import pytest

from fsp.execution.messages import explain

CASES = [
    (
        "SELECT * { ?s ?p ?o",
        (1, 20),
        (
            "Line 1, column 20: the query ends here, but expected ',', ';', '.', another pattern such as FILTER "
            "or '}'. The '{' of line 1, column 10 is not closed."
        ),
    ),
    ("SELECT * WHERE ?s ?p ?o }", (1, 16), "Line 1, column 16: found '?s', but expected '{'."),
    (
        "SELECT *\nWHERE {\n  ?s skos:prefLabel ?l\n}",
        (3, 6),
        (
            "Line 3, column 6: the prefix 'skos:' is not declared. Put this line at the top: "
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>."
        ),
    ),
    (
        "SELECT * { ?s mine:p ?l }",
        (1, 15),
        "Line 1, column 15: the prefix 'mine:' is not declared. Put this line at the top: PREFIX mine: <…>.",
    ),
    ("SELECT * { ?s ?p ?o FILTER(FOO(?o)) }", (1, 28), "Line 1, column 28: FOO is not a function of SPARQL 1.1."),
    (
        "SELECT COUNT(?s) { ?s ?p ?o }",
        (1, 8),
        (
            "Line 1, column 8: found 'COUNT', but expected DISTINCT, REDUCED, a variable or (expression AS ?variable) "
            "or '*'."
        ),
    ),
    (
        "SELECT * { ?s ?p FILTER (?s = 1) }",
        (1, 18),
        "Line 1, column 18: found 'FILTER', but expected an object.",
    ),
    ("SELECT * { ?s ?p ?o } LIMIT x", (1, 29), "Line 1, column 29: found 'x', but expected a number."),
    ("SELECT * { ?s ?p ?o } ORDER ?s", (1, 29), "Line 1, column 29: found '?s', but expected BY."),
    (
        "SELECT (COUNT(?s)) { ?s ?p ?o }",
        (1, 18),
        "Line 1, column 18: found ')', but expected an operator or AS.",
    ),
    (
        "SELECT * { ?s ?p \u201cx\u201d }",
        (1, 18),
        "Line 1, column 18: \u201c is a typographic quotation mark. Write a string between \" or '.",
    ),
    (
        'SELECT * { ?s ?p "x }',
        (1, 18),
        (
            "Line 1, column 18: the string that begins here has no end in its line. Close it, or write it between "
            "three quotation marks."
        ),
    ),
    (
        "SELECT * { ?s ?p <http://a b> }",
        (1, 18),
        "Line 1, column 18: the IRI that begins here holds a space. Write the space as %20.",
    ),
    (
        "SELECT ?s ?o { ?s ?p ?o } GROUP BY ?s",
        (1, 38),
        (
            "Before line 1, column 38: With GROUP BY or an aggregate, each selected variable must stand in GROUP BY or "
            "inside an aggregate such as COUNT(?x) or SAMPLE(?x)."
        ),
    ),
    (
        "SELECT * { ?s ?p ?o } GROUP BY ?s",
        (1, 34),
        "Before line 1, column 34: SELECT * cannot be used with GROUP BY: name the variables.",
    ),
    (
        "SELECT (?s AS ?s) { ?s ?p ?o }",
        (1, 31),
        (
            "Before line 1, column 31: (… AS ?variable) needs a variable that the pattern does not bind already: "
            "choose another name."
        ),
    ),
    (
        "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999",
        (1, 52),
        "Before line 1, column 52: LIMIT is larger than any number that the engine counts to: leave it out.",
    ),
    (
        r'SELECT ("\uZZZZ" AS ?x) { }',
        (1, 10),
        (
            r"Line 1, column 10: \u is followed by the number of a character, in 4 hexadecimal digits; one beyond "
            r"U+FFFF is written with one \U, not two \u."
        ),
    ),
    (
        r'SELECT ("\uD83D\uDE00" AS ?x) { }',
        (1, 10),
        (
            r"Line 1, column 10: \u is followed by the number of a character, in 4 hexadecimal digits; one beyond "
            r"U+FFFF is written with one \U, not two \u."
        ),
    ),
    (
        "SELECT (<http://x/f>(1) AS ?y) { }",
        (None, None),
        "<http://x/f> is not a function that this service has. Use one of SPARQL 1.1.",
    ),
]


@pytest.mark.parametrize(("query", "place", "message"), CASES)
def test_an_error_says_where_it_is_and_what_was_expected(
    query: str, place: tuple[int | None, int | None], message: str
) -> None:
    """The engine's own error is told in words, at the token that is wrong."""
    with pytest.raises((SyntaxError, RuntimeError)) as raised:
        ox.Store().query(query)
    error = explain(str(raised.value), query)
    assert (str(error), (error.line, error.column)) == (message, place)


def test_a_rule_beside_the_grammar_is_named() -> None:
    """A query that follows the grammar and is wrong all the same gets the rules that it may break."""
    assert "BIND or AS gives a value to a variable that has one already" in str(
        explain("error at 1:40: expected [_]", "SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }")
    )
