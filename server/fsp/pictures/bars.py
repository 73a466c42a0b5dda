"""A bar chart: each bar below its own words, so that neither colour nor a key is needed to read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from fsp.pictures.canvas import Canvas, Cell, Link, Picture, percent
from fsp.pictures.standing import legend, look
from fsp.pictures.units import number

__all__ = ["Bar", "draw_bars"]

MOST = 60
"""As many bars as a person can take in."""
_THICK = 11
_SMALLEST = 0.004
"""Share of the width that the bar of a number other than zero has at least."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        label: what it is about.
        value: its number.
        series: what tells it from others of the same label, such as a phase; empty where nothing does.
        group: heading that it stands under.
        standing: IRI of the status or phase of its number; `UNTOLD` where it is not told, None where it has none.
        bound: how the number is to be read, such as "at least"; empty where that is not told.
        unit: what it counts, such as "Pounds sterling". All bars of a unit have the same scale.
    """

    label: Cell
    value: float
    series: str = ""
    group: str = ""
    standing: str | None = None
    bound: str = ""
    unit: str = ""

    @property
    def about(self) -> str:
        """What it is about, with what tells it from others: 'Public sector — Private sector'."""
        return self.label.text + (f" — {self.series}" if self.series else "")

    @property
    def words(self) -> str:
        """The number with its bound: 'more than 1,000,000'."""
        return f"{self.bound} {number(self.value)}".strip()


def draw_bars(title: str, names: Sequence[str], bars: Sequence[Bar], link: Link) -> Picture:
    """Draw bars, group by group.

    Args:
        title: what the picture is about.
        names: what the table calls the label, the series, the group and the value; it leaves out those without a name.
        bars: the bars; those of one group follow each other.
        link: gives the address that a picture links to for an IRI.
    """
    shown = bars[:MOST]
    canvas = Canvas(link)
    meaning = legend(bar.standing for bar in shown)
    if meaning:
        canvas.paragraph(Cell(meaning), class_="soft")
    widest: dict[str, float] = {}
    for bar in shown:
        widest[bar.unit] = max(widest.get(bar.unit, 0), abs(bar.value))
    for heading, group in groupby(shown, key=lambda bar: bar.group):
        if heading:
            canvas.height += 10
            canvas.paragraph(Cell(heading), class_="heading")
        for bar in group:
            _draw(canvas, bar, abs(bar.value) / (widest[bar.unit] or 1))
    called = tuple(filter(None, names))
    rows = tuple(tuple(cell for cell, name in zip(_row(bar), names, strict=True) if name) for bar in shown)
    return Picture(title, _describe(bars, shown), called, rows, canvas)


def _draw(canvas: Canvas, bar: Bar, share: float) -> None:
    canvas.height += 8
    canvas.paragraph(Cell(f"{bar.about}: {bar.words}", bar.label.iri))
    top = canvas.height + 2
    canvas.add("rect", class_="track", x=0, y=top, width="100%", height=_THICK)
    if share:
        canvas.add("rect", class_=look(bar.standing), x=0, y=top, width=percent(max(share, _SMALLEST)), height=_THICK)
    canvas.height = top + _THICK + 2


def _describe(bars: Sequence[Bar], shown: Sequence[Bar]) -> str:
    most = max(shown, key=lambda bar: bar.value)
    said = {"count": len(bars), "value": most.words, "label": most.about, "unit": most.unit}
    words = [_("Bar chart of %(count)s numbers.", **said)]
    if len({bar.unit for bar in shown}) > 1:
        words.append(_("Bars are to be compared with those of the same unit only."))
    elif most.unit:
        words.append(_("The largest is %(value)s (%(unit)s): %(label)s.", **said))
    else:
        words.append(_("The largest is %(value)s: %(label)s.", **said))
    if len(shown) < len(bars):
        words.append(_("It shows the first %(shown)s; the table of the answer has all.", shown=len(shown)))
    return " ".join(words)


def _row(bar: Bar) -> tuple[Cell, ...]:
    return (bar.label, Cell(bar.series), Cell(bar.group), Cell(bar.words))
