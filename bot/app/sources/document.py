"""What a look at a feed brings, for programs."""

from __future__ import annotations

from typing import Any

from bot.app.sources.checked import Checked, reasons
from bot.services.previewing import Preview
from storage.model import Feed


def as_document(checked: Checked) -> dict[str, Any]:
    """A JSON object; times are in seconds, or ISO 8601 in UTC."""
    reading, validators = checked.reading, checked.validators
    return {
        "url": checked.url,
        "title": reading.title,
        "site": reading.site_url,
        "language": reading.language,
        "ttl_seconds": int(reading.ttl.total_seconds()) if reading.ttl else None,
        "fresh_seconds": int(fresh.total_seconds()) if (fresh := checked.fresh_for) else None,
        "interval_seconds": round(checked.interval.total_seconds()),
        "conditional": {
            "etag": validators.etag is not None,
            "last_modified": validators.modified is not None,
        },
        "source": _as_source(checked.known) if checked.known else None,
        "entries": len(reading.entries),
        "dropped": [
            {"reason": each.reason, "count": each.count, "example": each.example}
            for each in reasons(reading)
        ],
        "newest": [_as_entry(preview) for preview in checked.newest],
    }


def _as_source(feed: Feed) -> dict[str, Any]:
    return {"id": feed.id, "title": feed.title, "state": feed.state.value, "listed": feed.listed}


def _as_entry(preview: Preview) -> dict[str, Any]:
    entry, joins = preview.entry, preview.joins
    return {
        "at": entry.at.isoformat() if entry.at else None,
        "title": entry.title,
        "url": entry.url,
        "summary": entry.summary,
        "picture": entry.picture,
        "category": preview.category,
        "entities": [
            {"id": entity.id, "label": entity.label, "qid": entity.qid}
            for entity in preview.entities
        ],
        "joins": {"event": joins.number, "title": joins.title} if joins else None,
    }
