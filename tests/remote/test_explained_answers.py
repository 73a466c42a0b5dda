"""What explains an answer is asked by plain SPARQL: every engine gives the same of it."""

import pytest
from flask import Flask

from fsp.catalogue.answer import Slice, explain
from fsp.catalogue.evidence import find_evidence
from fsp.catalogue.labels import labels
from fsp.catalogue.plain import plain_answer
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.dataset.about import describe_dataset
from fsp.dataset.files import project_folder
from fsp.execution.interface import Executor
from fsp.execution.remote import RemoteExecutor
from fsp.execution.solutions import solutions
from fsp.namespaces import FSP

each_select = pytest.mark.parametrize(
    "query",
    [query for query in Catalogue.load(project_folder() / "queries") if query.form == "SELECT"],
    ids=lambda query: query.name,
)


@pytest.fixture(scope="session")
def own(app: Flask) -> Executor:
    """The service's own engine on the published data."""
    found: Executor = app.extensions["fsp"].executor
    return found


@each_select
def test_answer_is_explained_alike(executor: RemoteExecutor, own: Executor, query: CannedQuery) -> None:
    """Rows, labels, evidence and coverage are those of the service's own engine, on the first page and the last."""
    for part in (Slice(1, 5), Slice(max(1, -(-explain(own, query, {}, Slice(1, 1)).total // 5)), 5)):
        found = plain_answer(explain(executor, query, {}, part))
        assert found == plain_answer(explain(own, query, {}, part))


def test_many_things_are_looked_up_at_once(executor: RemoteExecutor, own: Executor) -> None:
    """As many things as a long page holds are asked about in few queries, which no engine finds too long."""
    things = [str(row["thing"]) for row in solutions(own, f"SELECT DISTINCT ?thing {{ ?thing <{FSP.restsOn}> ?any }}")]
    things += [f"https://example.org/no-such-thing/{number}" for number in range(1500)]
    assert len(find_evidence(own, things).by_thing) == len(things) - 1500
    assert find_evidence(executor, things) == find_evidence(own, things)
    assert labels(executor, things) == labels(own, things)


def test_dataset_is_described_alike(executor: RemoteExecutor, own: Executor) -> None:
    """Title, maker, version and licence come from the graph that describes the dataset."""
    mine, theirs = describe_dataset(own), describe_dataset(executor)
    assert (theirs.title, theirs.creator, theirs.version, theirs.modified, theirs.licence, theirs.source) == (
        mine.title,
        mine.creator,
        mine.version,
        mine.modified,
        mine.licence,
        mine.source,
    )
    assert mine.title == "Public service partnerships: case studies as linked data"
