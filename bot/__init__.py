"""Dateline: a Telegram bot that tells people what happened to those whom they follow."""
