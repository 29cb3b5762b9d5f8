"""Typed addresses: one form, nothing of this machine, and nothing beside what is allowed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gmm_dash.config import NOT_ADDRESSES, Config, ConfigError, addresses_in
from gmm_dash.errors import ImportProblem
from gmm_dash.files.address import LONGEST, is_below, typed_address

BELOW = ("s3://bucket/open", "memory://shared/")
REFUSED = (
    ("", "No address was typed."),
    ("   ", "No address was typed."),
    ("x" * (LONGEST + 1), "at most 500 characters"),
    ("/etc/passwd", "no address"),
    ("../table", "no address"),
    ("C:\\table", "no address"),
    ("s3:/bucket/open", "no address"),
    ("file:///etc", "cannot be used"),
    ("FILE:///etc", "cannot be used"),
    ("local://etc", "cannot be used"),
    ("simplecache::s3://bucket/open", "no address"),
    ("s3://bucket/open::file:///etc", "cannot be used"),
    ("s3://bucket/open/../private", "cannot be used"),
    ("s3://bucket/open/..", "cannot be used"),
    ("s3://bucket/open/./a", "cannot be used"),
    ("s3://bucket/open//a", "cannot be used"),
    ("s3://bucket/open/%2e%2e/private", "cannot be used"),
    ("s3://bucket/open/a b", "cannot be used"),
    ("s3://bucket/open/a\nb", "cannot be used"),
    ("s3://bucket/open/a\0b", "cannot be used"),
    ("s3://bucket/open/\\..\\private", "cannot be used"),
    ("s3://key:secret@bucket/open", "cannot be used"),
    ("s3://bucket/open/*", "cannot be used"),
    ("s3://bucket/open?versionId=1", "cannot be used"),
    ("s3://bucket/opened", "not opened here"),
    ("s3://bucket", "not opened here"),
    ("s3://Bucket/open", "not opened here"),
    ("gs://bucket/open", "not opened here"),
)


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_is_refused_names_what_is_allowed(text, said):
    with pytest.raises(ImportProblem) as caught:
        typed_address(text, BELOW)
    assert said in caught.value.sentence
    assert "begins with s3://bucket/open/ or memory://shared/." in caught.value.sentence


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("s3://bucket/open", "s3://bucket/open"),
        (" S3://bucket/open/year=2024/ ", "s3://bucket/open/year=2024"),
        ("memory://shared/a.b-c_d/part.parquet", "memory://shared/a.b-c_d/part.parquet"),
    ],
)
def test_an_address_has_one_form(text, address):
    assert typed_address(text, BELOW) == address
    assert typed_address(address, BELOW) == address


@given(st.text() | st.text(alphabet="s3:/bucketopn.%@\\ ").map("s3://bucket/open".__add__))
@example("s3://bucket/open/..a")
def test_nothing_leaves_what_is_allowed(text):
    try:
        address = typed_address(text, BELOW)
    except ImportProblem:
        return
    assert any(is_below(address, one) for one in BELOW)
    steps = address.partition("://")[2].split("/")
    assert not {"", ".", ".."} & set(steps)
    assert not set(address) & set(" %@?#*\\")
    assert address.count("://") == 1


@pytest.mark.parametrize("scheme", NOT_ADDRESSES)
def test_no_deployment_can_allow_its_own_disk(scheme):
    with pytest.raises(ConfigError, match="GMM_DASH_SOURCES"):
        Config(sources=f"{scheme}://a/b")


@pytest.mark.parametrize(
    "places", ["/data", "s3://a/../b", "s3://u:p@a", "s3://a::s3://b/", "s3://a//b", "s3://"]
)
def test_what_is_no_list_of_addresses_stops_the_start(places):
    with pytest.raises(ConfigError, match="GMM_DASH_SOURCES"):
        Config(sources=places)


def test_addresses_are_separated_by_spaces():
    found = Config.from_env({"GMM_DASH_SOURCES": "s3://a/b  memory://c/ "})
    assert addresses_in(found.sources) == ("s3://a/b", "memory://c/")
    assert addresses_in(Config().sources) == ()
