"""Each kind of picture: what it shows, says and holds, drawn from values that the tests choose."""

import re
from datetime import date
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from fsp.pictures.bars import Bar, draw_bars
from fsp.pictures.canvas import Cell, Picture
from fsp.pictures.network import MOST, Tie, draw_network
from fsp.pictures.places import Place, draw_map
from fsp.pictures.standing import UNTOLD
from fsp.pictures.timeline import Event, draw_timeline
from fsp.pictures.units import quantity

SVG = "{http://www.w3.org/2000/svg}"
TARGET = "https://w3id.org/fsp/scheme/phase/target"
RESULT = "https://w3id.org/fsp/scheme/phase/result"


def same(iri: str) -> str:
    """Link to the IRI itself."""
    return iri


def read(picture: Picture) -> Element:
    """Parse a picture as a browser would that gets it alone."""
    root: Element = fromstring(picture.alone())
    return root


def of_class(root: Element, name: str) -> list[Element]:
    """Return the shapes of a class."""
    return [shape for shape in root.iter() if name in (shape.get("class") or "").split()]


def words(root: Element) -> str:
    """Return all text that is drawn."""
    return " ".join(span.text or "" for span in root.iter(f"{SVG}tspan"))


def test_a_bar_is_as_long_as_its_number() -> None:
    """The largest of a unit takes the whole width, whatever heading it stands under; each unit has its own scale."""
    bars = [
        Bar(Cell("A"), 25, group="Hounslow", unit="Per cent"),
        Bar(Cell("B"), 50, group="Trafford", unit="Per cent"),
        Bar(Cell("C"), 7, group="Trafford", unit="Years"),
    ]
    picture = draw_bars("Numbers", ["a", "b", "c", "d"], bars, same)
    assert [bar.get("width") for bar in of_class(read(picture), "bar")] == ["50%", "100%", "100%"]
    assert "Bars are to be compared with those of the same unit only." in picture.description


def test_a_bar_chart_says_what_is_largest_and_what_it_counts() -> None:
    """With what tells the bar from others of its label, and with the unit."""
    bars = [Bar(Cell("Public"), 3, "Private", unit="Years"), Bar(Cell("Public"), 2, "Third", unit="Years")]
    picture = draw_bars("Terms", ["a", "b", "c", "d"], bars, same)
    assert picture.description == "Bar chart of 2 numbers. The largest is 3 (Years): Public — Private."


def test_what_is_only_meant_is_told_without_colour() -> None:
    """A target is a dashed outline, a result is filled, and a line of text says which is which."""
    bars = [Bar(Cell("A"), 1, standing=RESULT), Bar(Cell("B"), 1, standing=TARGET)]
    root = read(draw_bars("Savings", ["a", "b", "c", "d"], bars, same))
    assert [bar.get("class") for bar in of_class(root, "bar")] == ["bar", "bar meant"]
    assert "Dashed outline: only meant to." in words(root)


def test_what_is_not_told_looks_neither_achieved_nor_meant() -> None:
    """Where the status of a thing could be told and is not, it is pale, and a line says so; nowhere else."""
    bars = [Bar(Cell("A"), 1, standing=RESULT), Bar(Cell("B"), 1, standing=UNTOLD)]
    root = read(draw_bars("Done", ["a", "b", "c", "d"], bars, same))
    assert [bar.get("class") for bar in of_class(root, "bar")] == ["bar", "bar untold"]
    assert "not told whether it has come about" in words(root)
    assert "Dashed" not in words(root)
    plain = read(draw_bars("Counts", ["a", "b", "c", "d"], [Bar(Cell("A"), 1)], same))
    assert "Filled" not in words(plain)
    event = Event(Cell("Extension"), date(2014, 1, 1), date(2014, 12, 31), standing=Cell(""))
    drawn = read(draw_timeline("When", [event], same))
    assert [bar.get("class") for bar in of_class(drawn, "bar")] == ["bar untold"]
    assert "not told whether it has come about" in words(drawn)


def test_a_link_of_several_lines_is_read_as_separate_words() -> None:
    """Lines are pieces of one text: its words stay apart where they are read out (ARIA 1.2, `aria-label`)."""
    name = "London Borough of Hounslow with a long name that takes two lines"
    link = next(read(draw_bars("A", ["a", "b", "c", "d"], [Bar(Cell(name, RESULT), 1)], same)).iter(f"{SVG}a"))
    assert len(list(link.iter(f"{SVG}tspan"))) > 1
    assert link.get("aria-label") == f"{name}: 1"
    texts = read(draw_bars("A", ["a", "b", "c", "d"], [Bar(Cell(name), 1)], same)).iter(f"{SVG}text")
    assert ["".join(text.itertext()).strip() for text in texts] == ["A", f"{name}: 1"]


def test_a_timeline_shows_which_ends_are_open() -> None:
    """A mark that fades on the side that the source leaves open, no bar; and those without any day by name."""
    events = [
        Event(Cell("From 2009"), date(2009, 1, 1), None),
        Event(Cell("By 2012"), None, date(2012, 4, 30)),
        Event(Cell("In 2010"), date(2010, 1, 1), date(2010, 12, 31)),
        Event(Cell("Some day"), None, None),
    ]
    picture = draw_timeline("When", events, same)
    root = read(picture)
    assert len(of_class(root, "bar")) == 1
    assert len(of_class(root, "open")) == 2
    fading = [[float(rect.get("x") or 0) for rect in of_class(mark, "fading")] for mark in of_class(root, "open")]
    assert [all(x > 0 for x in xs) for xs in fading] == [True, False]
    assert "From 2009 — not before 2009-01-01" in words(root)
    assert "By 2012 — not after 2012-04-30" in words(root)
    assert "How long it lasts is not told." in re.sub(r"\s+", " ", words(root))
    assert "No day is told of: Some day" in words(root)
    assert picture.description == (
        "Timeline of 4 things. Their days lie from 2009-01-01 to 2012-04-30. 2 are open on one side. 1 have no day."
    )


def test_a_bar_of_time_lies_where_its_days_do() -> None:
    """From 2010 to 2020 by years: the year 2015 begins in the middle."""
    events = [
        Event(Cell("A"), date(2010, 1, 1), date(2019, 12, 31)),
        Event(Cell("B"), date(2015, 1, 1), date(2019, 12, 31)),
    ]
    bars = of_class(read(draw_timeline("When", events, same)), "bar")
    assert (bars[0].get("x"), bars[1].get("x")) == ("0%", "50%")


def test_a_map_puts_north_up_and_names_places_without_coordinates() -> None:
    """Points lie as they do on the ground; a place without coordinates is named below."""
    places = [
        Place(Cell("North"), (54.0, -2.0)),
        Place(Cell("South"), (51.0, -2.0)),
        Place(Cell("East"), (51.0, 0.0)),
        Place(Cell("Nowhere")),
    ]
    picture = draw_map("Where", places, same)
    north, south, east = of_class(read(picture), "node")
    assert float(north.get("cy") or 0) < float(south.get("cy") or 0)
    assert float(east.get("cx") or 0) > float(south.get("cx") or 0)
    assert picture.description == "Map of 3 of 4 places. The coordinates of these are not known: Nowhere."
    assert "Nowhere" in words(read(picture))


def test_a_map_without_any_coordinates_says_so() -> None:
    """It has no frame, but names the places."""
    root = read(draw_map("Where", [Place(Cell("India"))], same))
    assert (of_class(root, "sea"), "India" in words(root)) == ([], True)


def test_a_network_draws_a_tie_from_either_side_once() -> None:
    """Who works with whom is the same both ways; what ties them stands in the table."""
    one, other = Cell("A", "https://example.org/a"), Cell("B", "https://example.org/b")
    picture = draw_network("Ties", [Tie(one, other, Cell("C")), Tie(other, one, Cell("C"))], same)
    assert len(of_class(read(picture), "tie")) == 1
    assert picture.rows == ((one, other, Cell("C")),)


def test_a_network_shows_kinds_by_shape() -> None:
    """A circle, a square: not by colour alone, and a key says which is which."""
    ties = [Tie(Cell("A"), Cell("B"))]
    root = read(draw_network("Ties", ties, same, {"A": "Private", "B": "Public"}))
    assert "Private Public" in words(root)
    nodes = of_class(root, "node")
    assert [node.tag.removeprefix(SVG) for node in nodes] == ["circle", "path", "circle", "path"]


def test_a_large_network_is_bounded_and_says_so() -> None:
    """Ten thousand things: those with the most neighbours are drawn, in less than 100 kB."""
    ties = [Tie(Cell(f"Hub {number % 7}"), Cell(f"Thing {number}")) for number in range(10_000)]
    picture = draw_network("Ties", ties, same)
    assert len(of_class(read(picture), "node")) == MOST
    assert f"It shows the {MOST} with the most neighbours" in picture.description
    assert len(picture.alone()) < 100_000


def test_text_cannot_leave_its_place() -> None:
    """Markup and control characters of a label are text, and a link that is none is not made here."""
    label = Cell('<script>alert(1)</script> & "x"\x01', 'https://example.org/"onload="x')
    root = read(draw_bars("<b>", ["a", "b", "c", "d"], [Bar(label, 1)], same))
    assert not list(root.iter(f"{SVG}script"))
    assert '<script>alert(1)</script> & "x"\ufffd' in words(root).replace("  ", " ")
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == ['https://example.org/"onload="x']


def test_a_number_is_written_with_its_bound_and_its_unit() -> None:
    """As a person would say it."""
    assert quantity(1_000_000, "CCY_GBP", "YR", "more than") == "more than £1,000,000 a year"
    assert quantity(25, "PERCENT") == "25 %"
    assert quantity(160, "NUM") == "160"
    assert quantity(0.5, "KiloGM", "M2") == "0.5 KiloGM per M2"
