"""Faults of a user's files in their use of vocabularies, which SHACL cannot see or cannot explain."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz.distance import OSA
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, SH
from rdflib.term import Node

from fsp.namespaces import FSP
from fsp.validation.guesses import right_term
from fsp.validation.known import Known, nearest, split
from fsp.validation.places import Place, Triple
from fsp.validation.slip import Mended, Slip
from fsp.validation.wording import Wording

__all__ = ["namespace_slips", "remarks", "term_slips"]

_MOST_SLIPS = 2
_LETTERS_PER_SLIP = 4
_MOST_TOLD = 50


def namespace_slips(words: Wording, known: Known) -> Iterator[Slip]:
    """Yield a slip for each namespace that is nearly one that is known: a character, http for https, a missing #."""
    used = {node for triple in words.user.graph for node in triple if isinstance(node, URIRef)}
    used -= set(words.user.graph.objects(None, OWL.versionIRI))  # the name of a version, not of a term
    used |= {node.datatype for node in words.user.graph.objects() if isinstance(node, Literal) and node.datatype}
    terms: dict[str, list[URIRef]] = {}
    for term in sorted(used):
        terms.setdefault(split(str(term))[0], []).append(term)
    declared = {namespace: prefix for prefix, namespace in words.user.prefixes.items()}
    for namespace in declared.keys() - terms.keys():
        terms[namespace] = [term for term in used if term.startswith(namespace)]
    for namespace, term in _without_mark(used, known):
        terms.setdefault(namespace, []).append(term)
    told: list[str] = []
    for namespace in [*declared, *sorted(terms.keys() - declared.keys())]:
        if namespace in known.namespaces or not terms[namespace] or len(told) == _MOST_TOLD:
            continue
        if any(namespace.startswith(one) for one in told):
            continue
        right = _nearest_namespace(namespace, known)
        if right is None:
            continue
        told.append(namespace)
        prefix = declared.get(namespace)
        place = words.user.find_text(namespace) or _first_place(min(terms[namespace]), words)
        written = f"@prefix {prefix}: <{right}> ." if prefix is not None else f"<{right}…>"
        yield Slip(
            rule="unknown-namespace",
            title="Namespace that does not exist",
            message=f"There is no namespace <{namespace}>: did you mean <{right}>? {_difference(namespace, right)}",
            place=place,
            example=written,
            terms=((namespace, right),),
        )


def _without_mark(used: Iterable[URIRef], known: Known) -> Iterator[tuple[str, URIRef]]:
    """Yield the terms of a vocabulary that lack its #, each with the namespace as it was written."""
    marked = {namespace[:-1]: names for namespace, names in known.terms.items() if namespace.endswith("#")}
    for term in used:
        for bare, names in marked.items():
            if term.startswith(bare) and term.removeprefix(bare) in names:
                yield bare, term


def _first_place(term: URIRef, words: Wording) -> Place | None:
    """Return where a term is first written, also as a datatype."""
    found = words.user.find_term(term)
    if found is not None:
        return found
    typed = (triple for triple in words.user.graph if isinstance(triple[2], Literal) and triple[2].datatype == term)
    return min((place for triple in typed if (place := words.user.find_value(triple))), default=None)


def _nearest_namespace(namespace: str, known: Known) -> str | None:
    alike = [one for one in known.namespaces if _bare(one) == _bare(namespace)]
    if alike:
        return min(alike, key=lambda one: OSA.distance(one, namespace))
    near = [
        one
        for one in known.namespaces
        if OSA.distance(one, namespace, score_cutoff=_MOST_SLIPS) <= _slips(one, namespace)
    ]
    return min(near, key=lambda one: (OSA.distance(one, namespace), one), default=None)


def _slips(right: str, written: str) -> int:
    """Return how many slips there can be: in a short last part, such as `plan`, two make another word."""
    (head, last), (other_head, _) = (one.rstrip("#/").rpartition("/")[::2] for one in (right, written))
    return _MOST_SLIPS if head != other_head else min(_MOST_SLIPS, max(1, len(last) // _LETTERS_PER_SLIP))


def _bare(namespace: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", namespace.lower()).rstrip("#/")


def _difference(wrong: str, right: str) -> str:
    if wrong.partition(":")[0] != right.partition(":")[0]:
        return f"It begins with {right.partition(':')[0]}:, not {wrong.partition(':')[0]}:."
    if wrong.rstrip("#/") == right.rstrip("#/"):
        return f"It ends with {right[-1]}."
    return "Correct the spelling."


def term_slips(mended: Mended, words: Wording, known: Known) -> Iterator[Slip]:
    """Yield a slip for each class, property and datatype that does not exist.

    Args:
        mended: the user's triples, as mended before.
        words: the words to tell them in.
        known: what there is.
    """
    told: set[tuple[Node, str]] = set()
    for triple in sorted(mended.graph):
        subject, predicate, value = triple
        uses = [(predicate, "property")]
        if predicate == RDF.type:
            uses.append((value, "class"))
        elif isinstance(value, Literal) and value.datatype is not None:
            uses.append((value.datatype, "datatype"))
        elif isinstance(value, URIRef) and value.startswith(str(FSP)):
            uses.append((value, "term"))
        for term, use in uses:
            if isinstance(term, URIRef) and (term, use) not in told:
                told.add((term, use))
                slip = _term_slip(term, use, subject, mended.graph, words, known)
                if slip is not None:
                    found = mended.place_of(triple)
                    place = None if found is None else found.predicate if use == "property" else found.object
                    yield replace(slip, place=place, focus=subject, predicate=predicate)


def _term_slip(term: URIRef, use: str, subject: Node, graph: Graph, words: Wording, known: Known) -> Slip | None:  # noqa: PLR0913, PLR0917 - see right_term
    namespace, name = split(str(term))
    names = known.terms.get(namespace)
    if names is None:
        used = known.used.get(namespace, frozenset())
        guess = None if name in used or use not in {"class", "property"} else nearest(name, used)
        if guess is None:
            return None
        right: URIRef | None = URIRef(namespace + guess)
    elif name in names and not _is_of_other_kind(term, use, known):
        return None
    else:
        right = right_term(term, use, subject, graph, words, known)
    reason, is_misused = "does not exist", names is not None and name in names
    if is_misused:
        reason = "is a class, not a property" if use == "property" else "is a property, not a class"
    hint = f"choose a {use} that exists." if right is None else f"did you mean {words.written(right)}?"
    return Slip(
        rule="unknown-term",
        title="Class or property that does not exist",
        message=f"The {use} {words.written(term)} {reason}: {hint}",
        place=None,
        value=term,
        example="" if right is None else words.written(right),
        terms=() if right is None or is_misused else ((str(term), str(right)),),
        triples=_in_place(term, use, right, graph) if is_misused and right is not None else (),
    )


def _in_place(term: URIRef, use: str, right: URIRef, graph: Graph) -> tuple[tuple[Triple, Triple], ...]:
    """Return each statement that uses a term for what it is not, with one that uses the right term."""
    if use == "property":
        return tuple((triple, (triple[0], right, triple[2])) for triple in graph.triples((None, term, None)))
    return tuple((triple, (triple[0], triple[1], right)) for triple in graph.triples((None, RDF.type, term)))


def _is_of_other_kind(term: URIRef, use: str, known: Known) -> bool:
    if not term.startswith(str(FSP)):
        return False
    wrong = {"class": known.properties - known.classes, "property": known.classes - known.properties}
    return term in wrong.get(use, ())


def remarks(words: Wording) -> Iterator[tuple[str, URIRef]]:
    """Yield what of a user's files is left alone on purpose, with a term to show the place by."""
    graph = words.user.graph
    for predicate in sorted(set(graph.predicates()), key=str):
        if isinstance(predicate, URIRef) and predicate.startswith(str(SH)):
            yield "Shapes and rules of SHACL in the file are data here: they are not carried out.", predicate
            break
    if (None, OWL.imports, None) in graph:
        yield "What owl:imports names is not fetched.", OWL.imports
