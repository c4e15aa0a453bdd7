"""The private cluster: a real server, empty databases, and nothing left behind."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.postgres import PROGRAMS, Cluster, postgres_cluster, postgres_url

__all__ = ["postgres_cluster", "postgres_url"]

ROOT = Path(__file__).parent.parent
TEXT = "平石市医疗保障局〔2026〕第1号 𠮷"


def test_chinese_text_comes_back(postgres_url: str) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE unit (name text PRIMARY KEY)"))
        connection.execute(sa.text("INSERT INTO unit VALUES (:name)"), {"name": TEXT})
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT name, length(name) FROM unit")).one() == (TEXT, len(TEXT))
        assert connection.execute(sa.text("SHOW lc_collate")).scalar_one() == "C.UTF-8"
    engine.dispose()


def test_a_copy_holds_what_its_template_holds(postgres_cluster: Cluster) -> None:
    template = postgres_cluster.create_database()
    with psycopg.connect(_plain(postgres_cluster.url(template))) as connection:
        connection.execute("CREATE TABLE unit AS SELECT 7 AS number")
    connection.close()
    copy = postgres_cluster.create_database(template)
    with psycopg.connect(_plain(postgres_cluster.url(copy))) as connection:
        assert connection.execute("SELECT number FROM unit").fetchall() == [(7,)]
    connection.close()
    for name in (copy, template):
        postgres_cluster.drop_database(name)


def test_two_databases_do_not_see_each_other(postgres_url: str, postgres_cluster: Cluster) -> None:
    other = postgres_cluster.create_database()
    assert postgres_cluster.url(other) != postgres_url
    postgres_cluster.drop_database(other)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(_plain(postgres_cluster.url(other)))


@pytest.mark.skipif(not PROGRAMS.exists(), reason="PostgreSQL 15 is not installed")
def test_a_stopped_cluster_leaves_nothing() -> None:
    with Cluster() as cluster:
        folder = cluster.folder
        assert folder is not None
        server = _server_process(folder)
        assert _alive(server)
    assert not folder.exists()
    assert not _alive(server)


@pytest.mark.skipif(not PROGRAMS.exists(), reason="PostgreSQL 15 is not installed")
def test_a_killed_owner_takes_its_server_with_it() -> None:
    program = (
        "import sys; from tests.postgres import Cluster\n"
        "cluster = Cluster(); cluster.start(); print(cluster.folder, flush=True); sys.stdin.read()\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with owner:
        assert owner.stdout is not None
        folder = Path(owner.stdout.readline().strip())
        server = _server_process(folder)
        owner.kill()
    try:
        end = time.monotonic() + 30
        while _alive(server) and time.monotonic() < end:
            time.sleep(0.05)
        assert not _alive(server)
    finally:
        shutil.rmtree(folder)


def _server_process(folder: Path) -> int:
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])


def _alive(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def _plain(url: str) -> str:
    """The address as libpq takes it."""
    return url.replace("postgresql+psycopg://", "postgresql://")
