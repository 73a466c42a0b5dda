"""The picture of a query's answer, as its header declares it: a kind, and which column plays which part in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["PictureKind", "PictureSpec", "check_columns", "read_picture"]


class PictureKind(StrEnum):
    """What an answer can be drawn as."""

    BAR = "bar"
    TIMELINE = "timeline"
    MAP = "map"
    GRAPH = "graph"


_REQUIRED: Mapping[PictureKind, tuple[str, ...]] = {
    PictureKind.BAR: ("label",),
    PictureKind.TIMELINE: ("label", "start", "end"),
    PictureKind.MAP: ("place",),
    PictureKind.GRAPH: ("source", "target"),
}
_OPTIONAL: Mapping[PictureKind, tuple[str, ...]] = {
    PictureKind.BAR: ("value", "series", "standing", "bound", "unit", "group"),
    PictureKind.TIMELINE: ("series", "standing", "period"),
    PictureKind.MAP: ("value",),
    PictureKind.GRAPH: ("label",),
}


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """What to draw an answer as.

    Attributes:
        kind: of the picture.
        columns: for each part of the picture, such as `label` or `start`, the names of the columns that play it.
    """

    kind: PictureKind
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self, *parts: str) -> tuple[str, ...]:
        """Return the names of the columns that play some parts; none where the header names none."""
        return tuple(name for part in parts for name in self.columns.get(part, ()))


def read_picture(entry: object) -> PictureSpec:
    """Read what a header says of its picture.

    Args:
        entry: the value of `picture`: an entry for `kind`, and one for each part, with a column or a list of columns.

    Raises:
        ValueError: it is none, with what is wrong.
    """
    kinds = ", ".join(PictureKind)
    if not isinstance(entry, dict):
        raise ValueError(  # noqa: TRY004 - a fault of the file, like the others
            f"'picture' has a 'kind' ({kinds}) and the columns that it shows"
        )
    try:
        kind = PictureKind(entry.get("kind", ""))
    except ValueError:
        raise ValueError(f"the 'kind' of 'picture' is one of {kinds}") from None
    parts = (*_REQUIRED[kind], *_OPTIONAL[kind])
    columns: dict[str, tuple[str, ...]] = {}
    for part, value in entry.items():
        if part == "kind":
            continue
        if part not in parts:
            raise ValueError(f"a picture of the kind '{kind}' has no '{part}'; it has {', '.join(parts)}")
        names = value if isinstance(value, list) else [value]
        if not names or not all(isinstance(name, str) and name for name in names):
            raise ValueError(f"'{part}' of 'picture' is the name of a column, or a list of names")
        columns[part] = tuple(names)
    return PictureSpec(kind, columns)


def check_columns(picture: PictureSpec, variables: tuple[str, ...] | None) -> None:
    """Check that a picture fits its query.

    Args:
        picture: the picture.
        variables: names of the variables that the query projects; None where its answer is a graph.

    Raises:
        ValueError: a part is missing, or a column is none of the query's; with what is wrong.
    """
    if variables is None:
        if picture.kind is not PictureKind.GRAPH or picture.columns:
            raise ValueError("the picture of an answer that is a graph is 'kind: graph' alone")
        return
    for part in _REQUIRED[picture.kind]:
        if part not in picture.columns:
            raise ValueError(f"a picture of the kind '{picture.kind}' names its '{part}'")
    for part, names in picture.columns.items():
        for name in names:
            if name not in variables:
                raise ValueError(f"'{part}' of 'picture' names ?{name}, which is no column of the query")
