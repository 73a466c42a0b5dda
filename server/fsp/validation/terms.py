"""Show terms and property paths to people."""

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from fsp.prefixes import PREFIXES

__all__ = ["label", "path_text", "short", "shown"]

_LABELS = (SKOS.prefLabel, RDFS.label, DCTERMS.title)


def label(node: Node, graph: Graph) -> str | None:
    """Return the label of a thing: in English, else without a language, else in any; None where it has none."""
    for predicate in _LABELS:
        found = [value for value in graph.objects(node, predicate) if isinstance(value, Literal)]
        if found:
            return str(min(found, key=lambda value: (value.language != "en", value.language or "", value)))
    return None


def short(node: Node) -> str:
    """Return a term as Turtle has it, with a prefix where the project knows one."""
    if isinstance(node, URIRef):
        for prefix, namespace in PREFIXES.items():
            rest = node.removeprefix(namespace)
            if rest != node and rest.replace("-", "").replace("_", "").isalnum():
                return f"{prefix}:{rest}"
    if isinstance(node, Literal) and node.datatype is not None:
        return f"{Literal(str(node)).n3()}^^{short(node.datatype)}"
    return node.n3()


def shown(node: Node, graph: Graph) -> str:
    """Return a term for a person: its label, where it has one, before the term."""
    name = None if isinstance(node, Literal) else label(node, graph)
    return short(node) if name is None else f"{name} ({short(node)})"


def path_text(path: Node, graph: Graph) -> str:
    """Return a SHACL property path in the syntax of SPARQL (SHACL, section 2.3.1; SPARQL 1.1, section 9.1).

    Args:
        path: an IRI, or the blank node of a path.
        graph: the graph that holds the path's triples.
    """
    if isinstance(path, URIRef):
        return short(path)
    if (path, RDF.first, None) in graph:
        return "/".join(_inner(part, graph) for part in Collection(graph, path))
    for predicate, operator in ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?")):
        inner = graph.value(path, predicate)
        if inner is not None:
            return _inner(inner, graph) + operator
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return "^" + _inner(inverse, graph)
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is not None:
        return "|".join(_inner(part, graph) for part in Collection(graph, alternatives))
    return short(path)


def _inner(path: Node, graph: Graph) -> str:
    text = path_text(path, graph)
    return f"({text})" if set("/|").intersection(text) and not isinstance(path, URIRef) else text
