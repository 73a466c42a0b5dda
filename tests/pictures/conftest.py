"""What the tests of pictures share: the answers of the canned queries over the published data, drawn."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.catalogue.rdf import published_dataset
from fsp.dataset.files import project_folder
from fsp.dataset.load import load
from fsp.execution.embedded import EmbeddedExecutor
from fsp.execution.interface import Executor, QueryRequest
from fsp.execution.preview import Preview, read_preview
from fsp.settings import Settings

CATALOGUE = Catalogue.load(project_folder() / "queries")


@pytest.fixture(scope="session")
def executor() -> Iterator[Executor]:
    """An executor over the published data."""
    dataset = published_dataset()
    made = EmbeddedExecutor(partial(load, dataset), dataset.digest, Settings(workers=1).limits)
    yield made
    made.close()


@pytest.fixture(scope="session")
def answered(executor: Executor) -> Callable[[str], tuple[CannedQuery, Preview]]:
    """Answer a canned query with the values in its file."""

    def answer(name: str) -> tuple[CannedQuery, Preview]:
        query = CATALOGUE.get(name)
        return query, read_preview(executor, QueryRequest(query.bind({}), None, None))

    return answer
