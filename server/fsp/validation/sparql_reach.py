"""What a SPARQL constraint reads: its triple patterns, each joined to the focus node by those before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rdflib import BNode, URIRef, Variable
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern
from rdflib.plugins.sparql.parserutils import CompValue

from fsp.validation.shapegraph import PropertyPath

__all__ = ["Pattern", "UnknownReachError", "binds_focus", "patterns_of"]

_UNKNOWN = {"Graph", "ServiceGraphPattern", "SubSelect"}
_NO_PARTS = {"_vars", "PV", "var", "res"}
_TRIPLE = tuple[Any, Any, Any]


class UnknownReachError(Exception):
    """What a query reads cannot be told from its patterns."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A triple pattern, as a step from a variable that is bound already.

    Attributes:
        source: the variable.
        path: the predicate or property path; None where it is a variable.
        is_inverse: whether the step leads from the object to the subject.
        target: the name of the term that it leads to.
        name: the variable of the predicate; empty where it is none, or bound already.
    """

    source: str
    path: PropertyPath | None
    is_inverse: bool
    target: str
    name: str = ""


def patterns_of(query: str) -> list[Pattern]:
    """Return the patterns of a SELECT query, each after one that binds its source.

    The pattern of a predicate reads all its triples at the bound end: as much as the query can, or more.

    Args:
        query: the query; `$this` is the focus node.

    Raises:
        UnknownReachError: it is none, or has something whose patterns do not tell what it reads: a sub-query, a
            GRAPH, patterns that are not joined to `$this`.
    """
    algebra = _algebra(query)
    if algebra.name != "SelectQuery" or algebra.get("datasetClause"):
        raise UnknownReachError
    found: list[Pattern] = []
    _scope(algebra, {"this"}, found)
    return found


def binds_focus(query: str) -> bool:
    """Return whether a query gives the same for all focus nodes at once as for each by itself (SHACL, section 5.3.1).

    It does where its outermost group holds a triple pattern of `$this`, and beside triple patterns only filters.
    """
    try:
        return _is_plain(_algebra(query))
    except UnknownReachError:
        return False


def _algebra(query: str) -> CompValue:
    try:
        return prepareQuery(query).algebra
    except Exception as error:  # rdflib raises that class itself, and many others
        raise UnknownReachError from error


def _is_plain(part: CompValue) -> bool:
    """Return whether each group of a query binds `$this` itself, so that its filters see it."""
    if part.name == "BGP":
        return any("this" in map(_name, triple) for triple in part.triples)
    if part.name == "Join":
        return _is_plain(part.p1) and _is_plain(part.p2)
    return part.name in {"SelectQuery", "Distinct", "Project", "Filter"} and _is_plain(part.p)


def _scope(part: CompValue, outer: set[str], found: list[Pattern]) -> None:
    """Add the patterns of a group, and of those inside it; what only it binds is unknown outside."""
    triples: list[_TRIPLE] = []
    inner: list[CompValue] = []
    _gather(part, triples, inner)
    bound = set(outer)
    waiting = triples
    while waiting:
        ready = [triple for triple in waiting if _is_bound(triple, bound)]
        if not ready:
            raise UnknownReachError
        found.extend(_pattern(ready[0], bound))
        waiting.remove(ready[0])
    for group in inner:
        _scope(group, bound.copy(), found)


def _gather(part: object, triples: list[_TRIPLE], inner: list[CompValue]) -> None:  # noqa: C901 - one a kind of part
    """Collect the triples of a group, and the groups inside it that have variables of their own."""
    if isinstance(part, list | tuple):
        for one in part:
            _gather(one, triples, inner)
    if not isinstance(part, CompValue):
        return
    if part.name == "BGP":
        triples.extend(part.triples)
    elif part.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
        inner.append(translateGroupGraphPattern(part.graph))
    elif part.name == "Union":
        inner += [part.p1, part.p2]
    elif part.name in {"LeftJoin", "Minus"}:
        _gather(part.p1, triples, inner)
        # The condition of a LeftJoin sees the variables of both sides.
        inner.append(CompValue("Filter", p=part.p2, expr=part.get("expr")))
    elif part.name in _UNKNOWN or (part.name == "ToMultiSet" and part.p.name != "values"):
        raise UnknownReachError
    else:
        for key in part:
            if key not in _NO_PARTS:
                _gather(part[key], triples, inner)


def _is_bound(triple: _TRIPLE, bound: set[str]) -> bool:
    return any(_name(term) in bound for term in (triple[0], triple[2]))


def _pattern(triple: _TRIPLE, bound: set[str]) -> Iterator[Pattern]:
    subject, predicate, value = triple
    is_inverse = _name(subject) not in bound
    source, target = (value, subject) if is_inverse else (subject, value)
    path: PropertyPath | None = predicate if isinstance(predicate, URIRef | Path) else None
    name = "" if path is not None or _name(predicate) in bound else _name(predicate)
    # A constant that two patterns share joins nothing: each has a name of its own.
    ending = _name(target) or f"constant {len(bound)}"
    if name and is_inverse:
        # From the object one comes to the subject first, and from there to the predicate.
        yield Pattern(_name(source), None, True, ending)
        yield Pattern(ending, None, False, f"{ending} again", name)
    else:
        yield Pattern(_name(source), path, is_inverse, ending, name)
    bound.update(one for one in (ending, name) if one)


def _name(term: object) -> str:
    """Return the name of a variable or of a blank node, which is one (SPARQL 1.1, section 4.1.4); empty for others."""
    if isinstance(term, Variable):
        return str(term)
    return f"_:{term}" if isinstance(term, BNode) else ""
