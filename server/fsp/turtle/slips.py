"""What is wrong with a piece of Turtle, in plain words, and what to write instead."""

import re
from functools import cache

from fsp.namespaces import SCHEME, SHAPES, THING
from fsp.prefixes import PREFIXES
from fsp.turtle.tokens import PREFIX_NAME, Token

__all__ = ["TERMS", "known_namespace", "known_namespaces", "slip", "undeclared"]

TERMS = {"iri", "name", "blank", "string", "long", "integer", "decimal", "double"}
"""Kinds of token that begin and end a term."""

_KINDS = (
    "activity", "board", "brand", "case", "change", "citation", "commitment", "contract", "initiative", "measurement",
    "organisation", "outcome", "participation", "partnership", "people", "period", "place", "plan", "remark", "report",
    "service", "source",
)  # fmt: skip
_SCHEMES = (
    "activity-type", "basis", "bound", "change-type", "group", "indicator", "organisation-type", "outcome-type",
    "partner-role", "phase", "principle", "sector", "status",
)  # fmt: skip
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS = {"integer", "decimal", "double"}
_WORDS = {
    "end": "The file ends here, but {expected} is missing.",
    "open_string": "The string that begins here has no closing {quote} on its line. Close it, or write three quotation "
    "marks at both ends of a text of several lines.",
    "open_long": "The string that begins here with {quotes} is never closed by {quotes}.",
    "curly": '{quote} is a typographic quotation mark. Write straight ones: "…".',
    "newer": "{text} belongs to RDF 1.2 (statements about statements), which is not read here. Write a thing of its "
    "own instead.",
    "at": '{text} stands alone: a language tag follows its string directly, as in "words"{text}.',
}
_OTHER = {
    "@": "@ begins a language tag such as @en, or @prefix or @base: letters follow it directly.",
    "\u00a0": "There is a no-break space here, which Turtle does not take for a space. Replace it by an ordinary one.",
    "=": "= is no Turtle: write a property and its value with a space between them.",
    "{": "{ begins a named graph, which Turtle does not have. Take it away, or name the file .trig.",
}
_LONGEST = 60
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@cache
def known_namespaces() -> dict[str, str]:
    """Return the namespace of each prefix that the project uses, those of its things and schemes too."""
    things = {kind: f"{THING}{kind}/" for kind in _KINDS}
    schemes = {scheme: f"{SCHEME}{scheme}/" for scheme in _SCHEMES}
    return {**PREFIXES, "shapes": str(SHAPES), **things, **schemes}


def known_namespace(prefix: str) -> str | None:
    """Return the namespace that the project uses a prefix for; None where it knows no such prefix."""
    return known_namespaces().get(prefix)


def undeclared(prefix: str) -> str:
    """Say that a prefix is not declared, with the line to add."""
    namespace = known_namespace(prefix) or "the namespace that it stands for"
    return f"The prefix {prefix}: is not declared. Add this line at the top: @prefix {prefix}: <{namespace}> ."


def slip(token: Token, expected: str, rest: str) -> str:
    """Say what is wrong with a token that cannot stand where it does.

    Args:
        token: the token.
        expected: what could have stood there, such as `a property`.
        rest: the text from the token on.
    """
    text, kind = token.text, token.kind
    if kind in _WORDS:
        return _WORDS[kind].format(text=text, quotes=text[:3], quote=text[:1], expected=expected)
    if kind in _NUMBERS and (date := _DATE.match(rest)) is not None:
        return f'A date is a string with its type: "{date[0]}"^^xsd:date.'
    if kind == "mark" and text in _BRACKETS:
        return f"{text} closes nothing: there is no {_BRACKETS[text]} before it. Here {expected} was expected."
    if kind == "open_iri":
        return _bad_iri(text)
    if kind == "word":
        return _word(text, expected)
    return _OTHER.get(text, f"{_shortened(text)} cannot stand here: {expected} was expected.")


def _bad_iri(text: str) -> str:
    if not text.endswith(">"):
        return f"The IRI that begins here has no closing >: {_shortened(text)}"
    bad = next((char for char in text[1:-1] if char in ' \t"{}|^`\\'), "")
    if bad in " \t":
        return f"There is a space in the IRI {_shortened(text)}. Take it out, or write %20 for it."
    return f"The IRI {_shortened(text)} holds {bad}, which no IRI may. Write it as %{ord(bad):02X}."


def _word(text: str, expected: str) -> str:
    lower = text.lower()
    if text == "a":
        return f"a stands for rdf:type and can only be a property, but here {expected} was expected."
    if lower in {"true", "false"}:
        return f"{text} is written {lower}, in small letters, and only as a value."
    if lower in {"is", "of", "has"} or not PREFIX_NAME.fullmatch(text):
        return f"{text} is no Turtle: {expected} was expected."
    return (
        f"{text} is neither a name with a prefix, such as case:{lower}, nor a string in quotes. Here {expected} was "
        "expected."
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
