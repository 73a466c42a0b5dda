"""Small answers are kept; what may change is not."""

import pytest

from conftest import Running
from fsp.execution.cache import CachedExecutor
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Answer, QueryRequest

CHEAP = "SELECT ?o { <http://example.org/thing/0> <http://example.org/only> ?o }"


class Counting:
    """An executor that counts how often it is asked."""

    digest = "0" * 64

    def __init__(self, running: Running) -> None:
        self.asked = 0
        self._running = running

    def execute(self, request: QueryRequest, *rest: object) -> Answer:
        """Count, and pass on."""
        self.asked += 1
        return self._running.executor.execute(request, *rest)  # type: ignore[arg-type]

    def close(self) -> None:
        """Leave the engine to its fixture."""


def ask(executor: CachedExecutor, query: str = CHEAP, format_: str = "csv", default: tuple[str, ...] = ()) -> bytes:
    """Return a whole answer."""
    with executor.execute(QueryRequest(query, BY_NAME[format_], None, default_graphs=default)) as answer:
        return b"".join(answer)


@pytest.fixture
def counting(running: Running) -> Counting:
    """The engine behind the cache."""
    return Counting(running)


def test_the_same_question_is_evaluated_once(counting: Counting) -> None:
    """The second answer is the first one's bytes."""
    cached = CachedExecutor(counting, 1 << 20)
    assert [ask(cached), ask(cached), counting.asked] == [b"o\r\nb\r\n", b"o\r\nb\r\n", 1]


def test_format_and_dataset_are_part_of_the_question(counting: Counting) -> None:
    """Another format or another default graph is another answer."""
    cached = CachedExecutor(counting, 1 << 20)
    answers = [ask(cached), ask(cached, format_="tsv"), ask(cached, default=("http://example.org/a",))]
    assert answers == [b"o\r\nb\r\n", b'?o\n"b"\n', b"o\r\n"]


def test_chance_and_time_are_asked_each_time(counting: Counting) -> None:
    """A volatile query is never answered from memory."""
    cached = CachedExecutor(counting, 1 << 20)
    query = "SELECT (STRUUID() AS ?x) {}"
    assert ask(cached, query) != ask(cached, query)


@pytest.mark.parametrize("size", [0, 4096])
def test_an_answer_too_large_for_the_cache_is_not_kept(counting: Counting, size: int) -> None:
    """One large answer does not push out many small ones; a cache of nothing keeps nothing."""
    cached = CachedExecutor(counting, size)
    query = "SELECT ?o { ?s <http://example.org/label> ?o }"
    assert ask(cached, query) == ask(cached, query)
    assert counting.asked == 2


def test_the_least_recently_asked_is_forgotten(counting: Counting) -> None:
    """Each answer of a few bytes costs some 1,100: eight thousand hold seven."""
    cached = CachedExecutor(counting, 8000)
    first, *others = [f"SELECT ({number} AS ?x) {{}}" for number in range(8)]
    for query in (first, *others[:-1], first, others[-1]):  # asked again, the first is not the oldest
        ask(cached, query)
    assert counting.asked == 8
    ask(cached, first)
    assert counting.asked == 8
    ask(cached, others[0])
    assert counting.asked == 9


def test_an_answer_that_is_streamed_is_not_kept(counting: Counting) -> None:
    """What does not fit into memory at once passes through."""
    cached = CachedExecutor(counting, 1 << 30)
    query = "SELECT ?a ?d { ?a <http://example.org/next> ?b . ?d <http://example.org/link> ?e }"
    for _ in range(2):
        with cached.execute(QueryRequest(query, BY_NAME["csv"], None)) as answer:
            assert answer.whole is None
    assert counting.asked == 2
