"""Source texts: how they are read, and their sentences."""

import hashlib
from pathlib import Path

import pytest

from fsp.errors import DataError
from fsp.validation.source import load_source


def test_offsets_count_code_points(source_file: Path) -> None:
    """Not bytes, and a no-break space and a curly quote are one each."""
    source = load_source(source_file)
    passage = source.passage(source.text.index("£5"), source.text.index("£5") + 2)
    assert (passage.text, passage.sha256) == ("£5", hashlib.sha256("£5".encode()).hexdigest())
    assert "\u00a0" in source.text


def test_the_digest_is_that_of_the_file(source_file: Path) -> None:
    """Byte for byte."""
    assert load_source(source_file).sha256 == hashlib.sha256(source_file.read_bytes()).hexdigest()


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    """Each counts: a text with CR LF has other offsets."""
    path = tmp_path / "crlf.txt"
    path.write_bytes(b"One.\r\nTwo.\r\n")
    source = load_source(path)
    assert source.text == "One.\r\nTwo.\r\n"
    assert [(one.start, one.text) for one in source.sentences()] == [(0, "One."), (6, "Two.")]


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (0, 10_000)])
def test_there_is_no_passage_outside_the_text(source_file: Path, start: int, end: int) -> None:
    """Nor one without a character."""
    with pytest.raises(ValueError, match=f"from {start} to {end}"):
        load_source(source_file).passage(start, end)


def test_headings_sentences_and_items_are_told_apart(source_file: Path) -> None:
    """With their places, and without bullets and white space at their ends."""
    source = load_source(source_file)
    sentences = list(source.sentences())
    assert [one.text for one in sentences] == [
        "Buses",
        "The council runs\u00a0buses.",
        "It pays £5 a year.",
        "Drivers are “trained”.",
        "They like it.",
    ]
    assert all(source.text[one.start : one.end] == one.text for one in sentences)


def test_a_point_within_a_sentence_ends_none(tmp_path: Path) -> None:
    """In a number, or before a small letter."""
    path = tmp_path / "a.txt"
    path.write_text("It fell by 2.5 per cent, i.e. a lot. Why? Nobody knows.", encoding="utf-8")
    assert [one.text for one in load_source(path).sentences()] == [
        "It fell by 2.5 per cent, i.e. a lot.",
        "Why?",
        "Nobody knows.",
    ]


@pytest.mark.parametrize(
    ("content", "message"), [(b"caf\xe9", "not UTF-8: byte 3"), (b" \n", "is empty"), (None, "No such file")]
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes | None, message: str) -> None:
    """With the reason."""
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        load_source(path)
