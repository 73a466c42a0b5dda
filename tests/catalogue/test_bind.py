"""Terms take the place of a parameter's block, and of nothing else."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from fsp.catalogue.blocks import blocks
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.errors import ParameterError

Write = Callable[[str], CannedQuery]

HEADER = """\
#+ summary: What is chosen?
#+ description: The values themselves.
#+ tags: [test]
#+ parameters:
#+   word:
#+     label: Word
#+     description: Only this word.
#+     type: string
"""
WORDS = (
    HEADER
    + """
SELECT ?word WHERE { VALUES ?word { "a" } }
"""
)


def ask(text: str) -> list[str | None]:
    """Evaluate a query of one variable over nothing."""
    results = ox.Store().query(text)
    assert isinstance(results, ox.QuerySolutions)
    return [None if solution[0] is None else solution[0].value for solution in results]


def test_default_holds_without_choice(write: Write) -> None:
    """The terms in the file are the default."""
    assert ask(write(WORDS).bind({})) == ["a"]


def test_several_terms_are_alternatives(write: Write) -> None:
    """Each of several terms is joined."""
    assert ask(write(WORDS).bind({"word": [ox.Literal("b"), ox.Literal("c")]})) == ["b", "c"]


def test_no_terms_mean_any(write: Write) -> None:
    """Without terms the block is gone and restricts nothing (SPARQL 1.1, section 10.2.1)."""
    bound = write(WORDS).bind({"word": []})
    assert ("VALUES" in bound, ask(bound)) == (False, [None])


def test_any_within_a_sub_select(write: Write) -> None:
    """A block in a sub-select is taken out there, and the variable is bound by the rest of the sub-select."""
    text = (
        HEADER
        + """
SELECT ?word WHERE {
  { SELECT ?word WHERE { VALUES ?word { "x" } VALUES (?word ?n) { ("x" 1) ("y" 2) } } }
}
"""
    )
    query = write(text)
    assert (ask(query.bind({})), ask(query.bind({"word": []}))) == (["x"], ["x", "y"])


@pytest.mark.parametrize(
    "text",
    [
        '" } } INSERT DATA { <a:a> <a:a> <a:a> } #',
        "\\",
        'a"""b',
        "} UNION { ?s ?p ?o",
        "line\nbreak\r\ttab",
        "> <x:y>",
        "é £ \N{RIGHT SINGLE QUOTATION MARK} \N{PILE OF POO}",
        "\\u0022 }",
        "?word",
        "#",
        "\0",
    ],
)
def test_text_stays_one_literal(write: Write, text: str) -> None:
    """Whatever a caller writes, it is one term and never a part of the query."""
    assert ask(write(WORDS).bind({"word": [ox.Literal(text)]})) == [text]


def test_block_is_found_by_the_lexer(write: Write) -> None:
    """What looks like a block in a comment, a string or an IRI is none."""
    text = (
        HEADER
        + """
# VALUES ?word { "comment" }
SELECT ?word WHERE {
  BIND("VALUES ?word { 'string' }" AS ?x) BIND(<http://example.org/#VALUES> AS ?y)
  values $word { "a" # }
    "b}" '''VALUES ?word { }''' }
}
"""
    )
    query = write(text)
    assert [block.name for block in blocks(text)] == ["word"]
    assert ask(query.bind({"word": [ox.Literal("c")]})) == ["c"]
    assert [term.value for term in query.parameters["word"].default] == ["a", "b}", "VALUES ?word { }"]


def test_block_of_several_variables_is_no_parameter(write: Write) -> None:
    """A table of values is data of the query and stays."""
    query = write(WORDS.replace("{ VALUES", '{ VALUES (?word ?n) { ("a" 1) } VALUES'))
    assert list(query.parameters) == ["word"]


def test_unknown_parameter_is_named(catalogue: Catalogue) -> None:
    """A parameter that the query does not have is an error that lists those that it has."""
    with pytest.raises(ParameterError, match=r"no parameter 'place'. Its parameters: principle\.") as caught:
        catalogue.get("cases-by-principle").bind({"place": []})
    assert caught.value.parameter == "place"


def test_required_parameter_needs_a_value(catalogue: Catalogue) -> None:
    """'Any' is refused where a query would gather everything."""
    with pytest.raises(ParameterError, match="'case' needs a value"):
        catalogue.get("case-as-graph").bind({"case": []})


def test_version_follows_the_text(write: Write) -> None:
    """Another text has another version, the same text the same."""
    assert write(WORDS).version == write(WORDS).version != write(WORDS.replace('"a"', '"b"')).version
