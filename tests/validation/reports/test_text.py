"""The report in words."""

from dataclasses import replace

import pytest

from fsp.validation.findings import CheckReport, Finding, Kind
from fsp.validation.places import Place
from fsp.validation.report import Severity
from fsp.validation.reports.as_text import styled_text
from fsp.validation.reports.render import render
from fsp.validation.reports.words import cut, told


def test_a_sound_file_is_told_in_one_line(sound: CheckReport) -> None:
    """With how much was checked, and nothing else."""
    assert render(sound, "text") == "Conforms: 12 things were checked.\n"
    assert render(replace(sound, checked=1), "text") == "Conforms: 1 thing was checked.\n"


def test_a_broken_rule_is_told_once(faulty: CheckReport) -> None:
    """Its title and what it asks stand once, with each place, its line, and a right one."""
    text = render(faulty, "text")
    entry = next(part for part in text.split("\n\n") if "(rule ContractShape-supplier)" in part)

    assert entry.splitlines()[0] == "Violation: Contract: supplier (2 times)"
    assert " ".join(entry.split()).count("name the organisation that serves the buyer") == 1
    assert "     new.ttl:11:18  " in entry
    assert (
        "       11 |     fsp:supplier <https://w3id.org/fsp/id/place/trafford> .\n                             ^\n"
        in entry
    )
    assert "     new.ttl:13:1  " in entry
    assert "A right one:\n     fsp:supplier organisation:" in entry


def test_violations_come_before_warnings(faulty: CheckReport) -> None:
    """And the first line counts both."""
    headings = [line.split(":")[0] for line in render(faulty, "text").splitlines() if line and line[0] in "VWN"]

    assert headings == sorted(headings, key=["Violation", "Warning", "Note"].index)
    assert set(headings) == {"Violation", "Warning"}
    assert render(faulty, "text").startswith("Does not conform: ")
    assert "2 things were checked." in render(faulty, "text").splitlines()[0]


def test_it_can_be_read_on_eighty_columns(faulty: CheckReport) -> None:
    """Only what is to be pasted may be longer."""
    lines = render(faulty, "text").splitlines()
    long = [line for number, line in enumerate(lines) if len(line) > 80 and "A right one" not in lines[number - 1]]

    assert long == []


def test_nothing_checked_is_not_called_conforming(unknown: CheckReport) -> None:
    """It is told with why, and with what to do."""
    text = render(unknown, "text")

    assert text.startswith("Nothing checked: no rule is about any thing of new.ttl.\n")
    assert "Conforms" not in text
    assert "https://w3id.org/fsp/def#" in text


def test_what_cannot_be_read_is_named(unreadable: CheckReport) -> None:
    """With the line, and nothing is said of rules."""
    text = render(unreadable, "text")

    assert text.startswith("Could not be read: new.ttl.")
    assert "     new.ttl:8:24\n" in text
    assert '       8 |     rdfs:label "One"@en\n' in text


def test_only_a_terminal_gets_styles(faulty: CheckReport) -> None:
    """Plain text holds no escape sequence; the styled text says the same."""
    assert "\x1b" not in render(faulty, "text")
    assert render(faulty, "text") == styled_text(faulty).plain
    assert "bold red" in {str(span.style) for span in styled_text(faulty).spans}


def test_a_file_cannot_steer_the_terminal(hostile: CheckReport) -> None:
    """Control characters, and those that reorder what is shown, are made visible."""
    text = render(hostile, "text")

    assert not {"\x1b", "\x00", "\u202e"} & set(text)
    assert "\ufffd[31m" in text


def test_the_first_few_places_are_shown_and_the_others_named() -> None:
    """Three with their lines, twelve by name, and how many there are."""
    findings = tuple(
        Finding("r", Kind.SHAPE, Severity.WARNING, "Rule", "Do it.", place=Place("a.ttl", line, 1), shown=f"{line} | x")
        for line in range(1, 31)
    )
    text = render(CheckReport(("a.ttl",), findings, 30), "text")

    assert "Warning: Rule (30 times)" in text
    assert [line.strip() for line in text.splitlines() if " | x" in line] == ["1 | x", "2 | x", "3 | x"]
    assert "and 27 more: a.ttl:4:1, a.ttl:5:1" in text
    assert "a.ttl:15:1, …" in text
    assert "a.ttl:16:1" not in text


def test_remarks_are_told_and_are_no_fault(sound: CheckReport) -> None:
    """How a cell was understood stands after the verdict."""
    remark = Finding(
        "remark", Kind.COVERAGE, Severity.INFO, "", "Nov 2011 is all of it.", place=Place("a.csv", 4, 3, "")
    )

    assert render(replace(sound, remarks=(remark,)), "text") == (
        "Conforms: 12 things were checked.\n\nHow it was read:\n   a.csv, row 4, column C  Nov 2011 is all of it.\n"
    )


def _finding(message: str, label: str = "") -> Finding:
    return Finding("r", Kind.SHAPE, Severity.VIOLATION, "Rule", message, focus_label=label)


@pytest.mark.parametrize(
    ("messages", "shared", "own"),
    [
        (["Do it."], "Do it.", ["X"]),
        (["Do it.", "Do it."], "Do it.", ["X", "X"]),
        (["A has none. Do it.", "B has none. Do it."], "Do it.", ["A has none.", "B has none."]),
        (["Do it.", "B has none. Do it."], "Do it.", ["X", "B has none."]),
        (["A has none.", "B has none."], "", ["A has none.", "B has none."]),
        (["A. One. Two.", "B. One. Two."], "One. Two.", ["A.", "B."]),
    ],
)
def test_what_findings_have_in_common_is_said_once(messages: list[str], shared: str, own: list[str]) -> None:
    """Whole sentences only; one that says nothing of its own names its thing."""
    assert told([_finding(message, "X") for message in messages]) == (shared, own)


@pytest.mark.parametrize("column", [0, 1, 30, 90, 150, 198])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    """The caret stays under its character."""
    line = "".join(chr(0x4E00 + number) for number in range(199))
    first, second = cut(f"12 | {line}\n{' ' * (5 + column)}^", 60)

    assert max(len(first), len(second)) <= 60
    assert first[second.index("^")] == line[column]
    assert first.startswith("12 | ")


def test_a_short_line_stays_whole() -> None:
    """Nothing is cut that fits."""
    assert cut("1 | abc\n     ^", 60) == ["1 | abc", "     ^"]


def test_each_syntax_fault_is_told_in_its_words(sound: CheckReport) -> None:
    """The first twenty, as each asks for something else."""
    faults = tuple(
        Finding(
            "syntax", Kind.SYNTAX, Severity.VIOLATION, "Cannot be read", f"Word {n} is wrong.", place=Place("a", n, 1)
        )
        for n in range(1, 24)
    )
    text = render(replace(sound, findings=faults, readable=False), "text")
    assert [n for n in range(1, 24) if f"Word {n} is wrong." in text] == list(range(1, 21))
    assert "and 3 more: a:21:1, a:22:1, a:23:1" in text
