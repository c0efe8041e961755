"""Naming: what photos, virtual copies and their marks are called in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from editor.core.marks import Marks
from editor.core.shot import Shot


def shot_name(shot: Shot, called: str = "") -> str:
    """ "shoe.jpg", a virtual copy "shoe.jpg (copy 1)", or one that is `called` so "shoe.jpg (Navy)"."""
    if not shot.copy:
        return shot.path.name
    if called:
        return QCoreApplication.translate("Naming", "{} ({})").format(shot.path.name, called)
    return QCoreApplication.translate("Naming", "{} (copy {})").format(shot.path.name, shot.copy)


def stars_name(rating: int) -> str:
    """ "3 stars", "no stars"."""
    if rating == 0:
        return QCoreApplication.translate("Naming", "no stars")
    if rating == 1:
        return QCoreApplication.translate("Naming", "1 star")
    return QCoreApplication.translate("Naming", "{} stars").format(rating)


def label_name(label: str) -> str:
    """ "red label", one of `LABELS`; "no label" for none."""
    return {
        "": QCoreApplication.translate("Naming", "no label"),
        "red": QCoreApplication.translate("Naming", "red label"),
        "yellow": QCoreApplication.translate("Naming", "yellow label"),
        "green": QCoreApplication.translate("Naming", "green label"),
        "blue": QCoreApplication.translate("Naming", "blue label"),
        "purple": QCoreApplication.translate("Naming", "purple label"),
    }[label]


def described(shot: Shot, marks: Marks, *, edited: bool) -> str:
    """All that a frame of the film strip shows, as it is read out: "shoe.jpg, 3 stars, red label, edited"."""
    told = [shot_name(shot, marks.name)]
    if marks.rating:
        told.append(stars_name(marks.rating))
    if marks.label:
        told.append(label_name(marks.label))
    if marks.concept:
        told.append(QCoreApplication.translate("Naming", "concept"))
    if edited:
        told.append(QCoreApplication.translate("Naming", "edited"))
    return QCoreApplication.translate("Naming", ", ").join(told)
