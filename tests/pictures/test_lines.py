"""Where the lines of a picture's texts break."""

import pytest

from fsp.pictures.text import TEXT_WIDTH, text_width, wrap


@pytest.mark.parametrize(
    "text", ["John Laing Charitable Trust with the Reading Agency and V", "W" * 200, "i" * 300, "", "図書館" * 40]
)
def test_no_line_is_wider_than_a_phone(text: str) -> None:
    """Whatever the words, and nothing of them is lost."""
    lines = wrap(text)
    assert max(text_width(line) for line in lines) <= TEXT_WIDTH
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_very_long_text_is_cut_and_says_so() -> None:
    """A literal of a megabyte does not make a picture of a megabyte."""
    lines = wrap("word " * 200_000)
    assert lines[-1].endswith("…")
    assert sum(map(len, lines)) <= 400
