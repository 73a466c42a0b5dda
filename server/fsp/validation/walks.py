"""Follow property paths from node to value nodes (SHACL, section 2.3.1)."""

from collections.abc import Callable, Iterable
from functools import partial

from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

from fsp.validation.index import Index
from fsp.validation.literal_tests import UnsureError
from fsp.validation.shapegraph import PropertyPath

__all__ = ["Walk", "walk_of"]

Walk = Callable[[int], list[int]]
"""Gives the value nodes of a focus node, each once."""


def walk_of(path: PropertyPath, index: Index) -> Walk:
    """Return the walk along a path.

    Args:
        path: the path.
        index: the data.
    """
    if isinstance(path, URIRef):
        return partial(_values, index, index.find(path))
    if isinstance(path, InvPath) and isinstance(path.arg, URIRef):
        return partial(_inverse_values, index, index.find(path.arg))
    if isinstance(path, SequencePath):
        return partial(_follow, [walk_of(part, index) for part in path.args])
    if isinstance(path, AlternativePath):
        return partial(_together, [walk_of(part, index) for part in path.args])
    if isinstance(path, MulPath):
        return partial(_closure, walk_of(path.path, index), path.mod)
    return _unsure


def _values(index: Index, predicate: int | None, node: int) -> list[int]:
    return [] if predicate is None else index.objects(node, predicate)


def _inverse_values(index: Index, predicate: int | None, node: int) -> list[int]:
    return [] if predicate is None else index.subjects(predicate, node)


def _follow(walks: Iterable[Walk], node: int) -> list[int]:
    nodes = [node]
    for walk in walks:
        nodes = _once(value for one in nodes for value in walk(one))
    return nodes


def _together(walks: Iterable[Walk], node: int) -> list[int]:
    return _once(value for walk in walks for value in walk(node))


def _closure(step: Walk, mod: str, node: int) -> list[int]:
    found = {} if mod == "+" else {node: None}
    waiting = [node]
    while waiting:
        for value in step(waiting.pop()):
            if value not in found:
                found[value] = None
                if mod != "?":
                    waiting.append(value)
    return list(found)


def _once(values: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(values))


def _unsure(_: int) -> list[int]:
    raise UnsureError
