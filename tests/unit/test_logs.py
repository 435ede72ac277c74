"""What is logged, and what never is."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Literal

import pytest

TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefgh"
# In a process of its own, as logging is set up for a whole process.
SCRIPT = f"""
import logging
from bot.app.logs import set_up_logging
from bot.config import load

set_up_logging(load(None, bot_token={TOKEN!r}, log_format={{form!r}}))
logging.getLogger("matplotlib.font_manager").info("Failed to extract font properties")
log = logging.getLogger("bot.somewhere")
try:
    raise ValueError("https://api.example/bot{TOKEN}/getMe")
except ValueError:
    log.exception("asked with %s", {TOKEN!r}, stack_info=True)
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_token_is_in_no_message_and_no_trace(form: Literal["text", "json"]) -> None:
    command = [sys.executable, "-c", SCRIPT.format(form=form)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "ABCDEF" not in done.stderr
    assert "font" not in done.stderr
    assert "ValueError: https://api.example/bot…/getMe" in done.stderr
    assert "asked with …" in done.stderr
    if form == "json":
        assert json.loads(done.stderr)["message"] == "asked with …"
