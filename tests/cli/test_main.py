"""The rules of the command line: one document, exit codes, global options, help, and no traceback for anything."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import avdesk
from avdesk.cli import main, run
from avdesk.cli.commands import FILES, beginning_with, every
from avdesk.services.workspace import sign_in
from tests.cli.conftest import Call
from tests.commands import AVDESK, OPERATOR, UNIT

COMMANDS = {command.words: command for command in every()}
ARGUMENTS: dict[str, list[str]] = {
    "pictures": ["{tmp}/pictures"],
    "init": ["--unit", UNIT, "--operator", OPERATOR],
    "sample-card": ["{tmp}/file"],
    "demo": ["--headless", "--output", "{tmp}"],
    "plan": ["{tmp}/card"],
    "ingest": ["{tmp}/card"],
    "show": ["nothing"],
    "case add": ["平石医保罚字〔2026〕7号", "--title", "案"],
    "case link": ["平石医保罚字〔2026〕7号", "nothing"],
    "labels": ["--case", "平石医保罚字〔2026〕7号", "--output", "{tmp}/labels.pdf"],
    "report": ["--ingest", "nothing", "--output", "{tmp}/report.pdf"],
    "rebuild": ["--from", "{tmp}/nothing"],
    "person add": ["张示例"],
    "policy set": ["digest.sm3", "true", "--reason", "试点"],
    "audit export": ["--output", "{tmp}/audit.jsonl"],
    "marker add": ["nothing", "--at", "1", "--kind", "place", "--text", "门口"],
    "marker list": ["nothing"],
    "marker edit": ["nothing", "--text", "门口"],
    "marker remove": ["nothing"],
    "snapshot": ["nothing", "--at", "1"],
    "clip": ["nothing", "--from", "1", "--to", "2"],
    "copy-out": ["nothing", "--to", "{tmp}"],
    "frame": ["nothing", "--at", "1", "--output", "{tmp}/frame.png"],
}
"""Of commands that take any: enough to call them, well or not."""


def filled(words: str, folder: Path) -> list[str]:
    return [*words.split(), *(word.format(tmp=folder) for word in ARGUMENTS.get(words, []))]


class TestEveryCommand:
    @pytest.fixture(autouse=True)
    def card(self, tmp_path: Path) -> None:
        (tmp_path / "card").mkdir()
        (tmp_path / "card" / "a.LOG").write_text("on")
        (tmp_path / "file").touch()

    @pytest.mark.parametrize("words", COMMANDS)
    def test_it_answers_one_document(self, at: Call, words: str, tmp_path: Path) -> None:
        said = at(*filled(words, tmp_path))
        assert said.status in (0, 2, 4)
        assert ("error" in said.document) is (said.status != 0)

    @pytest.mark.parametrize("words", COMMANDS)
    def test_without_a_workspace_it_says_so(self, call: Call, words: str, tmp_path: Path) -> None:
        said = call("--workspace", tmp_path / "none", *filled(words, tmp_path))
        if words in ("init", "rights"):
            assert said.status == 0
        elif words == "practice":
            assert said.status == 2  # it takes the window, and there is none in the tests' own process
        elif words in ("demo", "sample-card"):
            assert said.code in ("NOT_EMPTY", "NOT_A_FOLDER")
        else:
            assert (said.status, said.code) == (4, "WORKSPACE_MISSING")

    @pytest.mark.parametrize("words", COMMANDS)
    def test_it_has_help_that_needs_no_workspace(
        self, words: str, capfd: pytest.CaptureFixture[str], call: Call
    ) -> None:
        for option in ("-h", "--help"):
            assert run([*words.split(), option]) == 0
            out, err = capfd.readouterr()
            assert out.startswith(f"usage: avdesk {words} ") and "--workspace DIR" in out and not err
        assert call(*words.split(), "-h").document["help"] + "\n" == out

    @pytest.mark.parametrize("words", COMMANDS)
    def test_an_option_it_does_not_have_is_wrong_usage(self, at: Call, words: str, tmp_path: Path) -> None:
        said = at(*filled(words, tmp_path), "--no-such-option")
        assert (said.status, said.code) == (2, "USAGE")
        assert "--no-such-option" in said.words

    @pytest.mark.parametrize("words", [words for words, command in COMMANDS.items() if command in every()])
    def test_its_words_are_found_by_the_first_of_them(self, words: str) -> None:
        assert words in [command.words for command in beginning_with(words.split()[0])]


def test_every_file_of_commands_is_in_the_table() -> None:
    """A command that nobody can call would be forgotten in silence."""
    files = {path.stem for path in Path(main.__file__).parent.glob("*.py")}
    machinery = {"__init__", "main", "command", "commands", "arguments", "failure", "output", "words"}
    assert set(FILES.values()) == files - machinery
    assert len(COMMANDS) == len(every())


@pytest.mark.parametrize(
    "words",
    [
        *("init", "sample-card", "demo", "volumes", "plan", "ingest", "reconcile", "list", "show", "case add"),
        *("case link", "case list", "verify", "rebuild", "labels", "person add", "person list", "policy list"),
        *("policy set", "rights", "audit verify", "audit export"),
    ],
)
def test_a_command_of_the_contract_is_there(words: str) -> None:
    assert words in COMMANDS


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["--no-such-option"],
        ["case"],
        ["case", "remove"],
        ["audit"],
        ["frame", "x"],
        ["evaluation", "plan"],
        ["vault", "add", "x"],
        ["--workspace"],
        ["list", "--kind", "film"],
        ["list", "--day", "yesterday"],
        ["list", "--limit", "0"],
        ["list", "--limit", "1e3"],
        ["list", "--limit", "9" * 5000],
        ["list", "--after", "nonsense"],
        ["list", "more"],
        ["list", "--lim", "5"],
        ["show"],
        ["case", "add", "7"],
        ["case", "link", "7"],
        ["labels", "--case", "7"],
        ["labels", "--case", "7", "--output", "x.pdf", "--made", "2026-13-01"],
        ["labels", "--case", "7", "--output", "x.pdf", "--start", "-1"],
        ["labels", "--case", "7", "--output", "x.pdf", "--dx", "nan"],
        ["labels", "--case", "7", "--output", "x.pdf", "--dx", "inf"],
        ["volumes", "--wait", "-1"],
        ["volumes", "--wait", "inf"],
        ["verify", "--case", "7", "--ingest", "x"],
        ["policy", "set", "digest.sm3", "true"],
        ["\udcff"],
        ["list", "\udcff"],
        ["list", "--query"],
        ["show", "a" * 200_000],
        ["show", "a\0b"],
        ["list", "--password-file", "/nowhere"],
    ],
)
def test_wrong_usage_is_exit_2(at: Call, words: list[str]) -> None:
    said = at(*words)
    assert said.status == 2, said
    assert said.words


class TestGlobalOptions:
    @pytest.mark.parametrize("place", range(3))
    def test_they_stand_anywhere(
        self, workspace: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path, place: int
    ) -> None:
        (tmp_path / "secret").write_text("geheim\n")
        options = [
            f"--workspace={workspace}",
            "--operator",
            OPERATOR,
            "--json",
            "--password-file",
            f"{tmp_path}/secret",
        ]
        words = ["person", "list"]
        assert run([*words[:place], *options, *words[place:]]) == 0
        assert [row["name"] for row in json.loads(capfd.readouterr().out)["people"]] == [OPERATOR]

    def test_the_environment_stands_in_for_them(
        self, at: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("AVDESK_OPERATOR", "张示例")
        assert at("list").code == "BAD_PASSWORD"
        assert at("list", "--operator", OPERATOR).status == 0
        monkeypatch.setenv("AVDESK_OPERATOR", OPERATOR)
        assert at("list").status == 0
        assert at("list", "--operator", "").code == "BAD_PASSWORD"
        monkeypatch.setenv("AVDESK_PASSWORD_FILE", str(tmp_path / "nowhere"))
        assert at("list").code == "PASSWORD_FILE_MISSING"
        assert at("rights").status == 0

    def test_an_option_given_wins_over_the_environment(self, at: Call, tmp_path: Path) -> None:
        assert at("list", "--workspace", tmp_path / "none").code == "WORKSPACE_MISSING"

    def test_the_version_needs_nothing(self, capfd: pytest.CaptureFixture[str], call: Call) -> None:
        assert run(["--version"]) == 0
        assert capfd.readouterr().out == f"avdesk {avdesk.__version__}\n"
        assert call("--version", "--workspace", "/nowhere").document == {"version": avdesk.__version__}

    def test_what_follows_two_dashes_is_no_option(self, at: Call, capfd: pytest.CaptureFixture[str]) -> None:
        assert run(["person", "add", "--", "--json"]) == 0
        assert capfd.readouterr().out.endswith("  --json\n")

    def test_help_tells_all_commands(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert run(["-h"]) == 0
        out = capfd.readouterr().out
        assert all(f"avdesk {words} " in out for words in COMMANDS)
        assert out.splitlines()[0].split() == ["avdesk", "open", "the", "window"]
        assert run(["case", "--help"]) == 0
        assert [line.split()[:3] for line in capfd.readouterr().out.splitlines()[:3]] == [
            ["avdesk", "case", verb] for verb in ("add", "link", "list")
        ]


class TestRefusal:
    def refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Accounts come later; until then nobody lacks a right, so one is taken away here."""

        def sign_in_poor(workspace: Path, operator: str | None) -> Any:
            return replace(sign_in(workspace, operator), rights=frozenset())

        monkeypatch.setattr(main, "sign_in", sign_in_poor)

    @pytest.mark.parametrize(
        ("words", "right"),
        [
            (["list"], "view"),
            (["list", "--kind", "film"], "view"),
            (["person", "add"], "people"),
            (["ingest", "/nowhere"], "ingest"),
            (["labels"], "labels"),
            (["audit", "verify"], "audit"),
            (["policy", "set", "nothing", "x", "--reason", ""], "policy"),
        ],
    )
    def test_a_right_is_asked_before_the_arguments(
        self, at: Call, words: list[str], right: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            self.refused(patch)
            said = at(*words)
            assert (said.status, said.document) == (
                3,
                {"refused": {"code": "NO_RIGHT", "right": right, "until": None}},
            )
        assert at("audit", "verify").document["events"] == 2

    def test_somebody_else_is_refused_before_the_arguments(self, at: Call) -> None:
        said = at("list", "--kind", "film", "--operator", "张示例")
        assert (said.status, said.document) == (3, {"refused": {"code": "BAD_PASSWORD", "right": None, "until": None}})


class TestBadSurroundings:
    def test_a_workspace_that_is_a_file(self, call: Call, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert call("--workspace", tmp_path / "file", "list").code == "WORKSPACE_MISSING"
        assert call("--workspace", tmp_path / "file", *filled("init", tmp_path)).status == 2

    @pytest.mark.parametrize("name", ["a" * 300, "a" * 5000])
    def test_a_workspace_that_no_path_can_be(self, call: Call, name: str, tmp_path: Path) -> None:
        assert call("--workspace", name, "list").status == 4
        assert call("--workspace", name, *filled("init", tmp_path)).status == 4

    def test_spoilt_settings(self, at: Call, workspace: Path) -> None:
        (workspace / "avdesk.toml").write_text("vault = [[[")
        said = at("list")
        assert (said.status, said.code) == (4, "WORKSPACE_MISSING") and "avdesk.toml" in said.words

    def test_a_spoilt_catalogue(self, at: Call, tmp_path: Path) -> None:
        (tmp_path / "avdesk.sqlite3").write_bytes(b"spoilt" * 5000)
        said = at("list")
        assert (said.status, said.code) == (4, "DATABASE_UNREACHABLE")

    def test_a_catalogue_spoilt_in_the_middle(self, at: Call, tmp_path: Path) -> None:
        file = tmp_path / "avdesk.sqlite3"
        file.write_bytes(file.read_bytes()[:4096] + b"\xff" * (file.stat().st_size - 4096))
        said = at("list")
        assert (said.status, said.code) == (4, "DATABASE_UNREACHABLE")

    def test_a_newer_catalogue(self, at: Call, tmp_path: Path) -> None:
        file = tmp_path / "avdesk.sqlite3"
        subprocess.run(["sqlite3", file, "UPDATE alembic_version SET version_num = '9001'"], check=True)
        before = file.read_bytes()
        said = at("list")
        assert (said.status, said.code) == (4, "DATABASE_TOO_NEW")
        assert file.read_bytes() == before

    @pytest.mark.parametrize("address", ["nonsense", "postgresql://nobody:geheim@localhost:1/x?connect_timeout=2"])
    def test_a_database_out_of_reach(self, at: Call, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
        monkeypatch.setenv("AVDESK_DATABASE_URL", address)
        said = at("list")
        assert (said.status, said.code) == (4, "DATABASE_UNREACHABLE")
        assert "geheim" not in said.words + json.dumps(said.document)

    def test_a_vault_that_is_gone(self, at: Call, workspace: Path, tmp_path: Path) -> None:
        shutil.rmtree(workspace / "vault")
        (tmp_path / "card").mkdir()
        said = at("ingest", tmp_path / "card")
        assert (said.status, said.code) == (4, "VAULT_UNAVAILABLE")

    def test_a_source_that_is_gone(self, at: Call) -> None:
        assert at("plan", "/nowhere").code == "SOURCE_MISSING"


class TestAsAProgram:
    """What only a real process shows."""

    @pytest.fixture
    def surroundings(self, workspace: Path) -> dict[str, str]:
        return {**os.environ, "AVDESK_WORKSPACE": str(workspace)}

    def shell(self, line: str, surroundings: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["bash", "-c", line], env={**surroundings, "A": str(AVDESK)}, capture_output=True, timeout=60
        )

    def test_a_reader_that_goes_away_early_is_no_fault(self, surroundings: dict[str, str]) -> None:
        done = self.shell('"$A" rights --json | head -c 1; echo "${PIPESTATUS[0]}"', surroundings)
        assert (done.stdout, done.stderr) == (b"{0\n", b"")

    @pytest.mark.parametrize(
        ("redirection", "status"), [(">&-", 0), (">/dev/full", 4), ("2>&-", 0), ("2>/dev/full", 0), ("<&-", 0)]
    )
    def test_streams_that_are_closed_or_full(self, surroundings: dict[str, str], redirection: str, status: int) -> None:
        done = self.shell(f'"$A" person list --json {redirection}', surroundings)
        assert done.returncode == status
        assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr
        if done.stdout:
            assert json.loads(done.stdout)["people"]

    def test_words_without_stderr_do_not_reach_the_document(self, surroundings: dict[str, str]) -> None:
        done = self.shell('"$A" case add 案7 --title 案 --json 2>&-', surroundings)
        assert json.loads(done.stdout)["findings"][0]["code"] == "NUMBER_NOT_RECOGNISED"

    @pytest.mark.parametrize("words", ["show $'\\xff'", "plan $'\\xff'"])
    def test_bytes_that_are_no_text(self, surroundings: dict[str, str], words: str) -> None:
        done = self.shell(f'"$A" {words} --json', surroundings)
        assert b"Traceback" not in done.stderr
        assert "\\udcff" in json.dumps(json.loads(done.stdout)["error"])

    def test_a_terminal_without_chinese(self, surroundings: dict[str, str]) -> None:
        done = self.shell('PYTHONIOENCODING=ascii "$A" person list', surroundings)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\\u738b\\u793a\\u4f8b" in done.stdout

    def test_an_interruption_is_answered(self, surroundings: dict[str, str]) -> None:
        with subprocess.Popen(
            [AVDESK, "volumes", "--wait", "60", "--json"],
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as program:
            end = time.monotonic() + 30
            while not _holds(program.pid, "mountinfo") and time.monotonic() < end:
                time.sleep(0.02)
            program.send_signal(signal.SIGINT)
            out, err = program.communicate(timeout=30)
        assert (program.returncode, json.loads(out)) == (1, {"error": {"code": "CANCELLED"}})
        assert err == b"Stopped.\n"

    def test_only_what_a_command_needs_is_loaded(self, surroundings: dict[str, str]) -> None:
        """So that the program starts quickly."""
        heavy = "{'alembic', 'reportlab', 'av', 'PIL', 'segno', 'numpy', 'cv2', 'psycopg'}"
        program = f"import sys; from avdesk.cli import run; run(['list']); print(sorted({heavy} & set(sys.modules)))"
        done = self.shell(f'"$(dirname "$A")/python" -c "{program}"', surroundings)
        assert done.stdout.splitlines()[-1] == b"[]", done


def _holds(process: int, name: str) -> bool:
    """Whether a process has a file of that name open."""
    listed = subprocess.run(["ls", "-l", f"/proc/{process}/fd"], capture_output=True, text=True).stdout
    return name in listed


def test_a_file_name_plays_no_tricks_on_a_terminal(
    at: Call, workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert at("case", "add", "7", "--title", "good\u202egpj.exe").status == 0
    assert run(["case", "list"]) == 0
    assert "good\\u202egpj.exe" in capfd.readouterr().out
