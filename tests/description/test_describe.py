"""A description holds what is said of its subject and of blank nodes within that, and no more (CBD, section 2.1)."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import to_isomorphic

from fsp.dataset.files import dataset_of
from fsp.dataset.load import load
from fsp.description.describe import describe
from fsp.execution.embedded import EmbeddedExecutor
from fsp.execution.interface import Executor
from fsp.settings import Settings

ONE = "https://example.org/one"
PREFIX = "@prefix : <https://example.org/> .\n"
DEEP = f":one :p {'[ :p ' * 9}:two{' ]' * 9} ."
LONG = f":one :p ( {' '.join(str(number) for number in range(40))} ) ."
CIRCLE = ":one :p _:a . _:a :q _:b . _:b :q _:a ."
OTHERS = ":two :p [ :q :one ] ; :q 3 . [ :p :one ] . [ :q [ :p [ ] ] ] ."


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Callable[..., Executor]]:
    """A function that returns an executor over some texts, each of which is a named graph."""
    opened: list[EmbeddedExecutor] = []

    def open_texts(*texts: str) -> Executor:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.ttl").write_text(PREFIX + text, encoding="utf-8")
        dataset = dataset_of([tmp_path])
        executor = EmbeddedExecutor(partial(load, dataset), dataset.digest, Settings(workers=1).limits)
        opened.append(executor)
        return executor

    yield open_texts
    for executor in opened:
        executor.close()


@pytest.mark.parametrize(
    "text",
    [":one :p :two, 2.5 .", ":one :p [ :q [ :r 1 ] ] .", DEEP, LONG, CIRCLE, ":one :p [ ] ."],
    ids=["plain", "two deep", "nine deep", "a list of forty", "a circle", "an empty node"],
)
def test_blank_nodes_are_followed_to_their_end(over: Callable[..., Executor], text: str) -> None:
    """However deep, and whatever else the graph holds."""
    expected = Graph().parse(data=PREFIX + text, format="turtle")

    assert to_isomorphic(expected) == to_isomorphic(describe(over(text + OTHERS), ONE))


def test_every_graph_is_looked_in(over: Callable[..., Executor]) -> None:
    """What two graphs say of a thing is one description."""
    expected = Graph().parse(data=PREFIX + ":one :p 1 ; :q [ :r 2 ] .", format="turtle")

    assert to_isomorphic(expected) == to_isomorphic(describe(over(":one :p 1 .", ":one :q [ :r 2 ] ."), ONE))


def test_of_what_is_only_referred_to_nothing_is_said(over: Callable[..., Executor]) -> None:
    """Its description is empty."""
    assert len(describe(over(":two :p :one ."), ONE)) == 0


@pytest.mark.parametrize("iri", ["", "no iri", "https://example.org/a b", "https://example.org/> ?p ?o . <x:y"])
def test_what_is_no_iri_is_refused(over: Callable[..., Executor], iri: str) -> None:
    """It never comes into a query."""
    with pytest.raises(ValueError, match=r"IRI|scheme"):
        describe(over(":two :p :one ."), iri)
