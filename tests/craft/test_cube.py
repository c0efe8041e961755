"""Looks from .cube files: what other programs write is read as they mean it, and what is damaged does no harm."""

import numpy as np
import pytest

from editor.core.cube_file import cube_text
from editor.core.lattice import identity
from editor.craft.cube import CubeError, read_cube

CORNERS = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n"  # a cube of two points a side that changes nothing
SWAPPED = "0 0 0\n0 1 0\n1 0 0\n1 1 0\n0 0 1\n0 1 1\n1 0 1\n1 1 1\n"  # and one that takes red for green
LINE = "0 0 0\n1 1 1\n"
CLF = (  # a look of another kind, which OpenColorIO reads whatever it is called
    '<?xml version="1.0" encoding="UTF-8"?><ProcessList id="a" compCLFversion="3"><Matrix inBitDepth="32f" '
    'outBitDepth="32f"><Array dim="3 3">2 0 0 0 2 0 0 0 2</Array></Matrix></ProcessList>'
)


def look(rgb, text, strength=1.0):
    data = text if isinstance(text, bytes) else text.encode()
    return read_cube(data).applied(np.array(rgb, np.float32).reshape(-1, 1, 3), strength).reshape(np.shape(rgb))


@pytest.fixture
def colours(noisy):
    return noisy.clip(0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "LUT_3D_SIZE 2\n" + CORNERS,
        "LUT_1D_SIZE 2\n" + LINE,
        "lut_3d_size 2\n" + CORNERS,
        '\ufeffTITLE "Früh"\r\n# a comment\r\n\r\nLUT_3D_SIZE 2\r\n' + CORNERS.replace("\n", "\r\n"),
        ("LUT_3D_SIZE 2\n" + CORNERS).replace("\n", "\r"),
        "LUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n" + CORNERS,
        "LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0.0 1.0\n" + CORNERS,
        "LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 1\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 1\n" + LINE + CORNERS,
        "AUTHOR somebody\nLUT_3D_SIZE 2\n" + CORNERS,
        "LUT_3D_SIZE 2 # points\nDOMAIN_MIN 0 0 0\t# black\nDOMAIN_MAX 1 1 1 # white\n" + CORNERS,
        "; by somebody\n// else\nLUT_3D_SIZE 2\n" + CORNERS.replace("\n", " # a corner\n"),
        'TITLE "LUT_3D_SIZE 99 # of "all"\nLUT_3D_SIZE 2\n' + CORNERS,
        "LUT_3D_SIZE 2\n" + CORNERS.replace("0", ".0e+0").replace("1", "\t+1.E-0"),
        b'TITLE "Fr\xfch"\nLUT_3D_SIZE 2\n' + CORNERS.encode(),
    ],
)
def test_one_that_changes_nothing_changes_nothing(colours, text):
    assert np.allclose(look(colours, text), colours, atol=1e-6)


def test_red_runs_fastest(colours):
    assert np.allclose(look(colours, "LUT_3D_SIZE 2\n" + SWAPPED), colours[..., [1, 0, 2]], atol=1e-6)


def test_between_points_it_is_tetrahedral():
    """Only tetrahedra along the grey axis leave greys alone, whatever the other corners are."""
    rows = CORNERS.split("\n")
    rows[1] = "1 0.6 0.2"
    text = "LUT_3D_SIZE 2\n" + "\n".join(rows)
    greys = np.repeat(np.linspace(0, 1, 11, dtype=np.float32)[:, None], 3, 1)
    assert np.allclose(look(greys, text), greys, atol=1e-6)
    assert np.allclose(look([[0.5, 0.25, 0.0]], text), [[0.5, 0.25 + 0.25 * 0.6, 0.25 * 0.2]], atol=1e-6)


def test_curves_come_before_the_cube():
    text = "LUT_1D_SIZE 3\nLUT_3D_SIZE 2\n0 0 0\n0.25 0.25 0.25\n1 1 1\n" + SWAPPED
    assert np.allclose(look([[0.5, 1.0, 0.25]], text), [[1.0, 0.25, 0.125]], atol=1e-6)


def test_another_domain():
    one = "LUT_1D_SIZE 2\nDOMAIN_MIN -1 0 0\nDOMAIN_MAX 1 2 1\n" + LINE
    assert np.allclose(look([[0.0, 1.0, 0.3]], one), [[0.5, 0.5, 0.3]], atol=1e-6)
    both = "LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 4\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 1\n" + LINE + CORNERS
    assert np.allclose(look([[0.0, 1.0, 4.0]], both), [[0.0, 0.25, 1.0]], atol=1e-6)


@pytest.mark.parametrize("domain", ["", "DOMAIN_MIN -0.5 0 0\nDOMAIN_MAX 1 2 1.5\n", "LUT_1D_INPUT_RANGE -1 3\n"])
def test_what_lies_beyond_goes_on_rising_without_a_step(domain):
    ramp = np.repeat(np.linspace(-2, 4, 60_001, dtype=np.float32)[:, None], 3, 1)
    out = look(ramp, f"LUT_1D_SIZE 3\n{domain}0.1 0 0\n0.6 0.5 0.2\n0.9 1 0.8\n")
    steps = np.diff(out, axis=0)
    assert (steps > 0).all() and steps.max() < 5e-4


def test_a_smooth_look_has_no_bands():
    cube = identity(17) ** 1.3
    ramp = np.repeat(np.linspace(0, 1, 65_536, dtype=np.float32)[:, None], 3, 1)
    steps = np.diff(look(ramp, cube_text(cube)), axis=0)
    assert (steps >= 0).all() and steps.max() < 2 / 65_535


def test_strength_is_how_far_it_goes(colours):
    text = "LUT_3D_SIZE 2\n" + SWAPPED
    whole, half = look(colours, text), look(colours, text, 0.5)
    assert np.allclose(half, (colours + whole) / 2, atol=1e-6)


def test_the_picture_itself_stays_as_it_is():
    rgb = np.full((3, 2, 3), 0.3, np.float32)
    rgb.setflags(write=False)
    out = read_cube(b"LUT_1D_SIZE 2\n0 0 0\n.5 .5 .5\n").applied(rgb)
    assert (
        (rgb == np.float32(0.3)).all() and np.allclose(out, 0.15) and out.dtype == np.float32 and out.shape == (3, 2, 3)
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "no look", "\0" * 999, "LUT_3D_SIZE 2\n", "LUT_3D_SIZE 2\n" + CORNERS[:-12], "LUT_3D_SIZE 1\n0 0 0\n",
        "LUT_3D_SIZE 130\n" + CORNERS, "LUT_3D_SIZE 1000000000000\n", "LUT_3D_SIZE -2\n", "LUT_3D_SIZE\n" + CORNERS,
        "LUT_3D_SIZE 2x\n" + CORNERS, "LUT_1D_SIZE 65537\n", "LUT_1D_SIZE 2\n0 0\n1 1\n",
        "LUT_1D_SIZE 2\n0 0 0\nnan nan nan\n", "LUT_1D_SIZE 2\n0 0 0\n1e30 1 1\n", "LUT_1D_SIZE 2\n0 0 0\n1e99 1 1\n",
        "LUT_1D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 0 0 0\n" + LINE, "LUT_1D_SIZE 2\nDOMAIN_MAX nan nan nan\n" + LINE,
        "LUT_1D_SIZE 2\nDOMAIN_MIN 1 1 1\nDOMAIN_MAX 0 0 0\n" + LINE, "LUT_1D_SIZE 2\nDOMAIN_MAX 1\n" + LINE,
        "LUT_3D_SIZE 2\nLUT_IN_VIDEO_RANGE\n" + CORNERS, "LUT_IN_VIDEO_RANGE\nLUT_3D_SIZE 2\n" + CORNERS,
        "<?xml version='1.0'?><ProcessList/>", CLF, CLF.replace("><", ">\n<"),
        "LUT_3D_SIZE 2\n" + CORNERS.replace("1", "1,000000").replace("0 ", "0,000000 "),
        "LUT_3D_SIZE 2\n" + CORNERS.replace("1 1 1", "0x1 1 1"),
        "LUT_3D_SIZE 2\n" + CORNERS.replace("1 1 1", "1 1 1\0"),
        "LUT_3D_SIZE 2\n" + CORNERS.replace("1 1 1", "1 1 1 1"), "LUT_3D_SIZE 2\n" + CORNERS.replace("1 1 1", "1;1;1"),
    ],
)  # fmt: skip
def test_what_is_no_look_is_refused_in_a_sentence(text):
    with pytest.raises(CubeError) as refused:
        read_cube(text.encode())
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


@pytest.mark.parametrize("sign", ["1", " ", "#", ".", "1 ", "\n"])
def test_a_line_without_end_is_no_trouble(sign):
    with pytest.raises(CubeError):  # within the time that a test may take
        read_cube(b"LUT_3D_SIZE 2\n" + sign.encode() * 2_000_000 + b"x\n")


def test_too_long_a_file_is_refused():
    with pytest.raises(CubeError, match="64 MiB"):
        read_cube(b"\n" * ((64 << 20) + 1))


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_do_no_harm(seed):
    """A few bytes changed, some left out, some put in twice."""
    chance = np.random.default_rng(seed)
    data = bytearray(b'TITLE "x"\nLUT_1D_SIZE 3\nLUT_3D_SIZE 2\n0 0 0\n0.25 0.25 0.25\n1 1 1\n' + SWAPPED.encode())
    for _ in range(chance.integers(1, 6)):
        at, long = int(chance.integers(len(data))), int(chance.integers(1, 9))
        match chance.integers(3):
            case 0:
                data[at] = chance.integers(256)
            case 1:
                del data[at : at + long]
            case _:
                data[at:at] = data[at : at + long]
    try:
        out = read_cube(bytes(data)).applied(np.full((2, 2, 3), 0.4, np.float32))
    except CubeError:
        return
    assert out.shape == (2, 2, 3) and np.isfinite(out).all()
