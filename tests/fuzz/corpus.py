"""Corpus: one small picture of every kind of file that is read, made by code, as bytes by name."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import imagecodecs
import numpy as np
import pillow_heif
import tifffile
from PIL import Image as Pillow

from editor.core.color import DISPLAY_P3

SIZE = (70, 50)  # width, height


def picture(depth=8, channels=3, size=SIZE, grain=0.1):
    """A gradient with some grain on it: uint8, uint16 or float32, (h, w, channels), the fourth channel alpha."""
    x, y = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    planes = np.stack([x, y, 1 - x, (x + y) / 2, x * y][:channels], -1)
    planes = (planes * 0.9 + np.random.default_rng(1).uniform(0, grain, planes.shape)).astype(np.float32)
    if depth == 32:
        return planes
    return (planes * ((1 << depth) - 1) + 0.5).astype(np.uint8 if depth <= 8 else np.uint16)


def by_pillow(picture, kind, **settings):
    out = io.BytesIO()
    picture.save(out, kind, **settings)
    return out.getvalue()


def by_tifffile(samples, **settings):
    out = io.BytesIO()
    tifffile.imwrite(out, samples, metadata=None, **settings)
    return out.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(samples, bits, kind, before=b"", interlaced=False):
    """A PNG written by hand: samples (h, w, n) of `bits` bits in colour type `kind`."""

    def packed(rows):
        if bits == 16:
            return rows.astype(">u2").reshape(len(rows), -1).view(np.uint8)
        flat = rows.reshape(len(rows), -1).astype(np.uint8)
        if bits == 8:
            return flat
        places = np.unpackbits(flat[..., None], axis=-1)[..., 8 - bits :]
        return np.packbits(places.reshape(len(rows), -1), axis=1)

    steps = ((0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1))
    passes = [samples[a::b, c::d] for a, b, c, d in steps] if interlaced else [samples]
    lines = b"".join(b"\0" + row.tobytes() for part in passes if part.size for row in packed(part))
    head = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], bits, kind, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + before
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def psd(samples, mode, layers=b"", resources=b"", packed=True, big=False, palette=b""):
    """A PSD or PSB file with only its composite: samples (h, w, n); mode 1 grey, 2 indexed, 3 RGB, 4 CMYK, 9 Lab."""
    height, width, channels = samples.shape
    planes = np.moveaxis(samples, 2, 0).astype(samples.dtype.newbyteorder(">"))
    head = struct.pack(">4sH6sHIIHH", b"8BPS", 1 + big, b"", channels, height, width, 8 * samples.dtype.itemsize, mode)
    if packed:
        rows = [imagecodecs.packbits_encode(row.tobytes()) for plane in planes for row in plane]
        body = struct.pack(f">H{len(rows)}{'I' if big else 'H'}", 1, *map(len, rows)) + b"".join(rows)
    else:
        body = struct.pack(">H", 0) + planes.tobytes()

    def block(data, width="I"):
        return struct.pack(f">{width}", len(data)) + data

    return head + block(palette) + block(resources) + block(layers, "Q" if big else "I") + body


def resource(number, data):
    return struct.pack(">4sHHI", b"8BIM", number, 0, len(data)) + data + b"\0" * (len(data) % 2)


def transparent_layers(big=False):
    """A layer section without layers that says that the first further channel is the picture's transparency."""
    inner = struct.pack(">h", -1)
    return struct.pack(">Q" if big else ">I", len(inner)) + inner


_TO_SRGB = (3.2404542, -1.5371385, -0.4985314, -0.9692660, 1.8760108, 0.0415560, 0.0556434, -0.2040259, 1.0572252)


def dng(linear, turn=1, **settings):
    """A DNG of a camera that sees linear sRGB (h, w, 3), 0..1, through an RGGB filter, in 14 bits."""
    values = (linear * 16383).astype(np.uint16)
    mosaic = values[..., 1].copy()
    mosaic[0::2, 0::2], mosaic[1::2, 1::2] = values[0::2, 0::2, 0], values[1::2, 1::2, 2]
    matrix = [part for number in _TO_SRGB for part in (round(number * 10000), 10000)]
    tags = [
        (271, 2, 0, "Packshot", True), (272, 2, 0, "Test", True), (274, 3, 1, turn, True),
        (33421, 3, 2, (2, 2), True), (33422, 1, 4, bytes([0, 1, 1, 2]), True),
        (50706, 1, 4, bytes([1, 4, 0, 0]), True), (50707, 1, 4, bytes([1, 1, 0, 0]), True),
        (50708, 2, 0, "Packshot Test", True), (50714, 3, 1, 0, True), (50717, 3, 1, 16383, True),
        (50721, 10, 9, matrix, True), (50728, 5, 3, [1, 1, 1, 1, 1, 1], True), (50778, 3, 1, 21, True),
    ]  # fmt: skip
    return by_tifffile(mosaic, photometric="cfa", extratags=tags, software=False, **settings)


def heic(samples, bits, mode, **settings):
    out = io.BytesIO()
    height, width = samples.shape[:2]
    shifted = (samples.astype(np.uint16) << (16 - bits)) if bits > 8 else samples
    pillow_heif.encode(
        mode, (width, height), shifted.tobytes(), out, quality=-1, chroma=444, matrix_coefficients=0,
        save_nclx_profile=True, bit_depth=bits, **settings,
    )  # fmt: skip
    return out.getvalue()


def exif(orientation=6):
    tags = Pillow.Exif()
    tags[0x0112], tags[0x010F] = orientation, "Packshot"
    return tags.tobytes()


def corpus():
    """Every kind of file: name -> bytes."""
    return {**_common(), **_tiffs(), **_modern(), **_others()}


def _common():
    rgb, rgba = Pillow.fromarray(picture()), Pillow.fromarray(picture(channels=4), "RGBA")
    grey = rgb.convert("L")
    palette = rgba.quantize(40)
    tagged = {"exif": exif(), "icc_profile": DISPLAY_P3.profile}
    files = {
        "baseline.jpg": by_pillow(rgb, "JPEG", quality=90, **tagged),
        "progressive.jpg": by_pillow(rgb, "JPEG", progressive=True, subsampling=2),
        "grey.jpg": by_pillow(grey, "JPEG", restart_marker_rows=1),
        "cmyk.jpg": by_pillow(rgb.convert("CMYK"), "JPEG"),
        "twelve.jpg": bytes(imagecodecs.jpeg8_encode(picture(12), bitspersample=12, level=90)),
        "rgb.png": by_pillow(rgb, "PNG", **tagged),
        "rgba.png": by_pillow(rgba, "PNG"),
        "rgba16.png": png(picture(16, 4), 16, 6, chunk(b"cICP", bytes([12, 13, 0, 1]))),
        "interlaced.png": png(picture(16), 16, 2, chunk(b"gAMA", struct.pack(">I", 100000)), interlaced=True),
        "palette.png": by_pillow(palette, "PNG"),
        "bits.png": by_pillow(rgb.convert("1"), "PNG"),
        "lossless.webp": by_pillow(rgba, "WEBP", lossless=True),
        "lossy.webp": by_pillow(rgb, "WEBP", **tagged),
        "moving.webp": by_pillow(rgb, "WEBP", save_all=True, append_images=[rgb.rotate(90)]),
        "palette.gif": by_pillow(palette, "GIF", transparency=0),
        "moving.gif": by_pillow(palette, "GIF", save_all=True, append_images=[palette.rotate(180)]),
        "rgb.bmp": by_pillow(rgb, "BMP"),
        "rgba.bmp": by_pillow(rgba, "BMP"),
        "palette.bmp": by_pillow(rgb.quantize(16), "BMP"),
    }
    return files


def _tiffs():
    rgb = {"photometric": "rgb"}
    colourmap = np.arange(768, dtype=np.uint16).reshape(3, 256) * 85
    pages = io.BytesIO()
    with tifffile.TiffWriter(pages) as writer:
        writer.write(picture(), photometric="rgb", metadata=None)
        writer.write(picture(size=(20, 10)), photometric="rgb", subfiletype=1, metadata=None)
    lab = picture(16)
    return {
        "plain.tif": by_tifffile(picture(), **rgb),
        "lzw16.tif": by_tifffile(picture(16), compression="lzw", byteorder=">", **rgb),
        "deflate.tif": by_tifffile(picture(32), compression="deflate", predictor=True, tile=(32, 32), **rgb),
        "zstd.tif": by_tifffile(picture(channels=4), compression="zstd", extrasamples=["unassalpha"], **rgb),
        "packbits.tif": by_tifffile(picture(channels=1)[..., 0], compression="packbits", photometric="miniswhite"),
        "jpeg.tif": by_tifffile(picture(), compression="jpeg", rowsperstrip=16, **rgb),
        "planar.tif": by_tifffile(np.moveaxis(picture(16), 2, 0), planarconfig="separate", bigtiff=True, **rgb),
        "half.tif": by_tifffile(picture(32).astype(np.float16), **rgb),
        "double.tif": by_tifffile(picture(32).astype(np.float64), **rgb),
        "associated.tif": by_tifffile(picture(channels=4), extrasamples=["assocalpha"], **rgb),
        "cmyk.tif": by_tifffile(picture(channels=4), photometric="separated"),
        "lab.tif": by_tifffile(lab, photometric="cielab"),
        "palette.tif": by_tifffile(picture(channels=1)[..., 0], photometric="palette", colormap=colourmap),
        "bits.tif": by_pillow(Pillow.fromarray(picture(channels=1)[..., 0]).convert("1"), "TIFF", compression="group4"),
        "pages.tif": pages.getvalue(),
        "camera.dng": dng(picture(32, size=(96, 64)).clip(0, 1)),
    }


def _modern():
    rgb, p3 = Pillow.fromarray(picture()), {"icc_profile": DISPLAY_P3.profile}
    jpeg = by_pillow(rgb, "JPEG", quality=90)
    frames = {"save_all": True, "append_images": [rgb.rotate(90)]}
    preview = io.BytesIO()
    pillow_heif.from_pillow(rgb).save(preview, quality=80, thumbnails=[40], exif=exif(), **p3)
    return {
        "plain.avif": by_pillow(rgb, "AVIF", exif=exif(), **p3),
        "alpha.avif": by_pillow(Pillow.fromarray(picture(channels=4), "RGBA"), "AVIF"),
        "ten.avif": bytes(imagecodecs.avif_encode(picture(10), level=80, bitspersample=10, speed=8)),
        "twelve.avif": bytes(imagecodecs.avif_encode(picture(12, 4), level=100, bitspersample=12, speed=8)),
        "moving.avif": by_pillow(rgb, "AVIF", **frames),
        "plain.heic": preview.getvalue(),
        "ten.heic": heic(picture(10), 10, "RGB;16"),
        "twelve.heic": heic(picture(12, 4), 12, "RGBA;16"),
        "plain.jxl": bytes(imagecodecs.jpegxl_encode(picture(), level=90)),
        "alpha.jxl": bytes(imagecodecs.jpegxl_encode(picture(channels=4), lossless=True, usecontainer=True)),
        "sixteen.jxl": bytes(imagecodecs.jpegxl_encode(picture(16), lossless=True)),
        "float.jxl": bytes(imagecodecs.jpegxl_encode(picture(32), lossless=True)),
        "rebuilt.jxl": bytes(imagecodecs.jpegxl_encode_jpeg(jpeg)),
    }


def _others():
    return {
        "rgb.psd": psd(picture(), 3),
        "rgba16.psd": psd(picture(16, 4), 3, transparent_layers()),
        "float.psd": psd(picture(32), 3, packed=False),
        "cmyk.psb": psd(picture(channels=4), 4, big=True),
        "lab.psd": psd(picture(), 9),
        "palette.psd": psd(picture(channels=1), 2, palette=bytes(range(256)) * 3),
    }


def shipped(most=200_000):
    """Small pictures that installed packages bring along, by path."""
    try:
        import skimage
    except ImportError:
        return []
    places = sorted(Path(skimage.__file__).parent.rglob("data/*"))
    kinds = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp"}
    return [path for path in places if path.suffix.lower() in kinds and path.stat().st_size < most]
