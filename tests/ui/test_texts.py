"""Codes have words in both languages, and the translations are whole."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
import string
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication

from avdesk import resources, terms
from avdesk.cli import words as cli_words
from avdesk.errors import EnvironmentFault, UsageError, VaultUnavailable
from avdesk.findings import Finding
from avdesk.ui import languages
from avdesk.ui.sentences import SENTENCES, WORDS
from avdesk.ui.texts import field, reason, sentence, stage, translate, word

ROOT = Path(__file__).resolve().parent.parent.parent
SHOWN_TERMS = (
    terms.Kind,
    terms.Outcome,
    terms.Stage,
    terms.ReadBack,
    terms.CopyState,
    terms.PlanState,
    terms.MatchedBy,
    terms.IngestState,
    terms.MarkerKind,
    terms.VolumeState,
    terms.TimeSource,
    terms.VaultRole,
    terms.AnalysisCode,
    terms.AnalysisState,
)


@pytest.fixture
def english(dressed: QApplication) -> Iterator[None]:
    languages.use(dressed, "en")
    yield
    languages.use(dressed, "zh")


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """scripts/translations as a module."""
    loader = importlib.machinery.SourceFileLoader("translations", str(ROOT / "scripts" / "translations"))
    specification = importlib.util.spec_from_loader("translations", loader)
    assert specification is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["translations"] = module  # dataclasses look there
    loader.exec_module(module)
    return module


def catalogues() -> list[Path]:
    return sorted(resources.path("i18n").glob("*.ts"))


def test_every_error_of_the_command_line_has_words_in_the_window() -> None:
    for_the_command_line = {"PASSWORD_FILE_MISSING", "NO_DISPLAY", "NO_WINDOW"}
    assert cli_words._SENTENCES.keys() - SENTENCES.keys() <= for_the_command_line


def test_every_code_in_the_code_has_words() -> None:
    """Errors and findings by the literal codes that the layers below use."""
    pattern = re.compile(r'(?:Finding|UsageError|Refused)\(\s*"([A-Z][A-Z0-9_]+)"|\bcode = "([A-Z_]+)"')
    folders = ("services", "vault", "recorders", "media", "documents")
    used = set()
    for file in [
        ROOT / "avdesk" / "errors.py",
        *(f for name in folders for f in (ROOT / "avdesk" / name).rglob("*.py")),
    ]:
        used |= {one or other for one, other in pattern.findall(file.read_text("utf-8"))}
    of_the_audit_chain = {"REMOVED"}  # checked by the command line only
    assert used - {"ERROR", "CANCELLED"} - of_the_audit_chain - SENTENCES.keys() == set()


@pytest.mark.parametrize("kind", SHOWN_TERMS, ids=lambda kind: kind.__name__)
def test_every_term_has_its_word(kind: type[terms.Kind], dressed: QApplication) -> None:
    for member in kind:
        assert f"{kind.__name__}.{member.value}" in WORDS
        assert word(member) != member.value


def test_sentences_fill_their_facts(dressed: QApplication) -> None:
    away = VaultUnavailable(path="/mnt/v", reason="NO_MARKER")
    assert sentence(away) == "证据库 /mnt/v 不能使用：没有标记文件，可能磁盘没有接上。请接上磁盘后再试。"
    assert sentence(UsageError("EMPTY", field="unit")) == "单位：请填写。"
    assert sentence(Finding("MISSING", "a/b.mp4")) == "a/b.mp4：文件不存在。"
    gone = EnvironmentFault(file="a/b.mp4", reason="COPY_MISSING")
    assert sentence(gone) == "a/b.mp4 不在证据库中应在的位置。请核验证据库，可能在 avdesk 之外被移走或删除。"
    assert reason("COPY_MISSING") == "证据库中没有它的文件"
    bad = Finding("COPY_NOT_VERIFIED", "a/b.mp4", {"vault_id": "7", "vault": "/mnt/second", "state": "AWAY"})
    assert sentence(bad) == "a/b.mp4：证据库 /mnt/second 中的副本未核验。"
    several = UsageError("AMBIGUOUS_NAME", name="王", candidates=["41040001", "41040002"])
    assert "41040001、41040002" in sentence(several)


def test_the_same_in_english(english: None) -> None:
    assert sentence(UsageError("EMPTY", field="unit")) == "Unit: please fill this in."
    assert reason("ENOSPC") == "the disk is full"
    assert stage("collect") == "collecting, and reading back"
    assert field("maker") == "Maker"


def test_counts_have_their_thousands_apart(dressed: QApplication) -> None:
    assert translate("library", "%n file(s)", None, 200_000) == "200,000 个"
    assert translate("library", "%n file(s)", None, 999) == "999 个"


def test_what_has_no_words_is_shown_as_it_is(dressed: QApplication) -> None:
    assert sentence("NEVER_HEARD_OF", {"path": "x", "n": 3}) == "NEVER_HEARD_OF path=x n=3"
    assert reason("EXDEV") == "EXDEV"
    assert stage("unheard") == "unheard"


@pytest.mark.parametrize("file", catalogues(), ids=lambda file: file.name)
def test_translations_are_whole_and_keep_their_fields(file: Path) -> None:
    for message in ElementTree.parse(file).iter("message"):
        source, translation = message.findtext("source", ""), message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, f"not translated: {source}"
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        for text in forms:
            assert text.strip(), f"empty: {source}"
            assert fields(text) <= fields(source) | {"number"}, source
            if file.name.endswith(".zh.ts"):
                assert not re.search("上传|同步|导入", text), f"a word of another trade: {text}"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name and name.isidentifier()}


def test_catalogues_are_up_to_date(translations: ModuleType) -> None:
    for name, files in translations.sources().items():
        wanted = {(text.context, text.source) for text in translations.texts(files)}
        kept = {
            (context.findtext("name"), message.findtext("source"))
            for context in ElementTree.parse(resources.path("i18n", f"{name}.zh.ts")).iter("context")
            for message in context.iter("message")
        }
        assert kept == wanted, f"run scripts/translations {name}"


@pytest.mark.parametrize("file", catalogues(), ids=lambda file: file.name)
def test_compiled_translations_are_up_to_date(file: Path, tmp_path: Path, translations: ModuleType) -> None:
    copy = tmp_path / file.name
    copy.write_bytes(file.read_bytes())
    translations.compile_one(copy)
    assert copy.with_suffix(".qm").read_bytes() == file.with_suffix(".qm").read_bytes(), "run scripts/translations"
