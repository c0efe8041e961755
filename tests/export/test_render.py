"""Furniture models become cut-outs with exact alpha, with the licence they are under."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import cv2
import numpy as np
import pytest

from export.data.render import licence_of, read_obj, render

CUBE = """mtllib cube.mtl
v -1 -1 -1\nv 1 -1 -1\nv 1 1 -1\nv -1 1 -1\nv -1 -1 1\nv 1 -1 1\nv 1 1 1\nv -1 1 1
usemtl red
f 1 2 3 4\nf 5 6 7 8\nf 1 2 6 5\nf 2 3 7 6\nf 3 4 8 7\nf -8 -5 -1 -4
"""


def cube(folder: Path, name: str = "cube") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.obj").write_text(CUBE)
    (folder / "cube.mtl").write_text("newmtl red\nKd 0.8 0.1 0.1\nKs 0.5 0.5 0.5\n")
    (folder / "LICENSE.TXT").write_text("See http://creativecommons.org/licenses/by/3.0/us/ for it")
    return folder / f"{name}.obj"


def test_a_model_is_read_as_triangles_by_material(tmp_path: Path) -> None:
    positions, _, groups, materials = read_obj(cube(tmp_path))
    assert positions.shape == (8, 3) and list(groups) == ["red"] and len(groups["red"]) == 12
    assert [place for place, _ in groups["red"][-1]] == [0, 7, 4]  # counted from the last
    assert materials["red"]["Kd"] == "0.8 0.1 0.1"
    (tmp_path / "none.obj").write_text("v 0 0 0\n")
    with pytest.raises(ValueError, match="no faces"):
        read_obj(tmp_path / "none.obj")


def test_a_licence_is_told_by_its_address(tmp_path: Path) -> None:
    cube(tmp_path / "A")
    assert licence_of(tmp_path / "A") == "CC BY 3.0 US (A)"
    (tmp_path / "A" / "LICENSE.TXT").write_text("http://creativecommons.org/choose/zero/")
    assert licence_of(tmp_path / "A") == "CC0 (A)"
    (tmp_path / "A" / "LICENSE.TXT").unlink()
    assert licence_of(tmp_path / "A") == "licence not stated (A)"


def test_models_are_rendered_the_same_each_time_and_credited(tmp_path: Path) -> None:
    pytest.importorskip("mitsuba")
    source, said = tmp_path / "models", list[str]()
    cube(source / "Shop")
    (source / "Shop" / "broken.obj").write_text("f 1 2 3\n")
    with ZipFile(source / "Packed.sh3f", "w") as packed:
        for name in ("cube.obj", "cube.mtl"):
            packed.writestr(name, (source / "Shop" / name).read_bytes())
    assert render(source, tmp_path / "a", 2, 48, said.append) == 4
    assert next(line for line in said if "left out" in line).startswith("Shop-broken-0: left out")
    names = sorted(f.name for f in (tmp_path / "a").glob("*.webp"))
    assert names == ["Packed-cube-0.webp", "Packed-cube-1.webp", "Shop-cube-0.webp", "Shop-cube-1.webp"]
    listed = (tmp_path / "a" / "sources.csv").read_text().splitlines()
    assert listed[0] == "file,licence" and listed[-1] == "Shop-cube-1.webp,CC BY 3.0 US (Shop)"
    pixels = cv2.imread(str(tmp_path / "a" / names[2]), cv2.IMREAD_UNCHANGED)
    assert pixels.shape == (48, 48, 4) and pixels[0, 0, 3] == 0 and pixels[24, 24, 3] == 255
    blue, _, red = pixels[24, 24, :3].astype(int)
    assert red > blue + 40
    assert render(source, tmp_path / "a", 2, 48, said.append) == 0  # all are there
    assert render(source, tmp_path / "b", 1, 48, said.append) == 2
    again = cv2.imread(str(tmp_path / "b" / names[2]), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(again, pixels)


def test_a_folder_without_models_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("mitsuba")
    with pytest.raises(ValueError, match="no OBJ models"):
        render(tmp_path, tmp_path / "out", 1, 48, print)
    with pytest.raises(ValueError, match="no such folder"):
        render(tmp_path / "gone", tmp_path / "out", 1, 48, print)
    (tmp_path / "bad.sh3f").write_bytes(b"no zip")
    with pytest.raises(ValueError, match="no collection"):
        render(tmp_path, tmp_path / "out", 1, 48, print)
