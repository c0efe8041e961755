"""Latent sliders from the command line: what is written, and all that the photo came with kept."""

import numpy as np
import tifffile
from PIL import Image as Pillow
from PIL import ImageCms

from editor.core.matte_file import keep_matte
from editor.core.photo import Photo
from editor.edits.latent import FAR, UNFOUND
from tests.coding import Decoder, codes
from tests.edits.test_latent import egg


def test_sliders_are_set_and_notes_are_printed(packshot, tmp_path, models, capsys):
    rgb, matte = egg()
    path, out = tmp_path / "egg.png", tmp_path / "out.png"
    Pillow.fromarray((rgb.clip(0, 1) * 255 + 0.5).astype(np.uint8)).save(path)
    assert packshot("apply", path, "-o", out, "--edit", "latent:direction_4=2,hue=-1") == 0
    assert f"latent: {UNFOUND}" in capsys.readouterr().err
    assert np.array_equal(Photo.open(out).samples, Photo.open(path).samples)
    keep_matte(path, (matte * 255 + 0.5).astype(np.uint8))
    assert packshot("apply", path, "-o", out, "--edit", "latent:direction_4=2,hue=-1") == 0
    assert "with a note" not in capsys.readouterr().err
    made, plain = Photo.open(out).at().rgb, Photo.open(path).at().rgb
    assert np.abs(made - plain)[matte > 0.9].mean() > 0.02 and np.array_equal(made[:10], plain[:10])
    assert packshot("apply", path, "-o", out, "--edit", "latent:direction_4=7") == 2
    assert "latent: direction_4 7 is not between -6 and 6" in capsys.readouterr().err


def test_what_is_far_from_the_model_is_said(packshot, tmp_path, models, capsys):
    class Narrow(Decoder):
        codes = codes().__class__(codes().directions, codes().mean, codes().deviation, 0.01, 9.0)

    models["latent-decoder"] = Narrow()
    rgb, matte = egg()
    path = tmp_path / "egg.png"
    Pillow.fromarray((rgb.clip(0, 1) * 255 + 0.5).astype(np.uint8)).save(path)
    keep_matte(path, (matte * 255 + 0.5).astype(np.uint8))
    assert packshot("apply", path, "-o", tmp_path / "out.png", "--edit", "latent:direction_5=1") == 0
    assert f"latent: {FAR[:30]}" in capsys.readouterr().err


def test_profile_exif_alpha_and_sixteen_bits_are_kept(packshot, tmp_path, models):
    rgb, matte = egg()
    ground = np.dstack([rgb, matte])
    path, out = tmp_path / "egg.tif", tmp_path / "out.tif"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = {"iccprofile": profile, "extratags": [(315, "s", 0, "A photographer", True)]}
    samples = (ground.clip(0, 1) * 65535 + 0.5).astype(np.uint16)
    tifffile.imwrite(path, samples, photometric="rgb", extrasamples=["unassalpha"], **kept)
    assert packshot("apply", path, "-o", out, "--edit", "latent:direction_5=-1,direction_1=0.7") == 0
    before, after = Photo.open(path), Photo.open(out)
    assert after.samples.dtype == np.uint16 and len(np.unique(np.asarray(after.samples) & 0xFF)) > 200
    assert after.space.profile == before.space.profile == profile
    alpha, was = (np.asarray(photo.alpha, np.float32) / 65535 for photo in (after, before))
    assert 0.55 < alpha.sum() / was.sum() < 0.98 and alpha.max() == 1 and (alpha[:20] == 0).all()
    with tifffile.TiffFile(out) as file:
        assert "A photographer" in str(file.pages[0].tags.get("Artist"))
