"""What is said of those whom the sample week names."""

from __future__ import annotations

import re

from bot.services.sample import sample_entities, sample_week
from bot.sources.wikipedia import read_page

LANGUAGES = {"de", "fr", "es", "ru", "ar", "zh"}
SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff -]+"),
    "ar": re.compile(r"[\u0600-\u06ff ]+"),
    "zh": re.compile(r"[\u4e00-\u9fff·-]+"),
}


def linked() -> set[str]:
    """All articles that the whole week links to."""
    pages = [read_page(page.name, page.text(1000)) for page in sample_week().values()]
    return {link.target for page in pages for account in page.accounts for link in account.links}


def test_each_is_named_in_the_week_and_listed_once() -> None:
    titles = [entity.title for entity in sample_entities()]
    assert len(titles) >= 60
    assert len(set(titles)) == len(titles)
    assert set(titles) <= linked()


def test_each_has_a_description_and_a_label_in_every_language() -> None:
    for entity in sample_entities():
        assert entity.description
        assert set(entity.labels) == LANGUAGES
        for language, script in SCRIPTS.items():
            assert script.fullmatch(entity.labels[language]), (entity.title, language)


def test_wikidata_ids_are_well_formed_and_unlike() -> None:
    ids = [entity.qid for entity in sample_entities() if entity.qid]
    assert all(re.fullmatch(r"Q[1-9]\d*", qid) for qid in ids)
    assert len(set(ids)) == len(ids)
