"""The picture of a query's answer, as the query's header declares it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox
from flask_babel import gettext as _

from fsp.catalogue.picture import PictureKind, PictureSpec
from fsp.catalogue.query import CannedQuery
from fsp.execution.preview import Preview, Term, short
from fsp.pictures.bars import Bar, draw_bars
from fsp.pictures.canvas import Cell, Link, Picture
from fsp.pictures.coordinates import Coordinates
from fsp.pictures.network import Tie, draw_network, key
from fsp.pictures.places import Place, draw_map
from fsp.pictures.standing import UNTOLD
from fsp.pictures.timeline import Event, draw_timeline
from fsp.pictures.units import unit_name

__all__ = ["draw_answer", "places_of"]

_LABEL = "Label"


@dataclass(frozen=True, slots=True)
class _Row:
    """One solution, by the names of its variables."""

    terms: Mapping[str, Term | None]

    def cell(self, name: str) -> Cell:
        """Return what a column shows: the label of a thing where the answer has it, with the thing's IRI."""
        term, label = self.terms.get(name), self.terms.get(name + _LABEL)
        iri = term.value if isinstance(term, ox.NamedNode) and term.value.startswith(("http://", "https://")) else None
        if label is not None:
            return Cell(_text(label), iri)
        return Cell("" if term is None else _text(term), iri)

    def joined(self, names: Sequence[str], *, iri: bool = False) -> Cell:
        """Return several columns as one text; the IRI is that of the first, where it is asked for."""
        cells = [self.cell(name) for name in names]
        text = ", ".join(cell.text for cell in cells if cell.text)
        return Cell(text, cells[0].iri if iri and cells else None)

    def number(self, name: str) -> float | None:
        """Return the number in a column, if there is one."""
        term = self.terms.get(name)
        try:
            value = float(term.value) if isinstance(term, ox.Literal) else float("nan")
        except ValueError:
            return None
        return value if abs(value) < float("inf") else None

    def day(self, name: str) -> date | None:
        """Return the day in a column, if there is one that a calendar of four-digit years has."""
        term = self.terms.get(name)
        try:
            return date.fromisoformat(term.value[:10]) if isinstance(term, ox.Literal) else None
        except ValueError:
            return None

    def standing(self, spec: PictureSpec) -> str | None:
        """Return the status or phase as an IRI; None where the picture tells of none."""
        names = spec.names("standing")
        return self.cell(names[0]).iri or UNTOLD if names else None


def draw_answer(
    query: CannedQuery, answer: Preview, link: Link, coordinates: Coordinates | None = None
) -> Picture | None:
    """Draw an answer as its query's header says.

    Args:
        query: the query, which names the picture.
        answer: the solutions, or a part of them.
        link: gives the address that a picture links to for an IRI.
        coordinates: where the places of a map lie; see `places_of`.

    Returns:
        The picture; None where the answer has nothing that could be drawn.
    """
    rows = [_Row(dict(zip(answer.names, row, strict=True))) for row in answer.rows]
    if query.picture is None:
        return None
    return _DRAWERS[query.picture.kind](query, query.picture, rows, link, coordinates or {})


def places_of(spec: PictureSpec, answer: Preview) -> list[str]:
    """Return the IRIs of the places that a map of an answer shows; none for other pictures."""
    columns = [answer.names.index(name) for name in spec.names("place") if name in answer.names]
    terms = (row[column] for row in answer.rows for column in columns)
    return list(dict.fromkeys(term.value for term in terms if isinstance(term, ox.NamedNode)))


def _bars(
    query: CannedQuery, spec: PictureSpec, rows: Sequence[_Row], link: Link, _places: Coordinates
) -> Picture | None:
    bars = _counts(spec, rows) if not spec.names("value") else _numbers(query, spec, rows)
    # Bars of one group follow each other, the groups in the order in which they come first.
    order = {group: number for number, group in reversed(list(enumerate(bar.group for bar in bars)))}
    bars.sort(key=lambda bar: order[bar.group])
    names = [_called(query, spec.names(*parts)) for parts in (("label",), ("series", "standing"), ("group", "unit"))]
    names.append(_called(query, spec.names("value")) if len(spec.names("value")) == 1 else _("Number"))
    return draw_bars(query.summary, names, bars, link) if bars else None


def _called(query: CannedQuery, names: Sequence[str]) -> str:
    """Return what the table calls some columns together."""
    return ", ".join(query.column(name).label for name in names)


def _numbers(query: CannedQuery, spec: PictureSpec, rows: Sequence[_Row]) -> list[Bar]:
    """Return a bar for each number of each row."""
    values = spec.names("value")
    bars = []
    for row in rows:
        label, standing = row.joined(spec.names("label"), iri=True), row.standing(spec)
        units = [row.cell(name).text for name in spec.names("unit")]
        unit = unit_name(units[0], *units[1:]) if units and units[0] else ""
        heading = ", ".join(part for part in (row.joined(spec.names("group")).text, unit) if part)
        said = [row.joined(spec.names("series")).text, row.joined(spec.names("standing")).text.lower()]
        bound = row.joined(spec.names("bound")).text.lower()
        for name in values:
            value = row.number(name)
            if value is None:
                continue
            series = ", ".join(
                part for part in (*said, query.column(name).label.lower() if len(values) > 1 else "") if part
            )
            counted = unit if units else query.column(name).label.lower() if len(values) == 1 else ""
            bars.append(Bar(label, value, series, heading, standing, bound, counted))
    return bars


def _counts(spec: PictureSpec, rows: Sequence[_Row]) -> list[Bar]:
    """Return a bar for each label and series, which counts the rows that have both."""
    label, series = spec.names("label"), spec.names("series")
    found = Counter((row.joined(label, iri=True), row.joined(series).text, row.standing(spec)) for row in rows)
    return [Bar(cell, count, text, standing=iri) for (cell, text, iri), count in found.items()]


def _timeline(
    query: CannedQuery, spec: PictureSpec, rows: Sequence[_Row], link: Link, _places: Coordinates
) -> Picture | None:
    (start, end) = (spec.names(part)[0] for part in ("start", "end"))
    events = [
        Event(
            row.joined(spec.names("label"), iri=True),
            row.day(start),
            row.day(end),
            row.joined(spec.names("series")).text,
            row.joined(spec.names("period")).text,
            row.joined(spec.names("standing"), iri=True) if spec.names("standing") else None,
        )
        for row in rows
    ]
    return draw_timeline(query.summary, events, link) if events else None


def _map(
    query: CannedQuery, spec: PictureSpec, rows: Sequence[_Row], link: Link, places: Coordinates
) -> Picture | None:
    name = spec.names("place")[0]
    counts: dict[Cell, int | None] = {}
    for row in rows:
        cell = row.cell(name)
        if cell.iri is not None:
            values = [row.number(value) for value in spec.names("value")]
            counts[cell] = round(sum(value or 0 for value in values)) if values else None
    drawn = [Place(cell, places.get(cell.iri or ""), count) for cell, count in counts.items()]
    return draw_map(query.summary, drawn, link) if drawn else None


def _network(
    query: CannedQuery, spec: PictureSpec, rows: Sequence[_Row], link: Link, _places: Coordinates
) -> Picture | None:
    sources, targets = spec.names("source"), spec.names("target")
    ties: list[Tie] = []
    kinds: dict[str, str] = {}
    for row in rows:
        for source in sources:
            for target in targets:
                one, other = row.cell(source), row.cell(target)
                if not one.text or not other.text:
                    continue
                said = row.joined(spec.names("label"), iri=True)
                ties.append(
                    Tie(one, other, said if said.text or len(sources) == 1 else Cell(query.column(source).label))
                )
                kinds |= {
                    one.iri or one.text: query.column(source).label,
                    other.iri or other.text: query.column(target).label,
                }
    # Where both ends are of one kind, as in 'organisation' and 'partner', the columns tell nothing of a thing.
    if {key(tie.target) for tie in ties} & {key(tie.source) for tie in ties}:
        kinds = {}
    return draw_network(query.summary, ties, link, kinds) if ties else None


_Drawer = Callable[[CannedQuery, PictureSpec, Sequence[_Row], Link, Coordinates], Picture | None]
_DRAWERS: Mapping[PictureKind, _Drawer] = {
    PictureKind.BAR: _bars,
    PictureKind.TIMELINE: _timeline,
    PictureKind.MAP: _map,
    PictureKind.GRAPH: _network,
}


def _text(term: Term) -> str:
    return short(term) if isinstance(term, ox.NamedNode) else term.value if isinstance(term, ox.Literal) else str(term)
