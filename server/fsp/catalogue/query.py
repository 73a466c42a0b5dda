"""The canned queries: one file each, found in one folder."""

import difflib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from fsp.catalogue.blocks import blocks, default_terms, replace_blocks
from fsp.catalogue.declared import ColumnText, Coverage, undeclared_column
from fsp.catalogue.header import Header, read_header
from fsp.catalogue.parameters import Choice, Parameter, Term, literal
from fsp.catalogue.picture import PictureSpec, check_columns
from fsp.errors import DataError, NotFoundError, ParameterError
from fsp.execution.tokens import inspect

__all__ = ["CannedQuery", "Catalogue"]

_VERSION_DIGITS = 12
_LEAST_OF_NAME = 4
"""Characters of a name that are enough to tell which one is meant."""


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A query with a name, a question and parameters.

    Attributes:
        name: of its file, without the suffix.
        summary: its question, in one line.
        description: what the answer holds.
        tags: the groups that it is listed in; the first is its main one.
        picture: the picture that suits its answer, or None.
        columns: for each column that is shown, what it is called and what it holds.
        coverage: of how many things the data tell what the question is about.
        parameters: by name, in the order of the header.
        text: the whole file, which is SPARQL 1.1 as it stands.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    picture: PictureSpec | None
    columns: Mapping[str, ColumnText]
    coverage: tuple[Coverage, ...]
    parameters: Mapping[str, Parameter]
    text: str

    @property
    def version(self) -> str:
        """The beginning of the text's SHA-256: another one whenever the query changes."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:_VERSION_DIGITS]

    @property
    def searched(self) -> str:
        """What a search looks in: name, question, description, tags, and what parameters and columns are called."""
        parameters = (f"{found.name} {found.label} {found.description}" for found in self.parameters.values())
        columns = (text.label for text in self.columns.values())
        return "\n".join((self.name, self.summary, self.description, *self.tags, *parameters, *columns))

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return inspect(self.text).form or ""

    @property
    def body(self) -> str:
        """The text without its header."""
        lines = self.text.splitlines(keepends=True)
        start = next((number for number, line in enumerate(lines) if not line.startswith("#+")), len(lines))
        return "".join(lines[start:]).lstrip("\n")

    def bind(self, terms: Mapping[str, Sequence[Term]]) -> str:
        """Return the query with terms in place of its parameters.

        Args:
            terms: terms by parameter; without an entry the default holds, and no terms mean any.

        Raises:
            ParameterError: there is no such parameter, or it must have a value.
        """
        for name, chosen in terms.items():
            if not chosen and self.parameter(name).required:
                raise ParameterError(f"'{name}' needs a value: {self.parameters[name].description}", parameter=name)
        return replace_blocks(self.body, {**self._defaults(), **terms})

    def bind_coverage(self, coverage: Coverage, terms: Mapping[str, Sequence[Term]]) -> str:
        """Return a query of coverage with terms in place of the parameters that it shares with this query.

        Args:
            coverage: one of this query's.
            terms: as for `bind`.
        """
        return replace_blocks(coverage.query, {**self._defaults(), **terms})

    def column(self, name: str) -> ColumnText:
        """Return what a column is called and what it holds; where nothing is declared, its variable's name speaks."""
        return self.columns.get(name) or undeclared_column(name)

    def _defaults(self) -> dict[str, Sequence[Term]]:
        return {name: parameter.default for name, parameter in self.parameters.items()}

    def parameter(self, name: str) -> Parameter:
        """Return a parameter.

        Raises:
            ParameterError: there is none of that name.
        """
        if name not in self.parameters:
            known = ", ".join(self.parameters) if self.parameters else "none"
            raise ParameterError(
                f"The query '{self.name}' has no parameter '{name}'. Its parameters: {known}.", parameter=name
            )
        return self.parameters[name]


class Catalogue:
    """The canned queries, by name.

    Args:
        queries: the queries, in the order in which they are listed.
    """

    def __init__(self, queries: Sequence[CannedQuery]) -> None:
        self._queries = {query.name: query for query in queries}

    @classmethod
    def load(cls, folder: Path) -> "Catalogue":
        """Read every `.rq` file of a folder.

        Raises:
            DataError: a file is no SPARQL, or its header and its VALUES blocks do not fit each other.
        """
        return cls([_read(path) for path in sorted(folder.glob("*.rq"), key=lambda path: path.stem)])

    def __iter__(self) -> Iterator[CannedQuery]:
        """Yield the queries."""
        return iter(self._queries.values())

    def __len__(self) -> int:
        """Return how many queries there are."""
        return len(self._queries)

    def get(self, name: str) -> CannedQuery:
        """Return a query.

        Raises:
            NotFoundError: there is none of that name; the message names those that are like it.
        """
        if name not in self._queries:
            near = difflib.get_close_matches(name, self._queries, n=3, cutoff=0.65)
            if len(name) >= _LEAST_OF_NAME:
                near += [known for known in self._queries if name in known and known not in near][: 3 - len(near)]
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise NotFoundError(f"There is no query '{name}'.{hint}")
        return self._queries[name]

    def by_tag(self) -> dict[str, list[CannedQuery]]:
        """Return the queries by their main tag, tags and queries each in alphabetical order."""
        groups: dict[str, list[CannedQuery]] = {}
        for query in sorted(self, key=lambda query: (query.tags[0], query.name)):
            groups.setdefault(query.tags[0], []).append(query)
        return groups


def _read(path: Path) -> CannedQuery:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} cannot be read as UTF-8.", file=str(path)) from error
    header = read_header(text, path.name)
    query = CannedQuery(
        name=path.stem,
        summary=header.summary,
        description=header.description,
        tags=header.tags,
        picture=header.picture,
        columns=header.columns,
        coverage=header.coverage,
        parameters=_with_defaults(text, header, path.name),
        text=text,
    )
    # Whatever a caller chooses or leaves open, the query stays SPARQL.
    for variant in (text, *(coverage.query for coverage in query.coverage)):
        for chosen in dict.fromkeys((variant, replace_blocks(variant, dict.fromkeys(query.parameters, ())))):
            _check(chosen, path.name)
    _check_picture(query, header, path.name)
    return query


def _with_defaults(text: str, header: Header, file: str) -> dict[str, Parameter]:
    """Return the parameters with the terms of their blocks, one block for each and none besides."""
    defaults: dict[str, tuple[Term, ...]] = {}
    for block in blocks(text):
        parameter = header.parameters.get(block.name)
        if parameter is None:
            raise _error(file, block.line, f"the block of ?{block.name} belongs to no parameter of the header")
        if block.name in defaults:
            raise _error(file, block.line, f"?{block.name} has a block already: a parameter has exactly one")
        try:
            terms = default_terms(text, block)
        except (SyntaxError, ValueError) as error:
            raise _error(file, block.line, f"the block of ?{block.name} cannot be read: {error}") from error
        defaults[block.name] = _checked(parameter, terms, file, block.line)
    for name in header.parameters:
        if name not in defaults:
            raise _error(file, header.lines[name], f"the parameter '{name}' has no block: VALUES ?{name} {{ UNDEF }}")
    return {
        name: replace(parameter, default=defaults[name], choices=_choices(parameter, header, file))
        for name, parameter in header.parameters.items()
    }


def _checked(parameter: Parameter, terms: list[Term | None], file: str, line: int) -> tuple[Term, ...]:
    """Check that the default is of the parameter's type, and either UNDEF alone or terms."""
    given = tuple(term for term in terms if term is not None)
    if not terms or (given and len(given) < len(terms)):
        raise _error(file, line, f"the block of ?{parameter.name} holds either terms or one UNDEF")
    if not given and parameter.required:
        raise _error(file, line, f"?{parameter.name} is required, so its block holds a term")
    for term in given:
        fits = (
            isinstance(term, ox.NamedNode)
            if parameter.type.is_iri
            else isinstance(term, ox.Literal) and term.datatype.value == parameter.type.datatype
        )
        if not fits:
            raise _error(file, line, f"{term} in the block of ?{parameter.name} is no {parameter.type}")
    return given


def _choices(parameter: Parameter, header: Header, file: str) -> tuple[Choice, ...]:
    try:
        return tuple(Choice(literal(parameter, text), text) for text in header.choices.get(parameter.name, ()))
    except ParameterError as error:
        raise _error(file, header.lines[parameter.name], str(error).rstrip(".")) from error


def _check(text: str, file: str) -> None:
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        raise DataError(f"{file} is no SPARQL 1.1: {error.msg}.", file=file) from error


def _check_picture(query: CannedQuery, header: Header, file: str) -> None:
    """Check that the picture shows columns that the query has."""
    if query.picture is None:
        return
    solutions = ox.Store().query(query.text)
    variables = None
    if isinstance(solutions, ox.QuerySolutions):
        variables = tuple(variable.value for variable in solutions.variables)
    try:
        check_columns(query.picture, variables)
    except ValueError as error:
        raise _error(file, header.lines["picture"], str(error)) from error


def _error(file: str, line: int, message: str) -> DataError:
    return DataError(f"{file}, line {line}: {message}.", file=file, line=line)
