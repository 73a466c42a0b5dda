"""OCDS packages: release packages and record packages of version 1.1, read release by release."""

from collections.abc import Callable, Iterator, Mapping

import ijson

from fsp.errors import DataError
from fsp.linking.imports.ocds import describe_release
from fsp.linking.imports.reading import Read
from fsp.linking.imports.record import Leaf, leaves_of
from fsp.linking.imports.source import SourceFile
from fsp.linking.imports.statements import Statements
from fsp.linking.imports.survey import Survey, survey

__all__ = ["read_package"]

_KINDS = {"releases": "release package", "records": "record package"}
_STANDARD = "https://standard.open-contracting.org/1.1/en/"
_SUPERSEDED = "the record's compiled release says it"


def read_package(file: SourceFile, progress: Callable[[int], None]) -> Read:
    """Read an OCDS package.

    Args:
        file: the file.
        progress: called with each number of bytes read; each byte is read twice.

    Raises:
        DataError: it is no such package; the error says what it is instead.
    """
    with file.open(progress) as reader:
        found = survey(reader, file.name, _KINDS)
    list_ = _list(file, found)
    outside = found.outside
    assert isinstance(outside, dict)  # noqa: S101 - `_list` has refused all else
    describe = describe_release if list_ == "releases" else _describe_record

    def records() -> Iterator[tuple[str, Mapping[str, Leaf]]]:
        with file.open(progress) as reader:
            for position, item in enumerate(ijson.items(reader, f"{list_}.item", use_float=False)):
                yield f"/{list_}/{position}", dict(leaves_of(item, path=f"/{list_}/*"))
                reader.record_ends()

    return Read(_KINDS[list_], found.fields, found.records[list_], outside, _STANDARD, records(), describe)


def _list(file: SourceFile, found: Survey) -> str:
    """Return the list of records that a package has."""
    package = found.outside
    name = file.name
    if isinstance(package, list):
        raise DataError(f"{name} is a list and no package: wrap each release in a release package.", file=name)
    if not isinstance(package, dict):
        raise DataError(f"{name} is a single value and no OCDS package.", file=name)
    if len(found.records) == 1:
        version = package.get("version")
        if version not in {"1.1", None}:
            raise DataError(f"{name} is of OCDS {version}: convert it to 1.1, such as by `ocdskit upgrade`.", file=name)
        return next(iter(found.records))
    if found.records:
        raise DataError(f"{name} has both releases and records: a package has one of them.", file=name)
    kind = "a bare release" if "tag" in package else "a bare record" if "ocid" in package else ""
    if kind:
        wrap = '{"version": "1.1", "releases": [ … ]}' if "tag" in package else '{"version": "1.1", "records": [ … ]}'
        raise DataError(f"{name} is {kind} and no package: wrap it as {wrap}.", file=name)
    raise DataError(f"{name} is no OCDS package: it has neither a list 'releases' nor a list 'records'.", file=name)


def _describe_record(told: Statements) -> None:
    """Describe a record of a record package: by its compiled release, or by the releases that it embeds.

    Releases that it only links to are not fetched: their addresses are kept as they stand.
    """
    record = told.record
    if any(pointer.startswith("/compiledRelease/") for pointer in record.leaves):
        describe_release(told, "/compiledRelease")
        record.leave_out_below("/versionedRelease", _SUPERSEDED)
        record.leave_out_below("/releases", _SUPERSEDED)
    else:
        for at in record.each("/releases"):
            if f"{at}/url" not in record.leaves:
                describe_release(told, at)
