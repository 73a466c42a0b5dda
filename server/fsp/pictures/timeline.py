"""A timeline: each thing below its own words, as a bar over the widest days that it can lie in."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from fsp.pictures.canvas import Canvas, Cell, Link, Picture, percent
from fsp.pictures.standing import is_only_meant
from fsp.pictures.text import LINE

__all__ = ["Event", "draw_timeline"]

MOST = 60
_THICK = 11
_MOST_TICKS = 6
"""Years that fit beside each other on a phone."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_ARROW = 7


@dataclass(frozen=True, slots=True)
class Event:
    """One thing in time.

    Attributes:
        label: what it is.
        start: the earliest day that it can cover; None where that is open.
        end: the latest day that it can cover; None where that is open.
        relation: how it stands to the period, such as "agreed".
        period: name of the period.
        standing: its status or phase.
    """

    label: Cell
    start: date | None
    end: date | None
    relation: str = ""
    period: str = ""
    standing: Cell | None = None

    @property
    def is_only_meant(self) -> bool:
        """Whether it has not come about."""
        return self.standing is not None and is_only_meant(self.standing.iri)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The years that a picture spans, from the first of January of one to that of another."""

    first: int
    last: int
    step: int

    @classmethod
    def of(cls, days: Sequence[date]) -> "_Scale":
        first, last = min(days).year, max(days).year + 1
        step = next((step for step in _STEPS if (last - first) / step <= _MOST_TICKS - 1), _STEPS[-1])
        first -= first % step
        return cls(first, last + -(last - first) % step, step)

    def share(self, day: date) -> float:
        """Return where a day lies, from 0 to 1."""
        year = day.year + (day.timetuple().tm_yday - 1) / 366
        return (year - self.first) / (self.last - self.first)

    def years(self) -> range:
        return range(self.first, self.last + 1, self.step)


def draw_timeline(title: str, events: Sequence[Event], link: Link) -> Picture:
    """Draw things in time, in order of their earliest day; those without any day are listed below.

    Args:
        title: what the picture is about.
        events: the things.
        link: gives the address that a picture links to for an IRI.
    """
    ordered = sorted(events, key=lambda event: (event.start or event.end or date.max, event.end or date.max))
    shown = ordered[:MOST]
    dated = [event for event in shown if event.start or event.end]
    undated = [event for event in shown if not (event.start or event.end)]
    canvas = Canvas(link)
    canvas.paragraph(
        Cell(_("A bar covers every day that a thing may lie in. An arrow: open on that side.")), class_="soft"
    )
    if any(event.is_only_meant for event in shown):
        canvas.paragraph(Cell(_("Filled: has come about. Dashed outline: only meant to.")), class_="soft")
    if dated:
        _draw_dated(canvas, dated)
    if undated:
        canvas.height += 12
        canvas.paragraph(Cell(_("No day is told of:")), class_="heading")
        for event in undated:
            canvas.height += 4
            canvas.paragraph(Cell(_words(event), event.label.iri))
    canvas.height += 6
    return Picture(title, _describe(ordered, dated, undated), _names(), tuple(map(_row, shown)), canvas)


def _draw_dated(canvas: Canvas, events: Sequence[Event]) -> None:
    scale = _Scale.of([day for event in events for day in (event.start, event.end) if day])
    _draw_years(canvas, scale)
    for event in events:
        canvas.height += 8
        canvas.paragraph(Cell(_words(event), event.label.iri))
        _draw_event(canvas, event, scale)
    canvas.height += 4
    _draw_years(canvas, scale)


def _draw_years(canvas: Canvas, scale: _Scale) -> None:
    years = scale.years()
    for year in years:
        share = (year - scale.first) / (scale.last - scale.first)
        anchor = "start" if year == years[0] else "end" if year == years[-1] else "middle"
        canvas.text(Cell(str(year)), percent(share), canvas.height + LINE - 2, class_="soft", anchor=anchor)
    canvas.height += LINE + 2


def _draw_event(canvas: Canvas, event: Event, scale: _Scale) -> None:
    top = canvas.height + 2
    canvas.add("rect", class_="track", x=0, y=top, width="100%", height=_THICK)
    for year in scale.years()[1:-1]:
        x = percent((year - scale.first) / (scale.last - scale.first))
        canvas.add("line", class_="grid", x1=x, x2=x, y1=top, y2=top + _THICK)
    left = 0.0 if event.start is None else scale.share(event.start)
    right = 1.0 if event.end is None else scale.share(event.end) + 1 / 366 / (scale.last - scale.first)
    look = "bar meant" if event.is_only_meant else "bar"
    if event.start is None or event.end is None:
        look += " open"
    bar = canvas.group(_words(event))
    width = max(right - left, 0.008)
    left = min(left, 1 - width)
    canvas.add("rect", bar, class_=look, x=percent(left), y=top, width=percent(width), height=_THICK)
    if event.start is None:
        _draw_arrow(canvas, bar, "0%", top, -1)
    if event.end is None:
        _draw_arrow(canvas, bar, "100%", top, 1)
    canvas.height = top + _THICK + 2


def _draw_arrow(canvas: Canvas, parent: ET.Element, x: str, top: float, direction: int) -> None:
    """Draw the head of an arrow at the edge; a nested viewport carries it, as a path has no percentages."""
    frame = canvas.add("svg", parent, x=x, y=top - 2, overflow="visible", width=1, height=1)
    tip, back, height = 0, -direction * _ARROW * 1.6, _THICK + 4
    canvas.add("path", frame, class_="arrow", d=f"M{tip} {height / 2:g}L{back:g} 0V{height:g}Z")


def _words(event: Event) -> str:
    told = [event.relation, event.period, event.standing.text.lower() if event.standing else ""]
    said = ", ".join(part for part in told if part)
    return event.label.text + (f" — {said}" if said else "")


def _describe(events: Sequence[Event], dated: Sequence[Event], undated: Sequence[Event]) -> str:
    words = [_("Timeline of %(count)s things.", count=len(events))]
    days = [day for event in dated for day in (event.start, event.end) if day]
    if days:
        words.append(_("Their days lie from %(first)s to %(last)s.", first=min(days), last=max(days)))
    loose = sum(event.start is None or event.end is None for event in dated)
    if loose:
        words.append(_("%(count)s are open on one side.", count=loose))
    if undated:
        words.append(_("%(count)s have no day.", count=len(undated)))
    if len(dated) + len(undated) < len(events):
        words.append(_("It shows the first %(shown)s; the table of the answer has all.", shown=MOST))
    return " ".join(words)


def _names() -> tuple[str, ...]:
    return (_("Thing"), _("Earliest day"), _("Latest day"), _("How"), _("Period"), _("Status or phase"))


def _row(event: Event) -> tuple[Cell, ...]:
    days = (Cell(day.isoformat() if day else "") for day in (event.start, event.end))
    return (event.label, *days, Cell(event.relation), Cell(event.period), event.standing or Cell(""))
