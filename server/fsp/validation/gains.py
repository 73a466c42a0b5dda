"""How many cases each principle, sector and place has, and which of these numbers change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox

from fsp.prefixes import PREFIXES

__all__ = ["Gain", "case_counts", "gains"]

_COUNTED = {
    "principle": "?case fsp:illustrates ?counted .",
    # A case may name a body that is described elsewhere. Each branch is whole: joined to a union, engines take minutes.
    "sector": """
    { ?thing fsp:sector ?counted ; fsp:describedIn ?case }
    UNION { ?thing fsp:sector ?counted . ?naming ?names ?thing . ?naming fsp:describedIn ?case }""",
    "place": "?thing dcterms:spatial ?counted ; fsp:describedIn ?case .",
}
_COUNT = """
SELECT ?counted ?label ?cases WHERE {{
  {{ SELECT ?counted (COUNT(DISTINCT ?case) AS ?cases) WHERE {{ {pattern} }} GROUP BY ?counted }}
  OPTIONAL {{ ?counted rdfs:label|skos:prefLabel ?label }}
}}
"""


@dataclass(frozen=True, slots=True)
class Gain:
    """A principle, sector or place that would have another number of cases.

    Attributes:
        kind: `principle`, `sector` or `place`.
        iri: which one.
        label: its name.
        before: its number of cases now.
        after: its number of cases then.
    """

    kind: str
    iri: str
    label: str
    before: int
    after: int


def case_counts(store: ox.Store) -> Mapping[tuple[str, str], tuple[str, int]]:
    """Return label and number of cases of each principle, sector and place."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for kind, pattern in _COUNTED.items():
        results = store.query(_COUNT.format(pattern=pattern), prefixes=PREFIXES)
        for counted, label, cases in cast("ox.QuerySolutions", results):
            name = label.value if isinstance(label, ox.Literal) else ""
            iri, number = cast("ox.NamedNode", counted), cast("ox.Literal", cases)
            found[kind, iri.value] = (name or iri.value, int(number.value))
    return found


def gains(
    before: Mapping[tuple[str, str], tuple[str, int]], after: Mapping[tuple[str, str], tuple[str, int]]
) -> list[Gain]:
    """Return whose number of cases has changed: principles, then sectors, then places, those with the fewest first."""
    changed = [
        Gain(kind, iri, label, before.get((kind, iri), (label, 0))[1], number)
        for (kind, iri), (label, number) in after.items()
        if number != before.get((kind, iri), (label, 0))[1]
    ]
    return sorted(changed, key=lambda gain: (list(_COUNTED).index(gain.kind), gain.after, gain.label))
