"""What `make package` packs with: PyInstaller's specification, the entry of the desktop's menu, the Debian package.

The whole build is proved by scripts/prove_package.
"""

from __future__ import annotations

import ast
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import avdesk

ROOT = Path(__file__).parent.parent
ENTRY = ROOT / "resources" / "avdesk.desktop"
ICON = ROOT / "resources" / "icons" / "avdesk.svg"


def _said(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _frozen_options() -> dict[str, str]:
    """Every ``FROZEN_OPTION``, and the file that has it."""
    found = {}
    for file in (ROOT / "avdesk").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Assign(targets=[ast.Name("FROZEN_OPTION")], value=ast.Constant(str(option))):
                    found[option] = file.name
    return found


def test_the_packaged_program_can_start_each_of_its_processes() -> None:
    options = _frozen_options()
    assert options
    for option, file in options.items():
        command = [sys.executable, "-m", "avdesk", option]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL, timeout=60)
        assert "unknown option" not in done.stderr, f"avdesk/__main__.py does not know {option} of {file}"


def test_what_the_specification_takes_along_is_there() -> None:
    tree = ast.parse((ROOT / "build.spec").read_text("utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    files = {text for text in texts if text.endswith(".py") or text in ("resources", "LICENSE")}
    assert {"avdesk/__main__.py", "resources", "LICENSE"} <= files
    assert [file for file in sorted(files) if not (ROOT / file).exists()] == []


def test_the_menu_entry_is_one() -> None:
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("desktop-file-validate is not installed")
    assert _said("desktop-file-validate", ENTRY) == ""


def test_the_menu_entry_starts_the_program_under_its_own_icon() -> None:
    lines = ENTRY.read_text("utf-8").splitlines()
    assert {"Exec=avdesk", "Icon=avdesk", "StartupWMClass=avdesk"} <= set(lines)
    assert any(line.startswith("Comment[zh_CN]=") for line in lines)
    assert ICON.is_file()


@pytest.fixture
def package() -> ModuleType:
    """``scripts/package``."""
    pytest.importorskip("PySide6.QtSvg", reason="the libraries of Qt are missing")
    loader = importlib.machinery.SourceFileLoader("package_script", str(ROOT / "scripts" / "package"))
    specification = importlib.util.spec_from_loader(loader.name, loader)
    assert specification is not None
    made = importlib.util.module_from_spec(specification)
    loader.exec_module(made)
    return made


def _program(folder: Path) -> Path:
    """A folder such as PyInstaller makes, with programs of Debian in the places of ours."""
    (folder / "_internal" / "lib").mkdir(parents=True)
    shutil.copy(shutil.which("true") or "/bin/true", folder / "avdesk")
    shutil.copy(shutil.which("dpkg-deb") or "/usr/bin/dpkg-deb", folder / "_internal" / "lib" / "codec.so")
    (folder / "_internal" / "codec.so").symlink_to("lib/codec.so")
    (folder / "_internal" / "words.txt").write_text("words", "utf-8")
    (folder / "_internal" / "words.txt").chmod(0o600)
    return folder


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not installed")
@pytest.mark.skipif(shutil.which("readelf") is None, reason="readelf (binutils) is not installed")
def test_a_package_has_the_program_its_link_entry_icons_and_licences(package: ModuleType, tmp_path: Path) -> None:
    made = package.pack(_program(tmp_path / "avdesk"), avdesk.__version__, tmp_path / "work", tmp_path)
    fields = _said("dpkg-deb", "--field", made)
    assert f"Version: {avdesk.__version__}\n" in fields
    wanted = next(line for line in fields.splitlines() if line.startswith("Depends: "))
    packages = {entry.partition(" ")[0] for entry in wanted.removeprefix("Depends: ").split(", ")}
    assert {"libc6", "libvlc5", "ffmpeg", "libxcb-cursor0", "zlib1g"} <= packages  # zlib1g is dpkg-deb's
    assert not packages & {"python3.11-venv", "ca-certificates", "python3.11", "python3"}
    root = tmp_path / "installed"
    _said("dpkg-deb", "--extract", made, root)
    assert (root / "usr/bin/avdesk").resolve() == root / "usr/lib/avdesk/avdesk"
    assert os.access(root / "usr/lib/avdesk/avdesk", os.X_OK)
    assert (root / "usr/lib/avdesk/_internal/codec.so").is_symlink()
    assert (root / "usr/lib/avdesk/_internal/words.txt").stat().st_mode & 0o777 == 0o644
    assert (root / "usr/share/applications/avdesk.desktop").read_bytes() == ENTRY.read_bytes()
    assert (root / "usr/share/icons/hicolor/scalable/apps/avdesk.svg").is_file()
    assert (root / "usr/share/icons/hicolor/48x48/apps/avdesk.png").read_bytes().startswith(b"\x89PNG")
    assert "LGPL-3" in (root / "usr/share/doc/avdesk/copyright").read_text("utf-8")
    assert {line.split()[1] for line in _said("dpkg-deb", "--contents", made).splitlines()} == {"root/root"}


def test_a_module_that_only_the_program_wants_is_missed(package: ModuleType) -> None:
    notes = (
        "missing module named xlsxwriter - imported by avdesk.documents.recordings_list (top-level)\n"
        "missing module named 'a.b' - imported by other (optional), avdesk.cli.words (delayed)\n"
        "missing module named winreg - imported by platform (delayed), avdesk.media.process (delayed, conditional)\n"
        "missing module named simplejson - imported by requests.compat (optional)\n"
    )
    assert package.missing_modules(notes) == ["a.b", "xlsxwriter"]


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="dpkg-query is not installed")
def test_a_library_that_is_nobodys_stops_the_packing_by_name(package: ModuleType) -> None:
    with pytest.raises(SystemExit, match=r"libnobody-has-this\.so\.1"):
        package.owners(["libc.so.6", "libnobody-has-this.so.1"])
