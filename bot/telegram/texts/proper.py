"""Names and addresses that are the same in every language."""

from __future__ import annotations

PORTAL_URL = "https://en.wikipedia.org/wiki/Portal:Current_events"
LICENCE_NAME = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
SHARED_LICENCE = "CC BY-SA"
MIT_URL = "https://opensource.org/license/mit"
WIKIDATA_NAME = "Wikidata"
WIKIDATA_URL = "https://www.wikidata.org"
WIKIDATA_LICENCE_NAME = "CC0"
WIKIDATA_LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/"
