"""Dateline's storage: SQL and nothing else. It knows no Telegram and no HTTP."""
