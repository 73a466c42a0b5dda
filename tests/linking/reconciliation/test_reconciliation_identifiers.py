"""Identifiers in any common spelling, and codes within names."""

import pytest

from fsp.linking.reconciliation.identifiers import Key, find_codes, is_weak, read_identifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01234567", Key("1234567")),
        ("1234567", Key("1234567")),
        (" 1234567.0", Key("1234567")),
        ("GB-COH-01234567", Key("1234567", "GB-COH")),
        ("gb-coh-1234567", Key("1234567", "GB-COH")),
        ("SC 123456", Key("SC123456")),
        ("sc123456", Key("SC123456")),
        ("e08000009", Key("E08000009")),
        ("http://statistics.data.gov.uk/id/statistical-geography/E08000009", Key("E08000009")),
        ("https://www.wikidata.org/wiki/Q4916650", Key("Q4916650")),
        ("http://www.wikidata.org/entity/Q4916650", Key("Q4916650")),
        ("wd:Q4916650", Key("Q4916650")),
        ("local-authority-eng:TRF", Key("TRF")),
        ("https://findthatcharity.uk/orgid/GB-CHC-1090745", Key("1090745", "GB-CHC")),
        ("https://register-of-charities.charitycommission.gov.uk/charity-details/?regId=1090745", Key("1090745")),
        ("http://data.ordnancesurvey.co.uk/id/7000000000009182", Key("7000000000009182")),
        ("GB-CHC 1085443", Key("1085443", "GB-CHC")),
        ("CHC-1085443", Key("1085443", "GB-CHC")),
        ("GB COH 02048608", Key("2048608", "GB-COH")),
        ("GB-LAE/BNS", Key("BNS", "GB-LAE")),
        ("org-id:GB-CHC-1085443", Key("1085443", "GB-CHC")),
        ("Company No. 03904882", Key("3904882", "GB-COH")),
        ("Company registration number: 03904882", Key("3904882", "GB-COH")),
        ("Companies House 03904882", Key("3904882", "GB-COH")),
        ("uk/company/02048608", Key("2048608")),
        ("Charity no. 1085443", Key("1085443", "GB-CHC")),
        ("Registered charity 1085443", Key("1085443", "GB-CHC")),
        ("Charity number SC012345", Key("SC012345", "GB-SC")),
        ("GSS E08000038", Key("E08000038")),
        ("GSS code: E08000038", Key("E08000038")),
        ("UKPRN 10000536", Key("10000536")),
        ("Wikidata: Q16950416", Key("Q16950416")),
        ("www.wikidata.org/wiki/Q16950416", Key("Q16950416")),
        ("https://www.wikidata.org/wiki/Q16950416?uselang=en", Key("Q16950416")),
        ("https://www.wikidata.org/wiki/Q16950416#sitelinks", Key("Q16950416")),
        ("https://www.wikidata.org/wiki/Special:EntityData/Q16950416.json", Key("Q16950416")),
        ("https://w3id.org/fsp/id/local-authority/BNS", Key("BNS")),
        ("GB738164028", Key("738164028")),
        ("VAT no. GB 738 1640 28", Key("738164028")),
        ("osgb7000000000009182", Key("7000000000009182")),
        ("0000", Key("0000")),
        ("00BU", Key("00BU")),
    ],
)
def test_spellings_of_one_identifier_are_one(text: str, expected: Key) -> None:
    """Capitals, spaces, zeros before a number, addresses, CURIEs and org-ids make no difference."""
    assert read_identifier(text) == expected


@pytest.mark.parametrize(
    ("text", "rest", "codes"),
    [
        ("Trafford MBC M32 0TH", "Trafford MBC", []),
        ("Leeds LS1", "Leeds", []),
        ("Exeter City Council (E07000041)", "Exeter City Council", ["E07000041"]),
        ("E09000022 Lambeth", "Lambeth", ["E09000022"]),
        ("Trafford - GB-LAE-TRF", "Trafford", ["GB-LAE-TRF"]),
        ("Birmingham Q4916650", "Birmingham", ["Q4916650"]),
        ("Kent County Council", "Kent County Council", []),
        ("Over 50's", "Over 50's", []),
        ("Sampleton 50", "Sampleton", []),
        ("E07000041", "E07000041", []),
        ("", "", []),
    ],
)
def test_codes_are_taken_out_of_a_name(text: str, rest: str, codes: list[str]) -> None:
    """A postcode is dropped; what is a code alone stays."""
    assert find_codes(text) == (rest, codes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TRF", True),
        ("greater-manchester", True),
        ("370", True),
        ("https://example.org/50", True),
        ("https://www.planning.data.gov.uk/entity/50", False),
        ("GB-LAE-TRF", False),
        ("E08000009", False),
    ],
)
def test_words_and_small_numbers_are_weak(text: str, expected: bool) -> None:
    """They may mean something else than an identifier."""
    assert is_weak(text) is expected
