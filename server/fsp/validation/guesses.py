"""Which term was meant by one that does not exist, or that is used for what it is not."""

from itertools import islice

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

from fsp.namespaces import FSP
from fsp.validation.known import Known, nearest, split
from fsp.validation.things import domains_of
from fsp.validation.wording import Wording

__all__ = ["right_term"]

_MOST_COUNTED = 100


def right_term(term: URIRef, use: str, subject: Node, graph: Graph, words: Wording, known: Known) -> URIRef | None:  # noqa: PLR0913, PLR0917 - all of it tells
    """Return the term that was meant; None where nothing tells.

    Args:
        term: a term of a vocabulary of which all terms are known.
        use: what it is used for: `class`, `property`, `datatype` or `term`.
        subject: the thing that it is used of.
        graph: the user's triples.
        words: the user's files, and what is published.
        known: what there is.
    """
    namespace, name = split(str(term))
    kind = {"class": known.classes, "property": known.properties}.get(use)
    names = known.terms[namespace] - {name}
    fitting = names if kind is None else frozenset(one for one in names if URIRef(namespace + one) in kind)
    elsewhere = _elsewhere(name, namespace, use, words, kind or frozenset())
    same = elsewhere.get(name)
    if same is not None and name not in known.terms[namespace]:
        return same
    guess = nearest(name, fitting) or nearest(name, names)
    if guess is not None:
        return URIRef(namespace + guess)
    if not term.startswith(str(FSP)):
        return None
    guess = nearest(name, frozenset(elsewhere))
    if guess is not None:
        return elsewhere[guess]
    return _class_of(subject, graph, words, known) if use == "class" else _property_to(term, subject, words)


def _elsewhere(name: str, namespace: str, use: str, words: Wording, kind: frozenset[Node]) -> dict[str, URIRef]:
    """Return the terms of other vocabularies that begin as a name does, by name; of several the most used one."""

    def uses(term: URIRef) -> int:
        pattern = (None, RDF.type, term) if use == "class" else (None, term, None)
        return sum(1 for _ in islice(words.published.triples(pattern), _MOST_COUNTED))

    found: dict[str, URIRef] = {}
    for term in sorted(kind, key=str):
        if not isinstance(term, URIRef) or not name:
            continue
        space, local = split(str(term))
        if space == namespace or local[:1].casefold() != name[:1].casefold():
            continue
        if local not in found or uses(term) > uses(found[local]):
            found[local] = term
    return found


def _class_of(subject: Node, graph: Graph, words: Wording, known: Known) -> URIRef | None:
    """Return the class that a thing's properties are for, else the one that others of its namespace have."""
    domains = set(domains_of(subject, graph, words))
    kind = domains.pop() if len(domains) == 1 else known.kinds.get(split(str(subject))[0])
    return kind if isinstance(kind, URIRef) else None


def _property_to(class_: URIRef, subject: Node, words: Wording) -> URIRef | None:
    """Return the one property by which a thing refers to things of a class."""
    classes = {*words.user.graph.objects(subject, RDF.type), *words.published.objects(subject, RDF.type)}
    found = [
        predicate
        for predicate in words.published.subjects(RDFS.range, class_)
        if classes.intersection(words.published.objects(predicate, RDFS.domain))
    ]
    return found[0] if len(found) == 1 and isinstance(found[0], URIRef) else None
