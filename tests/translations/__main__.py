"""Brings the translation up to date: `python -m tests.translations` after a text was added or changed.

It takes the new texts into editor/ui/assets/packshot_zh_CN.ts, lists those that are still to be translated there (with
Qt Linguist, `pyside6-linguist`, or any editor), and compiles what is finished into the .qm beside it.
"""

from __future__ import annotations

from tests.translations import catalogue, texts

if __name__ == "__main__":
    catalogue.update(texts.of_edits())
    catalogue.compile_()
    entries = catalogue.read()
    lacking = [text for text, entry in entries.items() if not entry.finished]
    for context, text in lacking:
        print(f"{context}: {text!r}")
    print(f"{len(entries)} texts, {len(lacking)} of them still to be translated")
