from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from avdesk import resources
from avdesk.documents import fonts
from avdesk.documents.pdf import new_pdf
from avdesk.errors import BadResource

FILES = sorted(resources.path("fonts").glob("*.ttf"))
DEMANDED = "〔〕①㉑㐂𠮷龘䶮（）《》“”……——·×℃㎡〇"


def coverage(file: Path) -> set[int]:
    return set(TTFont(io.BytesIO(file.read_bytes()), lazy=True).getBestCmap())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_bundled_font_is_truetype_may_be_embedded_and_brings_its_licence(file: Path) -> None:
    font = TTFont(io.BytesIO(file.read_bytes()), lazy=True)
    assert "glyf" in font
    assert font["OS/2"].fsType == 0
    licence = file.with_name(file.name.split("-")[0] + "-OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_fonts_stay_small() -> None:
    assert len(FILES) == 4
    assert sum(file.stat().st_size for file in FILES) < 17_000_000


def test_the_cut_of_a_font_with_a_reserved_name_bears_another() -> None:
    font = TTFont(io.BytesIO(resources.path("fonts", "AvdeskRare-Regular.ttf").read_bytes()), lazy=True)
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert names[1] == "Avdesk Rare"
    shown = " ".join(text for name_id, text in names.items() if name_id not in (0, 13, 14))
    assert not any(reserved in shown for reserved in ("LXGW", "WenKai", "霞鹜", "文楷", "Klee"))


@pytest.mark.parametrize("name", ["NotoSansSC-Bold-GB2312.ttf", "NotoSansSC-Medium-GB2312.ttf"])
def test_bold_and_medium_have_all_of_gb2312(name: str) -> None:
    characters = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            characters |= {ord(c) for c in bytes((row, cell)).decode("gb2312", "ignore")}
    assert len(characters) > 7400
    assert characters <= coverage(resources.path("fonts", name))


def test_rare_characters_are_covered() -> None:
    assert fonts.missing(DEMANDED) == ()


def test_each_character_comes_from_the_first_font_that_has_it() -> None:
    assert list(fonts.runs("案𠮷龘A", bold=True)) == [
        (fonts.BOLD, "案"),
        (fonts.RARE, "𠮷"),
        (fonts.REGULAR, "龘"),
        (fonts.BOLD, "A"),
    ]
    assert list(fonts.runs("案A")) == [(fonts.REGULAR, "案A")]


def test_a_chinese_character_is_one_em_wide() -> None:
    assert fonts.width("平石市", bold=True) == pytest.approx(3)
    assert 0.5 < fonts.width("7") < 0.6


@pytest.mark.parametrize(
    ("text", "lacking"),
    [("案😀件😀", ("😀",)), ("\udc80", ("\udc80",)), ("\U000e0001a", ("\U000e0001",)), ("A\u20d2", ("\u20d2",))],
)
def test_what_no_font_has_is_told(text: str, lacking: tuple[str, ...]) -> None:
    assert fonts.missing(text) == lacking


def test_what_no_font_has_is_never_drawn_as_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match=r"U\+1F600"),
        new_pdf(tmp_path / "x.pdf", (100, 100), title="x", author="x") as canvas,
    ):
        fonts.draw(canvas, 10, 10, "😀", 12)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  平石\t市\n医疗 \r\n 局\u3000", "平石 市 医疗 局"),
        ("一\u2028二\u2029三\u0085四\x00五\x7f六", "一 二 三 四 五 六"),
        ("\ufeff案\u200b件\u200d\u202e名\ufe0f\U000e0100", "案件名"),
        ("Cafe\u0301", "Café"),
        ("3\u00a0份", "3\u00a0份"),
        ("\u3000\n", ""),
    ],
)
def test_texts_become_one_line(text: str, shown: str) -> None:
    assert fonts.clean(text) == shown


def test_what_cannot_be_seen_is_written_as_its_number() -> None:
    assert fonts.visible("a\u202eb\n.mp4 😀 \udcff") == "a[U+202E]b[U+000A].mp4 [U+1F600] [U+DCFF]"
    assert fonts.visible("平石市 A.mp4") == "平石市 A.mp4"


def test_text_beyond_the_basic_plane_is_read_back(tmp_path: Path, reader: Callable[..., str]) -> None:
    target = tmp_path / "rare.pdf"
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))
    with new_pdf(target, (210, 297), title="罕见字 𠮷", author="平石市医疗保障局") as canvas:
        fonts.draw(canvas, 50, 700, DEMANDED, 12)
        fonts.draw(canvas, 50, 650, DEMANDED, 12, bold=True)
        for start in range(0, 600, 40):
            fonts.draw(canvas, 50, 600 - start, many[start : start + 40], 10)
    text = reader("pdftotext", target, "-")
    assert text.count("㐂𠮷龘䶮") == 2
    assert all(character in text for character in many)
    assert "罕见字 𠮷" in reader("pdfinfo", target)
    assert "Helvetica" not in reader("pdffonts", target)


def test_a_damaged_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.register()
    (tmp_path / "fonts").mkdir()
    damaged = tmp_path / "fonts" / "broken.ttf"
    damaged.write_bytes(FILES[0].read_bytes()[:5000])
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    monkeypatch.setitem(fonts.FILES, "avdesk-broken", "broken.ttf")
    with pytest.raises(BadResource) as caught:
        fonts.register()
    assert caught.value.facts["file"] == str(damaged)
