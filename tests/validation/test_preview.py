"""What a new case would change: rows of the canned queries, and numbers of cases."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.dataset.files import project_dataset, project_folder
from fsp.dataset.load import load
from fsp.validation.gains import Gain
from fsp.validation.preview import Preview, QueryChange, preview
from fsp.validation.reports.of_preview import gained, preview_text

CASE = """\
@prefix case: <https://w3id.org/fsp/id/case/> .
@prefix citation: <https://w3id.org/fsp/id/citation/> .
@prefix contract: <https://w3id.org/fsp/id/contract/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fsp: <https://w3id.org/fsp/def#> .
@prefix activity: <https://w3id.org/fsp/id/activity/> .
@prefix activity-type: <https://w3id.org/fsp/scheme/activity-type/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix sector: <https://w3id.org/fsp/scheme/sector/> .
@prefix status: <https://w3id.org/fsp/scheme/status/> .
@prefix organisation: <https://w3id.org/fsp/id/organisation/> .
@prefix partnership: <https://w3id.org/fsp/id/partnership/> .
@prefix place: <https://w3id.org/fsp/id/place/> .
@prefix principle: <https://w3id.org/fsp/scheme/principle/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

case:atlantis a fsp:CaseStudy ;
    rdfs:label "Atlantis"@en ;
    fsp:illustrates principle:charitable-arms ;
    fsp:restsOn citation:atlantis .
contract:atlantis a fsp:Contract ;
    rdfs:label "Contract of Atlantis"@en ;
    fsp:describedIn case:atlantis ;
    dcterms:spatial place:trafford , place:atlantis ;
    fsp:buyer organisation:trafford-council ;
    fsp:supplier organisation:kraken .
place:atlantis a dcterms:Location ; rdfs:label "Atlantis"@en .
organisation:kraken a org:Organization ; rdfs:label "Kraken"@en ; fsp:sector sector:private .
activity:atlantis a fsp:Activity ;
    rdfs:label "Diving"@en ;
    fsp:describedIn case:atlantis ;
    fsp:activityType activity-type:research ;
    fsp:status status:done ;
    fsp:carriedOutBy organisation:kraken .
"""
QUERIES = {
    "largest": "SELECT ?case (MAX(?size) AS ?most) WHERE { ?case <u:size> ?size } GROUP BY ?case ORDER BY ?case",
    "lonely": "SELECT ?case WHERE { ?case <u:size> ?size FILTER NOT EXISTS { ?case <u:near> ?other } } ORDER BY ?case",
    "twice": "SELECT ?size WHERE { ?case <u:size> ?size } ORDER BY ?size",
    "any": "ASK { ?case <u:near> ?other }",
    "unmoved": "SELECT ?case WHERE { ?case <u:colour> ?colour }",
    "triples": "CONSTRUCT { ?case <u:next> ?other } WHERE { ?case <u:near> ?other }",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The canned queries."""
    return Catalogue.load(project_folder() / "queries")


@pytest.fixture
def published() -> ox.Store:
    """The published data."""
    return load(project_dataset())


@pytest.fixture
def change(published: ox.Store, catalogue: Catalogue) -> Preview:
    """What the invented case would change."""
    return preview(Graph().parse(data=CASE), published, catalogue)


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., dict[str, QueryChange]]:
    """Preview triples over others with a few queries of every form."""

    def small(before: str, new: str) -> dict[str, QueryChange]:
        for name, query in QUERIES.items():
            header = f"#+ summary: {name}?\n#+ description: It.\n#+ tags: [a]\n"
            (tmp_path / f"{name}.rq").write_text(header + query, encoding="utf-8")
        store = ox.Store()
        store.load(before.encode(), ox.RdfFormat.TURTLE)
        found = preview(Graph().parse(data=new), store, Catalogue.load(tmp_path))
        return {change.query.name: change for change in found.changes}

    return small


def test_a_principle_a_sector_and_a_place_gain_a_case(change: Preview) -> None:
    """With how many they have now; a body that is described elsewhere counts for its sector."""
    base = "https://w3id.org/fsp/"
    assert change.gains == (
        Gain("principle", f"{base}scheme/principle/charitable-arms", "Engaging with charitable arms", 1, 2),
        Gain("sector", f"{base}scheme/sector/private", "Private sector", 6, 7),
        Gain("sector", f"{base}scheme/sector/public", "Public sector", 6, 7),
        Gain("place", f"{base}id/place/atlantis", "Atlantis", 0, 1),
        Gain("place", f"{base}id/place/trafford", "Trafford", 1, 2),
    )


def _rows(store: ox.Store, text: str) -> Counter[str]:
    results = store.query(text)
    assert not isinstance(results, ox.QueryBoolean)
    return Counter(str(row) for row in results)


def _asked(query: CannedQuery) -> str:
    return query.bind({name: () for name, one in query.parameters.items() if one.type.is_iri and not one.required})


def test_each_change_is_one_that_a_store_with_the_case_shows(
    change: Preview, published: ox.Store, catalogue: Catalogue
) -> None:
    """Of every query whose parameters can be left open: as many rows come and go, and no other query changes."""
    later = load(project_dataset())
    later.extend(quad for quad in ox.parse(CASE, ox.RdfFormat.TURTLE))
    changes = {one.query.name: one for one in change.changes}
    told, true = {}, {}
    for query in catalogue:
        if any(parameter.required for parameter in query.parameters.values()):
            continue
        before, after = _rows(published, _asked(query)), _rows(later, _asked(query))
        true[query.name] = ((after - before).total(), (before - after).total())
        one = changes.get(query.name)
        told[query.name] = (len(one.new + one.changed), len(one.changed + one.gone)) if one else (0, 0)

    assert told == true
    assert sum(new > 0 for new, _ in true.values()) >= 5


def test_a_query_about_one_thing_is_asked_about_the_new_one(change: Preview) -> None:
    """Which has no rows yet, though the query's default has."""
    (graph,) = [one for one in change.changes if one.query.name == "case-as-graph"]

    assert graph.names == ("subject", "predicate", "object")
    assert (graph.changed, graph.gone) == ((), ())
    assert ox.NamedNode("https://w3id.org/fsp/id/case/atlantis") in {row[0] for row in graph.new}


def test_what_is_published_already_changes_nothing(published: ox.Store, catalogue: Catalogue) -> None:
    """Nor does a graph without triples."""
    again = Graph().parse(project_folder() / "data" / "cases.ttl")

    for part in (again, Graph()):
        assert preview(part, published, catalogue) == Preview((), (), len(catalogue), ())


def test_the_store_is_left_as_it_was(published: ox.Store, catalogue: Catalogue) -> None:
    """Also those triples of the case that it had before."""
    before = set(published)
    preview(Graph().parse(data=CASE + "case:trafford a fsp:CaseStudy ."), published, catalogue)

    assert set(published) == before


def test_without_time_no_query_is_asked(published: ox.Store, catalogue: Catalogue) -> None:
    """And those that were not are named."""
    found = preview(Graph().parse(data=CASE), published, catalogue, seconds=-1)

    assert (found.asked, found.changes) == (0, ())
    assert found.unasked == tuple(query.name for query in catalogue)
    assert "No time was left to ask achieved-or-intended," in preview_text(found, 80).plain


def test_rows_come_change_and_go(small: Callable[..., dict[str, QueryChange]]) -> None:
    """A row that says something else of the same thing has changed; another one is gone."""
    changes = small("<u:a> <u:size> 1 . <u:b> <u:size> 5 .", "<u:a> <u:size> 3 ; <u:near> <u:b> . <u:c> <u:size> 1 .")
    a, b, c = (ox.NamedNode(f"u:{name}") for name in "abc")

    def numbers(*values: int) -> Iterator[ox.Literal]:
        return (ox.Literal(value) for value in values)

    one, three = numbers(1, 3)
    assert (changes["largest"].new, changes["largest"].changed, changes["largest"].gone) == (
        ((c, one),), (((a, one), (a, three)),), (),
    )  # fmt: skip
    assert (changes["lonely"].new, changes["lonely"].gone) == (((c,),), ((a,),))
    assert changes["twice"].new == ((one,), (three,))
    assert changes["any"].changed == (((ox.Literal("false"),), (ox.Literal("true"),)),)
    assert changes["triples"].new == ((a, ox.NamedNode("u:next"), b),)
    assert "unmoved" not in changes


def test_two_things_are_not_one_that_changed(small: Callable[..., dict[str, QueryChange]]) -> None:
    """A blank node of the case is none of the published ones, whatever their labels."""
    changes = small("_:x <u:size> 1 .", "_:x <u:size> 2 .")

    assert len(changes["largest"].new) == 1
    assert changes["largest"].changed == ()


def test_text_tells_the_first_rows_with_labels(change: Preview) -> None:
    """On eighty columns; new, changed and gone rows have marks of their own."""
    text = preview_text(change, 80).plain

    assert text.startswith(f"With this in, {len(change.changes)} of 34 ready-made queries would give other rows.\n")
    assert "\n   The place “Atlantis” would have its first case.\n" in text
    assert "cases-by-principle: Which cases illustrate which principle of partnership?\n" in text
    assert "\n   + principle: Engaging with charitable arms; case: Atlantis\n" in text
    assert "\n   ~ place: Trafford; cases: 1 → 2; organisations: 1; activities: 3\n" in text
    assert "more new rows" in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0, 1, "its first case"),
        (1, 2, "its 2nd case"),
        (2, 3, "its 3rd case"),
        (10, 11, "its 11th case"),
        (20, 21, "its 21st case"),
        (111, 112, "its 112th case"),
        (0, 2, "2 cases instead of 0"),
    ],
)
def test_a_number_of_cases_is_told_in_words(before: int, after: int, words: str) -> None:
    """Its first, its nth, or several at once."""
    assert gained(Gain("place", "u:a", "Atlantis", before, after)) == f"The place “Atlantis” would have {words}."
