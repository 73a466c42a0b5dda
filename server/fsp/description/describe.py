"""Describe an IRI: its concise bounded description, by SPARQL, over whichever engine answers.

The description of a node is every statement that it is the subject of, in whichever graph, and where a value is a
blank node, the statements of that one too (*CBD: Concise Bounded Description*, W3C member submission, section 2.1).
SPARQL cannot follow blank nodes without end: they are followed five deep, lists at their whole length.
"""

from collections.abc import Sequence

import pyoxigraph as ox
from rdflib import DCAT, DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal
from rdflib.term import Identifier

from fsp.dataset.terms import rdflib_term
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.solutions import solutions
from fsp.namespaces import BASE, PREFIXES

__all__ = [
    "LINKS",
    "describe",
    "describe_alignments",
    "describe_dataset",
    "describe_ontology",
    "describe_scheme",
    "describe_shapes",
    "document_of_version",
    "graph_of",
    "term",
]

_DEPTH = 5
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
    chosen = f"VALUES ?s0 {{ {' '.join(map(term, iris))} }}"
    found = graph_of(executor, _query((chosen,), depth=0))
    return graph_of(executor, _query((chosen,))) if _has_blank(found) else found


def describe_ontology(executor: Executor, iri: str) -> Graph:
    """Return the header of an ontology, its creator, and what it says of its own terms; no links of other files."""
    creator = f"{term(iri)} <{DCTERMS.creator}> ?s0 ."
    graph = _describe_document(executor, _only(iri), f"?s0 <{RDFS.isDefinedBy}> {term(iri)} .", creator)
    # Engines that keep the value of a number give it back as an integer; OWL asks for its own datatype.
    for restriction, property_, number in [triple for triple in graph if triple[1] in _CARDINALITIES]:
        graph.set((restriction, property_, Literal(str(number), datatype=XSD.nonNegativeInteger)))
    return graph


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
    return graph_of(executor, _query(choices, in_default=False)) or graph_of(executor, _query(choices, named=False))


def _only(iri: str) -> str:
    return f"VALUES ?s0 {{ {term(iri)} }}"


def _query(choices: Sequence[str], *, depth: int = _DEPTH, in_default: bool = True, named: bool = True) -> str:
    """Return a CONSTRUCT of the descriptions of what patterns choose as `?s0`.

    Args:
        choices: the patterns.
        depth: how far blank nodes are followed.
        in_default: whether to look in the default graph.
        named: whether to look in each of the named graphs.
    """
    branches = [f"{{ {choice} {_steps(level)} }}" for choice in choices for level in range(depth + 1)]
    pattern = " UNION ".join(branches)
    scopes = [f"{{ {pattern} }}"] if in_default else []
    if named:
        scopes.append(f"{{ GRAPH ?graph {{ {pattern} }} }}")
    return f"BASE <{BASE}> CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {' UNION '.join(scopes)} }}"


def _steps(level: int) -> str:
    """Return the pattern of the statements so many blank nodes away from `?s0`; a list is one step, however long."""
    followed = " ".join(
        f"?s{step} ?p{step} ?b{step} . FILTER(isBlank(?b{step})) ?b{step} <{RDF.rest}>* ?s{step + 1} ."
        for step in range(level)
    )
    return f"{followed} ?s{level} ?p ?o . BIND(?s{level} AS ?s)"


def _has_blank(graph: Graph) -> bool:
    values: set[Identifier] = {value for value in graph.objects() if isinstance(value, Identifier)}
    return any(isinstance(value, BNode) for value in values)
