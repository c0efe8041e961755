"""Answering: what a person does with a dialog that the window is about to ask with."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog


def answer(act):
    """Does `act` with the next dialog; if that leaves it open, it is closed, so that no test waits for ever."""

    def do():
        dialog = QApplication.activeModalWidget()
        try:
            act(dialog)
        finally:
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, do)
