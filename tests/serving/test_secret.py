"""One secret for all workers and restarts, readable by its owner only."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from gmm_dash.config import Config, ConfigError
from gmm_dash.serving.secret import NAME, signing_key


def test_a_given_secret_is_used(tmp_path):
    assert signing_key(Config(store=str(tmp_path), secret="s" * 32)) == b"s" * 32
    assert list(tmp_path.iterdir()) == []


def test_it_is_made_once_and_kept(tmp_path):
    config = Config(store=str(tmp_path / "tables"))
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: signing_key(config), range(16)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 32
    assert [path.name for path in (tmp_path / "tables").iterdir()] == [NAME]
    assert (tmp_path / "tables" / NAME).stat().st_mode & 0o777 == 0o600


def test_two_places_have_two_secrets(tmp_path):
    one, two = (signing_key(Config(store=str(tmp_path / name))) for name in "ab")
    assert one != two


@pytest.mark.parametrize("kept", [b"", b"short"])
def test_a_damaged_secret_is_not_used(tmp_path, kept):
    (tmp_path / NAME).write_bytes(kept)
    assert len(signing_key(Config(store=str(tmp_path)))) == 32


def test_a_place_that_cannot_be_written_still_gives_a_secret(tmp_path):
    (tmp_path / "file").touch()
    assert len(signing_key(Config(store=str(tmp_path / "file" / "tables")))) == 32


def test_a_secret_others_can_read_is_closed(tmp_path):
    (tmp_path / NAME).write_bytes(b"k" * 64)
    (tmp_path / NAME).chmod(0o644)
    signing_key(Config(store=str(tmp_path)))
    assert os.stat(tmp_path / NAME).st_mode & 0o077 == 0  # noqa: PTH116


def test_replicas_must_be_given_one():
    with pytest.raises(ConfigError, match="GMM_DASH_SECRET"):
        signing_key(Config(store="s3://bucket/tables"))
