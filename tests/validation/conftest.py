"""An invented source text and the graph that cites it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

TEXT = "Buses\n\nThe council runs\u00a0buses. It pays £5 a year.\n\n  • Drivers are “trained”. They like it.\n"
PREFIXES = """
@prefix citation: <https://w3id.org/fsp/id/citation/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fsp: <https://w3id.org/fsp/def#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix service: <https://w3id.org/fsp/id/service/> .
@prefix source: <https://w3id.org/fsp/id/source/> .
"""

Cite = Callable[..., str]


@pytest.fixture
def source_file(tmp_path: Path) -> Path:
    """A file with the invented text."""
    path = tmp_path / "source.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def cite() -> Cite:
    """Write the citation of some words of the text, as Turtle."""

    def cite(words: str, *, shift: int = 0, sha256: str | None = None) -> str:
        start = TEXT.index(words)
        digest = sha256 or hashlib.sha256(words.encode()).hexdigest()
        name = f"citation:at-{start}"
        return (
            f"{name} a fsp:Citation ; oa:hasSource source:buses ; fsp:startOffset {start + shift} ;"
            f' fsp:endOffset {start + shift + len(words)} ; fsp:sha256 "{digest}" .\n'
            f'service:of-{start} rdfs:label "Service {start}"@en ; fsp:restsOn {name} .\n'
        )

    return cite


@pytest.fixture
def data_file(tmp_path: Path, cite: Cite) -> Callable[..., Path]:
    """Write a graph that cites the whole text sentence by sentence, or other citations of it."""

    def data_file(*citations: str, text: str = TEXT) -> Path:
        sentences = (
            "Buses", "The council runs\u00a0buses.", "It pays £5 a year.", "Drivers are “trained”.", "They like it."
        )  # fmt: skip
        body = citations or tuple(cite(sentence) for sentence in sentences)
        about = (
            f"source:buses a fsp:SourceText ; fsp:characterCount {len(text)} ;"
            f' fsp:sha256 "{hashlib.sha256(text.encode()).hexdigest()}" .\n'
        )
        path = tmp_path / "data.ttl"
        path.write_text(PREFIXES + about + "".join(body), encoding="utf-8")
        return path

    return data_file
