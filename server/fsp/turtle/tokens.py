"""The tokens of Turtle and TriG (Turtle 1.1, section 6.5), with the comments between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["LOCAL_NAME", "PREFIX_NAME", "Token", "tokens"]

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = f"[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?"
_LOCAL = f"(?:[{_BASE}_0-9:]|{_ESCAPED})(?:(?:[{_CHARS}.:]|{_ESCAPED})*(?:[{_CHARS}:]|{_ESCAPED}))?"
_HEX = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

PREFIX_NAME = re.compile(_PREFIX)
"""The name of a prefix (PN_PREFIX)."""
_PERCENT = "%[0-9A-Fa-f]{2}"
LOCAL_NAME = re.compile(f"(?:[{_BASE}_0-9:]|{_PERCENT})(?:(?:[{_CHARS}.:]|{_PERCENT})*(?:[{_CHARS}:]|{_PERCENT}))?")
"""A local name (PN_LOCAL) that needs no escape."""

_TOKEN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("space", r"[ \t\r\n]+"),
            ("comment", r"\#[^\r\n]*"),
            ("newer", r"<<|>>|\{\||\|\}|~"),
            ("iri", rf'<(?:[^\x00-\x20<>"{{}}|^`\\]|{_HEX})*>'),
            ("long", r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""' + r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"),
            ("open_long", r'"""|' + r"'''"),
            ("string", r'"(?:[^"\\\r\n]|\\[^\r\n])*"' + r"|'(?:[^'\\\r\n]|\\[^\r\n])*'"),
            ("name", f"(?:{_PREFIX})?:(?:{_LOCAL})?"),
            ("blank", f"_:[{_BASE}_0-9](?:[{_CHARS}.]*[{_CHARS}])?"),
            ("double", r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
            ("decimal", r"[+-]?[0-9]*\.[0-9]+"),
            ("integer", r"[+-]?[0-9]+"),
            ("at", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
            ("word", f"[{_BASE}_](?:[{_CHARS}.]*[{_CHARS}])?"),
            ("mark", r"\^\^|[.;,\[\](){}]"),
            # These, and `open_long`, are no Turtle: taken in one piece, so that one slip is one fault.
            ("open_iri", r"<[^<>\n]*>|<[^\s<>;,]*"),
            (
                "curly",
                "[\u201c\u201d\u201e\u201f\u00ab][^\u201c\u201d\u201e\u201f\u00bb\r\n]*[\u201c\u201d\u201f\u00bb]?",
            ),
            ("open_string", r"[\"'][^\r\n]*"),
            ("other", r"."),
        )
    ),
    re.DOTALL,
)
_MOST_UNCLOSED = 20
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


@dataclass(slots=True)
class Token:
    """One token.

    Attributes:
        kind: its name in the list above; `end` after the last one.
        text: as it stands in the file.
        offset: code points before it.
        leading: comments on lines of their own before it, each with its `#`; an empty text is a blank line after one.
        trailing: comments after it on its line.
    """

    kind: str
    text: str
    offset: int
    leading: list[str] = field(default_factory=list)
    trailing: list[str] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Code points before its end."""
        return self.offset + len(self.text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, and one of the kind `end` after them.

    Args:
        text: Turtle or TriG. What cannot be a token comes as one of a kind of fault, such as `open_string`.
    """
    previous: Token | None = None
    leading: list[str] = []
    # Whether the line has a token already, which a comment on it then belongs to.
    same_line = False
    unclosed = 0
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None or match.lastgroup is None:  # pragma: no cover - `other` matches anything
            raise AssertionError("every character begins a token")
        kind, found = match.lastgroup, match[0]
        offset = match.end()
        if kind == "space":
            lines = found.count("\n")
            same_line = same_line and not lines
            if lines > 1 and leading and leading[-1]:
                leading.append("")
            continue
        if kind == "comment":
            (previous.trailing if previous is not None and same_line else leading).append(found.rstrip())
            continue
        if kind == "open_long":
            unclosed += 1
            # Each search for the end reads the whole rest: after a few, what follows is one token.
            blank = _BLANK_LINE.search(text, offset) if unclosed < _MOST_UNCLOSED else None
            offset = blank.start() if blank else len(text)
            found = text[match.start() : offset]
        token = Token(kind, found, match.start(), leading)
        if previous is not None:
            yield previous
        previous, leading, same_line = token, [], True
    if previous is not None:
        yield previous
    yield Token("end", "", len(text), leading)
