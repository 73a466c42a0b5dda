"""What the tests of the catalogue share: the published queries, an engine, and queries written for one test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.dataset.files import project_folder
from fsp.execution.interface import Executor

Write = Callable[[str], CannedQuery]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The published queries."""
    return Catalogue.load(project_folder() / "queries")


@pytest.fixture(scope="session")
def executor(app: Flask) -> Executor:
    """An engine on the published data."""
    found: Executor = app.extensions["fsp"].executor
    return found


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text into a file of its own and load it as a query."""

    def write_query(text: str) -> CannedQuery:
        (tmp_path / "written.rq").write_text(text, encoding="utf-8")
        return Catalogue.load(tmp_path).get("written")

    return write_query
