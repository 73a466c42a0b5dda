"""What a view says of itself, beside its code, for the description in OpenAPI: see `operation`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

__all__ = ["OPERATIONS", "Operation", "Parameter", "Schema", "Variant", "View", "header", "operation", "path", "query"]

Schema = Mapping[str, Any]
"""A JSON Schema, or a reference to one of `fsp.web.schemas`."""

View = TypeVar("View", bound=Callable[..., Any])
"""A view, which stays as it is."""

OPERATIONS = "__operations__"
"""The attribute of a view that holds its operations."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation (OpenAPI 3.1, section 4.8.12); see `query`, `path` and `header`."""

    name: str
    place: str
    description: str
    schema: Schema
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """One of several paths that a rule stands for, such as that of one canned query.

    Attributes:
        path: with its variables in braces.
        summary: what it answers, in a sentence.
        description: more about it.
        parameters: those that it has beside the operation's own.
        produces: the media types of its answer, each with its schema; None where they are the operation's.
    """

    path: str
    summary: str
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    produces: Mapping[str, Schema | None] | None = None


@dataclass(frozen=True)
class Operation:
    """What a view does for some methods; its words are the view's docstring.

    Attributes:
        produces: the media types of its answer, each with its schema; None for the usual one of that type.
        methods: the methods that it is about; none for all that the rule takes.
        parameters: those that are not plain from the rule. One of the path outweighs what the rule says.
        body: the media types of the request's body, each with its schema.
        headers: headers of the answer, among `fsp.web.schemas.HEADERS`. With `ETag` go `If-None-Match` and 304.
        errors: statuses of errors beside 500, all with the one body.
        others: further answers, by status: what each is. 422 carries what 200 carries; the others have no body.
        summary: in place of the first line of the docstring.
        expand: for a path, the paths that it stands for; called within the application's context.
    """

    produces: Mapping[str, Schema | None]
    methods: frozenset[str] = frozenset()
    parameters: tuple[Parameter, ...] = ()
    body: Mapping[str, Schema] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    errors: tuple[int, ...] = ()
    others: Mapping[int, str] = field(default_factory=dict)
    summary: str = ""
    expand: Callable[[str], Iterable[Variant]] | None = None


def operation(  # noqa: PLR0913 - the parts of an operation, each with its default
    *produces: str | Mapping[str, Schema],
    methods: Iterable[str] = (),
    parameters: Iterable[Parameter] = (),
    body: Mapping[str, Schema] | None = None,
    headers: Iterable[str] = (),
    errors: Iterable[int] = (),
    others: Mapping[int, str] | None = None,
    summary: str = "",
    expand: Callable[[str], Iterable[Variant]] | None = None,
) -> Callable[[View], View]:
    """Describe a view; it stays as it is. It stands below the route, once or once for each method.

    The path, its parameters and the methods are read from the rule; summary and description are the docstring's.

    Args:
        produces: media types of the answer, or a mapping of media types to schemas; see `Operation` for the rest.
        methods: as in `Operation`.
        parameters: as in `Operation`.
        body: as in `Operation`.
        headers: as in `Operation`.
        errors: as in `Operation`.
        others: as in `Operation`.
        summary: as in `Operation`.
        expand: as in `Operation`.
    """
    types: dict[str, Schema | None] = {}
    for one in produces:
        types |= {one: None} if isinstance(one, str) else one
    described = Operation(
        types,
        frozenset(methods),
        tuple(parameters),
        body or {},
        tuple(headers),
        tuple(errors),
        others or {},
        summary,
        expand,
    )

    def describe(view: View) -> View:
        setattr(view, OPERATIONS, (described, *getattr(view, OPERATIONS, ())))
        return view

    return describe


def query(
    name: str, description: str, schema: Schema | None = None, *, required: bool = False, many: bool = False
) -> Parameter:
    """Return a parameter of the query string: a text where no schema is given.

    Args:
        name: its name.
        description: what it does.
        schema: of one value.
        required: whether it must be given.
        many: whether it may be given several times.
    """
    return Parameter(name, "query", description, schema or {"type": "string"}, required=required, many=many)


def path(name: str, description: str, schema: Schema | None = None) -> Parameter:
    """Return a variable of the path: its schema is that of the rule's converter where none is given."""
    return Parameter(name, "path", description, schema or {}, required=True)


def header(name: str, description: str, schema: Schema | None = None) -> Parameter:
    """Return a header of the request that a caller may send."""
    return Parameter(name, "header", description, schema or {"type": "string"})
