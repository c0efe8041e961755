"""Choosing: a row of a dialog with a list to choose from, in the language of now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from editor.ui.language import retold

Offered = Callable[[], Mapping[str, str] | Mapping[str | None, str]]  # what may be chosen, and what each is called


def choice(
    owner: QWidget, form: QFormLayout, title: Callable[[], str], offered: Offered, chosen: str | None
) -> QComboBox:
    """A row at the end of `form`, told again when the language of its `owner` changes; its data is what is chosen."""
    box, label = QComboBox(), QLabel()
    label.setBuddy(box)

    def tell() -> None:
        label.setText(title())
        box.setAccessibleName(title().replace("&", ""))
        for i, (value, text) in enumerate(offered().items()):
            if i == box.count():
                box.addItem(text, value)
            box.setItemText(i, text)

    form.addRow(label, box)
    retold(owner, tell)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
