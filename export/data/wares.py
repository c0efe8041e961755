"""Wares: products cut out of their photos, all of one size, with what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from editor.core.job import Job
from editor.core.model import Model
from editor.craft.crop import crop_of, cropped
from export.data.mattes import product
from export.data.photos import held_out, pictures, read

WORDS: dict[str, tuple[str, ...]] = {
    "category": ("t-shirt", "longsleeve", "polo", "shirt", "top", "dress", "skirt", "sweater", "jacket", "trousers",
                 "shorts", "kurta", "underwear", "hat", "casual shoes", "sports shoes", "formal shoes", "heels",
                 "sandals", "bag", "watch", "sunglasses", "wallet", "belt", "socks"),
    "colour": ("black", "white", "grey", "blue", "navy", "brown", "beige", "red", "maroon", "pink", "purple", "green",
               "olive", "yellow", "orange", "silver", "gold"),
    "gender": ("men", "women", "girls", "boys", "unisex"),
    "usage": ("casual", "formal", "sports", "ethnic"),
}  # fmt: skip
_CATEGORIES = {
    "t-shirt": "t-shirt|tshirts", "longsleeve": "longsleeve", "polo": "polo", "shirt": "shirt|shirts",
    "top": "top|tops|blouse|tunics", "dress": "dress|dresses", "skirt": "skirt|skirts",
    "sweater": "sweaters|sweatshirts|hoodie", "jacket": "jackets|blazer|blazers|outwear",
    "trousers": "pants|trousers|jeans|track pants|leggings|capris", "shorts": "shorts", "kurta": "kurtas|kurtis",
    "underwear": "briefs|innerwear vests|undershirt|trunk|body", "hat": "hat|caps", "casual shoes": "casual shoes",
    "sports shoes": "sports shoes", "formal shoes": "formal shoes", "heels": "heels|flats",
    "sandals": "sandals|flip flops|sports sandals", "bag": "handbags|backpacks|laptop bag|duffel bag|clutches",
    "watch": "watches", "sunglasses": "sunglasses", "wallet": "wallets", "belt": "belts", "socks": "socks",
}  # fmt: skip
_COLOURS = {
    "grey": "charcoal|grey melange|steel|metallic", "blue": "turquoise blue|teal", "navy": "navy blue",
    "brown": "coffee brown|rust|copper|bronze|tan", "beige": "cream|off white|nude|khaki|taupe",
    "maroon": "burgundy", "pink": "peach", "purple": "lavender|mauve|magenta",
    "green": "sea green|fluorescent green|lime green", "yellow": "mustard",
}  # fmt: skip
LEAST, MOST, BROKEN = 0.03, 0.8, 0.15  # of a photo that a product takes; of a matte that is neither here nor there
KEPT = Path(".train/wares")


@dataclass(frozen=True, eq=False)
class Wares:
    """`pictures` (n, 4, side, side): straight RGBA, white where there is nothing. `names` (n) of their files, without
    suffix; `held` (n,): whether kept for measuring; `labels`: by kind of `WORDS`, which word (n,), -1 where unknown."""

    pictures: NDArray[np.uint8]
    names: tuple[str, ...]
    held: NDArray[np.bool_]
    labels: Mapping[str, NDArray[np.int64]]


def wares(folders: Sequence[Path], side: int, model: Model | None = None, keep: Path | None = KEPT) -> Wares:
    """The products on the photos below `folders`, `side` pixels on a side.

    Photos on white and with alpha are cut out by `mattes.product`; others by `model`, the published cut-out network if
    it is None. Photos whose product is cut by the edge, nearly nothing or hardly told are left out. What is known
    comes from an `attributes.csv` or `labels.csv` in a folder or above it. Made once for the same files, and kept in
    `keep`. Raises ValueError where there is no product.
    """
    files = pictures(folders)
    told = sha256("\n".join([str(side), repr(WORDS), *(f"{f} {f.stat().st_size}" for f in files)]).encode())
    place = None if keep is None else keep / f"{told.hexdigest()[:16]}.npz"
    if place and place.exists():
        with np.load(place) as kept:
            labels = {kind: kept[kind] for kind in WORDS}
            return Wares(kept["pictures"], tuple(kept["names"].tolist()), kept["held"], labels)
    known = {folder: attributes(folder) for folder in {file.parent for file in files}}
    model = model or _network()
    crops, names, held, labels = [], [], [], {kind: [] for kind in WORDS}
    for file in files:
        if (crop := ware(file, side, model)) is None:
            continue
        crops.append(crop)
        names.append(file.stem)
        held.append(held_out(file))
        said = known[file.parent].get(file.name, {})
        for kind, words in WORDS.items():
            labels[kind].append(words.index(said[kind]) if kind in said else -1)
    if not crops:
        raise ValueError(f"there is no product to be cut out in {', '.join(map(str, folders))}")
    made = Wares(np.stack(crops), tuple(names), np.array(held), {k: np.array(v, np.int64) for k, v in labels.items()})
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(".part.npz")
        planes: dict[str, Any] = {"pictures": made.pictures, "names": np.array(names), "held": made.held, **made.labels}
        np.savez(part, **planes)
        part.replace(place)
    return made


def ware(file: Path, side: int, model: Model) -> NDArray[np.uint8] | None:
    """The product on a photo, straight RGBA uint8 (4, side, side); None where it is not to be had whole."""
    if (found := product(file)) is not None:
        rgb, matte = (np.asarray(p, np.float32) / np.float32(255) for p in (found.rgb, found.alpha))
        if sum(found.cut) > 1:
            return None
    else:
        rgb = np.asarray(read(file), np.float32) / np.float32(255)
        matte = model.run(rgb, Job())[..., 0]
        unsure = ((matte > 0.1) & (matte < 0.9)).sum()
        solid = matte > 0.5
        if not LEAST < solid.mean() < MOST or unsure > BROKEN * solid.sum():
            return None
        if sum(edge.mean() > 0.02 for edge in (solid[0], solid[-1], solid[:, 0], solid[:, -1])) > 1:
            return None
    if (crop := crop_of(matte)) is None:
        return None
    return np.asarray(cropped(rgb, matte, crop, side) * 255 + 0.5, np.uint8).transpose(2, 0, 1)


def over_white(rgba: NDArray[np.uint8]) -> Tensor:
    """Straight RGBA (n, 4, h, w) as what is seen on white paper, with alpha: float32 (n, 4, h, w) in 0..1."""
    planes = torch.from_numpy(rgba).float() / 255
    alpha = planes[:, 3:]
    return torch.cat([planes[:, :3] * alpha + 1 - alpha, alpha], 1)


def attributes(folder: Path) -> dict[str, dict[str, str]]:
    """What is known of the photos in a folder, by file name: kinds and words of `WORDS`."""
    found: dict[str, dict[str, str]] = {}
    for place in (folder, folder.parent):
        for name in ("attributes.csv", "labels.csv"):
            if (place / name).exists():
                with (place / name).open(newline="", encoding="utf-8") as lines:
                    found |= {row["file"]: _said(row) for row in DictReader(lines)}
    return found


def _said(row: Mapping[str, str]) -> dict[str, str]:
    category = (row.get("articleType") or row.get("label") or "").lower()
    colour, gender, usage = (str(row.get(key) or "").lower() for key in ("baseColour", "gender", "usage"))
    said = {"category": _word(category, _CATEGORIES), "colour": _word(colour, _COLOURS) or colour,
            "gender": gender, "usage": usage}  # fmt: skip
    return {kind: word for kind, word in said.items() if word in WORDS[kind]}


def _word(name: str, words: Mapping[str, str]) -> str:
    return next((word for word, names in words.items() if name in names.split("|")), "")


def _network() -> Model:
    from editor.ml.store import Store, model_folder

    return Store(model_folder())["cutout"]


def count(labels: Iterable[int], words: Sequence[str]) -> dict[str, int]:
    """How many there are of each word."""
    values = list(labels)
    return {word: values.count(index) for index, word in enumerate(words)}
