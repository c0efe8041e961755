"""Render: furniture models as cut-outs with exact alpha, ray-traced under drawn light, for networks to learn from."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

import cv2
import numpy as np
from numpy.typing import NDArray

from export.data.mattes import Bytes

LARGEST = 25_000_000  # bytes of an OBJ file
UNPACKED = 4_000_000_000  # bytes that one collection may have unpacked
RAYS = 24  # for each pixel
BOUNCES = 5
QUALITY = 93  # of WebP
LEAST, MOST = 0.02, 0.9  # of a picture that a model covers
BRIGHT = 0.75  # linear light of the brightest parts
LICENCES = {
    r"publicdomain/zero|choose/zero": "CC0",
    r"licenses/by/3\.0/us": "CC BY 3.0 US",
    r"licenses/by/3\.0": "CC BY 3.0",
    r"licenses/by/4\.0": "CC BY 4.0",
    r"licenses/by-sa/4\.0": "CC BY-SA 4.0",
}
Floats = NDArray[np.float64]
Corner = tuple[int, int]  # numbers of a position and a texture coordinate, -1 for none
Groups = dict[str, list[tuple[Corner, Corner, Corner]]]  # triangles by material


def render(folder: Path, to: Path, views: int, size: int, say: Callable[[str], None], most: int = 0) -> int:
    """Renders every OBJ model below `folder` (also inside .sh3f files, which are zips) `views` times to `to`, WebP with
    straight alpha, `size` px square, and writes sources.csv with the licence of each collection. Returns how many
    pictures were made; what is there already is kept. `most`, where it is not 0, is how many models are taken.

    A model's views come from its name alone. One that cannot be rendered is left out, with a line. Raises ValueError
    where Mitsuba is not installed, or there is no model.
    """
    mitsuba = _mitsuba()
    to.mkdir(parents=True, exist_ok=True)
    licences: dict[str, str] = {}
    made, found = 0, 0
    with _collections(folder) as collections:
        for name, inside in collections:
            licences[name] = licence_of(inside)
            for model in sorted(inside.rglob("*.obj")):
                if most and found >= most:
                    break
                found += 1
                made += _all_views(mitsuba, model, name, to, views, size, say)
    if not found:
        raise ValueError(f"{folder}: there are no OBJ models in it")
    with (to / "sources.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "licence"])
        for picture in sorted(to.glob("*.webp")):
            collection = max((n for n in licences if picture.name.startswith(f"{n}-")), key=len, default="")
            rows.writerow([picture.name, licences.get(collection, "licence not stated")])
    return made


def licence_of(collection: Path) -> str:
    """The Creative Commons licence that a collection's LICENSE.TXT names by its address, with the collection's name."""
    texts = [file.read_text("utf-8", "replace") for file in sorted(collection.glob("LICEN[CS]E*"))]
    for address, licence in LICENCES.items():
        if any(re.search(rf"creativecommons\.org/({address})", text) for text in texts):
            return f"{licence} ({collection.name})"
    return f"licence not stated ({collection.name})"


def _mitsuba() -> Any:
    try:
        import mitsuba
    except ImportError:
        raise ValueError("rendering needs Mitsuba: pip install -e '.[render]'") from None
    mitsuba.set_variant("scalar_rgb")
    return mitsuba


@contextmanager
def _collections(folder: Path) -> Iterator[list[tuple[str, Path]]]:
    """The collections below `folder` by name: its .sh3f files, unpacked for as long as it takes, or its folders."""
    if not folder.is_dir():
        raise ValueError(f"{folder}: there is no such folder")
    packed = sorted(folder.rglob("*.sh3f"))
    with TemporaryDirectory() as room:
        found = []
        for file in packed:
            place = Path(room) / file.stem
            try:
                with ZipFile(file) as inside:
                    if sum(part.file_size for part in inside.infolist()) > UNPACKED:
                        raise ValueError(f"{file}: would be more than {UNPACKED / 1e9:.0f} GB unpacked")
                    inside.extractall(place)  # which keeps every path inside `place`
            except BadZipFile:
                raise ValueError(f"{file}: is no collection of furniture") from None
            found.append((file.stem, place))
        loose = [f for f in sorted(folder.iterdir()) if f.is_dir() and any(f.rglob("*.obj"))]
        yield found + [(f.name, f) for f in loose] or [(folder.name, folder)]


def _all_views(mitsuba: Any, model: Path, collection: str, to: Path, views: int, size: int,
               say: Callable[[str], None]) -> int:  # fmt: skip
    made = 0
    for view in range(views):
        name = f"{collection}-{model.stem}-{view}"
        place = to / (re.sub(r"[^\w.-]", "_", name) + ".webp")
        if place.exists():
            continue
        try:
            if model.stat().st_size > LARGEST:
                raise ValueError("the model is too large")
            picture = one(mitsuba, model, Random(name), size)
        except (ValueError, RuntimeError, IndexError, OSError) as error:
            say(f"{name}: left out ({' '.join(str(error).split())[:120]})")
            continue
        place.write_bytes(cv2.imencode(".webp", picture, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])[1].tobytes())
        say(place.name)
        made += 1
    return made


def one(mitsuba: Any, model: Path, chance: Random, size: int) -> Bytes:
    """One view of an OBJ model, path-traced (Kajiya, SIGGRAPH 1986): BGRA uint8 (size, size, 4), straight alpha, sRGB.

    Raises ValueError where it shows too little or too much.
    """
    pixels = np.array(mitsuba.render(_scene(mitsuba, model, chance, size)), np.float64)
    alpha = pixels[..., 3].clip(0, 1)
    solid = alpha > 0.5
    if not LEAST < solid.mean() < MOST:
        raise ValueError(f"covers {100 * solid.mean():.0f} % of the picture")
    light = pixels[..., :3] / np.maximum(alpha, 1e-3)[..., None]
    light = light * BRIGHT / max(float(np.percentile(light[solid], 97)), 1e-3)
    curve = 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055
    rgb = np.where(light < 0.0031308, 12.92 * light, curve).clip(0, 1)
    return (np.dstack([rgb[..., ::-1], alpha]) * 255 + 0.5).astype(np.uint8)


def read_obj(model: Path) -> tuple[Floats, Floats, Groups, dict[str, dict[str, str]]]:
    """Positions (n, 3), texture coordinates (m, 2), triangles by material and the materials of a Wavefront OBJ file.

    Raises ValueError or IndexError for a file that is none.
    """
    positions, textures, groups = [], [], dict[str, Any]()
    material, library = "", ""
    for line in model.read_text("latin-1").splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] == "v":
            positions.append([float(word) for word in words[1:4]])
        elif words[0] == "vt":
            textures.append([float(word) for word in words[1:3]])
        elif words[0] == "mtllib":
            library = line.split(None, 1)[1].strip()
        elif words[0] == "usemtl":
            material = line.split(None, 1)[1].strip() if len(words) > 1 else ""
        elif words[0] == "f":
            corners = [_corner(word, len(positions), len(textures)) for word in words[1:]]
            fan = ((corners[0], corners[i], corners[i + 1]) for i in range(1, len(corners) - 1))
            groups.setdefault(material, []).extend(fan)
    if not any(groups.values()):
        raise ValueError("it has no faces")
    materials = _materials(model.parent / library) if library and (model.parent / library).is_file() else {}
    return np.array(positions), np.array(textures or [[0.0, 0.0]]), groups, materials


def _corner(word: str, positions: int, textures: int) -> Corner:
    """A corner such as 3/1/2 or -1/-1; numbers below 0 count back from the last."""
    parts = word.split("/")
    place, texture = int(parts[0]), int(parts[1]) if len(parts) > 1 and parts[1] else 0
    return (place - 1 if place > 0 else positions + place,
            texture - 1 if texture > 0 else textures + texture if texture else -1)  # fmt: skip


def _materials(library: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in library.read_text("latin-1").splitlines():
        key, _, value = line.strip().partition(" ")
        if key == "newmtl":
            current = found.setdefault(value.strip(), {})
        elif value:
            current[key] = value.strip()
    return found


def _scene(mitsuba: Any, model: Path, chance: Random, size: int) -> Any:
    """The model, brought to a radius of 1, before a camera and under a sky and one or two lamps."""
    positions, textures, groups, materials = read_obj(model)
    used = positions[[place for group in groups.values() for corners in group for place, _ in corners]]
    low, high = used.min(0), used.max(0)
    positions = (positions - (low + high) / 2) / max(float(np.linalg.norm(high - low)) / 2, 1e-9)
    look_at = mitsuba.ScalarTransform4f().look_at
    scene: dict[str, Any] = {"type": "scene",
                             "integrator": {"type": "path", "max_depth": BOUNCES, "hide_emitters": True}}  # fmt: skip
    for number, (name, triangles) in enumerate(groups.items()):
        bsdf = _bsdf(materials.get(name, {}), model.parent, chance)
        scene[f"mesh{number}"] = _mesh(mitsuba, f"mesh{number}", triangles, positions, textures, bsdf)
    around, up = (
        chance.uniform(0, 2 * np.pi),
        np.radians(chance.choice([chance.uniform(3, 25), chance.uniform(10, 45)])),
    )
    view = chance.uniform(15, 40)
    eye = _towards(around, up) * 1.05 / np.sin(np.radians(view / 2))
    scene["sensor"] = {
        "type": "perspective", "fov": view, "to_world": look_at(origin=eye.tolist(), target=[0, 0, 0], up=[0, 1, 0]),
        "film": {"type": "hdrfilm", "width": size, "height": size, "pixel_format": "rgba",
                 "rfilter": {"type": "gaussian"}},
        "sampler": {"type": "independent", "sample_count": RAYS},
    }  # fmt: skip
    scene["sky"] = {"type": "constant", "radiance": {"type": "rgb", "value": [chance.uniform(0.25, 0.7)] * 3}}
    for number in range(chance.choice([1, 1, 2])):
        lamp = _towards(around + chance.uniform(-1.8, 1.8), chance.uniform(0.3, 1.3)) * 4
        warm = [chance.uniform(3, 9) * part for part in (1, chance.uniform(0.9, 1), chance.uniform(0.75, 1))]
        facing = look_at(origin=lamp.tolist(), target=[0, 0, 0], up=[0.01, 1, 0])
        scene[f"lamp{number}"] = {
            "type": "rectangle", "to_world": facing.scale(chance.uniform(0.6, 1.6)),
            "emitter": {"type": "area", "radiance": {"type": "rgb", "value": warm}},
        }  # fmt: skip
    return mitsuba.load_dict(scene)


def _towards(around: float, up: float) -> Floats:
    return np.array([np.cos(up) * np.sin(around), np.sin(up), np.cos(up) * np.cos(around)])


def _bsdf(material: dict[str, str], folder: Path, chance: Random) -> dict[str, Any]:
    """How a material of an MTL file takes light: matt or glossy, its colour or picture, as clear as it says."""

    def numbers(key: str, otherwise: str) -> list[float]:
        return [min(max(float(word), 0.0), 0.95) for word in material.get(key, otherwise).split()[:3]]

    colour: dict[str, Any] = {"type": "rgb", "value": numbers("Kd", "0.7 0.7 0.7")}
    picture = folder / material.get("map_Kd", "").rpartition(" ")[2].replace("\\", "/")
    if picture.is_file():
        colour = {"type": "bitmap", "filename": str(picture)}
    surface: dict[str, Any] = {"type": "diffuse", "reflectance": colour}
    if float(np.mean(numbers("Ks", "0 0 0"))) > 0.15:
        surface = {"type": "roughplastic", "diffuse_reflectance": colour, "alpha": chance.uniform(0.08, 0.4)}
    both = {"type": "twosided", "bsdf": surface}
    opacity = float(material.get("d", "1").split()[0])
    return {"type": "mask", "opacity": max(0.15, opacity), "bsdf": both} if opacity < 0.99 else both


def _mesh(mitsuba: Any, name: str, triangles: list[tuple[Corner, Corner, Corner]], positions: Floats,
          textures: Floats, bsdf: dict[str, Any]) -> Any:  # fmt: skip
    corners = [corner for triangle in triangles for corner in triangle]
    numbers = {corner: number for number, corner in enumerate(dict.fromkeys(corners))}
    places = np.array([positions[place] for place, _ in numbers], np.float32)
    flat = np.array([textures[t] if 0 <= t < len(textures) else (0, 0) for _, t in numbers], np.float32)
    properties = mitsuba.Properties()
    properties["mesh_bsdf"] = mitsuba.load_dict(bsdf)
    mesh = mitsuba.Mesh(name, len(numbers), len(triangles), has_vertex_texcoords=True, props=properties)
    inside = mitsuba.traverse(mesh)
    inside["vertex_positions"], inside["vertex_texcoords"] = places.ravel(), flat.ravel()
    inside["faces"] = np.array([numbers[corner] for corner in corners], np.uint32)
    inside.update()
    return mesh
