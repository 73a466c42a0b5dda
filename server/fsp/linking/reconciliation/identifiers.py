"""Understand an identifier in any common spelling: `1234567`, `01234567` and `GB-COH-01234567` are one."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

__all__ = ["Key", "find_codes", "is_code", "is_weak", "read_identifier"]

_ORG_ID = re.compile(r"([A-Z]{2}|XI|XM|XR)-([A-Z0-9]{2,8})-(.+)", re.IGNORECASE)
_CURIE = re.compile(r"[a-z][\w-]*:(?!//)(\S+)", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?(?:\s*\d[A-Z]{2})?\s*$")
_CODE = re.compile(r"https?://\S+|\b[A-Za-z]{2}-[A-Za-z0-9]{2,8}-[A-Za-z0-9]+\b|\b[A-Z]{0,3}\d{2,}[A-Z0-9]*\b|\bQ\d+\b")
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
    if re.match(r"https?://", text, re.IGNORECASE):
        text = unquote(re.split(r"[/#=]", text.rstrip("/#"))[-1])
    org_id = _ORG_ID.fullmatch(text)
    if org_id:
        return Key(_canonical(org_id[3]), f"{org_id[1]}-{org_id[2]}".upper())
    curie = _CURIE.fullmatch(text)
    return Key(_canonical(curie[1] if curie else text))


def is_weak(text: str) -> bool:
    """Tell whether a text may as well be words or a count: without digits or with few, and no list or address in it."""
    text = text.strip()
    if _ORG_ID.fullmatch(text) or _CURIE.fullmatch(text) or text.startswith(("http://", "https://")):
        return False
    return not re.search(r"\d", text) or bool(re.fullmatch(r"\d{1,4}", text))


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
    codes = _CODE.findall(rest)
    rest = _CODE.sub(" ", rest) if codes else rest
    rest = re.sub(r"[(\[]\s*[)\]]", " ", rest)
    rest = re.sub(r"^[\s:,;\u2013-]+|[\s:,;\u2013-]+$", "", rest)
    return (rest, codes) if rest else (text, [])


def _canonical(text: str) -> str:
    number = _FORM.sub("", re.sub(r"(?<=\d)\.0$", "", text.strip())).upper()
    return number.lstrip("0") or number if number.isdigit() else number
