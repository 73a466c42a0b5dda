"""One picture: its shapes, its words, its table, and how it is written as SVG 2."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fsp.pictures.text import LINE, TEXT_WIDTH, wrap

__all__ = ["Canvas", "Cell", "Link", "Origin", "Picture", "percent"]

_SVG = "http://www.w3.org/2000/svg"
_ALONE_WIDTH = 720
_MARGIN = 14
_BOLD = 1.2
"""How much wider bold text is, at most."""
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DCTERMS = "http://purl.org/dc/terms/"
_UNWRITABLE = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = Path(__file__).parents[1] / "web" / "assets" / "pictures.css"

Link = Callable[[str], str]
"""Gives the address that a picture links to for an IRI."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of a picture or its table, and the IRI of the thing that it names, if it names one."""

    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a picture that is kept alone comes from.

    Attributes:
        address: of the page that has it.
        licence: IRI of the licence of the data that it shows; None where they tell of none.
    """

    address: str
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is ready to be written.

    Attributes:
        title: its accessible name.
        description: what it shows, in words: its text alternative, together with its table.
        names: the columns of its table.
        rows: the table that says all that it shows.
        drawing: its shapes.
    """

    title: str
    description: str
    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawing: "Canvas"

    def inline(self, name: str) -> str:
        """Return the picture as part of a page, which brings the style sheet.

        Args:
            name: sets the ids of this picture apart from those of others in the page.
        """
        root = self._root(name, "100%", self.drawing.height)
        root.attrib |= self._shape()
        root.extend(self.drawing.shapes)
        return ET.tostring(root, encoding="unicode")

    def alone(self, origin: Origin | None = None) -> bytes:
        """Return the picture as a file of its own: with its style and paper inside, a heading, and a margin around it.

        Args:
            origin: where it comes from, which the file tells people in a line and programs in its metadata.
        """
        heading = Canvas(str)
        heading.paragraph(Cell(self.title), class_="heading")
        footing = Canvas(str)
        for text in filter(None, (origin.address, origin.licence) if origin else ()):
            footing.paragraph(Cell(text), class_="soft")
        top = _MARGIN + heading.height + _MARGIN / 2
        bottom = top + self.drawing.height + _MARGIN / 2
        root = self._root("picture", str(_ALONE_WIDTH), bottom + footing.height + _MARGIN)
        root.set("xmlns", _SVG)
        if origin:
            _describe_origin(root, self.title, origin)
        ET.SubElement(root, "style").text = _style()
        ET.SubElement(root, "rect", {"class": "paper", "width": "100%", "height": "100%"})
        for part, y, shape in ((heading, _MARGIN, {}), (self.drawing, top, self._shape()), (footing, bottom, {})):
            place = {"x": "3%", "y": _number(y), "width": "94%", "height": _number(part.height)}
            ET.SubElement(root, "svg", {**place, "overflow": "visible", **shape}).extend(part.shapes)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()

    def _root(self, name: str, width: str, height: float) -> ET.Element:
        # Not the role `img`, which would hide the links within (WAI-ARIA 1.2, section 5.2.8, children presentational).
        root = ET.Element(
            "svg",
            {
                "class": "picture",
                "role": "graphics-document document",
                "aria-labelledby": f"{name}-title",
                "aria-describedby": f"{name}-description",
                "width": width,
                "height": str(round(height)),
            },
        )
        ET.SubElement(root, "title", {"id": f"{name}-title"}).text = _writable(self.title)
        ET.SubElement(root, "desc", {"id": f"{name}-description"}).text = _writable(self.description)
        return root

    def _shape(self) -> dict[str, str]:
        """Return what keeps the proportions of a picture that does not fit every width."""
        if self.drawing.width is None:
            return {}
        box = f"0 0 {self.drawing.width} {round(self.drawing.height)}"
        return {"viewBox": box, "preserveAspectRatio": "xMinYMin meet"}


@dataclass
class Canvas:
    """Shapes that are drawn from top to bottom.

    Across, lengths may be percentages: text then keeps its size, and the picture fits every width.

    Attributes:
        link: gives the address that a picture links to for an IRI.
        width: where the picture has a fixed shape, its width; None where it fits every width.
        height: how far it has been drawn.
        shapes: the elements of SVG.
    """

    link: Link
    width: int | None = None
    height: float = 0
    shapes: list[ET.Element] = field(default_factory=list)

    def add(self, tag: str, parent: ET.Element | None = None, **attributes: str | float) -> ET.Element:
        """Draw a shape; in the names of attributes `_` stands for `-`, and `class_` is the class."""
        named = {key.rstrip("_").replace("_", "-"): _number(value) for key, value in attributes.items()}
        shape = ET.Element(tag, named)
        if parent is None:
            self.shapes.append(shape)
        else:
            parent.append(shape)
        return shape

    def text(  # noqa: PLR0913 - a place and a look
        self,
        cell: Cell,
        x: str | float,
        y: float,
        *,
        class_: str = "",
        anchor: str = "start",
        lines: Sequence[str] | None = None,
    ) -> ET.Element:
        """Draw a text at a place, as a link where it names a thing; `lines` are the text as it was broken."""
        parent = None
        if cell.iri is not None:
            parent = self.add("a", href=self.link(cell.iri))
            if lines and len(lines) > 1:
                # A space after a line would be underlined.
                parent.set("aria-label", _writable(cell.text))
        look = {"class_": class_} if class_ else {}
        element = self.add("text", parent, **look, **({"text_anchor": anchor} if anchor != "start" else {}))
        end = 0
        for number, line in enumerate(lines or (cell.text,)):
            span = self.add("tspan", element, x=x, y=y + number * LINE)
            span.text = _writable(line)
            end = max(cell.text.find(line, end), end) + len(line)
            if parent is None and cell.text[end : end + 1] in {" ", ""}:
                span.tail = " "  # or the words at either side of a break run together where they are read out
        return element

    def paragraph(self, cell: Cell, *, class_: str = "") -> None:
        """Draw a text below what there is, broken into lines; a heading is bold, so that less fits in."""
        self.lines(wrap(cell.text, TEXT_WIDTH / _BOLD if class_ == "heading" else TEXT_WIDTH), class_=class_, cell=cell)

    def lines(self, lines: Sequence[str], *, class_: str = "", cell: Cell | None = None) -> None:
        """Draw lines of text below what there is; `cell` is what they say, where it names a thing."""
        if lines:
            self.text(cell or Cell(" ".join(lines)), 0, self.height + LINE - 4, class_=class_, lines=lines)
        self.height += len(lines) * LINE

    def group(self, title: str) -> ET.Element:
        """Draw a group of shapes with a name, which a pointer and a screen reader find."""
        group = self.add("g")
        self.add("title", group).text = _writable(title)
        return group


def percent(share: float) -> str:
    """Return a share of the width, such as 0.5, as SVG writes it."""
    return f"{_number(100 * share)}%"


def _describe_origin(root: ET.Element, title: str, origin: Origin) -> None:
    """Put into the file what programs read of it: Dublin Core in RDF/XML (SVG 2, section 5.9, `metadata`)."""
    metadata = ET.SubElement(root, "metadata")
    rdf = ET.SubElement(metadata, "rdf:RDF", {"xmlns:rdf": _RDF, "xmlns:dcterms": _DCTERMS})
    about = ET.SubElement(rdf, "rdf:Description", {"rdf:about": ""})
    ET.SubElement(about, "dcterms:title").text = _writable(title)
    ET.SubElement(about, "dcterms:source", {"rdf:resource": _writable(origin.address)})
    if origin.licence:
        ET.SubElement(about, "dcterms:license", {"rdf:resource": _writable(origin.licence)})


def _writable(text: str) -> str:
    """Return a text with a mark in place of each character that XML cannot hold (XML 1.0, section 2.2)."""
    return _UNWRITABLE.sub("\ufffd", text)


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")
