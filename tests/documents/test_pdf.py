from __future__ import annotations

from pathlib import Path

import pytest

from avdesk.documents import fonts
from avdesk.documents.pdf import new_pdf
from avdesk.errors import EnvironmentFault


def test_the_same_drawing_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        with new_pdf(tmp_path / name, (210, 297), title="t", author="a") as canvas:
            fonts.draw(canvas, 50, 700, "案𠮷龘A", 12)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    with pytest.raises(KeyError), new_pdf(target, (100, 100), title="x", author="x"):
        raise KeyError
    assert target.read_bytes() == b"old"
    with new_pdf(target, (100, 100), title="x", author="x") as canvas:
        fonts.draw(canvas, 10, 10, "新", 12)
    assert target.read_bytes().startswith(b"%PDF")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.pdf"]


@pytest.mark.parametrize("target", ["missing/out.pdf", "file/out.pdf", "folder"])
def test_a_place_that_cannot_be_written_is_an_environment_fault(tmp_path: Path, target: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    with (
        pytest.raises(EnvironmentFault) as caught,
        new_pdf(tmp_path / target, (100, 100), title="x", author="x") as canvas,
    ):
        fonts.draw(canvas, 10, 10, "新", 12)
    assert caught.value.facts["file"] == str(tmp_path / target)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]
