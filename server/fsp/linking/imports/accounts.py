"""The account of an import for a person and for a program."""

import csv
import io
import json

from fsp.linking.imports.record import Fate
from fsp.linking.imports.report import Account, ImportReport

__all__ = ["as_csv", "as_json", "as_text"]

_SHOWN = 12


def as_text(report: ImportReport) -> str:
    """Return the account for a terminal: sums, what is not mapped, and what a person should know."""
    lines = [line for account in report.accounts for line in _lines(account)]
    count = len(report.accounts)
    graphs = "1 file" if count == 1 else f"{count} files"
    return "\n".join([*lines, f"{report.triples:,} statements about {graphs}.", ""])


def _lines(account: Account) -> list[str]:
    sums = ", ".join(f"{account.of(fate):,} {fate.value}" for fate in Fate)
    lines = [f"{account.file}: {account.kind}, {account.records:,} records", f"  {account.total:,} fields: {sums}"]
    others = [
        (count, f"{fate.value:8} {count:>9,}  {path}: {reason}")
        for (path, fate, reason), count in account.fields.items()
        if fate is not Fate.MAPPED
    ]
    lines += _shortened([text for _, text in sorted(others, key=lambda one: (-one[0], one[1]))])
    lines += _shortened(
        [
            f"note     {count:>9,}  {path}: {message}; first at {first}"
            for (path, message), (count, first) in sorted(account.findings.items())
        ]
    )
    return lines


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - _SHOWN
    shown = [f"  {line}" for line in lines[:_SHOWN]]
    return [*shown, f"  … {more} more kinds: see --report"] if more > 0 else shown


def as_json(report: ImportReport) -> str:
    """Return the whole account as JSON."""
    return json.dumps({"triples": report.triples, "files": [_json(one) for one in report.accounts]}, indent=2) + "\n"


def _json(account: Account) -> dict[str, object]:
    return {
        "file": account.file,
        "sha256": account.sha256,
        "kind": account.kind,
        "records": account.records,
        "fields": {"all": account.total} | {fate.value: account.of(fate) for fate in Fate},
        "paths": [
            {"path": path, "fate": fate.value, "reason": reason, "count": count}
            for (path, fate, reason), count in sorted(account.fields.items())
        ],
        "findings": [
            {"path": path, "message": message, "count": count, "first": first}
            for (path, message), (count, first) in sorted(account.findings.items())
        ],
    }


def as_csv(report: ImportReport) -> str:
    """Return the account of the fields as CSV (RFC 4180)."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("file", "path", "fate", "reason", "count"))
    rows.writerows(report.rows())
    return text.getvalue()
