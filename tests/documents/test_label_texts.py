from __future__ import annotations

from pathlib import Path

import pytest

from avdesk import resources
from avdesk.documents.form import load_frame_words
from avdesk.documents.label_texts import load_words
from avdesk.errors import BadResource

LABEL = resources.path("forms", "label.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('heading = "音像资料光盘"', 'heading = ""', "heading"),
        ('number = "案号"\n', "", "captions.number"),
        ("{disc_number}", "{disc}", "document"),
        ("{first} 至 {last}", "{first} 至 {last", "time.span"),
        ("{first} 至 {last}", "{first} 至", "time.span"),
        ('["正本", "副本"]', '["正本"]', "copy.names"),
        ('["正本", "副本"]', '["正本", ""]', "copy.names[1]"),
        ('audio = "录音"', 'audio = "录音"\nmusic = "音乐"', "kinds.music"),
        ('no = "未核验"', 'no = "\U0001f600"', "verified.no"),
    ],
)
def test_malformed_words_of_the_label_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, key: str
) -> None:
    assert old in LABEL
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "label.toml").write_text(LABEL.replace(old, new, 1), "utf-8")
    (tmp_path / "fonts").symlink_to(Path(resources.__file__).parent.parent / "resources" / "fonts")
    with pytest.raises(BadResource) as caught:
        load_words()
    assert caught.value.facts["file"] == str(tmp_path / "forms" / "label.toml")
    assert caught.value.facts["key"] == key


def test_the_words_of_the_program_are_well_formed() -> None:
    assert load_words().heading == "音像资料光盘"
    assert "{page}" in load_frame_words().page
