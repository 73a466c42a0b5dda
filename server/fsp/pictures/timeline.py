"""A timeline: each thing below its own words, as a bar over the widest days that it can lie in.

Of what is open on one side one day alone is told: a mark at that day which fades, so that it reads as no duration.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from fsp.pictures.canvas import Canvas, Cell, Link, Picture, percent
from fsp.pictures.standing import UNTOLD, legend, look
from fsp.pictures.text import LINE

__all__ = ["Event", "draw_timeline"]

MOST = 60
_THICK = 11
_MOST_TICKS = 6
"""Years that fit beside each other on a phone."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_EDGE = 3
_FADING = ((7, 0.55), (7, 0.35), (7, 0.2), (7, 0.1))
"""Width and strength of what follows the edge of a mark that is open on one side."""
_ROOM = 0.12
"""Share of a phone's width that such a mark takes."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing in time.

    Attributes:
        label: what it is.
        start: the earliest day that it can cover; None where that is open.
        end: the latest day that it can cover; None where that is open.
        relation: how it stands to the period, such as "agreed".
        period: name of the period.
        standing: its status or phase, without an IRI where it is not told; None where it can have none.
    """

    label: Cell
    start: date | None
    end: date | None
    relation: str = ""
    period: str = ""
    standing: Cell | None = None

    @property
    def state(self) -> str | None:
        """IRI of the status or phase; see `fsp.pictures.standing.look`."""
        return None if self.standing is None else self.standing.iri or UNTOLD

    @property
    def is_open(self) -> bool:
        """Whether it is open on one side."""
        return self.start is None or self.end is None


@dataclass(frozen=True, slots=True)
class _Scale:
    """The years that a picture spans, from the first of January of one to that of another."""

    first: int
    last: int
    step: int

    @classmethod
    def of(cls, events: Sequence[Event]) -> "_Scale":
        days = [day for event in events for day in (event.start, event.end) if day]
        first, last = min(days).year, max(days).year + 1
        step = next((step for step in _STEPS if (last - first) / step <= _MOST_TICKS - 1), _STEPS[-1])
        first -= first % step
        scale = cls(first, last + -(last - first) % step, step)
        # A mark that fades needs room on its open side.
        before = step * any(event.end and not event.start and scale.share(event.end) < _ROOM for event in events)
        after = step * any(event.start and not event.end and scale.share(event.start) > 1 - _ROOM for event in events)
        return cls(scale.first - before, scale.last + after, step)

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
    for words in _key(dated, shown):
        canvas.paragraph(Cell(words), class_="soft")
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


def _key(dated: Sequence[Event], shown: Sequence[Event]) -> list[str]:
    """Return what the shapes mean."""
    words = [_("A bar covers every day that a thing may lie in.")]
    if any(event.is_open for event in dated):
        words.append(
            _(
                "A mark that fades to the right: not before that day; to the left: not after it. "
                "How long it lasts is not told."
            )
        )
    return [line for line in (" ".join(words), legend(event.state for event in shown)) if line]


def _draw_dated(canvas: Canvas, events: Sequence[Event]) -> None:
    scale = _Scale.of(events)
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
    bar = canvas.group(_words(event))
    if event.start and event.end:
        left, right = scale.share(event.start), scale.share(event.end) + 1 / 366 / (scale.last - scale.first)
        width = max(right - left, 0.008)
        x = percent(min(left, 1 - width))
        canvas.add("rect", bar, class_=look(event.state), x=x, y=top, width=percent(width), height=_THICK)
    elif event.start:
        _draw_open(canvas, bar, event, percent(scale.share(event.start)), 1)
    elif event.end:
        _draw_open(canvas, bar, event, percent(scale.share(event.end)), -1)
    canvas.height = top + _THICK + 2


def _draw_open(canvas: Canvas, parent: ET.Element, event: Event, x: str, direction: int) -> None:
    """Draw the mark of a day, and how it fades to the open side; a nested viewport has lengths that are no share."""
    top = canvas.height + 2
    frame = canvas.add("svg", parent, class_="open", x=x, y=top, overflow="visible", width=1, height=_THICK)
    canvas.add("rect", frame, class_="edge", x=0 if direction > 0 else -_EDGE, y=-2, width=_EDGE, height=_THICK + 4)
    reach = float(_EDGE)
    for width, strength in _FADING:
        left = reach if direction > 0 else -reach - width
        name = look(event.state).replace("bar", "fading")
        canvas.add("rect", frame, class_=name, x=left, y=0, width=width, height=_THICK, opacity=strength)
        reach += width


def _words(event: Event) -> str:
    told = [event.relation, event.period, event.standing.text.lower() if event.standing else "", _open_words(event)]
    said = ", ".join(part for part in told if part)
    return event.label.text + (f" — {said}" if said else "")


def _open_words(event: Event) -> str:
    """Return the one day that is told of what is open on one side."""
    said: str = ""
    if event.start and not event.end:
        said = _("not before %(day)s", day=event.start)
    elif event.end and not event.start:
        said = _("not after %(day)s", day=event.end)
    return said


def _describe(events: Sequence[Event], dated: Sequence[Event], undated: Sequence[Event]) -> str:
    words = [_("Timeline of %(count)s things.", count=len(events))]
    days = [day for event in dated for day in (event.start, event.end) if day]
    if days:
        words.append(_("Their days lie from %(first)s to %(last)s.", first=min(days), last=max(days)))
    loose = sum(event.is_open for event in dated)
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
