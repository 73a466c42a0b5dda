"""Citations: each is recomputed, and what no citation covers is told."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fsp.dataset.files import dataset_of, project_dataset, project_folder
from fsp.errors import DataError
from fsp.validation.citation_report import CitationReport, citation_report
from fsp.validation.citations import read_citations
from fsp.validation.graphs import default_graph
from fsp.validation.source import load_source

SOURCE = Path(
    os.environ.get("FSP_SOURCE")
    or project_folder().parent / "shared" / "source" / "future-service-partnerships-case-studies.txt"
)
DataFile = Callable[..., Path]
Cite = Callable[..., str]


def check(data: Path, source: Path | None) -> CitationReport:
    """Check the citations of a file."""
    return citation_report(default_graph(dataset_of([data])), None if source is None else load_source(source))


def places(data: Path, source: Path, kind: str) -> list[str]:
    """Return the words of the passages of one kind."""
    coverage = check(data, source).coverage
    assert coverage is not None
    return [one.text for one in getattr(coverage, kind)]


def test_published_citations_are_well_formed() -> None:
    """Whether the text is at hand or not."""
    report = citation_report(default_graph(project_dataset()), None)
    assert report.faults == ()
    assert report.checked > 100


def test_published_citations_fit_the_source() -> None:
    """Each digest is that of the passage, every sentence is covered, and no run of words is left out."""
    if not SOURCE.exists():
        pytest.skip("the text of the source is not at hand: name it by FSP_SOURCE")
    report = citation_report(default_graph(project_dataset()), load_source(SOURCE))
    assert report.coverage is not None
    assert report.faults == ()
    assert report.coverage.uncovered == ()
    assert report.coverage.gaps == ()
    assert report.coverage.unused == ()
    assert report.passes


def test_sound_citations_pass(data_file: DataFile, source_file: Path) -> None:
    """All sentences are covered to their last character."""
    report = check(data_file(), source_file)
    assert (report.passes, report.checked, report.faults) == (True, 5, ())
    assert report.coverage is not None
    assert report.coverage.share == 1


def test_an_altered_text_is_detected(data_file: DataFile, source_file: Path) -> None:
    """By its digest and its length, and by the passage that changed, with what rests on it."""
    source_file.write_bytes(source_file.read_bytes().replace("£5".encode(), "£55".encode()))
    report = check(data_file(), source_file)
    assert not report.passes
    reasons = [fault.reason for fault in report.faults]
    assert sum("SHA-256 is recorded as" in reason for reason in reasons) == 1
    assert sum("character count is recorded as" in reason for reason in reasons) == 1
    wrong = [fault for fault in report.faults if fault.reason.startswith("The text at")]
    assert len(wrong) == 3
    assert wrong[0].reason.endswith("it now reads “It pays £55 a year”.")
    assert [str(thing) for thing in wrong[0].things] == ["https://w3id.org/fsp/id/service/of-31"]


def test_a_shifted_offset_is_detected(data_file: DataFile, source_file: Path, cite: Cite) -> None:
    """Even by one character."""
    (fault,) = check(data_file(cite("It pays £5 a year.", shift=1)), source_file).faults
    assert fault.reason.startswith("The text at characters 32 to 50 has another SHA-256")


def test_a_wrong_digest_is_detected(data_file: DataFile, source_file: Path, cite: Cite) -> None:
    """Of a passage whose offsets are right."""
    (fault,) = check(data_file(cite("It pays £5 a year.", sha256="0" * 64)), source_file).faults
    assert fault.reason.startswith("The text at characters 31 to 49 has another SHA-256")


def test_an_uncovered_sentence_is_told(data_file: DataFile, source_file: Path, cite: Cite) -> None:
    """With its place and its words; nothing else is wrong, and yet the check fails."""
    data = data_file(
        cite("Buses"), cite("The council runs\u00a0buses."), cite("Drivers are “trained”"), cite("They like")
    )
    report = check(data, source_file)
    assert report.faults == ()
    assert not report.passes
    assert places(data, source_file, "uncovered") == ["It pays £5 a year."]


def test_uncovered_words_in_a_cited_sentence_are_told(data_file: DataFile, tmp_path: Path, cite: Cite) -> None:
    """Where they are more than a joining phrase."""
    source = tmp_path / "long.txt"
    source.write_text("Buses run at night, and the council pays for every single one of them.", encoding="utf-8")
    assert places(data_file(cite("Buses"), text=source.read_text(encoding="utf-8")), source, "gaps") == [
        "run at night, and the council pays for every single one of them"
    ]


def test_a_citation_of_a_paragraph_covers_nothing(data_file: DataFile, source_file: Path, cite: Cite) -> None:
    """It is named as too wide, and the sentences stay uncovered."""
    data = data_file(cite("The council runs\u00a0buses. It pays £5 a year."))
    report = check(data, source_file)
    assert report.coverage is not None
    assert [(one.start, one.end) for one in report.coverage.too_wide] == [(7, 49)]
    assert report.coverage.share == 0
    assert len(report.coverage.uncovered) == 5


def test_a_citation_that_nothing_rests_on_covers_nothing(data_file: DataFile, source_file: Path, cite: Cite) -> None:
    """It is named as unused."""
    citation = cite("It pays £5 a year.").splitlines()[0]
    report = check(data_file(citation), source_file)
    assert report.coverage is not None
    assert [one.start for one in report.coverage.unused] == [31]
    assert report.coverage.share == 0


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("fsp:startOffset 31", "fsp:startOffset 49", "startOffset 49 is not less than its fsp:endOffset 49"),
        ("fsp:startOffset 31", "fsp:startOffset -1", "fsp:startOffset is malformed: -1"),
        ("fsp:startOffset 31 ;", "", "0 values of fsp:startOffset"),
        ("fsp:endOffset 49", "fsp:endOffset 49, 50", "2 values of fsp:endOffset"),
        ("fsp:endOffset 49", "fsp:endOffset 4900", "4900 is past the end of its source, which has"),
        ("oa:hasSource source:buses ;", "", "no oa:hasSource that is a fsp:SourceText"),
        ('fsp:sha256 "', 'fsp:sha256 "X', "fsp:sha256 is malformed: X"),
    ],
)
def test_a_malformed_citation_needs_no_text_to_be_found(
    data_file: DataFile, cite: Cite, before: str, after: str, reason: str
) -> None:
    """The fault names what rests on it."""
    citation = cite("It pays £5 a year.")
    assert before in citation
    (fault,) = check(data_file(citation.replace(before, after)), None).faults
    assert reason in fault.reason
    assert [str(thing) for thing in fault.things] == ["https://w3id.org/fsp/id/service/of-31"]


def test_citations_come_in_the_order_of_the_text(data_file: DataFile) -> None:
    """By start, then end."""
    citations, faults = read_citations(default_graph(dataset_of([data_file()])))
    assert faults == []
    assert [one.start for one in citations] == sorted(one.start for one in citations)


def test_a_text_that_is_none_of_several_sources_is_refused(data_file: DataFile, tmp_path: Path) -> None:
    """The message names those that there are."""
    data = data_file()
    with data.open("a", encoding="utf-8") as file:
        file.write('source:trams a fsp:SourceText ; dcterms:title "Trams"@en ; fsp:sha256 "0" .\n')
    other = tmp_path / "other.txt"
    other.write_text("Another text.", encoding="utf-8")
    with pytest.raises(DataError, match=r"none of the source texts .* Trams"):
        check(data, other)


def test_data_without_citations_does_not_pass(tmp_path: Path) -> None:
    """Nothing was checked."""
    data = tmp_path / "empty.ttl"
    data.write_text("<http://x/s> <http://x/p> 1 .", encoding="utf-8")
    report = check(data, None)
    assert (report.passes, report.checked) == (False, 0)
