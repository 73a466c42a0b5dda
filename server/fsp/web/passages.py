"""The cited passages themselves, where the operator has the text (`--source`): the data hold only their places."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from fsp.description.sources import Source, sources_elsewhere
from fsp.validation.source import SourceText, load_source
from fsp.web.service import current_service

__all__ = ["init_app", "passage", "unpublished"]

_EXTENSION = "fsp-source"


def init_app(app: Flask, source: Path | None) -> None:
    """Read the source text, and make `passage` known to the templates.

    Args:
        app: the application.
        source: file with the text; None where the service runs without it.

    Raises:
        DataError: the file cannot be read.
    """
    app.extensions[_EXTENSION] = load_source(source) if source else None
    app.jinja_env.globals["passage"] = passage


def passage(source_sha256: str | None, start: int, end: int, sha256: str) -> str | None:
    """Return the words that a citation points to, or None where they are not at hand.

    They are shown only where both digests fit: a wrong file, or a place that has moved, shows nothing.

    Args:
        source_sha256: SHA-256 of the whole text that is cited.
        start: code points before the passage.
        end: code points up to its end.
        sha256: SHA-256 of the passage.
    """
    source = _source()
    if source is None or source.sha256 != source_sha256:
        return None
    try:
        found = source.passage(start, end)
    except ValueError:
        return None
    return found.text if found.sha256 == sha256 else None


def unpublished(cited: Iterable[tuple[str, str | None]]) -> list[Source]:
    """Return the cited sources whose text is not at hand here, with the addresses at which it can be read.

    Args:
        cited: for each source its IRI and the SHA-256 of its text.

    Raises:
        FspError: as `Executor.execute`.
    """
    source = _source()
    missing = [iri for iri, sha256 in cited if iri and (source is None or source.sha256 != sha256)]
    return sources_elsewhere(current_service().executor, missing) if missing else []


def _source() -> SourceText | None:
    return cast("SourceText | None", current_app.extensions[_EXTENSION])
