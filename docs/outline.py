"""Make `server/fsp/pictures/outline.json`, the coasts of the British Isles, from Natural Earth's land at 1:10 million.

The file to read is `land-10m.json` of the npm package world-atlas 2.0.2, which holds Natural Earth 4.1.0, in the public
domain, as TopoJSON. Run: `python docs/outline.py land-10m.json`.
"""

import json
import sys
from pathlib import Path
from typing import Any

Point = tuple[float, float]

WEST, EAST, SOUTH, NORTH = -11.0, 3.0, 49.0, 61.5
FINEST = 0.02
"""How far, in degrees, the outline may depart from the original."""
SMALLEST = 0.06
"""Islands of less than this many degrees across are left out."""
TARGET = Path(__file__).parents[1] / "server/fsp/pictures/outline.json"


def rings(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the outer rings of all land, decoded from shared arcs of differences."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for differences in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in differences:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    found = []
    for polygon in topology["objects"]["land"]["geometries"][0]["arcs"]:
        ring: list[Point] = []
        for index in polygon[0]:
            points = arcs[index] if index >= 0 else arcs[~index][::-1]
            ring += points[1:] if ring else points
        found.append(ring)
    return found


def clip(ring: list[Point]) -> list[Point]:
    """Return what of a ring lies in the box (Sutherland and Hodgman, 1974)."""
    for axis, limit, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        result: list[Point] = []
        for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
            inside, follows = sign * (one[axis] - limit) >= 0, sign * (other[axis] - limit) >= 0
            if inside:
                result.append(one)
            if inside != follows:
                share = (limit - one[axis]) / (other[axis] - one[axis])
                result.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
        ring = result
    return ring


def simplify(points: list[Point]) -> list[Point]:
    """Return fewer points that depart nowhere by more than `FINEST` (Douglas and Peucker, 1973)."""
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    best, furthest = 0, 0.0
    for number, (x, y) in enumerate(points[1:-1], 1):
        away = (
            abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length
            if length
            else ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        )
        if away > furthest:
            best, furthest = number, away
    if furthest <= FINEST:
        return [points[0], points[-1]]
    return simplify(points[: best + 1])[:-1] + simplify(points[best:])


def main() -> None:
    """Write the file."""
    sys.setrecursionlimit(100_000)
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    outlines = []
    for ring in rings(topology):
        clipped = clip(ring[:-1])
        if not clipped:
            continue
        across = max(max(p[axis] for p in clipped) - min(p[axis] for p in clipped) for axis in (0, 1))
        if across >= SMALLEST:
            half = len(clipped) // 2
            fewer = simplify(clipped[: half + 1])[:-1] + simplify([*clipped[half:], clipped[0]])[:-1]
            outlines.append([[round(x, 3), round(y, 3)] for x, y in fewer])
    lines = ",\n".join(json.dumps(outline, separators=(",", ":")) for outline in outlines)
    TARGET.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
