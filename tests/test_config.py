"""A setting is what its declaration says, and a bad one is a sentence that names it."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmm_dash.config import OWNERS, Config, ConfigError, default_store, limits_table, variable

ROOT = Path(__file__).parents[1]
NUMBERS = [declared for declared in fields(Config) if "low" in declared.metadata]
BAD = {
    "GMM_DASH_BASE_PATH": "/a b/",
    "GMM_DASH_SECRET": "short",
    "GMM_DASH_FRAME_ANCESTORS": "'self'; script-src *",
    "GMM_DASH_SCHEDULER": "scheduler:8786",
    "GMM_DASH_METRICS": "perhaps",
    "GMM_DASH_LOG_LEVEL": "loud",
    "GMM_DASH_UPLOAD_BYTES": "20 MB",
    "GMM_DASH_FIT_SECONDS": "nan",
    "GMM_DASH_STORE": "a\nb",
}


def test_an_empty_environment_gives_the_defaults():
    assert Config.from_env({}) == Config(store=default_store({}))


def test_a_default_store_is_never_in_the_current_folder(tmp_path):
    assert Path(default_store({"HOME": str(tmp_path)})).is_relative_to(tmp_path)
    for environ in ({}, {"HOME": "/nonexistent"}, {"HOME": "relative"}, {"XDG_CACHE_HOME": "."}):
        assert not Path(default_store(environ)).is_relative_to(Path.cwd())
        assert Path(default_store(environ)).is_absolute()


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_value_is_refused_by_name(name):
    with pytest.raises(ConfigError, match=name) as refused:
        Config.from_env({name: BAD[name]})
    assert refused.value.hint


def test_a_secret_is_not_repeated():
    with pytest.raises(ConfigError) as refused:
        Config.from_env({"GMM_DASH_SECRET": "hunter2"})
    assert "hunter2" not in refused.value.sentence
    assert "s" * 40 not in repr(Config(secret="s" * 40))


@pytest.mark.parametrize("declared", NUMBERS, ids=lambda declared: declared.name)
def test_bounds_hold(declared):
    low, high = declared.metadata["low"], declared.metadata["high"]
    for outside in (low - 1, high + 1):
        with pytest.raises(ConfigError, match=variable(declared.name)):
            Config.from_env({variable(declared.name): str(outside)})
    assert getattr(Config.from_env({variable(declared.name): str(high)}), declared.name) == high


def test_an_unknown_variable_is_named():
    with pytest.raises(ConfigError, match="GMM_DASH_UPLOAD_BITES"):
        Config.from_env({"GMM_DASH_UPLOAD_BITES": "1"})


@pytest.mark.parametrize("text", ["gmm", "/gmm", "gmm/", "/gmm/"])
def test_slashes_of_the_base_path_are_added(text):
    assert Config.from_env({"GMM_DASH_BASE_PATH": text}).base_path == "/gmm/"
    assert Config.from_env({"GMM_DASH_BASE_PATH": "/"}).base_path == "/"


def test_the_body_limit_lets_both_files_and_callbacks_in():
    for upload, callback in (("3000000", "200000"), ("100000", "2000000")):
        config = Config.from_env(
            {"GMM_DASH_UPLOAD_BYTES": upload, "GMM_DASH_CALLBACK_BYTES": callback}
        )
        assert config.body_limit == max(int(upload), int(callback))


@given(
    st.dictionaries(
        st.sampled_from([variable(declared.name) for declared in fields(Config)]),
        st.text(max_size=40),
    )
)
def test_any_environment_gives_settings_or_a_sentence(environ):
    try:
        assert Config.from_env(environ).base_path.endswith("/")
    except ConfigError as error:
        assert any(name in error.sentence for name in environ)  # noqa: PT017  (either is right)


def test_the_page_of_limits_shows_every_setting():
    """Written by ``python -c 'from gmm_dash.config import limits_table as t; print(t())'``."""
    page = (ROOT / "docs" / "limits.md").read_text()
    assert limits_table() in page
    for name, value in OWNERS.items():
        assert f"| `{variable(name)}` | `{value}` |\n" in page
