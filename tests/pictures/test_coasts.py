"""The coasts on the map: they can be made again, and lie where the land lies."""

import json
from pathlib import Path

OUTLINE = Path(__file__).parents[2] / "server/fsp/pictures/outline.json"


def contains(ring: list[list[float]], longitude: float, latitude: float) -> bool:
    """Tell whether a point lies within a ring, by counting the sides that a ray crosses."""
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def test_places_of_the_cases_lie_on_land() -> None:
    """Also the island; and the middle of the Irish Sea does not."""
    rings = json.loads(OUTLINE.read_text(encoding="utf-8"))
    land = [(-1.549, 53.526), (-1.889, 52.484), (-1.30, 50.69), (-0.25, 52.59), (-2.36, 53.42), (-6.26, 53.35)]
    assert [any(contains(ring, *point) for ring in rings) for point in land] == [True] * len(land)
    assert not any(contains(ring, -4.9, 53.7) for ring in rings)
