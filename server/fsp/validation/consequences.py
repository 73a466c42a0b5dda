"""Tell each fault once: leave out results that only follow from another one, or say the same in other words."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from rdflib import URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from fsp.namespaces import SHAPES
from fsp.validation.index import Index
from fsp.validation.published import Published
from fsp.validation.report import Result, Severity
from fsp.validation.slip import Slip
from fsp.validation.wording import first_step

__all__ = ["causes"]

_RANK = {severity: number for number, severity in enumerate(Severity)}
_MISSING = {SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent}
_PAIRS = {
    SH.LessThanConstraintComponent,
    SH.LessThanOrEqualsConstraintComponent,
    SH.DisjointConstraintComponent,
    SH.EqualsConstraintComponent,
}
_SHARED_CASE = SHAPES["PartShape-case"]

Statement = tuple[Node, Node | None]
"""A thing and a property of it."""


def causes(results: Iterable[Result], slips: Sequence[Slip], index: Index, published: Published) -> list[Result]:
    """Return the results that are faults of their own.

    A result follows from another one, or from a slip, where its rule reads the statement that the other is about: a
    partnership lacks partners because a participation lacks its member.

    Args:
        results: results of the user's files as they would be without the slips that could be mended.
        slips: what was found beside SHACL.
        index: what the results are about.
        published: the shapes, and what they read.
    """
    view = _View(index, published)
    named = {slip.value for slip in slips if slip.rule in {"unknown-thing", "unknown-concept"}}
    told = _Told(view)
    for slip in slips:
        if slip.focus is not None and slip.predicate is not None:
            told.add((slip.focus, slip.predicate), is_missing=False)
    kept: list[Result] = []
    for result in sorted(
        _once_each(results, view.statement), key=lambda one: (_RANK[one.severity], view.distance(one))
    ):
        if result.value in named or told.explains(result):
            continue
        kept.append(result)
        told.add(view.statement(result), is_missing=True)
    return _shared_cases(kept)


class _View:
    """What rules look at."""

    def __init__(self, index: Index, published: Published) -> None:
        self._index = index
        self._published = published
        self._looks: dict[tuple[Node, Node], set[tuple[int, Node | None]]] = {}

    def step(self, result: Result) -> tuple[URIRef, bool] | None:
        """Return the first predicate of a result's path, and whether it is walked backwards."""
        shapes = self._published.shapes
        return first_step(result.predicate or shapes.value(result.shape, SH.path), shapes)

    def statement(self, result: Result) -> Statement:
        """Return the statement that a result is about."""
        step = self.step(result)
        return result.focus, None if step is None or step[1] else step[0]

    def looks(self, result: Result) -> set[tuple[int, Node | None]]:
        """Return the nodes that a result's rule comes to, each with a predicate that it asks for there."""
        key = (result.shape, result.focus)
        if key not in self._looks:
            node = self._index.find(result.focus)
            found = set() if node is None else self._published.reach.looks(result.shape, node, self._index)
            self._looks[key] = found
        return self._looks[key]

    def distance(self, result: Result) -> tuple[bool, int]:
        """Return how far a rule looks: what is about a thing's own property comes first."""
        step = self.step(result)
        return step is None or step[1], len(self.looks(result))

    def number(self, node: Node) -> int | None:
        """Return the number of a node."""
        return self._index.find(node)


class _Told:
    """The statements that are told of already."""

    def __init__(self, view: _View) -> None:
        self._view = view
        self._slips: set[Statement] = set()
        self._statements: set[tuple[int, Node | None]] = set()
        self._things: dict[Node, set[Node]] = defaultdict(set)

    def add(self, statement: Statement, *, is_missing: bool) -> None:
        """Note a statement.

        Args:
            statement: the statement.
            is_missing: whether it may be that the thing lacks it.
        """
        thing, predicate = statement
        if predicate is None:
            return
        if not is_missing:
            self._slips.add(statement)
        else:
            self._things[predicate].add(thing)
        number = self._view.number(thing)
        if number is not None:
            self._statements.add((number, predicate))

    def explains(self, result: Result) -> bool:
        """Return whether a result follows from one of the statements."""
        own = self._view.statement(result)
        if own in self._slips:
            return True
        number, looks = self._view.number(result.focus), self._view.looks(result)
        is_of_several = result.path is None or result.component in _PAIRS
        for node, predicate in looks:
            is_own = node == number
            if (node, predicate) not in self._statements or (is_own and (predicate == own[1] or not is_of_several)):
                continue
            return True
        # What is missing cannot be come to: a thing that others should point to by this property.
        asked = {predicate for _, predicate in looks if predicate is not None and predicate != own[1]}
        return result.component in _MISSING and any(self._things[one] - {result.focus} for one in asked)


def _once_each(results: Iterable[Result], statement: Callable[[Result], Statement]) -> list[Result]:
    """Return the results without those that say of a statement what a graver or closer one says."""
    kept: dict[tuple[Statement, str | None], list[Result]] = defaultdict(list)
    for result in sorted(results, key=lambda one: (_RANK[one.severity], one.value is None)):
        about = kept[statement(result), result.path]
        if not any(_is_same(result, other) for other in about):
            about.append(result)
    return [result for about in kept.values() for result in about]


def _is_same(result: Result, other: Result) -> bool:
    if result.path is None or other.path is None:
        return result.shape == other.shape
    return result.value == other.value or result.value is None or other.value is None


def _shared_cases(results: list[Result]) -> list[Result]:
    """Return the results with one for each thing that is in another case than all its parts."""
    apart = [one for one in results if one.shape == _SHARED_CASE]
    rest = [one for one in results if one.shape != _SHARED_CASE]
    while apart:
        counts = Counter(node for one in apart for node in {one.focus, one.value})
        most = max(counts.values())
        # Where two things differ, the part is told of; where several differ from one, that one is.
        hub = apart[0].focus if most == 1 else max(counts, key=lambda node: (counts[node], str(node)))
        group = [one for one in apart if hub in {one.focus, one.value}]
        rest.append(next((one for one in group if one.focus == hub), group[0]))
        apart = [one for one in apart if one not in group]
    return rest
