"""Faults of a user's files in the things that they name: things that exist nowhere, have no class, stand alone."""

from collections.abc import Iterator

from rapidfuzz.fuzz import ratio
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from fsp.namespaces import FSP, SCHEME, THING
from fsp.validation.engine import UnionGraph
from fsp.validation.known import Known, is_isolated, nearest, split
from fsp.validation.report import Severity
from fsp.validation.slip import Mended, Slip
from fsp.validation.wording import Wording

__all__ = ["class_slips", "domains_of", "lone_slips", "unknown_slips"]

_MOST_NAMED = 8


def unknown_slips(mended: Mended, words: Wording, known: Known) -> Iterator[Slip]:
    """Yield a slip for each thing or concept of the project's that is referred to and described nowhere.

    Args:
        mended: the user's triples, as mended before.
        words: the words to tell them in, with the user's files and what is published.
        known: what there is to refer to.
    """
    graph = mended.graph
    told: set[Node] = set()
    for subject, predicate, value in sorted(graph):
        if not isinstance(value, URIRef) or not str(value).startswith((THING, SCHEME)) or value in told:
            continue
        told.add(value)
        if (value, None, None) in graph or (value, None, None) in words.published:
            continue
        guess = _meant(value, graph, known)
        if guess is not None and not _fits(guess, value, predicate, words):
            guess = None
        concept = str(value).startswith(SCHEME)
        yield Slip(
            rule="unknown-concept" if concept else "unknown-thing",
            title="Concept that does not exist" if concept else "Thing that is described nowhere",
            message=_unknown_message(value, guess, words, known),
            place=mended.find(subject, predicate, value),
            focus=subject,
            predicate=predicate,
            value=value,
            example="" if guess is None else f"{words.written(predicate)} {words.written(guess)} ;",
            terms=() if guess is None else ((str(value), str(guess)),),
        )


def _fits(guess: URIRef, value: URIRef, predicate: Node, words: Wording) -> bool:
    """Return whether a thing can be what a property refers to: it is of the kind that was written, or a usual one."""
    namespace = split(str(guess))[0]
    return namespace in {split(str(one))[0] for one in (value, *words.usual_values(predicate))}


def _unknown_message(value: URIRef, guess: URIRef | None, words: Wording, known: Known) -> str:
    written, namespace = words.written(value), split(str(value))[0]
    is_concept = value.startswith(str(SCHEME))
    if guess is not None:
        return f"There is no {written}: did you mean {words.written(guess)}, {words.name(guess)}?"
    if is_concept and namespace in known.things:
        names = sorted(known.things[namespace], key=lambda name: (-ratio(name, split(str(value))[1]), name))
        listed = ", ".join(names[:_MOST_NAMED]) + (" and others" if len(names) > _MOST_NAMED else "")
        return f"There is no concept {written}: the scheme {split(namespace[:-1])[1]} has {listed}."
    if is_concept:
        return f"There is no concept {written}: choose one that there is."
    return f"{written} is described nowhere, neither in the file nor in what is published: describe it, or correct it."


def _meant(value: URIRef, graph: Graph, known: Known) -> URIRef | None:
    namespace, name = split(str(value))
    own = {split(str(one)) for one in graph.subjects(RDF.type) if isinstance(one, URIRef)}
    names = known.things.get(namespace, frozenset()) | {local for space, local in own if space == namespace}
    guess = nearest(name, names)
    if guess is not None:
        return URIRef(namespace + guess)
    elsewhere = [space for space, there in known.things.items() if name in there]
    elsewhere += [space for space, local in own if local == name and space != namespace]
    return URIRef(elsewhere[0] + name) if len(elsewhere) == 1 else None


def class_slips(mended: Mended, words: Wording, known: Known) -> Iterator[Slip]:
    """Yield a slip for each thing without a class, or of a class that none of its properties is for."""
    graph = mended.graph
    for subject in sorted(set(graph.subjects()), key=str):
        if (subject, RDF.first, None) in graph or _is_shape(subject, graph) or split(str(subject))[0] in known.terms:
            continue
        classes = {*graph.objects(subject, RDF.type), *words.published.objects(subject, RDF.type)}
        domains = domains_of(subject, graph, words)
        if not classes:
            yield _without_class(subject, domains, mended, words, known)
        elif len(domains) > 1 and len(set(domains)) == 1 and not _covers(classes, domains[0], words):
            wanted = domains[0]
            yield Slip(
                rule="wrong-class",
                title="Class that does not fit the properties",
                message=(
                    f"{words.name(subject)} is of the class “{words.name(min(classes, key=str))}”, but its properties "
                    f"are those of “{words.name(wanted)}”: write a {words.written(wanted)}, or use other properties."
                ),
                place=mended.find(subject, RDF.type, min(classes, key=str)),
                focus=subject,
                predicate=RDF.type,
                value=min(classes, key=str),
                example=f"a {words.written(wanted)} ;",
                new=((subject, RDF.type, wanted),),
                triples=tuple(
                    ((subject, RDF.type, one), (subject, RDF.type, wanted)) for one in graph.objects(subject, RDF.type)
                ),
            )


def _without_class(subject: Node, domains: list[Node], mended: Mended, words: Wording, known: Known) -> Slip:
    graph = mended.graph
    described = bool(domains) or (subject, RDFS.label, None) in graph
    guess = None
    if not described and isinstance(subject, URIRef):
        guess = _meant(subject, graph, known)
    kind = domains[0] if len(set(domains)) == 1 else known.kinds.get(split(str(subject))[0])
    message = f"{words.name(subject)} has no class, so that nothing is known of what it is: "
    if guess is not None:
        message += f"did you mean {words.written(guess)}, {words.name(guess)}?"
    elif kind is not None:
        message += f"add a {words.written(kind)}, or the class that it is of."
    else:
        message += "add its class by a, such as a fsp:Contract."
    new = ((subject, RDF.type, kind),) if guess is None and kind is not None else ()
    return Slip(
        rule="no-class",
        title="Thing without a class",
        message=message,
        place=mended.find(subject),
        focus=subject,
        predicate=RDF.type,
        example="" if kind is None or guess is not None else f"a {words.written(kind)} ;",
        terms=() if guess is None else ((str(subject), str(guess)),),
        new=new,
    )


def _is_shape(subject: Node, graph: Graph) -> bool:
    return any(str(predicate).startswith(str(SH)) for predicate in graph.predicates(subject))


def domains_of(subject: Node, graph: Graph, words: Wording) -> list[Node]:
    """Return the classes that the project's properties of a thing are for."""
    return [
        domain
        for predicate in sorted(set(graph.predicates(subject)), key=str)
        if str(predicate).startswith(str(FSP))
        for domain in words.published.objects(predicate, RDFS.domain)
    ]


def _covers(classes: set[Node], wanted: Node, words: Wording) -> bool:
    """Return whether one of some classes is a class or under it, or fits another of the thing's properties."""
    above = {one for class_ in classes for one in words.published.transitive_objects(class_, RDFS.subClassOf)}
    return wanted in above


def lone_slips(mended: Mended, words: Wording, known: Known) -> Iterator[Slip]:
    """Yield a slip for each new thing that nothing refers to, and that refers to no other thing."""
    graph = mended.graph
    union = UnionGraph(words.published, graph)
    for subject in sorted(set(graph.subjects(RDF.type)), key=str):
        if isinstance(subject, BNode) or not str(subject).startswith(THING):
            continue
        classes = set(graph.objects(subject, RDF.type))
        if (subject, None, None) in words.published or classes & known.lone or not is_isolated(subject, union):
            continue
        yield Slip(
            rule="nothing-refers",
            title="Thing that nothing refers to",
            message=(
                f"Nothing refers to {words.name(subject)}, and it refers to no other thing of the case: link it, or "
                "take it away."
            ),
            place=mended.find(subject),
            focus=subject,
            severity=Severity.WARNING,
        )
