"""`fsp format`: write Turtle in the one way in which the project writes it."""

import difflib
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from fsp.cli.errors import NEGATIVE
from fsp.dataset.whole import locked, written_whole
from fsp.errors import DataError
from fsp.turtle.write import format_text

__all__ = ["format_"]

_SUFFIXES = {".ttl", ".turtle"}


@click.command("format")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--check", is_flag=True, help="Write nothing; tell which files would change, by exit code 1.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, with exit code 1.")
@click.pass_context
def format_(context: click.Context, files: tuple[Path, ...], check: bool, diff: bool) -> None:
    """Write Turtle files, or those of folders, in the project's one style. - formats stdin to stdout.

    Prefixes are sorted, things stand together by the case that they belong to, predicates and values have a fixed
    order, and comments stay with what they are about. Literals stay as they are written. Before a file is changed,
    another parser has found the same triples in both texts. Formatting twice changes nothing.

    \b
    Examples:
      fsp format data/cases.ttl
      fsp format --check ontology data shapes
      fsp format - < new-case.ttl

    \b
    Exit codes:
      0  done, or nothing would change
      1  --check or --diff: something would change
      2  a file is not Turtle, or cannot be read or written
    """  # noqa: D301 - click reads \b as a control character
    changed = 0
    for path in _turtle_files(files):
        if str(path) == "-":
            changed += _format_stdin(check=check, diff=diff)
        else:
            changed += _format_file(path, check=check, diff=diff)
    if changed and (check or diff):
        context.exit(NEGATIVE)


def _format_stdin(*, check: bool, diff: bool) -> bool:
    before = _decoded(sys.stdin.buffer.read(), "stdin")
    after = format_text(before, file="stdin")
    if not (check or diff):
        sys.stdout.buffer.write(after.encode())
    return _tell("stdin", before, after, check=check, diff=diff)


def _format_file(path: Path, *, check: bool, diff: bool) -> bool:
    with nullcontext() if check or diff else locked(path):
        try:
            before = _decoded(path.read_bytes(), str(path))
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}.", file=str(path)) from error
        after = format_text(before, file=str(path))
        if before != after and not (check or diff):
            with written_whole(path) as stream:
                stream.write(after.encode())
            click.echo(f"Formatted {path}.", err=True)
    return _tell(str(path), before, after, check=check, diff=diff)


def _tell(name: str, before: str, after: str, *, check: bool, diff: bool) -> bool:
    if before != after and diff:
        lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, f"{name} (formatted)")
        click.echo("".join(lines), nl=False)
    elif before != after and check:
        click.echo(f"{name} would be formatted: run fsp format {name}")
    return before != after


def _turtle_files(files: tuple[Path, ...]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            yield from sorted(
                file
                for file in path.rglob("*")
                if file.suffix in _SUFFIXES
                and not any(part.startswith(".") or part == "node_modules" for part in file.relative_to(path).parts)
            )
        elif str(path) != "-" and path.suffix not in _SUFFIXES:
            raise DataError(
                f"{path} is not Turtle by its suffix: only {', '.join(sorted(_SUFFIXES))} is formatted.", file=""
            )
        else:
            yield path


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(f"{name}:{line}: a character is not UTF-8: save the file as UTF-8.", file=name) from error
