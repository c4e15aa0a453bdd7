"""Digests as other programs compute them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from avdesk.vault.digests import Digesting, Digests, sm3_available

CONTENT = bytes(range(256)) * 4097


def test_sha256_as_sha256sum(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(CONTENT)
    said = subprocess.run(["sha256sum", file], capture_output=True, text=True, check=True).stdout.split()[0]
    digesting = Digesting()
    for start in range(0, len(CONTENT), 100_000):
        digesting.update(memoryview(CONTENT)[start : start + 100_000])
    assert digesting.result() == Digests(said, None)


@pytest.mark.skipif(not sm3_available(), reason="this OpenSSL has no SM3")
def test_sm3_as_openssl(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(CONTENT)
    said = subprocess.run(["openssl", "dgst", "-sm3", "-r", file], capture_output=True, text=True, check=True)
    digesting = Digesting(sm3=True)
    for update in digesting.updates:  # each by itself, as threads do it
        for start in range(0, len(CONTENT), 100_000):
            update(memoryview(CONTENT)[start : start + 100_000], start)
    assert digesting.result().sm3 == said.stdout.split()[0]
    alone = Digesting()
    alone.update(CONTENT)
    assert digesting.result().sha256 == alone.result().sha256


def test_sm3_of_the_standard() -> None:
    """GB/T 32905-2016, example 1."""
    if not sm3_available():
        pytest.skip("this OpenSSL has no SM3")
    digesting = Digesting(sm3=True)
    digesting.update(b"abc")
    assert digesting.result().sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
