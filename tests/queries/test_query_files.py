"""The files of the canned queries: what every one of them keeps to."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from fsp.catalogue.query import Catalogue
from fsp.dataset.files import project_folder
from fsp.execution.tokens import tokens
from fsp.namespaces import SCHEME, THING
from fsp.prefixes import PREFIXES

FOLDER = project_folder() / "queries"
FILES = sorted(FOLDER.glob("*.rq"))
COMPETENCY_QUESTIONS = {
    1: "cases-by-principle",
    2: "partners-and-roles",
    3: "charitable-arms",
    4: "contracts",
    5: "contract-changes",
    6: "outcomes-before-and-after",
    7: "savings",
    8: "jobs",
    9: "commitments",
    10: "activities-for-people",
    11: "commitments-and-activities",
    12: "what-happened-where",
    13: "events-by-year",
    14: "evidence-for-a-thing",
    15: "not-in-so-many-words",
}
"""The design's numbered questions, and the query that answers each."""

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def test_every_competency_question_has_a_query() -> None:
    """The fifteen questions that the model was made for are all there, and at least five more."""
    names = {path.stem for path in FILES}
    assert set(COMPETENCY_QUESTIONS.values()) <= names
    assert len(names) >= len(COMPETENCY_QUESTIONS) + 5


def test_every_question_is_asked_once() -> None:
    """No two queries have the same question or the same text."""
    queries = list(Catalogue.load(FOLDER))
    assert len({query.summary for query in queries}) == len({query.version for query in queries}) == len(queries)


@each_file
def test_file_is_sparql_for_two_parsers(path: Path) -> None:
    """A file is SPARQL 1.1 as it stands, for two parsers that have nothing in common."""
    text = path.read_text(encoding="utf-8")
    assert ox.Store().query(text) is not None
    assert prepareQuery(text).algebra is not None


@each_file
def test_file_keeps_to_the_style(path: Path) -> None:
    """A name of words, lines that fit, and exactly the prefixes that are used, each with the project's namespace."""
    text = path.read_text(encoding="utf-8")
    found = list(tokens(text))
    prefixed = [token.text for token in found if token.kind == "prefixed"]
    declared = re.findall(r"^PREFIX ([a-z-]+): <([^>]+)>$", text, re.MULTILINE)
    used = {name.partition(":")[0] for name in prefixed if not name.endswith(":")}
    known = {**PREFIXES, **{prefix: f"{base}{prefix}/" for prefix, _ in declared for base in (SCHEME, THING)}}
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", path.stem)
    assert max(len(line) for line in text.splitlines()) <= 120
    assert [prefix for prefix, _ in declared] == sorted(used)
    assert all(
        namespace in {PREFIXES.get(prefix), f"{SCHEME}{prefix}/", f"{THING}{prefix}/"} for prefix, namespace in declared
    ), known


@each_file
def test_select_names_its_columns_and_their_order(path: Path) -> None:
    """A SELECT projects its variables one by one and sorts its rows, so that every engine gives the same table."""
    query = Catalogue.load(FOLDER).get(path.stem)
    words = [token.text.upper() for token in tokens(query.body)]
    assert query.form in {"SELECT", "CONSTRUCT"}
    if query.form == "SELECT":
        assert words[words.index("SELECT") + 1] != "*"
        assert "ORDER" in words
        assert words[words.index("ORDER") + 1] == "BY"


@each_file
def test_query_asks_nothing_outside(path: Path) -> None:
    """No canned query leaves the service, and the same data always give the same answer."""
    words = {token.text.upper() for token in tokens(path.read_text(encoding="utf-8")) if token.kind == "word"}
    assert not words & {"SERVICE", "FROM", "RAND", "NOW", "UUID", "STRUUID", "BNODE", "DESCRIBE"}
