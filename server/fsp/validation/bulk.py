"""Find, among many focus nodes, the few that can break a rule: all others conform for certain.

SHACL Core is judged by `Quick`, each SPARQL constraint by one query over all focus nodes. Both may suspect too many
nodes, never too few; pySHACL then makes the report about the suspects.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from fsp.validation.index import Index, Triple
from fsp.validation.lexical import plain_value
from fsp.validation.published import Published
from fsp.validation.quick import Quick, UnsureError
from fsp.validation.targets import FocusNodes

__all__ = ["find_suspects"]

_Term = ox.NamedNode | ox.BlankNode | ox.Literal
_BLANK = "b"


def find_suspects(
    focus: FocusNodes, index: Index, published: Published, *, is_whole: bool = False
) -> dict[Node, set[int]]:
    """Return those focus nodes of each shape that may not conform to it.

    Args:
        focus: the focus nodes to look at.
        index: the data.
        published: the shapes, and what they read.
        is_whole: whether these are all focus nodes there are: the queries then run over all triples.
    """
    quick = Quick(published.shape_graph, index)
    found: dict[Node, set[int]] = defaultdict(set)
    for shape, nodes in focus.items():
        found[shape] |= {node for node in nodes if not _conforms(shape, node, quick)}
    for shape, nodes in _found_by_queries(focus, index, published, is_whole=is_whole):
        found[shape] |= nodes
    return {shape: nodes for shape, nodes in found.items() if nodes}


def _conforms(shape: Node, node: int, quick: Quick) -> bool:
    try:
        return quick.conforms(shape, node)
    except UnsureError:
        return False


def _found_by_queries(
    focus: FocusNodes, index: Index, published: Published, *, is_whole: bool
) -> Iterator[tuple[Node, set[int]]]:
    """Yield the focus nodes that SPARQL constraints may give a result for."""
    constraints = [
        (shape, constraint)
        for shape, nodes in focus.items()
        for one in published.shape_graph.constraints(shape)
        if one.predicate == SH.sparql and nodes
        for constraint in one.values
    ]
    plain = {key: query for key in constraints if (query := published.queries[key[1]])}
    for shape, _ in set(constraints).difference(plain):
        yield shape, focus[shape]
    starts = [(constraint, node) for shape, constraint in plain for node in focus[shape]]
    store, odd = _store(index.triples() if is_whole else published.reach.read(starts, index), index)
    for shape, nodes in published.reach.readers(odd, index).items():
        yield shape, focus.get(shape, set()) & nodes
    for (shape, _), query in plain.items():
        answers = _answers(query, store, index)
        yield shape, focus[shape] if answers is None else focus[shape] & answers


def _answers(query: str, store: ox.Store, index: Index) -> set[int] | None:
    """Return the focus nodes that a query gives; None where the engine does not take it."""
    found = set()
    try:
        solutions = store.query(query)
    except (SyntaxError, ValueError, RuntimeError):
        return None
    if not isinstance(solutions, ox.QuerySolutions):
        return None
    for solution in solutions:
        this = solution["this"]
        if isinstance(this, ox.BlankNode):
            found.add(int(this.value.removeprefix(_BLANK)))
        elif isinstance(this, ox.NamedNode):
            number = index.find(URIRef(this.value))
            if number is not None:
                found.add(number)
    return found


def _store(triples: Iterable[Triple], index: Index) -> tuple[ox.Store, list[Triple]]:
    """Return a store of triples, and those left out since two engines could take a term of theirs differently."""
    terms: dict[int, _Term | None] = {}
    quads, odd = [], []
    for triple in triples:
        for number in triple:
            if number not in terms:
                terms[number] = _converted(number, index)
        subject, predicate, value = (terms[number] for number in triple)
        if isinstance(subject, ox.NamedNode | ox.BlankNode) and isinstance(predicate, ox.NamedNode) and value:
            quads.append(ox.Quad(subject, predicate, value))
        else:
            odd.append(triple)
    store = ox.Store()
    store.bulk_extend(quads)
    return store, odd


def _converted(number: int, index: Index) -> _Term | None:  # noqa: PLR0911 - one a kind of term
    """Return a term for the engine; None for an odd one, such as a literal that engines normalise in their own ways."""
    node = index.term(number)
    try:
        if isinstance(node, BNode):
            return ox.BlankNode(f"{_BLANK}{number}")
        if isinstance(node, URIRef):
            return ox.NamedNode(str(node))
        if not isinstance(node, Literal):
            return None
        if node.language:
            is_plain = node.language.isalpha() and node.language.islower()
            return ox.Literal(str(node), language=node.language) if is_plain else None
        if node.datatype in {None, XSD.string}:
            return ox.Literal(str(node))
        return None if plain_value(node) is None else ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)))
    except ValueError:
        return None
