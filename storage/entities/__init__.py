"""Entities, the articles that links name them by, and the words that stood for them."""

from __future__ import annotations

from storage.entities.articles import Articles
from storage.entities.bearers import Bearers
from storage.entities.finding import Finding
from storage.entities.merging import Merging
from storage.entities.resolving import Resolving
from storage.entities.words import Article, Title, Use

__all__ = ["Article", "EntityStore", "Title", "Use"]


class EntityStore(Articles, Bearers, Finding, Resolving, Merging):
    """Entities by article, by name, by number."""
