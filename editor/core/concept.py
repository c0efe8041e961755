"""Concept: the mark of a picture that a network drew from words: what was asked for, kept in file and sidecar."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.core.metadata.packet import Packet, Unreadable
from editor.core.origin import GENERATED, strength, told_by

SIDECAR = ".packshot.json"  # what the name of a photo's sidecar ends in
SYSTEM = "Packshot"
LONGEST = 200  # signs of a word, and words, that are taken from a file
_ASKED, _WHO, _WHICH = "Iptc4xmpExt:AIPromptInformation", "Iptc4xmpExt:AISystemUsed", "Iptc4xmpExt:AISystemVersionUsed"
_NUMBERS = ("seed", "picture", "spread")
_MOST_WHOLE, _MOST_SPREAD = 2**53, 1e6  # more are no numbers that anybody asked for


@dataclass(frozen=True)
class Concept:
    """What a picture was drawn from: `words` by kind ("category", "sports shoes"), the seed, which picture of it, how
    far from the usual, and what drew it. What is not known, as of another program's picture, is empty, 0 or 1."""

    words: tuple[tuple[str, str], ...] = ()
    seed: int = 0
    number: int = 0  # of the picture among those of its seed, from 1 on; 0: not one of them, or not known
    spread: float = 1.0
    network: str = ""

    @property
    def asked(self) -> str:
        """All of it but the network in one line: "category: shirt; seed: 7; picture: 1; spread: 1"."""
        pairs = [f"{kind}: {word}" for kind, word in self.words]
        if self.network:
            picture = [f"picture: {self.number}"] if self.number else []
            pairs += [f"seed: {self.seed}", *picture, f"spread: {self.spread:g}"]
        return "; ".join(pairs)

    def to_dict(self) -> dict[str, object]:
        """As a sidecar has it."""
        if not self.network:
            return {"words": dict(self.words)} if self.words else {}
        asked = {"words": dict(self.words), "seed": self.seed, "picture": self.number, "spread": self.spread}
        return {"by": SYSTEM, **asked, "network": self.network}

    @staticmethod
    def from_dict(data: object) -> Concept | None:
        """What `to_dict` wrote, as JSON gives it back. Of anything else what can be understood: a mark must not be lost
        by a detail of it; None for what says nothing (null, false)."""
        if data is None or data is False:
            return None
        told = data if isinstance(data, Mapping) else {}
        words = told.get("words")
        pairs = tuple(words.items())[:LONGEST] if isinstance(words, Mapping) else ()
        spread, network = told.get("spread"), told.get("network")
        return Concept(
            tuple((kind[:LONGEST], word[:LONGEST]) for kind, word in pairs if isinstance(word, str)),
            _whole(told.get("seed")), _whole(told.get("picture")),
            float(spread) if isinstance(spread, int | float) and 0 <= spread <= _MOST_SPREAD else 1.0,
            network[:LONGEST] if isinstance(network, str) else "",
        )  # fmt: skip

    def xmp(self) -> bytes:
        """A packet that says so: IPTC's digital source type and properties of generated pictures (2025.1), and a
        description that every viewer shows."""
        work = Packet()
        work.put("Iptc4xmpExt:DigitalSourceType", GENERATED)
        work.put(_ASKED, self.asked)
        work.put(_WHO, SYSTEM)
        if self.network:
            work.put(_WHICH, self.network)
        told = f"Concept, drawn by {SYSTEM}, not photographed: {self.asked}"
        work.put_list("dc:description", "alt", [told])
        return work.packed()

    @staticmethod
    def in_xmp(xmp: bytes | None) -> Concept | None:
        """The concept of a packet that says that a network drew the picture, whoever wrote it; else None."""
        if not xmp or b"rainedAlgorithmicMedia" not in xmp:  # parsing takes long
            return None
        if strength(told_by(xmp)) != strength(GENERATED):
            return None
        try:
            work = Packet.parse(xmp)
        except Unreadable:
            return None
        if work.text(_WHO) != SYSTEM:
            return Concept()
        parts = (part.partition(":") for part in (work.text(_ASKED) or "").split(";", LONGEST)[:LONGEST])
        pairs = [(kind.strip(), word.strip()[:LONGEST]) for kind, _, word in parts if word.strip()]
        told: dict[str, object] = {kind: _number(word) for kind, word in pairs if kind in _NUMBERS}
        words = {kind: word for kind, word in pairs if kind not in _NUMBERS}
        return Concept.from_dict(told | {"words": words, "network": work.text(_WHICH)})


def beside(photo: Path) -> Concept | None:
    """What the sidecar of a photo says, whatever else is in it; None where there is none, or it says nothing."""
    try:
        data = photo.with_name(photo.name + SIDECAR).read_bytes()
        told = json.loads(data.decode("utf-8-sig")) if b'"concept"' in data else None
    except (OSError, ValueError, RecursionError):
        return None
    return Concept.from_dict(told.get("concept")) if isinstance(told, dict) else None


def _whole(value: object) -> int:
    return value if type(value) is int and 0 <= value <= _MOST_WHOLE else 0


def _number(text: str) -> int | float | None:
    try:
        return int(text) if text.isdigit() else float(text)
    except ValueError:
        return None
