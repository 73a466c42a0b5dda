"""Describe an IRI: its concise bounded description, by SPARQL, over whichever engine answers.

The description of a node is every statement that it is the subject of, in whichever graph, and where a value is a
blank node, the statements of that one too (*CBD: Concise Bounded Description*, W3C member submission, section 2.1).

SPARQL cannot follow blank nodes without end, and property paths over them fail in some engines. So each question goes
as far as the last one showed to be needed: to no blank node, to those five deep, or to all that there are, of which
those that are reached are kept.
"""

from collections.abc import Sequence

import pyoxigraph as ox
from rdflib import DCAT, DCTERMS, OWL, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from fsp.dataset.terms import rdflib_term
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.solutions import solutions
from fsp.prefixes import PREFIXES

__all__ = [
    "LINKS",
    "describe",
    "describe_alignments",
    "describe_dataset",
    "describe_ontology",
    "describe_records",
    "describe_scheme",
    "describe_shapes",
    "document_of_version",
    "graph_of",
    "term",
]

_DEPTH = 5
_MOST_OF_RECORDS = 50_000
"""Statements about the records of a file; an import may have millions, which its graph holds."""
_CARDINALITIES = {
    OWL.cardinality,
    OWL.maxCardinality,
    OWL.maxQualifiedCardinality,
    OWL.minCardinality,
    OWL.minQualifiedCardinality,
    OWL.qualifiedCardinality,
}
"""OWL 2 Mapping to RDF Graphs, section 2.1: their values are of `xsd:nonNegativeInteger`."""
LINKS = " ".join(
    f"<{property_}>"
    for property_ in (
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        SKOS.broadMatch,
        SKOS.closeMatch,
        SKOS.exactMatch,
        SKOS.narrowMatch,
        SKOS.relatedMatch,
    )
)
"""The properties that link a term of ours to others, as terms of a query."""
_SHAPE_KINDS = " ".join(
    f"<{kind}>"
    for kind in (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint, SH.PropertyGroup, SH.PrefixDeclaration)
)


def term(iri: str) -> str:
    """Return an IRI as a term of a query.

    Raises:
        ValueError: it is not an absolute IRI.
    """
    return str(ox.NamedNode(iri))


def describe(executor: Executor, *iris: str) -> Graph:
    """Return what any graph says of some IRIs; empty where there is nothing.

    Raises:
        ValueError: one is not an absolute IRI.
        FspError: as `Executor.execute`.
    """
    return _describe(executor, (f"VALUES ?s0 {{ {' '.join(map(term, iris))} }}",))


def describe_ontology(executor: Executor, iri: str) -> Graph:
    """Return the header of an ontology, its creator, and what it says of its own terms; no links of other files."""
    creator = f"{term(iri)} <{DCTERMS.creator}> ?s0 ."
    graph = _describe_document(executor, _only(iri), f"?s0 <{RDFS.isDefinedBy}> {term(iri)} .", creator)
    # Engines that keep the value of a number give it back as an integer; OWL asks for its own datatype.
    for restriction, property_, number in [triple for triple in graph if triple[1] in _CARDINALITIES]:
        graph.set((restriction, property_, Literal(str(number), datatype=XSD.nonNegativeInteger)))
    return graph


def describe_records(executor: Executor, iri: str) -> Graph:
    """Return what is said of the records of a file, whose IRIs are the file's with a fragment: the first 50,000 of it.

    Raises:
        FspError: as `Executor.execute`.
    """
    file = term(iri)
    records = f'?s <{DCTERMS.isPartOf}> {file} ; ?p ?o . FILTER(STRSTARTS(STR(?s), CONCAT(STR({file}), "#")))'
    pattern = f"{{ {records} }} UNION {{ GRAPH ?graph {{ {records} }} }}"
    return graph_of(executor, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }} LIMIT {_MOST_OF_RECORDS}")


def describe_scheme(executor: Executor, iri: str) -> Graph:
    """Return a concept scheme and its concepts."""
    return _describe_document(executor, _only(iri), f"?s0 <{SKOS.inScheme}> {term(iri)} .")


def describe_shapes(executor: Executor, iri: str) -> Graph:
    """Return the header of a shapes graph, and everything that is named by a fragment of it."""
    named = (
        f'VALUES ?kind {{ {_SHAPE_KINDS} }} ?s0 a ?kind . FILTER(STRSTARTS(STR(?s0), CONCAT(STR({term(iri)}), "#")))'
    )
    return _describe_document(executor, _only(iri), named)


def describe_alignments(executor: Executor, iri: str) -> Graph:
    """Return the header of the alignments, and the links that stand in the same graph."""
    header = _describe_document(executor, _only(iri))
    links = f"VALUES ?p {{ {LINKS} }} {term(iri)} a <{OWL.Ontology}> . ?s ?p ?o ."
    pattern = f"{{ {links} }}"
    for where in (f"GRAPH ?graph {pattern}", pattern):
        found = graph_of(executor, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}")
        if found:
            break
    return header + found


def describe_dataset(executor: Executor, iri: str) -> Graph:
    """Return the description of a dataset: itself, its catalogue, distributions, service, and who publishes it."""
    dataset = term(iri)
    return _describe_document(
        executor,
        _only(iri),
        f"{dataset} <{DCAT.distribution}> ?s0 .",
        f"{dataset} <{DCAT.distribution}> ?distribution . ?distribution <{DCAT.accessService}> ?s0 .",
        f"{dataset} <{DCTERMS.publisher}> ?s0 .",
        f"?s0 <{DCAT.dataset}> {dataset} .",
    )


def document_of_version(executor: Executor, version: str) -> str | None:
    """Return the IRI of the ontology whose current version has an IRI; None where there is none."""
    pattern = f"?document <{OWL.versionIRI}> {term(version)}"
    rows = solutions(
        executor, f"SELECT DISTINCT ?document WHERE {{ {{ {pattern} }} UNION {{ GRAPH ?graph {{ {pattern} }} }} }}"
    )
    return str(rows[0]["document"]) if rows else None


def graph_of(executor: Executor, query: str) -> Graph:
    """Evaluate a CONSTRUCT and return its graph, with the project's prefixes.

    Raises:
        FspError: as `Executor.execute`.
    """
    with executor.execute(QueryRequest(query, solutions=None, graph=BY_NAME["nt"])) as answer:
        found = ox.parse(b"".join(answer), format=ox.RdfFormat.N_TRIPLES)
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for quad in found:
        graph.add((rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object)))
    return graph


def _describe_document(executor: Executor, *choices: str) -> Graph:
    """Return the description of what some patterns choose, as the graph that chooses them has it.

    An engine that holds no named graphs is asked for its default graph.
    """
    return _describe(executor, choices, in_default=False) or _describe(executor, choices, named=False)


def _describe(executor: Executor, choices: Sequence[str], *, in_default: bool = True, named: bool = True) -> Graph:
    """Return the descriptions of what patterns choose.

    Args:
        executor: evaluates the queries.
        choices: patterns that bind `?s0`.
        in_default: whether to look in the default graph.
        named: whether to look in each of the named graphs.
    """
    scopes = ["{}"] if in_default else []
    scopes += ["{{ GRAPH ?graph {} }}"] if named else []
    first = _query(scopes, [_branch(choice, 0) for choice in choices])
    found = graph_of(executor, first)
    if _is_whole(found):
        return found
    branches = [_branch(choice, depth) for choice in choices for depth in range(_DEPTH + 1)]
    found = graph_of(executor, _query(scopes, branches))
    if _is_whole(found):
        return found
    every_blank = ("?s ?p ?o . FILTER(isBlank(?s))", "?s ?p ?o")
    return _reached(graph_of(executor, _query(scopes, [*(_branch(choice, 0) for choice in choices), every_blank])))


def _only(iri: str) -> str:
    return f"VALUES ?s0 {{ {term(iri)} }}"


def _branch(choice: str, depth: int) -> tuple[str, str]:
    """Return a pattern of the statements so many blank nodes away from what is chosen, and the statement itself."""
    followed = " ".join(f"?s{n} ?p{n} ?s{n + 1} . FILTER(isBlank(?s{n + 1}))" for n in range(depth))
    statement = f"?s{depth} ?p{depth} ?o{depth}"
    return f"{choice} {followed} {statement}", statement


def _query(scopes: Sequence[str], branches: Sequence[tuple[str, str]]) -> str:
    """Return a CONSTRUCT of the statements of some patterns, in some scopes."""
    pattern = "{ " + " UNION ".join(f"{{ {branch} }}" for branch, _ in branches) + " }"
    template = " . ".join(dict.fromkeys(statement for _, statement in branches))
    return f"CONSTRUCT {{ {template} }} WHERE {{ {' UNION '.join(scope.format(pattern) for scope in scopes)} }}"


def _is_whole(graph: Graph) -> bool:
    """Say whether each blank node that is named is also told of."""
    return all((value, None, None) in graph for value in graph.objects() if isinstance(value, BNode))


def _reached(graph: Graph) -> Graph:
    """Leave out the blank nodes that nothing leads to from what has a name."""
    reached: set[Node] = set()
    waiting: list[Node] = [node for node in graph.subjects(unique=True) if isinstance(node, URIRef)]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += [value for value in graph.objects(node) if isinstance(value, BNode)]
    for subject in [node for node in graph.subjects(unique=True) if node not in reached]:
        graph.remove((subject, None, None))
    return graph
