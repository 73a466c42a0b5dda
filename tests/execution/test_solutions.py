"""Solutions as RDF terms."""

import pytest
from rdflib import BNode, Literal, URIRef

from conftest import Running
from fsp.errors import NotAcceptableError
from fsp.execution.solutions import solutions


def test_solutions_are_terms_by_variable(running: Running) -> None:
    """IRIs, literals with language or datatype, and no entry for what is unbound."""
    query = """
        SELECT * { VALUES (?iri ?text ?number ?plain) {
            (<http://x/> "Käse"@de 4.50 UNDEF) (UNDEF UNDEF UNDEF "plain")
        } } ORDER BY ?plain
    """
    assert solutions(running.executor, query) == [
        {"iri": URIRef("http://x/"), "text": Literal("Käse", lang="de"), "number": Literal("4.5", datatype=DECIMAL)},
        {"plain": Literal("plain")},
    ]


def test_blank_nodes_are_blank_nodes(running: Running) -> None:
    """A blank node in a solution is a term too."""
    ((term,),) = [list(solution.values()) for solution in solutions(running.executor, "SELECT (BNODE() AS ?x) {}")]
    assert isinstance(term, BNode)


def test_a_graph_has_no_solutions(running: Running) -> None:
    """CONSTRUCT is refused."""
    with pytest.raises(NotAcceptableError):
        solutions(running.executor, "CONSTRUCT WHERE { ?s ?p ?o }")


DECIMAL = URIRef("http://www.w3.org/2001/XMLSchema#decimal")
