"""What a request to a canned query asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from fsp.catalogue.answer import MOST_ROWS, Slice
from fsp.catalogue.query import CannedQuery
from fsp.errors import ParameterError
from fsp.execution.formats import Format
from fsp.web.protocol import read_timeout
from fsp.web.queries.formats import choose_format

__all__ = ["FORMAT_PARAMETERS", "PINS", "Asked", "read_asked"]

FORMAT_PARAMETERS = ("format", "output", "results")
PINS = ("version", "dataset", "rows")
"""What a permanent link pins: the query's version, and the digests of the dataset and of the rows."""

_PAGING = ("page", "page-size")
_LARGEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to a canned query.

    Attributes:
        query: the query.
        suffix: of the address, such as `csv`; None where it has none.
        format: the format of the answer.
        given: values by parameter of the query.
        pins: what a permanent link pins, by name.
        paging: `page` and `page-size`, as they were written.
        timeout: seconds that the caller allows, as they were written.
    """

    query: CannedQuery
    suffix: str | None
    format: Format
    given: Mapping[str, Sequence[str]]
    pins: Mapping[str, str]
    paging: Mapping[str, str]
    timeout: str | None

    @property
    def seconds(self) -> float | None:
        """Seconds that the caller allows.

        Raises:
            ParameterError: they are no number.
        """
        return read_timeout(self.timeout)

    def part(self, size: int, most: int = MOST_ROWS) -> Slice:
        """Return the page that is asked for; the first where none is.

        Args:
            size: rows of a page where the request does not say.
            most: rows that a page may have.

        Raises:
            ParameterError: a number is no number, or is out of bounds.
        """
        return Slice(self._number("page", 1, _LARGEST), self._number("page-size", size, most))

    def address(self, suffix: str | None = None, **others: object) -> str:
        """Return the whole address of the same question, in another format or with other parameters beside it.

        Args:
            suffix: of the format; None for the address that leaves it to the Accept header.
            others: parameters that stand beside those of the query.
        """
        name = f"{self.query.name}.{suffix}" if suffix else self.query.name
        values: dict[str, Any] = {key: list(texts) for key, texts in self.given.items()}
        return url_for("queries.query", name=name, _external=True, **(values | others))

    def page_address(self, part: Slice) -> str:
        """Return the address of another page of this answer, in the same format."""
        format_ = self.format.name if self.suffix is None and "format" in request.args else None
        others: dict[str, object] = {"page": part.number, "page-size": part.size, "format": format_}
        return self.address(self.suffix, **others, **self.pins)

    def _number(self, name: str, default: int, most: int) -> int:
        text = self.paging.get(name, "")
        if not text:
            return default
        number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else 0
        if not 1 <= number <= most:
            limit = f"from 1 to {most:,}" if name == "page-size" else "from 1"
            hint = " Ask for longer answers page by page." if name == "page-size" else ""
            raise ParameterError(f"'{name}' is a whole number {limit}.{hint}", parameter=name)
        return number


def read_asked(query: CannedQuery, suffix: str | None) -> Asked:
    """Read the request that is being handled.

    Args:
        query: the query that it names.
        suffix: of the address.

    Raises:
        NotFoundError, NotAcceptableError: as `choose_format`.
        ParameterError: there are several of what there can be one.
    """
    named = tuple(value for key in FORMAT_PARAMETERS for value in request.args.getlist(key) if value)
    reserved = {*FORMAT_PARAMETERS, *PINS, *_PAGING, "timeout"}
    return Asked(
        query=query,
        suffix=suffix,
        format=choose_format(query, suffix, named, request.headers.get("Accept", "")),
        given={key: values for key, values in request.args.lists() if key not in reserved},
        pins={key: request.args[key] for key in PINS if request.args.get(key)},
        paging={key: value for key in _PAGING if (value := _single(key)) is not None},
        timeout=_single("timeout"),
    )


def _single(name: str) -> str | None:
    values = request.args.getlist(name)
    if len(values) > 1:
        raise ParameterError(f"There is more than one '{name}': send exactly one.", parameter=name)
    return values[0] if values else None
