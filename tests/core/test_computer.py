"""Computer: its memory as the system tells it."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from editor.core.computer import installed_memory


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
def test_memory_is_what_the_system_says():
    told = int(re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text())[1]) * 1024
    assert abs(installed_memory() - told) < 0.1 * told


@pytest.mark.skipif(sys.platform == "win32", reason="sysconf")
def test_where_the_system_does_not_tell_nothing_is_made_up(monkeypatch):
    def refuse(name):
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "sysconf", refuse)
    assert installed_memory() is None
