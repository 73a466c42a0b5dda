"""Understand an identifier in any common spelling: `1234567`, `01234567` and `GB-COH-01234567` are one."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

__all__ = ["Key", "find_codes", "is_code", "is_weak", "read_identifier"]

_ORG_ID = re.compile(r"([A-Z]{2})-([A-Z0-9]{2,8})[-/](.+)", re.IGNORECASE)
_LOOSE_ORG_ID = re.compile(
    r"(?:GB[\s/:-]+)?(COH|CHC|NIC|UKPRN|LAE|LAS|PLA)[\s/:-]+([A-Z0-9]*\d[A-Z0-9]*)", re.IGNORECASE
)
_NUMBER = r"(?:\s*(?:\bno|\bnr|\bnumber|\bnum|\bcode|\bid|\bitem|#))?[\s.:#-]*"
_LABELLED = tuple(
    (re.compile(rf"(?:{words}){_NUMBER}({form})", re.IGNORECASE), list_code)
    for words, form, list_code in (
        (
            r"(?:registered )?company(?: reg(?:istration|istered)?\.?)?|companies house|crn",
            r"[A-Z]{2}\s?\d{6}|\d{6,8}",
            "GB-COH",
        ),
        (r"(?:registered )?charity(?: reg(?:istration|istered)?\.?)?|charity commission", r"\d{6,7}", "GB-CHC"),
        (r"(?:registered )?charity", r"SC\s?\d{6}", "GB-SC"),
        (r"gss|ons|ons area", r"[A-Z]\d{8}", ""),
        (r"ukprn", r"\d{8}", ""),
        (r"wikidata", r"Q\d+", ""),
        (r"vat(?: reg(?:istration|istered)?\.?)?", r"(?:GB\s?)?\d{3}\s?\d{4}\s?\d{2}", ""),
    )
)
_ADDRESS = re.compile(r"(?:https?://[^/?#\s]+|www\.[^/?#\s]+|uk(?=/company/))([/?#]\S*)", re.IGNORECASE)
_ENTITIES = re.compile(r"https?://www\.planning\.data\.gov\.uk/entity/", re.IGNORECASE)
_CURIE = re.compile(r"[a-z][\w-]*:(?!//)(\S+)", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?(?:\s*\d[A-Z]{2})?\s*$")
_CODE = re.compile(
    r"https?://\S+|\b[A-Za-z]{2}-[A-Za-z0-9]{2,8}-[A-Za-z0-9]+\b|\b[A-Z]{0,3}\d{2,}[A-Z0-9]*\b(?!['\u2019+%])|\bQ\d+\b"
)
_FORM = re.compile(r"[\s.\-\u2013/]+")


@dataclass(frozen=True, slots=True)
class Key:
    """An identifier as it is compared.

    Attributes:
        number: the identifier in capitals, without spaces and without zeros before a number.
        list_code: the list that the spelling names by its code at org-id.guide, such as `GB-COH`; empty where it
            names none.
    """

    number: str
    list_code: str = ""


def read_identifier(text: str) -> Key:
    """Return an identifier as it is compared.

    Args:
        text: an identifier alone, a CURIE, an org-id, or a web address that ends in one.
    """
    text = text.strip().strip("<>()[]")
    for pattern, list_code in _LABELLED:
        labelled = pattern.fullmatch(text)
        if labelled:
            return Key(_canonical(labelled[1]), list_code)
    loose = _LOOSE_ORG_ID.fullmatch(text)
    if loose:
        return Key(_canonical(loose[2]), f"GB-{loose[1]}".upper())
    address = _ADDRESS.fullmatch(text)
    if address:
        text = _last_step(address[1])
    curie = _CURIE.fullmatch(text)
    text = curie[1] if curie else text
    org_id = _ORG_ID.fullmatch(text)
    if org_id:
        return Key(_canonical(org_id[3]), f"{org_id[1]}-{org_id[2]}".upper())
    return Key(_canonical(text))


def is_weak(text: str) -> bool:
    """Tell whether a text may as well be words or a count: without digits or with few, and no list or address in it."""
    text = text.strip()
    key = read_identifier(text)
    if re.fullmatch(r"\d{1,4}", key.number) and not key.list_code:
        return not _ENTITIES.match(text)
    if key.list_code or _CURIE.fullmatch(text) or _ADDRESS.fullmatch(text):
        return False
    return not re.search(r"\d", text)


def _last_step(path: str) -> str:
    """Return the step of an address that names the thing: the last one with a digit, else the last."""
    steps = [re.sub(r"\.(html|json|ttl|rdf)$", "", unquote(step)) for step in re.split(r"[/#=?&]", path) if step]
    return next((step for step in reversed(steps) if re.search(r"\d", step)), steps[-1] if steps else "")


def is_code(text: str) -> bool:
    """Tell whether a text has the form of a code in letters, such as `TRF`."""
    return bool(re.fullmatch(r"\s*[A-Z]{2,5}\s*", text))


def find_codes(text: str) -> tuple[str, list[str]]:
    """Take codes and a postcode out of a name.

    Args:
        text: a name, perhaps with codes before, behind or in brackets.

    Returns:
        The name without them, and the codes (never the postcode).
    """
    rest = _POSTCODE.sub("", text.rstrip(" ,;")) if " " in text.strip() else text
    found = _CODE.findall(rest)
    rest = _CODE.sub(" ", rest) if found else rest
    codes = [code for code in found if not is_weak(code)]
    rest = re.sub(r"[(\[]\s*[)\]]", " ", rest)
    rest = re.sub(r"^[\s:,;\u2013-]+|[\s:,;\u2013-]+$", "", rest)
    return (rest, codes) if rest else (text, [])


def _canonical(text: str) -> str:
    number = _FORM.sub("", re.sub(r"(?<=\d)\.0$", "", text.strip())).upper()
    number = re.sub(r"^(OSGB|GB)(?=\d{9})", "", number)  # of Ordnance Survey's ids and of VAT numbers
    return number.lstrip("0") or number if number.isdigit() else number
