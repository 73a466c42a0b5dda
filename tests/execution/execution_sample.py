"""A small dataset for the tests of execution, made by a function that the engine's process can import."""

from itertools import pairwise

import pyoxigraph as ox

from fsp.errors import DataError

__all__ = ["EX", "load", "load_with_error"]

EX = "http://example.org/"
_THINGS = 400


def load(*, to: str | None = None) -> ox.Store:
    """Return a store of three graphs, whose union is its default graph.

    `a` holds things in a chain, each with a label; `b` repeats one triple of `a` and adds one; `c` is a dense network.

    Args:
        to: folder for a store on disk; in memory where there is none.
    """
    store = ox.Store(to) if to else ox.Store()
    quads = [*_chain(), *_repeated(), *_network()]
    store.extend(quads)
    store.extend({ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads})
    return store


def load_with_error() -> ox.Store:
    """Fail as a file with a syntax error does."""
    raise DataError("bad.ttl, line 3, column 7: a full stop is missing.", file="bad.ttl", line=3, column=7)


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def _chain() -> list[ox.Quad]:
    things = [_node(f"thing/{number}") for number in range(_THINGS)]
    graph = _node("a")
    labels = [
        ox.Quad(thing, _node("label"), ox.Literal(f"Thing {number} £ é", language="en"), graph)
        for number, thing in enumerate(things)
    ]
    return labels + [ox.Quad(one, _node("next"), other, graph) for one, other in pairwise(things)]


def _repeated() -> list[ox.Quad]:
    return [
        ox.Quad(_node("thing/0"), _node("next"), _node("thing/1"), _node("b")),
        ox.Quad(_node("thing/0"), _node("only"), ox.Literal("b"), _node("b")),
    ]


def _network() -> list[ox.Quad]:
    hubs = [_node(f"hub/{number}") for number in range(24)]
    return [ox.Quad(one, _node("link"), other, _node("c")) for one in hubs for other in hubs if one != other]
