"""Text in pictures: how wide it is at most, and where its lines break, since SVG 1.1 breaks none by itself."""

import re

__all__ = ["FONT_SIZE", "LINE", "TEXT_WIDTH", "text_width", "wrap"]

FONT_SIZE = 13
LINE = 17
"""Height of a line of text."""
TEXT_WIDTH = 312
"""Width that a line of text fits in: what a phone of 360 pixels leaves."""
_THIN = set("ijlI.,:;'|! ")
_NARROW = set("ftr()[]-/·")
_WIDE = set("mwMW@%—→")
_LONGEST = 400
"""Code points of a text that are drawn at most."""


def text_width(text: str) -> float:
    """Return a width, in pixels, that a text does not exceed in the usual sans-serif fonts.

    The widths are those of DejaVu Sans and Verdana, the widest of these fonts, by five classes of characters.
    """
    return sum(_em(character) for character in text) * FONT_SIZE


def _em(character: str) -> float:
    if character in _THIN:
        return 0.36
    if character in _NARROW:
        return 0.45
    if character in _WIDE or ord(character) >= 0x2E80:  # noqa: PLR2004 - where the scripts of East Asia begin
        return 1.02
    return 0.72 if character.isupper() else 0.64


def wrap(text: str, width: float = TEXT_WIDTH) -> list[str]:
    """Return the lines of a text that is broken between words, or within a word that is wider than a line.

    Args:
        text: the text; one that is very long is cut, with an ellipsis.
        width: of a line, in pixels.
    """
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    lines = [""]
    for word in re.split(r"\s+", text.strip()):
        joined = f"{lines[-1]} {word}".strip()
        if text_width(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if text_width(lines[-1] + character) > width:
                lines.append("")
            lines[-1] += character
    return lines
