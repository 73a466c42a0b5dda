"""The header of a query's file: its leading lines that begin with `#+`, which together are YAML."""

from dataclasses import dataclass
from typing import Any

import yaml

from fsp.catalogue.declared import ColumnText, Coverage
from fsp.catalogue.parameters import Parameter, ParameterType
from fsp.catalogue.picture import PictureSpec, read_picture
from fsp.errors import DataError
from fsp.namespaces import SCHEME
from fsp.prefixes import PREFIXES

__all__ = ["Header", "read_header"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml, ten times as quick
_MARK = "#+"
_KEYS = {"summary", "description", "tags", "picture", "columns", "coverage", "parameters"}
_PARAMETER_KEYS = {"label", "description", "type", "scheme", "class", "choices", "required"}
_COLUMN_KEYS = {"label", "description", "thing"}
_COVERAGE_KEYS = {"text", "query"}
_RESERVED = {
    *("format", "output", "results", "timeout", "data", "store", "memory", "help"),
    *("page", "search", "version", "dataset", "rows"),
}
"""Names that mean something else in an address or on the command line."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says.

    Attributes:
        summary: the query's question, in one line.
        description: what the answer holds.
        tags: the groups that it is listed in; the first is its main one.
        picture: the picture that suits its answer.
        columns: for each column that is shown, what it is called and what it holds.
        coverage: of how many things the data tell what the question is about.
        parameters: by name, still without defaults.
        choices: for each parameter with literal choices, the texts.
        lines: for each parameter the line of the file that it is declared in.
    """

    summary: str
    description: str
    tags: tuple[str, ...]
    picture: PictureSpec | None
    columns: dict[str, ColumnText]
    coverage: tuple[Coverage, ...]
    parameters: dict[str, Parameter]
    choices: dict[str, tuple[str, ...]]
    lines: dict[str, int]


def read_header(text: str, file: str) -> Header:
    """Read the header of a query's file.

    Args:
        text: the whole file.
        file: its name, for errors.

    Raises:
        DataError: the header is missing, is no YAML, or lacks or has something that it should not.
    """
    reader = _Reader(file)
    values, lines = reader.parse(text)
    reader.check_keys(values, _KEYS, 1, "the header")
    declared = values.get("parameters", {})
    if not isinstance(declared, dict):
        raise reader.error("'parameters' holds one entry for each parameter", lines.get("parameters", 1))
    tags = values.get("tags", [])
    if not isinstance(tags, list) or not tags or not all(isinstance(tag, str) for tag in tags):
        raise reader.error("'tags' is a list of at least one word", lines.get("tags", 1))
    picture = reader.picture(values["picture"], lines["picture"]) if "picture" in values else None
    summary = reader.text(values, "summary", 1)
    if not summary.endswith("?"):
        raise reader.error("'summary' is a question and ends with a question mark", lines["summary"])
    parameters = {name: reader.parameter(name, entry, lines[name]) for name, entry in declared.items()}
    choices = {
        name: tuple(str(choice) for choice in entry["choices"])
        for name, entry in declared.items()
        if isinstance(entry.get("choices"), list)
    }
    return Header(
        summary=summary,
        description=reader.text(values, "description", 1),
        tags=tuple(tags),
        picture=picture,
        columns=reader.columns(values.get("columns", {}), lines.get("columns", 1)),
        coverage=reader.coverage(values.get("coverage", []), lines.get("coverage", 1)),
        parameters=parameters,
        choices=choices,
        lines=lines,
    )


class _Reader:
    """Reads the header of one file, and says in which line something is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file

    def error(self, message: str, line: int) -> DataError:
        return DataError(f"{self._file}, line {line}: {message}.", file=self._file, line=line)

    def parse(self, text: str) -> tuple[dict[str, Any], dict[str, int]]:
        """Return the values of the header, and the line of each key and of each parameter."""
        marked: list[str] = []
        for line in text.splitlines():
            if not line.startswith(_MARK):
                break
            marked.append(line.removeprefix(_MARK).removeprefix(" "))
        source = "\n".join(marked)
        try:
            loader = _LOADER(source)
            node = loader.get_single_node()
            values = loader.construct_document(node) if node else None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "cannot be read"
            raise self.error(f"the header is no YAML: {problem}", mark.line + 1 if mark else 1) from error
        if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
            raise self.error("a query begins with a header: lines of `#+ key: value`", 1)
        lines: dict[str, int] = {}
        for key, value in node.value:
            lines[key.value] = key.start_mark.line + 1
            if key.value == "parameters" and isinstance(value, yaml.MappingNode):
                lines |= {name.value: name.start_mark.line + 1 for name, _ in value.value}
        return values, lines

    def picture(self, entry: object, line: int) -> PictureSpec:
        try:
            return read_picture(entry)
        except ValueError as error:
            raise self.error(str(error), line) from error

    def columns(self, entries: object, line: int) -> dict[str, ColumnText]:
        if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
            raise self.error("'columns' holds a label and a description for each column", line)
        for name, entry in entries.items():
            self.check_keys(entry, _COLUMN_KEYS, line, f"the column '{name}'")
        return {
            str(name): ColumnText(
                self.text(entry, "label", line),
                self.text(entry, "description", line),
                self.text(entry, "thing", line) if "thing" in entry else None,
            )
            for name, entry in entries.items()
        }

    def coverage(self, entries: object, line: int) -> tuple[Coverage, ...]:
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.error("'coverage' is a list of entries with a text and a query", line)
        for entry in entries:
            self.check_keys(entry, _COVERAGE_KEYS, line, "an entry of 'coverage'")
        return tuple(Coverage(self.text(entry, "text", line), self.text(entry, "query", line)) for entry in entries)

    def parameter(self, name: str, entry: object, line: int) -> Parameter:
        if not isinstance(entry, dict):
            raise self.error(f"the parameter '{name}' has a label, a description and a type", line)
        if not str(name).isidentifier() or not name[0].islower() or "_" in name or name in _RESERVED:
            raise self.error(f"'{name}' cannot name a parameter: use one word in camel case, not a reserved one", line)
        self.check_keys(entry, _PARAMETER_KEYS, line, f"the parameter '{name}'")
        try:
            type_ = ParameterType(entry.get("type", ""))
        except ValueError:
            raise self.error(f"the type of '{name}' is one of {', '.join(ParameterType)}", line) from None
        self._check_kind(name, type_, entry, line)
        return Parameter(
            name=name,
            label=self.text(entry, "label", line),
            description=self.text(entry, "description", line),
            type=type_,
            scheme=SCHEME + entry["scheme"] if "scheme" in entry else None,
            class_=self._class(entry["class"], line) if "class" in entry else None,
            choices_query=entry["choices"] if isinstance(entry.get("choices"), str) else None,
            required=entry.get("required", False),
        )

    def _check_kind(self, name: str, type_: ParameterType, entry: dict[str, Any], line: int) -> None:
        """Check that what is said of a parameter goes with its type."""
        if ("scheme" in entry) != (type_ is ParameterType.CONCEPT):
            raise self.error(f"'{name}': a concept names its 'scheme', and nothing else does", line)
        if "class" in entry and type_ is not ParameterType.IRI:
            raise self.error(f"'{name}': only an iri has a 'class'", line)
        if "choices" in entry and isinstance(entry["choices"], str) != type_.is_iri:
            raise self.error(f"'{name}': choices are a query for IRIs and a list for literals", line)
        if not isinstance(entry.get("required", False), bool):
            raise self.error(f"'{name}': 'required' is true or false", line)

    def check_keys(self, entry: dict[str, Any], known: set[str], line: int, what: str) -> None:
        unknown = sorted(str(key) for key in entry if key not in known)
        if unknown:
            raise self.error(f"{what} has no '{unknown[0]}'; it has {', '.join(sorted(known))}", line)

    def text(self, entry: dict[str, Any], key: str, line: int) -> str:
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"'{key}' is missing or no text", line)
        return value.strip()

    def _class(self, curie: str, line: int) -> str:
        prefix, _, local = curie.partition(":")
        if prefix not in PREFIXES:
            raise self.error(f"the class '{curie}' is a prefixed name with a prefix of the project's", line)
        return PREFIXES[prefix] + local
