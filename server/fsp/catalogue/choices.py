"""What can be chosen for a parameter, and which term it is that a caller names."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox
from rdflib import URIRef

from fsp.catalogue.blocks import split_prologue
from fsp.catalogue.parameters import Choice, Parameter, Term, literal, quoted
from fsp.catalogue.query import CannedQuery
from fsp.errors import ParameterError
from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions
from fsp.namespaces import SCHEME, THING
from fsp.prefixes import PREFIXES

__all__ = ["choices", "local_name", "prepare", "resolve"]

_MOST_COMPARED = 2000
"""How many choices a mistyped value is compared with."""
_MOST_NAMED = 8
"""How many choices an error names."""


def prepare(query: CannedQuery, given: Mapping[str, Sequence[str]], executor: Executor) -> str:
    """Return a canned query with what a caller gives for its parameters.

    Args:
        query: the query.
        given: values by parameter, as `resolve` reads them.
        executor: evaluates the queries that look values up.

    Raises:
        ParameterError: a parameter is unknown, or a value does not fit.
        FspError: as `Executor.execute`.
    """
    return query.bind(resolve(query, given, executor))


def resolve(query: CannedQuery, given: Mapping[str, Sequence[str]], executor: Executor) -> dict[str, tuple[Term, ...]]:
    """Return the terms that a caller means.

    A literal is given as its lexical form; an IRI as itself, as a prefixed name, or by the short name or the label of
    what it denotes. Empty values mean any.

    Raises:
        ParameterError: a parameter is unknown, or a value does not fit.
        FspError: as `Executor.execute`.
    """
    terms: dict[str, tuple[Term, ...]] = {}
    for name, values in given.items():
        parameter = query.parameter(name)
        found: dict[Term, None] = {}
        for value in values:
            if value.strip():
                found[_iri(parameter, value, executor) if parameter.type.is_iri else literal(parameter, value)] = None
        terms[name] = tuple(found)
    return terms


def choices(parameter: Parameter, executor: Executor, most: int) -> tuple[list[Choice], bool]:
    """Return what can be chosen for a parameter, and whether that is all.

    Args:
        parameter: the parameter; a free literal has no choices.
        executor: evaluates the query that lists them.
        most: how many to return at most.
    """
    if parameter.choices:
        return list(parameter.choices[:most]), len(parameter.choices) <= most
    query = next(iter(_choice_queries(parameter)), None)
    if query is None:
        return [], True
    prologue, body = split_prologue(query)
    found = _ask(executor, f"{prologue}SELECT ?value ?label WHERE {{ {{ {body}\n}} }} LIMIT {most + 1}")
    # Sub-selects need not keep their order.
    found.sort(key=lambda choice: (choice.label.casefold(), choice.term.value))
    return found[:most], len(found) <= most


def local_name(term: Term) -> str:
    """Return the last part of an IRI, by which a person can name it; of a literal, its lexical form."""
    return term.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] if isinstance(term, ox.NamedNode) else term.value


def _iri(parameter: Parameter, value: str, executor: Executor) -> ox.NamedNode:
    text = value.strip()
    known = _known(parameter, list(_iris(text)), executor)
    if known is not None:
        return known
    found: dict[Term, Choice] = {}
    for query in _choice_queries(parameter):
        found = found or {choice.term: choice for choice in _named(query, text, executor)}
    if len(found) == 1:
        return ox.NamedNode(next(iter(found)).value)
    if found:
        several = " or ".join(f"<{term.value}>" for term in list(found)[:_MOST_NAMED])
        raise ParameterError(
            f"{quoted(text)} names several things for '{parameter.name}': give the IRI, {several}.",
            parameter=parameter.name,
        )
    raise _unknown(parameter, text, executor)


def _iris(text: str) -> Iterator[ox.NamedNode]:
    """Yield the IRIs that a text can be: itself, or a prefixed name of the project's or of its things and concepts."""
    prefix, colon, local = text.partition(":")
    candidates = [text.removeprefix("<").removesuffix(">")]
    if colon and prefix in PREFIXES:
        candidates = [PREFIXES[prefix] + local]
    elif colon and not local.startswith("//"):
        candidates += [f"{THING}{prefix}/{local}", f"{SCHEME}{prefix}/{local}"]
    for candidate in candidates:
        try:
            yield ox.NamedNode(candidate)
        except ValueError:
            continue


def _known(parameter: Parameter, iris: Sequence[ox.NamedNode], executor: Executor) -> ox.NamedNode | None:
    """Return the first of some IRIs that is in the data, and of the parameter's class or scheme."""
    if not iris:
        return None
    pattern = "?property ?object"
    if parameter.scheme:
        pattern = f"<{PREFIXES['skos']}inScheme> {ox.NamedNode(parameter.scheme)}"
    elif parameter.class_:
        pattern = f"a {ox.NamedNode(parameter.class_)}"
    values = " ".join(str(iri) for iri in iris)
    rows = solutions(executor, f"SELECT DISTINCT ?value WHERE {{ VALUES ?value {{ {values} }} ?value {pattern} }}")
    found = {str(row["value"]) for row in rows}
    return next((iri for iri in iris if iri.value in found), None)


def _choice_queries(parameter: Parameter) -> Iterator[str]:
    """Yield the queries that list a parameter's terms: the header's own first, then all of its scheme or class."""
    if parameter.choices_query:
        yield parameter.choices_query
    label, pattern = PREFIXES["rdfs"] + "label", ""
    if parameter.scheme:
        label = PREFIXES["skos"] + "prefLabel"
        pattern = f"?value <{PREFIXES['skos']}inScheme> {ox.NamedNode(parameter.scheme)}"
    elif parameter.class_:
        pattern = f"?value a {ox.NamedNode(parameter.class_)}"
    if pattern:
        yield f"SELECT DISTINCT ?value ?label WHERE {{ {pattern} ; {ox.NamedNode(label)} ?label }} ORDER BY ?label"


def _named(query: str, text: str, executor: Executor) -> list[Choice]:
    """Return the terms that have a text as their label or as the last part of their IRI."""
    prologue, body = split_prologue(query)
    try:
        label, ending = ox.Literal(text.lower()), ox.Literal("/" + text)
    except ValueError:
        return []
    test = f"LCASE(STR(?label)) = {label} || STRENDS(STR(?value), {ending})"
    return _ask(
        executor,
        f"{prologue}SELECT DISTINCT ?value ?label WHERE {{ {{ {body}\n}} FILTER({test}) }} LIMIT {_MOST_NAMED + 1}",
    )


def _ask(executor: Executor, query: str) -> list[Choice]:
    return [
        Choice(ox.NamedNode(str(row["value"])), str(row.get("label", row["value"])))
        for row in solutions(executor, query)
        if isinstance(row.get("value"), URIRef)
    ]


def _unknown(parameter: Parameter, text: str, executor: Executor) -> ParameterError:
    """Say that a value is none, and which were meant or can be chosen."""
    offered, whole = choices(parameter, executor, _MOST_COMPARED)
    message = f"{quoted(text)} is no value of '{parameter.name}'."
    near = _near(text, offered)
    if near:
        message += f" Did you mean {' or '.join(near)}?"
    elif offered and whole and len(offered) <= _MOST_NAMED:
        message += f" Choose from {', '.join(_shown(choice) for choice in offered)}."
    elif offered:
        message += f" It can be, for instance, {', '.join(_shown(choice) for choice in offered[:3])}."
    else:
        message += " Give the IRI of something in the data."
    return ParameterError(message, parameter=parameter.name)


def _near(text: str, offered: Iterable[Choice]) -> list[str]:
    names: dict[str, Choice] = {}
    for choice in offered:
        names.setdefault(local_name(choice.term).lower(), choice)
        names.setdefault(choice.label.lower(), choice)
    matches = difflib.get_close_matches(text.lower()[:100], names, n=3, cutoff=0.6)
    return list(dict.fromkeys(_shown(names[match]) for match in matches))


def _shown(choice: Choice) -> str:
    return f"{local_name(choice.term)} ({choice.label})"
