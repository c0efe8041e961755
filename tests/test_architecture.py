"""Architecture: who may call whom, and what need not be installed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

HIDDEN = """
import sys
from importlib.machinery import PathFinder
class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.split(".")[0] in {hidden!r} else PathFinder.find_spec(name, path, target)
sys.meta_path[:] = [Without if finder is PathFinder else finder for finder in sys.meta_path]
sys.argv = ["packshot", *{arguments!r}]
from editor.__main__ import main
sys.exit(main())
"""


def packshot_without(hidden, *arguments, **settings):
    """Runs packshot in a Python where the packages `hidden` are not installed."""
    code = HIDDEN.format(hidden=tuple(hidden), arguments=arguments)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=ROOT, check=False, **settings
    )


def test_import_contracts_hold():
    """In a process of its own: import-linter sets logging up anew and mutes every logger that is there."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("hidden", [("PySide6", "shiboken6"), ("torch", "onnx", "onnxscript")], ids=["Qt", "torch"])
def test_apply_works_without(hidden, photo_file, tmp_path):
    done = packshot_without(hidden, "apply", str(photo_file), "-o", str(tmp_path / "out.tif"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.tif").exists()


def test_the_window_says_that_qt_is_missing():
    done = packshot_without(("PySide6", "shiboken6"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "pip install PySide6-Essentials" in done.stderr


def test_every_module_says_what_it_is_for_and_does_one_thing():
    for path in [*ROOT.glob("editor/**/*.py"), *ROOT.glob("export/**/*.py")]:
        lines = path.read_text("utf-8").splitlines()
        assert lines[0].startswith('"""') and ":" in lines[0], path
        assert len(lines) < 350, path


def test_packaging_is_no_python_package():
    assert not (ROOT / "packaging" / "__init__.py").exists()
