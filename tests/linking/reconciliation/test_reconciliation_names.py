"""How names are understood, rule by rule."""

import tomllib
from importlib.resources import files

import pytest

from fsp.linking.reconciliation.names import fold, read_name

RULES = tomllib.loads(files("fsp.linking.reconciliation").joinpath("rules.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("St. Helens", "st helens"),
        ("M.B.C.", "mbc"),
        ("King\u2019s Lynn & West Norfolk", "kings lynn and west norfolk"),
        ("Telford + Wrekin", "telford and wrekin"),
        ("Ynys Môn", "ynys mon"),
        ("stoke\u2011on\u2011trent", "stoke on trent"),
        ("CorbyBoroughCouncil", "corby borough council"),
        ("McDonald", "mcdonald"),
        ("trafford_council", "trafford council"),
        ("  ROTHER   DC ", "rother dc"),
        ("", ""),
    ],
)
def test_case_accents_and_punctuation_do_not_count(text: str, expected: str) -> None:
    """Words are left, and the sign for *and* as a word."""
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "core", "says"),
    [
        ("London Borough of Hounslow", "hounslow", {"local"}),
        ("Hounslow LBC", "hounslow", {"local"}),
        ("RB Kensington & Chelsea", "kensington chelsea", {"local"}),
        ("City of Bradford Metropolitan District Council", "bradford", {"city", "local"}),
        ("Bristol, City of", "bristol", {"city"}),
        ("County Durham", "durham", {"county"}),
        ("Co. Durham", "durham", {"county"}),
        ("Borough Council of King's Lynn and West Norfolk", "kings lynn west norfolk", {"local"}),
        ("City and County of Swansea Council", "swansea", {"city", "county"}),
        ("Council of the Isles of Scilly", "isles of scilly", set()),
        ("Cyngor Sir Gâr", "gar", {"county"}),
        ("Cyngor Bwrdeistref Sirol Wrecsam", "wrecsam", {"county", "local"}),
        ("Cyngor Dinas Casnewydd", "casnewydd", {"city"}),
        ("Nottingham CC", "nottingham", {"city", "county"}),
        ("Wyre Forest D.C.", "wyre forest", {"local"}),
        ("N Yorks CC", "north yorkshire", {"city", "county"}),
        ("Newcastle upon Tyne", "newcastle on tyne", set()),
        ("Boston Town Council", "boston", {"parish"}),
        ("Boston Spa Parish Council", "boston spa", {"parish"}),
        ("Cyngor Tref Caernarfon", "caernarfon", {"parish"}),
        ("West Yorkshire Mayoral Combined Authority", "west yorkshire", {"combined"}),
        ("Adur and Worthing Councils", "adur worthing", {"several"}),
        ("Serco Ltd", "serco", {"company"}),
        ("Nottinghamshire Country Council", "nottinghamshire", {"county"}),
        ("Trafford Boruogh Cuoncil", "trafford", {"local"}),
        ("BATH AND NORTH EAST SOMERSET COUN", "bath north east somerset", set()),
        ("City of London", "cityoflondon", set()),
        ("London", "london", set()),
        ("Sheffield City Region", "sheffield cityregion", set()),
        ("Royal Society", "royal society", set()),
        ("Town Hall", "town hall", set()),
        ("Council", "council", set()),
    ],
)
def test_words_of_a_kind_are_told_from_words_of_a_name(text: str, core: str, says: set[str]) -> None:
    """What says which one is meant is the core; the rest comes to a kind of body."""
    name = read_name(text)

    assert (name.core, set(name.says)) == (core, says)


@pytest.mark.parametrize("abbreviation", RULES["words"])
def test_an_abbreviation_means_what_the_rules_say(abbreviation: str) -> None:
    """Behind a name, in capitals, it reads as what it stands for."""
    name = read_name(f"Sampleton {abbreviation.upper()}")

    assert name.is_same_as(read_name(f"Sampleton {RULES['words'][abbreviation]}"))
    assert name.core.split()[0] == "sampleton"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Sampleton Ltd.", {"limited"}),
        ("Sampleton LIMITED", {"limited"}),
        ("Sampleton Cyfyngedig", {"limited"}),
        ("Sampleton P.L.C.", {"plc"}),
        ("Sampleton Public Limited Company", {"plc"}),
        ("Sampleton LLP", {"llp"}),
        ("Sampleton C.I.C.", {"cic"}),
        ("Sampleton Inc", {"inc"}),
        ("Sampleton", set()),
    ],
)
def test_the_legal_form_of_a_company_is_known(text: str, form: set[str]) -> None:
    """Limited and Ltd are one form; the name is the same whatever the form."""
    name = read_name(text)

    assert (set(name.forms), name.core) == (form, "sampleton")


@pytest.mark.parametrize("abbreviation", RULES["first"])
def test_a_letter_before_a_name_is_a_direction(abbreviation: str) -> None:
    """At the beginning only: behind a name it is left as it is."""
    assert read_name(f"{abbreviation} Sampleton").is_same_as(read_name(f"{RULES['first'][abbreviation]} Sampleton"))
    assert not read_name(f"Sampleton {abbreviation}").is_same_as(read_name(f"Sampleton {RULES['first'][abbreviation]}"))


@pytest.mark.parametrize("phrase", RULES["phrases"])
def test_a_phrase_means_what_the_rules_say(phrase: str) -> None:
    """Wherever it stands in a name."""
    assert read_name(f"Sampleton {phrase}").is_same_as(read_name(f"Sampleton {RULES['phrases'][phrase]}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stoke-on-Trent City Council", "stoke"),
        ("Newcastle-under-Lyme", "newcastle"),
        ("Barrow-in-Furness", "barrow"),
        ("Isle of Wight", None),
        ("Undersley", None),
    ],
)
def test_the_short_form_is_what_stands_before_the_water(text: str, expected: str | None) -> None:
    """Of a name such as Stoke-on-Trent."""
    assert read_name(text).short == expected


def test_initials_come_with_and_without_small_words() -> None:
    """And of the core alone."""
    expected = {"BCAPC", "BCPC", "BCP"}

    assert read_name("Bournemouth, Christchurch and Poole Council").initials == expected
