"""Sources: one small photo in every kind of file, made by other programs than Packshot, with profile and metadata."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import tifffile
from PIL import Image as Pillow

from editor.core.color import ADOBE_RGB, DISPLAY_P3
from editor.core.sample import draw
from tests.icc import cmyk_profile

SIZE = (96, 64)  # width, height
TAGS = (  # what the photo says beside its pixels, as exiftool writes it
    "-IFD0:Make=Packshot Cameras", "-IFD0:Model=P1", "-ExifIFD:ExposureTime=1/125", "-ExifIFD:LensModel=50mm F1.8",
    "-ExifIFD:DateTimeOriginal=2026:05:01 10:20:30", "-IFD0:Artist=Li Wei", "-IFD0:Copyright=Li Wei",
    "-GPS:GPSLatitude=31.2304", "-GPS:GPSLatitudeRef=N", "-XMP-dc:Title=蓝色瓶子", "-XMP-xmp:Rating=4",
)  # fmt: skip
IPTC = ("-IPTC:Keywords=bottle", "-IPTC:Keywords=蓝色", "-IPTC:CodedCharacterSet=UTF8", "-IPTC:Headline=Bottle")


def picture() -> np.ndarray:
    """float (64, 96, 3), 0..1, with colours as strong as the file's space has."""
    small = draw(size=SIZE)
    small[8:24, 8:24] = (0.02, 0.95, 0.05)  # as green as it gets
    small[8:24, 28:44] = (0.97, 0.03, 0.02)
    return small.clip(0, 1).astype(np.float32)


def alpha() -> np.ndarray:
    return np.linspace(0.2, 1, SIZE[0], dtype=np.float32)[None].repeat(SIZE[1], 0)


def _int(pixels: np.ndarray, top: int) -> np.ndarray:
    return (pixels * top + 0.5).astype(np.uint8 if top < 256 else np.uint16)


def _pil(mode: str = "RGB", **options: object) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        pixels = _int(picture(), 255)
        file = Pillow.fromarray(pixels)
        profile: bytes | None = ADOBE_RGB.profile
        if mode == "CMYK":
            file = Pillow.merge(
                "CMYK", [Pillow.fromarray(255 - pixels[..., c]) for c in range(3)] + [Pillow.new("L", SIZE, 30)]
            )
            profile = cmyk_profile()
        elif mode == "L":
            file, profile = file.convert("L"), None
        elif mode == "P":
            file = file.quantize(64)
        elif mode == "RGBA":
            file.putalpha(Pillow.fromarray(_int(alpha(), 255)))
        extra = {} if path.suffix == ".bmp" or path.suffix == ".gif" else {"icc_profile": profile}
        file.save(path, **(extra | options))

    return write


def _tiff(
    dtype: type = np.uint8, with_alpha: bool = False, cmyk: bool = False, **options: object
) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        pixels = picture()
        if cmyk:
            pixels = np.dstack([1 - pixels, np.full(pixels.shape[:2], 0.1, np.float32)])
        if with_alpha:
            pixels = np.dstack([pixels, alpha()])
        data = pixels * 1.3 - 0.1 if dtype is np.float32 else _int(pixels, np.iinfo(dtype).max)
        tifffile.imwrite(
            path, data.astype(dtype), photometric="separated" if cmyk else "rgb", metadata=None,
            iccprofile=cmyk_profile() if cmyk else ADOBE_RGB.profile,
            extrasamples=["unassalpha"] if with_alpha else None, **options,
        )  # fmt: skip

    return write


def _png16(path: Path) -> None:
    plain = path.with_name("plain.png")
    plain.write_bytes(imagecodecs.png_encode(_int(np.dstack([picture(), alpha()]), 65535)))
    (path.parent / "a.icc").write_bytes(ADOBE_RGB.profile)
    subprocess.run(["convert", plain, "-profile", path.parent / "a.icc", path], check=True)


def _avif(bits: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        data = _int(picture(), 2**bits - 1)
        path.write_bytes(
            imagecodecs.avif_encode(
                data, 100, bitspersample=bits, pixelformat="yuv444", primaries=12, transfer=13, matrix=0
            )
        )

    return write


def _heic(bits: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        import pillow_heif

        if bits == 8:
            mode, data = "RGB", _int(picture(), 255)
        else:
            mode, data = "RGB;16", _int(picture(), 65535)
        file = pillow_heif.from_bytes(mode, SIZE, data.tobytes())
        if bits > 8:
            pillow_heif.options.SAVE_HDR_TO_12_BIT = bits == 12
        file.info["icc_profile"] = DISPLAY_P3.profile
        file.save(path, quality=-1, chroma=444, matrix_coefficients=0)

    return write


def _jxl(dtype: type) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(
            imagecodecs.jpegxl_encode(_int(picture(), np.iinfo(dtype).max), lossless=True, usecontainer=True)
        )

    return write


def _psd(path: Path) -> None:
    plain = path.with_name("plain-psd.png")
    Pillow.fromarray(_int(picture(), 255)).save(plain, icc_profile=ADOBE_RGB.profile)
    subprocess.run(["convert", plain, path], check=True)


def _dng(path: Path) -> None:
    """A colour filter array, RGGB, 16 bits, in a raw space that is linear sRGB: the least that DNG 1.4 asks for."""
    from editor.core.cms import decode

    light = decode(picture())
    rows, columns = np.indices(light.shape[:2])
    channel = np.where(rows % 2 == 0, np.where(columns % 2 == 0, 0, 1), np.where(columns % 2 == 0, 1, 2))
    mosaic = np.take_along_axis(light, channel[..., None], 2)[..., 0]
    to_xyz = np.array(
        [[3.2404542, -1.5371385, -0.4985314], [-0.9692660, 1.8760108, 0.0415560], [0.0556434, -0.2040259, 1.0572252]]
    )
    matrix = [v for number in to_xyz.ravel() for v in (round(number * 10000), 10000)]
    tifffile.imwrite(
        path, _int(mosaic, 60000), photometric=32803, metadata=None, software=False,
        extratags=[
            (33421, "H", 2, (2, 2), True), (33422, "B", 4, bytes([0, 1, 1, 2]), True),
            (50706, "B", 4, bytes([1, 4, 0, 0]), True),
            (50708, "s", 0, "Packshot P1", True), (50714, "H", 1, 0, True), (50717, "H", 1, 60000, True),
            (50721, "2i", 9, matrix, True), (50728, "2I", 3, (1, 1, 1, 1, 1, 1), True), (50778, "H", 1, 21, True),
            (274, "H", 1, 1, True),
        ],
    )  # fmt: skip


SOURCES: dict[str, tuple[str, Callable[[Path], None], bool]] = {  # suffix, writer, whether exiftool writes IPTC
    "JPEG baseline": (".jpg", _pil(quality=97, subsampling=0), True),
    "JPEG progressive": (".jpg", _pil(quality=97, progressive=True), True),
    "JPEG CMYK": (".jpg", _pil("CMYK", quality=97), True),
    "JPEG grey": (".jpg", _pil("L", quality=97), True),
    "PNG 8": (".png", _pil(), True),
    "PNG 8 alpha": (".png", _pil("RGBA"), True),
    "PNG 16 alpha": (".png", _png16, True),
    "PNG palette": (".png", _pil("P"), True),
    "PNG grey": (".png", _pil("L"), True),
    "TIFF 8 LZW": (".tif", _tiff(compression="lzw"), True),
    "TIFF 16 deflate tiled": (".tif", _tiff(np.uint16, compression="deflate", tile=(32, 32)), True),
    "TIFF 16 alpha": (".tif", _tiff(np.uint16, with_alpha=True), True),
    "TIFF float": (".tif", _tiff(np.float32, rowsperstrip=16), True),
    "TIFF CMYK 8": (".tif", _tiff(cmyk=True), True),
    "TIFF CMYK 16": (".tif", _tiff(np.uint16, cmyk=True, compression="lzw"), True),
    "WebP": (".webp", _pil("RGBA", lossless=True, exact=True), False),
    "AVIF 8": (".avif", _avif(8), False),
    "AVIF 10": (".avif", _avif(10), False),
    "AVIF 12": (".avif", _avif(12), False),
    "HEIC 8": (".heic", _heic(8), False),
    "HEIC 10": (".heic", _heic(10), False),
    "BMP": (".bmp", _pil(), False),
    "GIF": (".gif", _pil("P"), False),
    "JPEG XL 8": (".jxl", _jxl(np.uint8), False),
    "JPEG XL 16": (".jxl", _jxl(np.uint16), False),
    "DNG": (".dng", _dng, False),
    "PSD": (".psd", _psd, True),
}


def make(name: str, folder: Path) -> Path:
    """The source of that name, written into a folder."""
    suffix, write, iptc = SOURCES[name]
    path = folder / f"source{suffix}"
    write(path)
    if suffix not in (".bmp", ".gif"):
        tags = TAGS + (IPTC if iptc else ())
        command = ["exiftool", "-q", "-m", "-overwrite_original", *tags, path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr}")
    return path
