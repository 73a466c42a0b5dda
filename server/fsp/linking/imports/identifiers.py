"""Identifiers of organisations and places as publishers write them, and as org-id.guide has them."""

import re
from dataclasses import dataclass

__all__ = ["Identifier", "charity", "company", "gss", "org_id"]

_ORG_ID = re.compile(r"(?P<scheme>[A-Z]{2}-[A-Z0-9]{2,12}|360G)-(?P<value>\S{1,100})", re.IGNORECASE)
_COMPANY = re.compile(r"(?:[A-Z]{2}\d{6}|\d{8}|[A-Z]{2}\d{5}[A-Z])")
_SHORT_COMPANY = re.compile(r"\d{5,7}")
_CHARITY = {
    "GB-CHC": re.compile(r"\d{6,7}(-\d{1,3})?"),
    "GB-SC": re.compile(r"SC0\d{5}"),
    "GB-NIC": re.compile(r"NIC?\d{6}"),
}
_ORG_ID_SCHEME = "org-id"
_OWN_SCHEMES = {"GB-COH": "company-number", "GB-CHC": "charity-number"}
_GSS = re.compile(r"[EKLMNSWJ]\d{8}")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier with its scheme.

    Attributes:
        scheme: the list that it is from, by its code at org-id.guide, such as `GB-COH`; or `360G`.
        value: the identifier within the scheme.
    """

    scheme: str
    value: str

    @property
    def org_id(self) -> str:
        """The identifier with its scheme before it."""
        return f"{self.scheme}-{self.value}"

    @property
    def schemes(self) -> list[tuple[str, str]]:
        """The identifier in each of the project's schemes of identifiers that it belongs to."""
        own = _OWN_SCHEMES.get(self.scheme)
        return [(_ORG_ID_SCHEME, self.org_id), *([(own, self.value)] if own else [])]


def org_id(scheme: str | None, value: str | None) -> Identifier | None:
    """Return the identifier that a scheme and a value make; None where one is missing or unknown in form.

    A company number has its leading zeros again, which spreadsheets take away.

    Args:
        scheme: such as `GB-COH`; None where the value begins with it.
        value: such as `07916116`, or `GB-COH-07916116`.
    """
    if value is None:
        return None
    value = value.strip()
    whole = value if scheme is None or value.upper().startswith(f"{scheme.upper()}-") else f"{scheme}-{value}"
    match = _ORG_ID.fullmatch(whole)
    if match is None:
        return None
    scheme = match["scheme"].upper()
    if scheme == "GB-COH":
        return company(match["value"])
    if scheme in _CHARITY:
        found = charity(match["value"])
        return found if found is not None and found.scheme == scheme else None
    return Identifier(scheme, match["value"])


def company(value: str) -> Identifier | None:
    """Return the identifier of a number at Companies House; None where it is none."""
    number = value.strip().upper().replace(" ", "")
    if _SHORT_COMPANY.fullmatch(number):
        number = number.zfill(8)
    return Identifier("GB-COH", number) if _COMPANY.fullmatch(number) else None


def charity(value: str) -> Identifier | None:
    """Return the identifier of a number of a charity, by the register that its form belongs to; None where none."""
    number = value.strip().upper().replace(" ", "")
    for scheme, pattern in _CHARITY.items():
        if pattern.fullmatch(number):
            return Identifier(scheme, number)
    return None


def gss(value: str) -> str | None:
    """Return the code of an area by the Government Statistical Service; None where it is none."""
    code = value.strip().upper()
    return code if _GSS.fullmatch(code) else None
