"""A network as an arc diagram: one row for each thing, an arc for each tie, so that no label can overlap another."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from fsp.pictures.canvas import Canvas, Cell, Link, Picture
from fsp.pictures.text import LINE, TEXT_WIDTH, wrap

__all__ = ["Tie", "draw_network", "key"]

MOST = 60
"""As many things as a person can take in."""
_ARCS = 96
"""Width that the arcs have."""
_KINDS = 5
"""Kinds that have a shape of their own; the last shape is for all others."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two things.

    Attributes:
        source: one end.
        target: the other end.
        label: what ties them; empty where nothing is said.
    """

    source: Cell
    target: Cell
    label: Cell = field(default_factory=lambda: Cell(""))


def draw_network(
    title: str, ties: Sequence[Tie], link: Link, kinds: Mapping[str, str] | None = None, most: int = MOST
) -> Picture:
    """Draw things and the ties between them.

    Args:
        title: what the picture is about.
        ties: the ties; one that is given from either side is drawn once.
        link: gives the address that a picture links to for an IRI.
        kinds: by the key of a thing (see `key`), the kind that it belongs to and has the shape of.
        most: how many things are drawn; those with the most neighbours are.
    """
    kinds = kinds or {}
    names = {key(end): end for tie in ties for end in (tie.source, tie.target)}
    shown, neighbours = _choose(names, ties, most)
    shapes = {kind: min(number, _KINDS - 1) for number, kind in enumerate(_kinds(shown, kinds))}
    canvas = Canvas(link)
    _draw_key(canvas, shapes)
    rows: dict[str, float] = {}
    for number, members in enumerate(_components(shown, neighbours)):
        canvas.height += 14 if number else 6
        for member in members:
            rows[member] = _draw_row(canvas, names[member], shapes.get(kinds.get(member, ""), 0))
    once = _once(ties)
    drawn = [tie for tie in once if key(tie.source) in rows and key(tie.target) in rows]
    arcs = Canvas(link)
    _draw_arcs(arcs, drawn, rows)
    canvas.shapes[:0] = arcs.shapes
    canvas.height += 8
    description = _describe(names, neighbours, once, drawn)
    return Picture(title, description, (_("One"), _("Other"), _("Through")), tuple(map(_row, drawn)), canvas)


def key(end: Cell) -> str:
    """Return what tells a thing from others: its IRI, or its text where it has none."""
    return end.iri or end.text


def _once(ties: Sequence[Tie]) -> list[Tie]:
    """Return the ties without those that repeat another, from the same side or from the other one."""
    seen: dict[tuple[frozenset[str], str], Tie] = {}
    for tie in ties:
        seen.setdefault((frozenset((key(tie.source), key(tie.target))), key(tie.label)), tie)
    return list(seen.values())


def _choose(names: Mapping[str, Cell], ties: Sequence[Tie], most: int) -> tuple[list[str], dict[str, list[str]]]:
    """Return the things to draw, at most `most`, those with the most neighbours first, and the neighbours of each."""
    neighbours: dict[str, dict[str, None]] = {name: {} for name in names}
    for tie in ties:
        one, other = key(tie.source), key(tie.target)
        if one != other:
            neighbours[one][other] = None
            neighbours[other][one] = None
    chosen = sorted(names, key=lambda name: -len(neighbours[name]))[:most]
    kept = set(chosen)
    return chosen, {name: [other for other in neighbours[name] if other in kept] for name in chosen}


def _components(shown: Sequence[str], neighbours: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return what hangs together, the larger first, each walked breadth first from its ends.

    So go Cuthill and McKee to keep neighbours in near rows, which keeps arcs short (1969, `Reducing the bandwidth of
    sparse symmetric matrices`).
    """
    components: list[list[str]] = []
    placed: set[str] = set()
    for start in sorted(shown, key=lambda name: len(neighbours[name])):
        if start in placed:
            continue
        placed.add(start)
        members, queue = [], deque([start])
        while queue:
            members.append(queue.popleft())
            for other in sorted(neighbours[members[-1]], key=lambda name: len(neighbours[name])):
                if other not in placed:
                    placed.add(other)
                    queue.append(other)
        components.append(members)
    return sorted(components, key=len, reverse=True)


def _kinds(shown: Iterable[str], kinds: Mapping[str, str]) -> list[str]:
    return sorted({kinds[name] for name in shown if name in kinds})


def _draw_key(canvas: Canvas, shapes: Mapping[str, int]) -> None:
    """Draw which shape means which kind."""
    for kind, shape in shapes.items():
        _draw_shape(canvas, 8, canvas.height + 9, shape)
        canvas.text(Cell(kind), 22, canvas.height + LINE - 4, class_="soft")
        canvas.height += LINE + 2


def _draw_row(canvas: Canvas, name: Cell, shape: int) -> float:
    """Draw a thing in a row of its own, and return where its middle is."""
    lines = wrap(name.text, TEXT_WIDTH - _ARCS - 16)
    middle = canvas.height + 4 + LINE / 2
    canvas.text(name, _ARCS + 14, canvas.height + LINE, lines=lines)
    _draw_shape(canvas, _ARCS, middle, shape)
    canvas.height += len(lines) * LINE + 7
    return middle


def _draw_shape(canvas: Canvas, x: float, y: float, shape: int) -> None:
    paths = (
        None,
        f"M{x - 5:g} {y - 5:g}h10v10h-10Z",
        f"M{x:g} {y - 6:g}l6 11h-12Z",
        f"M{x:g} {y - 7:g}l7 7l-7 7l-7-7Z",
        f"M{x - 6:g} {y - 2:g}h4v-4h4v4h4v4h-4v4h-4v-4h-4Z",
    )
    look = f"node kind-{shape}"
    if paths[shape] is None:
        canvas.add("circle", class_=look, cx=x, cy=y, r=5.5)
    else:
        canvas.add("path", class_=look, d=paths[shape] or "")


def _draw_arcs(canvas: Canvas, ties: Sequence[Tie], rows: Mapping[str, float]) -> None:
    longest = max((abs(rows[key(tie.source)] - rows[key(tie.target)]) for tie in ties), default=1) or 1
    for tie in ties:
        top, bottom = sorted((rows[key(tie.source)], rows[key(tie.target)]))
        group = canvas.group(_words(tie))
        reach = _ARCS - 8 - (_ARCS - 30) * (bottom - top) / longest * 1.25
        x = max(reach, -16)
        path = f"M{_ARCS} {top:g}C{x:g} {top:g} {x:g} {bottom:g} {_ARCS} {bottom:g}"
        canvas.add("path", group, class_="tie", d=path)


def _words(tie: Tie) -> str:
    return f"{tie.source.text} — {tie.target.text}" + (f": {tie.label.text}" if tie.label.text else "")


def _describe(
    names: Mapping[str, Cell], neighbours: Mapping[str, Sequence[str]], ties: Sequence[Tie], drawn: Sequence[Tie]
) -> str:
    words = [_("Network of %(things)s things and %(ties)s ties.", things=len(names), ties=len(ties))]
    most = max(neighbours, key=lambda name: len(neighbours[name]))
    words.append(_("%(name)s has the most neighbours: %(count)s.", name=names[most].text, count=len(neighbours[most])))
    if len(neighbours) < len(names):
        words.append(
            _(
                "It shows the %(shown)s with the most neighbours, and %(drawn)s ties.",
                shown=len(neighbours),
                drawn=len(drawn),
            )
        )
    return " ".join(words)


def _row(tie: Tie) -> tuple[Cell, ...]:
    return (tie.source, tie.target, tie.label)
