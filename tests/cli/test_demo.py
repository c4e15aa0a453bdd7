"""``demo`` as the contract has it; it begins with ``sample-card``, which the whole main job's test calls too."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call


def test_the_demo_leaves_everything_to_look_at(call: Call, tmp_path: Path) -> None:
    said = call("demo", "--headless", "--output", tmp_path / "demo")
    assert said.status == 0
    document = said.document
    assert {"output", "labels", "pictures", "reports"} <= set(document)
    assert all(Path(path).is_file() for path in (document["labels"], *document["reports"], *document["pictures"]))
    assert Path(document["bag"], "bagit.txt").is_file()
    assert call("audit", "verify", "--workspace", document["workspace"]).document["ok"]
