"""A map of places: their points on the coasts of the British Isles, or on a net of degrees elsewhere."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import gettext as _

from fsp.pictures.canvas import Canvas, Cell, Link, Picture
from fsp.pictures.text import LINE, text_width

__all__ = ["Place", "draw_map"]

MOST = 60
_WIDTH = 328
_HIGHEST, _LOWEST = 520, 200
_MARGIN = 0.3
"""Share of the places' extent that is shown beside it on each side."""
_SMALLEST = 2
"""Degrees of latitude that the map shows at least, and as far across: enough for a coast to tell where it is."""
_RADIUS = 5
_OUTLINE = Path(__file__).with_name("outline.json")

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place.

    Attributes:
        label: its name.
        point: its latitude and longitude, in degrees of WGS 84; None where they are not known.
        value: what is counted there, if anything is.
    """

    label: Cell
    point: tuple[float, float] | None = None
    value: int | None = None

    @property
    def words(self) -> str:
        """Its name and its count."""
        return self.label.text if self.value is None else f"{self.label.text}: {self.value:,}"


@dataclass(frozen=True, slots=True)
class _Projection:
    """Degrees to pixels, true to scale along the middle parallel (equirectangular)."""

    west: float
    north: float
    east: float
    south: float
    scale: float
    """Pixels for a degree of latitude."""

    @classmethod
    def of(cls, points: Sequence[tuple[float, float]]) -> "_Projection":
        """Return the projection that shows all points, each a latitude and a longitude."""
        south, north = min(y for y, _x in points), max(y for y, _x in points)
        west, east = min(x for _y, x in points), max(x for _y, x in points)
        across = math.cos(math.radians((south + north) / 2))
        high = max(north - south, _SMALLEST) * (1 + 2 * _MARGIN)
        wide = max(max((east - west) * across, _SMALLEST) * (1 + 2 * _MARGIN), high * _WIDTH / _HIGHEST)
        high = max(high, wide * _LOWEST / _WIDTH)
        middle, centre = (south + north) / 2, (west + east) / 2
        half = wide / across / 2
        return cls(centre - half, middle + high / 2, centre + half, middle - high / 2, _WIDTH / wide)

    def pixels(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point lies."""
        x = (longitude - self.west) / (self.east - self.west) * _WIDTH
        return x, (self.north - latitude) * self.scale

    @property
    def height(self) -> float:
        """Pixels from north to south."""
        return (self.north - self.south) * self.scale


def draw_map(title: str, places: Sequence[Place], link: Link) -> Picture:
    """Draw the places whose coordinates are known, and name the others below.

    Args:
        title: what the picture is about.
        places: the places.
        link: gives the address that a picture links to for an IRI.
    """
    shown = places[:MOST]
    known = [(place, place.point) for place in shown if place.point is not None]
    unknown = [place for place in shown if place.point is None]
    canvas = Canvas(link, width=_WIDTH)
    unlabelled = 0
    if known:
        projection = _Projection.of([point for _place, point in known])
        _draw_ground(canvas, projection)
        marks = [(place, *projection.pixels(*point)) for place, point in known]
        unlabelled = _draw_marks(canvas, marks, projection.height)
        canvas.height = projection.height + 4
    if unknown:
        canvas.height += 8
        canvas.paragraph(Cell(_("Not on the map, as their coordinates are not known:")), class_="soft")
        for place in unknown:
            canvas.paragraph(Cell(place.words, place.label.iri))
    canvas.height += 6
    names = (_("Place"), _("Latitude"), _("Longitude"), _("Count"))
    return Picture(title, _describe(places, len(known), unknown, unlabelled), names, tuple(map(_row, shown)), canvas)


def _draw_ground(canvas: Canvas, projection: _Projection) -> None:
    """Draw sea, coasts and the net of degrees, cut off at the frame."""
    frame = canvas.add("svg", width=_WIDTH, height=projection.height)
    canvas.add("rect", frame, class_="sea", width=_WIDTH, height=projection.height)
    path = "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (projection.pixels(lat, lon) for lon, lat in ring)) + "Z"
        for ring in _outline()
        if _meets(ring, projection)
    )
    if path:
        canvas.add("path", frame, class_="land", d=path)
    for degree in range(math.ceil(projection.south), math.floor(projection.north) + 1):
        y = projection.pixels(degree, projection.west)[1]
        canvas.add("line", frame, class_="net", x1=0, x2=_WIDTH, y1=y, y2=y)
    for degree in range(math.ceil(projection.west), math.floor(projection.east) + 1):
        x = projection.pixels(projection.north, degree)[0]
        canvas.add("line", frame, class_="net", x1=x, x2=x, y1=0, y2=projection.height)


def _meets(ring: Sequence[tuple[float, float]], projection: _Projection) -> bool:
    longitudes, latitudes = [x for x, _y in ring], [y for _x, y in ring]
    return (
        max(longitudes) >= projection.west
        and min(longitudes) <= projection.east
        and max(latitudes) >= projection.south
        and min(latitudes) <= projection.north
    )


def _draw_marks(canvas: Canvas, marks: Sequence[tuple[Place, float, float]], height: float) -> int:
    """Draw points with their names where there is room, and return how many have none."""
    taken: list[Box] = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for _place, x, y in marks]
    unlabelled = 0
    for place, x, y in marks:
        group = canvas.group(place.words)
        canvas.add("circle", group, class_="node", cx=x, cy=y, r=_RADIUS)
        box = next((box for box in _spots(x, y, text_width(place.words)) if _is_free(box, taken, height)), None)
        if box is None:
            unlabelled += 1
            continue
        taken.append(box)
        canvas.text(Cell(place.words, place.label.iri), box[0] + 2, box[3] - 5, class_="name")
    return unlabelled


def _spots(x: float, y: float, width: float) -> list[Box]:
    """Return where the name of a point may stand: beside it, above or below, and slanting off."""
    wide = width + 4
    lefts = {"right": x + _RADIUS + 2, "left": x - _RADIUS - 2 - wide, "middle": x - wide / 2}
    spots = [("right", y - LINE / 2), ("left", y - LINE / 2), ("middle", y - LINE - 7), ("middle", y + 7)]
    spots += [(side, y + away) for away in (-LINE - 2, 2) for side in ("right", "left")]
    return [(lefts[side], top, lefts[side] + wide, top + LINE) for side, top in spots]


def _is_free(box: Box, taken: Sequence[Box], height: float) -> bool:
    left, top, right, bottom = box
    if left < 0 or right > _WIDTH or top < 0 or bottom > height:
        return False
    return all(right <= other[0] or left >= other[2] or bottom <= other[1] or top >= other[3] for other in taken)


def _describe(places: Sequence[Place], known: int, unknown: Sequence[Place], unlabelled: int) -> str:
    words = [_("Map of %(known)s of %(count)s places.", known=known, count=len(places))]
    if unknown:
        names = ", ".join(place.label.text for place in unknown)
        words.append(_("The coordinates of these are not known: %(names)s.", names=names))
    if unlabelled:
        words.append(_("%(count)s points have no room for their names, which the table has.", count=unlabelled))
    if len(places) > MOST:
        words.append(_("It shows the first %(shown)s; the table of the answer has all.", shown=MOST))
    return " ".join(words)


def _row(place: Place) -> tuple[Cell, ...]:
    point = ("", "") if place.point is None else (f"{degrees:g}" for degrees in place.point)
    return (place.label, *map(Cell, point), Cell("" if place.value is None else f"{place.value:,}"))


@cache
def _outline() -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the coasts: rings of longitude and latitude."""
    rings = json.loads(_OUTLINE.read_text(encoding="utf-8"))
    return tuple(tuple((float(x), float(y)) for x, y in ring) for ring in rings)
