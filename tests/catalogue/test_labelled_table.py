"""Labels in place of things."""

import pyoxigraph as ox

from fsp.catalogue.declared import ColumnText
from fsp.catalogue.table import Column, columns, with_labels
from fsp.execution.preview import Preview


def test_label_takes_the_place_of_its_thing() -> None:
    """A label joins the column of its thing; one without a thing stays."""
    assert columns(["case", "caseLabel", "duringLabel", "n"]) == (
        Column("case", 0, 1, 0),
        Column("duringLabel", 2, None, 2),
        Column("n", 3, None, 3),
    )


def test_value_takes_the_place_of_its_thing() -> None:
    """A number whose header names its measurement links there, and the measurement has no column of its own."""
    texts = {"n": ColumnText("Number", "How many", thing="measurement")}
    assert columns(["n", "measurement", "measurementLabel"], texts) == (Column("n", 0, None, 1),)


def test_thing_without_label_is_shown_itself() -> None:
    """Where a label is unbound, the IRI stands there."""
    iri, label = ox.NamedNode("https://example.org/a"), ox.Literal("A")
    preview = Preview(names=("x", "xLabel"), rows=((iri, label), (iri, None), (None, None)))
    assert with_labels(preview, {}, {}) == Preview(names=("x",), rows=((label,), (iri,), (None,)))


def test_label_is_looked_up_where_the_query_gives_none() -> None:
    """A thing whose query has no column of labels is shown by the label that was found for it; others stay."""
    known, unknown = ox.NamedNode("https://example.org/a"), ox.NamedNode("https://example.org/b")
    preview = Preview(names=("x",), rows=((known,), (unknown,)))
    assert with_labels(preview, {}, {known.value: "A"}) == Preview(names=("x",), rows=((ox.Literal("A"),), (unknown,)))
