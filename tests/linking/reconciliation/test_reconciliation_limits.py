"""Reconciliation keeps within its limits: of things, of time, of batches at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from fsp.dataset.files import dataset_of
from fsp.dataset.load import load
from fsp.errors import BusyError, LimitError
from fsp.execution.embedded import EmbeddedExecutor
from fsp.execution.interface import Answer, QueryRequest, never
from fsp.execution.limits import Limits
from fsp.linking.reconciliation.requests import Query
from fsp.linking.reconciliation.service import Reconciler
from support import Serve

DATA = """
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/1> a org:Organization ; skos:prefLabel "Sampleton Trust"@en .
<http://example.org/2> a org:Organization ; skos:prefLabel "Exampleham Ltd"@en .
"""


class Waiting:
    """An executor over some data that does something first, each time it is asked."""

    def __init__(self, path: Path, first: Callable[[], object]) -> None:
        path.write_text(DATA, encoding="utf-8")
        dataset = dataset_of([path])
        self._executor = EmbeddedExecutor(partial(load, dataset), dataset.digest, Limits(workers=1))
        self._first = first
        self.digest: str | None = dataset.digest

    def execute(self, request: QueryRequest, is_gone: Callable[[], bool] = never) -> Answer:
        """See `Executor.execute`."""
        self._first()
        return self._executor.execute(request, is_gone)

    def close(self) -> None:
        """See `Executor.close`."""
        self._executor.close()


def test_a_larger_dataset_is_refused_and_the_rest_served(serve: Serve) -> None:
    """With 503, the limit and what the operator can do; SPARQL goes on."""
    with serve("--reconcile-most", "10") as service:
        reply = service.request("/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22Serco%22%7D%7D")
        assert (reply.status, '"limit":"reconcile_most"' in reply.text) == (503, True)
        assert service.request("/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D").status == 200


def test_a_batch_ends_at_the_time_limit(tmp_path: Path) -> None:
    """And says which limit it met."""
    executor = Waiting(tmp_path / "data.ttl", lambda: None)
    reconciler = Reconciler(executor, 10, Limits(timeout=-1.0))

    with pytest.raises(LimitError, match="send fewer queries") as raised:
        reconciler.answer({"q": Query("Sampleton Trust")})
    executor.close()
    assert raised.value.limit == "timeout"


def test_more_batches_than_places_are_turned_away(tmp_path: Path) -> None:
    """Two are answered at the same time: a third waits, and is told to come again."""
    executor = Waiting(tmp_path / "data.ttl", lambda: None)
    reconciler = Reconciler(executor, 10, Limits(queue_wait=0.01))
    with (
        reconciler._turn(),  # noqa: SLF001 - as two other batches
        reconciler._turn(),  # noqa: SLF001
        pytest.raises(BusyError, match="try again later"),
    ):
        reconciler.answer({"q": Query("Sampleton Trust")})
    assert reconciler.answer({"q": Query("Sampleton Trust")})["q"]["result"][0]["match"] is True
    executor.close()


def test_data_that_may_change_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After ten minutes, where the data has no digest; else once."""
    asked: list[bool] = []
    executor = Waiting(tmp_path / "data.ttl", lambda: asked.append(True))
    reconciler = Reconciler(executor, 10, Limits())
    now = [0.0]
    monkeypatch.setattr("fsp.linking.reconciliation.service.time.monotonic", lambda: now[0])
    first = reconciler.index
    now[0] = 700.0
    assert reconciler.index is first
    executor.digest = None
    assert reconciler.index is not first
    executor.close()
    assert sorted(reconciler.index.entities) == ["http://example.org/1", "http://example.org/2"]
