"""Settings file: a broken one costs nothing but itself; it is put aside, and the window says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from editor.ui.settings import Preferences, Settings
from editor.ui.settingsfile import LARGEST, open_settings

BROKEN = {
    "JSON": (b'{"theme": "dark"}\n', "it is no settings file"),
    "bytes": (bytes(range(256)), "it is no text"),
    "zeros": (bytes(4000), "it is no settings file"),
    "another text": (b"Sehr geehrte Damen und Herren,\n", "it is no settings file"),
    "not UTF-8": ("[General]\nfolder=/Bücher\n".encode("latin-1"), "it is no text"),
    "an object of Qt": (b"[General]\ntheme=@Variant(\\0\\0\\0\\x7f)\n", "it is no settings file"),
    "a control character": (b"[General]\ntheme=\x1b[2J\n", "it is no settings file"),
    "too large": (b"; nothing\n" * (LARGEST // 10 + 1), "it is too large"),
}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "packshot" / "packshot.ini"


def write(file: Path, data: bytes) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    return file


def kept(file: Path) -> Preferences:
    """What another window would begin with."""
    return open_settings(file).preferences


def test_without_a_file_there_is_nothing_to_say_and_one_is_made(file):
    settings = open_settings(file)
    assert settings.trouble() == "" and settings.preferences == Preferences()
    chosen = settings.preferences = Preferences("zh_CN", "light", "cpu", 2048, "TIFF")
    del settings
    assert kept(file) == chosen and open_settings(file).trouble() == ""
    assert [p.name for p in file.parent.iterdir()] == ["packshot.ini"]


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_settings_file_is_put_aside_whole(file, name):
    data, reason = BROKEN[name]
    write(file, data)
    settings = open_settings(file)
    assert reason in settings.trouble() and str(file) + ".bak" in settings.trouble()
    assert file.with_name("packshot.ini.bak").read_bytes() == data
    assert settings.preferences == Preferences() and settings.recent == () and settings.output("JPEG").quality == 95
    settings.preferences = Preferences(theme="light")
    del settings
    assert kept(file).theme == "light" and open_settings(file).trouble() == ""


def test_an_older_backup_is_not_lost(file):
    write(file, b"{}")
    file.with_name("packshot.ini.bak").write_bytes(b"older")
    assert "packshot.ini.bak2" in open_settings(file).trouble()
    assert file.with_name("packshot.ini.bak").read_bytes() == b"older"


def test_a_folder_in_its_place_is_put_aside(file):
    file.mkdir(parents=True)
    (file / "mine.txt").touch()
    settings = open_settings(file)
    assert "it is no file" in settings.trouble()
    assert (file.with_name("packshot.ini.bak") / "mine.txt").exists()
    settings.preferences = Preferences(language="en")
    del settings
    assert file.is_file() and kept(file).language == "en"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
def test_a_pipe_in_its_place_holds_nobody_up(file):
    file.parent.mkdir()
    os.mkfifo(file)
    assert "it is no file" in open_settings(file).trouble()


def test_where_no_file_can_be_made_settings_last_as_long_as_the_window(tmp_path):
    """A file stands where the folder of the settings would be: nobody, not even root, can write there."""
    (tmp_path / "packshot").touch()
    settings = open_settings(tmp_path / "packshot" / "packshot.ini")
    assert "cannot be written" in settings.trouble()
    settings.preferences = Preferences(memory=300)
    settings.remember(Path("/1.jpg"))
    assert settings.preferences.memory == 300 and settings.recent == (Path("/1.jpg"),)


def test_a_file_that_can_only_be_read_is_believed(file, monkeypatch):
    write(file, b"[General]\ntheme=light\nmemory=-3\n")
    monkeypatch.setattr(QSettings, "isWritable", lambda store: False)  # as for anybody but root, whom nothing stops
    settings = open_settings(file)
    assert "packshot.ini cannot be written" in settings.trouble()
    assert settings.preferences == Preferences(theme="light")
    assert not file.with_name("packshot.ini.bak").exists()


def test_a_file_that_can_be_neither_read_nor_moved_is_left_alone(file, monkeypatch):
    write(file, b"[General]\ntheme=light\n")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(Path, "rename", refuse)
    settings = open_settings(file)
    assert "(Permission denied)" in settings.trouble() and settings.preferences == Preferences()
    settings.preferences = Preferences(theme="dark")
    assert settings.preferences.theme == "dark"
    monkeypatch.undo()
    assert file.read_bytes() == b"[General]\ntheme=light\n"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("theme=pink", "theme"),
        ("theme=dark, light", "theme"),  # QSettings makes a list of it
        ("language=tlh", "language"),
        ("device=abacus", "device"),
        ("memory=lots", "memory"),
        ("memory=-5", "memory"),
        ("memory=1e3", "memory"),
        ("memory=99999999999999", "memory"),
        ("output_kind=GIF", "output_kind"),
        ("order=random", "order"),
        ("strip=perhaps", "strip"),
        ("recent=photo.jpg", "recent"),
        ("recent=[1]", "recent"),
        ("recent=" + "[" * 100_000, "recent"),
        ('leave_out="[\\"soul\\"]"', "leave_out"),
        ('JPEG="{\\"quality\\": 900}"', "output/JPEG"),
        ('JPEG="{\\"progressive\\": \\"yes\\"}"', "output/JPEG"),
        ('JPEG="{\\"quality\\": 9.5}"', "output/JPEG"),
        ('JPEG="{\\"max_bytes\\": \\"little\\"}"', "output/JPEG"),
    ],
)
def test_one_value_that_makes_no_sense_costs_no_other(file, line, key):
    section = "output" if key.startswith("output/") else "General"
    mine = f"folder={file.parent.parent}\nstrange_to_this_version=17\n" + ("" if key == "device" else "device=cpu\n")
    text = f"[General]\n{mine}[{section}]\n{line}\n"
    write(file, text.encode())
    settings = open_settings(file)
    assert f"set back: {key}." in settings.trouble() and settings.unsound == []
    assert file.with_name("packshot.ini.bak").read_text() == text
    assert settings.preferences == Preferences(device="auto" if key == "device" else "cpu")
    assert settings.folder == file.parent.parent and settings.recent == () and settings.output("JPEG").quality == 95
    del settings
    assert open_settings(file).trouble() == ""
    assert "strange_to_this_version=17" in file.read_text()


def test_a_window_says_what_was_put_aside(make_window, models, file):
    write(file, b"{}")
    window = make_window(models, settings=open_settings(file))
    assert "begin anew" in window.banner.text and "packshot.ini.bak" in window.banner.text


def test_a_window_with_sound_settings_says_nothing(make_window, models, file):
    write(file, b"[General]\nstrip=yes\n")
    assert make_window(models, settings=open_settings(file)).banner.text == ""


def test_settings_without_a_file_are_checked_alike():
    settings = Settings()
    settings.preferences = Preferences(memory=128)
    assert settings.preferences.memory == 128 and settings.unsound == []


START = """
import sys
from PySide6.QtWidgets import QApplication
from editor import app
from editor.ui.window import MainWindow
made = []
build = MainWindow.__init__
MainWindow.__init__ = lambda self, *a, **k: (made.append(self), build(self, *a, **k))[1]
def furnished(window):
    while not window._furnished:
        QApplication.processEvents()
    return window
QApplication.exec = lambda *a: (use(furnished(made.pop())), 0)[1]
sys.exit(app.run(WISH))
"""


def start(folder: Path, use: str, wish: str = "wish='cpu'") -> subprocess.CompletedProcess[str]:
    """The whole program, with its settings in `folder`; `use` is what is done with its window."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder), "LC_ALL": "C.UTF-8"}
    code = f"def use(window):\n    {use}\n" + START.replace("WISH", wish)
    return subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where settings lie")
def test_the_program_starts_with_a_broken_file_and_says_so(tmp_path):
    write(tmp_path / "packshot" / "packshot.ini", bytes(range(256)))
    done = start(tmp_path, "print(window.banner.text)")
    assert done.returncode == 0, done.stderr
    assert "it is no text" in done.stdout and "Traceback" not in done.stderr
    assert (tmp_path / "packshot" / "packshot.ini.bak").read_bytes() == bytes(range(256))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where settings lie")
def test_the_program_looks_works_and_keeps_as_the_preferences_say(tmp_path):
    use = (
        "from editor.ui.theme import tokens, LIGHT\n"
        "    from PySide6.QtTest import QTest; from PySide6.QtCore import Qt\n"
        "    print(tokens() == LIGHT, window.engine.memory >> 20)\n"
        "    window.desk.preferring.open(); dialog = window.desk.preferring.dialog\n"
        "    dialog.theme.setCurrentIndex(dialog.theme.findData(THEME)); print(tokens() == LIGHT)\n"
        "    dialog.memory.setValue(200)\n"
        "    QTest.mouseClick(dialog.buttons.buttons()[BUTTON], Qt.MouseButton.LeftButton)\n"
        "    print(tokens() == LIGHT, window.engine.memory >> 20)\n"
    )
    seen = []
    for theme, button in (("light", 1), ("light", 0), ("dark", 1), ("dark", 0)):
        done = start(tmp_path, use.replace("THEME", repr(theme)).replace("BUTTON", str(button)), "")
        assert done.returncode == 0, done.stderr
        seen.append(" ".join(done.stdout.split()))
    assert seen == [
        "False 512 True False 512",  # cancelled
        "False 512 True True 200",
        "True 200 False True 200",  # cancelled
        "True 200 False False 200",
    ]
    assert kept(tmp_path / "packshot" / "packshot.ini") == Preferences(theme="dark", memory=200)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="where settings lie")
def test_the_command_line_goes_before_the_settings(tmp_path):
    write(tmp_path / "packshot" / "packshot.ini", b"[General]\nmemory=300\ndevice=cuda\n")
    use = "print(window.desk.preferring.preferences.device, window.engine.memory >> 20)"
    assert start(tmp_path, use, "").stdout.split() == ["cuda", "300"]
    assert start(tmp_path, use, "wish='cpu', memory=100").stdout.split() == ["cpu", "100"]


@pytest.mark.parametrize("memory", ["3", "99999999", "lots"])
def test_memory_out_of_range_is_refused_on_the_command_line(memory, monkeypatch, capsys):
    from editor.__main__ import main

    monkeypatch.setattr(sys, "argv", ["packshot", "--memory", memory])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "--memory" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["产品\u3000图", "a\u00a0b", "fam \U0001f468\u200d\U0001f469", "soft\u00adhy", "line\u2028end"]
)
def test_a_folder_may_be_called_as_people_call_folders(file, name):
    folder = file.parent.parent / name
    folder.mkdir()
    settings = open_settings(file)
    settings.folder = folder
    settings.preferences = Preferences(theme="light")
    del settings
    again = open_settings(file)
    assert again.trouble() == "" and again.preferences.theme == "light" and again.folder == folder
