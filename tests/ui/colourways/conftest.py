"""Fixtures for colourways: a red shoe in the window, and the sheet of it in a brand's four colours."""

from __future__ import annotations

import pytest

from tests.dyeing import shoe
from tests.ui.acts import show, up_to_date
from tests.ui.waying import BRAND, drawn


@pytest.fixture
def brand(tmp_path):
    path = tmp_path / "brand.gpl"
    path.write_text(BRAND, "utf-8")
    return path


@pytest.fixture
def place(tmp_path):
    (tmp_path / "set").mkdir()
    return tmp_path / "set"


@pytest.fixture
def opened(dyed, qtbot, window, place):
    """A red shoe that is to be dyed."""
    show(qtbot, window, shoe(place / "shoe.png", (600, 400)))
    window.document.put(dyed())
    qtbot.waitUntil(lambda: up_to_date(window))
    return window


@pytest.fixture
def sheet(qtbot, opened, brand):
    """The sheet of the four colours, drawn."""
    opened.colourways.ask_swatches = lambda: brand
    opened.actions_by_name["colourways"].trigger()
    opened.colourways.sheet.file.click()
    qtbot.waitUntil(lambda: drawn(opened))
    return opened.colourways.sheet
