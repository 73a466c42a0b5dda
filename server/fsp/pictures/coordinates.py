"""Where places lie: their coordinates, wherever the dataset holds them."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from fsp.execution.interface import Executor
from fsp.execution.solutions import solutions

__all__ = ["Coordinates", "coordinates"]

Coordinates = Mapping[str, tuple[float, float]]
"""For the IRI of a place its latitude and longitude, in degrees of WGS 84."""
_QUERY = """\
PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>

SELECT ?place (MIN(?lat) AS ?latitude) (MIN(?long) AS ?longitude)
WHERE {
  VALUES ?place { %s }
  ?place geo:lat ?lat ;
    geo:long ?long .
}
GROUP BY ?place
"""


def coordinates(executor: Executor, places: Iterable[str]) -> Coordinates:
    """Return the coordinates of places; a place without has no entry.

    Args:
        executor: evaluates the query for them.
        places: IRIs.

    Raises:
        FspError: as `Executor.execute`.
    """
    terms = " ".join(str(ox.NamedNode(place)) for place in sorted(set(places)))
    if not terms:
        return {}
    found: dict[str, tuple[float, float]] = {}
    for row in solutions(executor, _QUERY % terms):
        latitude, longitude = _degrees(row.get("latitude"), 90), _degrees(row.get("longitude"), 180)
        if latitude is not None and longitude is not None:
            found[str(row["place"])] = (latitude, longitude)
    return found


def _degrees(term: object, most: int) -> float | None:
    """Return a number of degrees; None for what is none."""
    try:
        value = float(str(term))
    except ValueError:
        return None
    return value if abs(value) <= most else None
