"""python -m tests.roundtrip: the table of what is read and written, measured now."""

from __future__ import annotations

import tempfile
from pathlib import Path

from editor import edits
from tests.roundtrip import table
from tests.roundtrip.sources import SOURCES

edits.discover()
print(table.HEAD)
for name in SOURCES:
    with tempfile.TemporaryDirectory() as folder:
        print(table.line(table.examine(name, Path(folder))), flush=True)
print("\nOne 16-bit TIFF with alpha, saved as everything:\n\n" + table.HEAD)
for suffix in (".jpg", ".png", ".tif", ".webp", ".avif", ".jxl"):
    with tempfile.TemporaryDirectory() as folder:
        print(table.line(table.examine("TIFF 16 alpha", Path(folder), suffix)), flush=True)
