"""Fixtures shared by every test."""

import os
from dataclasses import replace

import pytest
from hypothesis import settings

from gmm_dash.config import Config
from gmm_dash.factory import open_store
from gmm_dash.files.limits import Limits
from gmm_dash.pipeline import Pipeline
from gmm_dash.tables import ReadOptions, read_and_store
from tests import chromium

# A test says what is right, never how fast: machines are shared.
# Where nobody is there to look into a rare example, the examples are always the same.
settings.register_profile("shared-machine", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("shared-machine")


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory):
    """A pipeline on a store of its own."""
    config = replace(Config(), store=str(tmp_path_factory.mktemp("tables")))
    return Pipeline(config, open_store(config))


@pytest.fixture(scope="session")
def stored(pipeline):
    """Store CSV text the way an upload is stored; return its key."""

    def store(text):
        data = text.encode() if isinstance(text, str) else text
        return read_and_store(data, ReadOptions(), Limits.of(pipeline.config), pipeline.store)[0]

    return store


@pytest.fixture(scope="session")
def browser():
    """A real Chromium, shared by every test that looks at a page."""
    with chromium.launched() as running:
        yield running
