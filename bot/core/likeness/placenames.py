"""Names of places and peoples in English news that the table of towns lacks or spells otherwise."""

from __future__ import annotations

from collections.abc import Mapping

# Countries, by their ISO codes.
COUNTRIES: Mapping[str, str] = {
    "u.s": "US", "us": "US", "usa": "US", "america": "US", "uk": "GB", "britain": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "holland": "NL", "netherlands": "NL",
    "burma": "MM", "turkey": "TR", "türkiye": "TR", "turkiye": "TR", "uae": "AE", "emirates": "AE",
    "bosnia": "BA", "congo": "CD CG", "dr congo": "CD", "drc": "CD", "palestine": "PS",
    "czech republic": "CZ", "cape verde": "CV", "east timor": "TL", "swaziland": "SZ",
    "vatican city": "VA", "macau": "MO",
}  # fmt: skip
# States, provinces and regions, by the country and a town that lies in each.
REGIONS: Mapping[str, str] = {
    "alberta": "CA Calgary", "andalusia": "ES Sevilla", "bali": "ID Denpasar",
    "bavaria": "DE Munich", "british columbia": "CA Vancouver", "catalonia": "ES Barcelona",
    "chechnya": "RU Grozny", "crimea": "UA Simferopol", "dagestan": "RU Makhachkala",
    "gaza strip": "PS Gaza", "gaza": "PS Gaza", "hokkaido": "JP Sapporo", "kerala": "IN Kochi",
    "manitoba": "CA Winnipeg", "new brunswick": "CA Moncton", "new south wales": "AU Sydney",
    "newfoundland": "CA St. John's", "nova scotia": "CA Halifax", "okinawa": "JP Naha",
    "ontario": "CA Toronto", "punjab": "IN Amritsar, PK Lahore", "quebec": "CA Montréal",
    "queensland": "AU Brisbane", "saskatchewan": "CA Saskatoon", "saxony": "DE Dresden",
    "sichuan": "CN Chengdu", "sicily": "IT Palermo", "sindh": "PK Karachi",
    "south australia": "AU Adelaide", "tasmania": "AU Hobart", "tibet": "CN Lhasa",
    "tuscany": "IT Florence", "west bank": "PS Hebron", "western australia": "AU Perth",
    "xinjiang": "CN Ürümqi",
}  # fmt: skip
# Towns, by the country and the table's name; one that it lacks is named as here.
TOWNS: Mapping[str, str] = {
    "bangalore": "IN Bengaluru", "basra": "IQ Al Başrah al Qadīmah", "bombay": "IN Mumbai",
    "calcutta": "IN Kolkata", "chittagong": "BD Chattogram", "cologne": "DE Köln",
    "el geneina": "SD Al-Junaynah", "fallujah": "IQ Al Fallūjah", "fez": "MA Fes",
    "gaza city": "PS Gaza", "geneina": "SD Al-Junaynah", "hanover": "DE Hannover",
    "hodeidah": "YE Al Ḩudaydah", "jabalia": "PS Jabālyā", "kharkov": "UA Kharkiv",
    "khan younis": "PS Khān Yūnis", "kherson": "UA Kherson", "kiev": "UA Kyiv",
    "marseilles": "FR Marseille", "mazar-i-sharif": "AF Mazār-e Sharīf", "mecca": "SA Makkah",
    "medina": "SA Madinah", "misrata": "LY Misratah", "mykolaiv": "UA Mykolayiv",
    "new delhi": "IN Delhi", "odessa": "UA Odesa", "peking": "CN Beijing",
    "pusan": "KR Busan", "rangoon": "MM Yangon", "rostov": "RU Rostov-on-Don",
    "saigon": "VN Ho Chi Minh City", "sana'a": "YE Sanaa", "seville": "ES Sevilla",
    "st petersburg": "RU Saint Petersburg", "st. petersburg": "RU Saint Petersburg",
    "ulaanbaatar": "MN Ulan Bator", "venice": "IT Venice", "zaporizhzhia": "UA Zaporizhzhya",
}  # fmt: skip
# Of the large towns' names those that most often are something else: where every word has a
# capital, they are no towns.
ORDINARY = frozenset(
    "alexandra ann antonio aurora barking bath bender bo bolton brandon bridgeport carolina"
    " centennial chandler charlotte clearwater concord constantine corona date davenport delta"
    " derby dudley edison elizabeth enterprise eugene everett fargo florence garland george"
    " gilbert hamilton hampton hassan hayward henderson hollywood hub independence irvine irving"
    " jackson kennedy kent kimberley lancaster lander lincoln livingstone lowell madison male mango"
    " mansfield mary mascara metro mesa milton mobile montgomery moreno nada nancy newton nice"
    " nigel norman oral orange paradise paterson preston providence reading richardson rodriguez"
    " salvador samba san shaping sofia split springs surprise sutton tours tyler tyre van vaughan"
    " victoria vista vladimir warren waterloo wellington wigan windsor york".split()
)
# Peoples, and what else stands for a country in headlines.
PEOPLES: Mapping[str, str] = {
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
    "RU": "Russian Russians Kremlin", "RW": "Rwandan", "SA": "Saudi", "SD": "Sudanese",
    "SE": "Swedish", "SG": "Singaporean", "SI": "Slovenian", "SK": "Slovak",
    "SN": "Senegalese", "SO": "Somali", "SS": "South Sudanese", "SV": "Salvadoran",
    "SY": "Syrian", "TH": "Thai", "TJ": "Tajik", "TM": "Turkmen", "TN": "Tunisian",
    "TR": "Turkish", "TW": "Taiwanese", "TZ": "Tanzanian", "UA": "Ukrainian",
    "UG": "Ugandan", "US": "American Americans", "UY": "Uruguayan", "UZ": "Uzbek",
    "VE": "Venezuelan", "VN": "Vietnamese", "YE": "Yemeni", "ZA": "South African",
    "ZM": "Zambian", "ZW": "Zimbabwean",
}  # fmt: skip
