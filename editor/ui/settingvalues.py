"""Setting values: what the text of a setting may be; each function takes one and raises ValueError for any other."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from editor.core.output import Output


def one_of(text: str, words: Collection[str]) -> str:
    if text not in words:
        raise ValueError(f"{text!r} is none of {', '.join(words)}")
    return text


def words(text: str, among: Collection[str] | None = None) -> list[str]:
    told = json.loads(text)
    if not isinstance(told, list):
        raise ValueError("not a list")
    for each in told:
        if not isinstance(each, str) or (among is not None and each not in among):
            raise ValueError(f"{each!r} does not belong there")
    return told


def output(text: str) -> dict[str, Any]:
    told = json.loads(text)
    if not isinstance(told, dict):
        raise ValueError("not an object")
    plain = Output()
    known = {name: told[name] for name in asdict(plain).keys() & told.keys() - {"strip"}}
    for name, value in known.items():
        kind = type(getattr(plain, name))
        if kind in (bool, int) and type(value) is not kind:
            raise ValueError(f"{name}: {value!r} is no {kind.__name__}")
    try:
        Output(**known)
    except TypeError as error:
        raise ValueError(str(error)) from None
    return known


def switch(text: str) -> str:
    return one_of(text, ("yes", "no"))


def titles(text: str) -> dict[str, str]:
    told = json.loads(text)
    if not isinstance(told, dict) or not all(isinstance(title, str) and title for title in told.values()):
        raise ValueError("not the names of sliders")
    return told
