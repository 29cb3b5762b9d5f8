"""An audit from a folder finds what holds, passes over the rest, and says how old it is."""

import json
from datetime import UTC, datetime

import pytest

from supply import audit

NOW = datetime(2026, 11, 26, tzinfo=UTC)
HAVE = {("PyPI", "some-package"): {"1.4.2"}, ("npm", "plotly.js"): {"4.1.1"}}


def _advisory(*events, name="Some_Package", ecosystem="PyPI", **more):
    return {
        "id": "X-1",
        "modified": "2026-11-20T01:02:03Z",
        "summary": "Reads what it should not",
        "affected": [
            {
                "package": {"ecosystem": ecosystem, "name": name},
                "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
            }
        ],
        **more,
    }


@pytest.mark.parametrize(
    ("events", "holds"),
    [
        ([{"introduced": "0"}, {"fixed": "1.4.3"}], True),
        ([{"introduced": "0"}, {"fixed": "1.4.2"}], False),
        ([{"introduced": "1.4.2"}], True),
        ([{"introduced": "1.5"}], False),
        ([{"introduced": "0"}, {"last_affected": "1.4.2"}], True),
        ([{"introduced": "0"}, {"last_affected": "1.4.1"}], False),
        ([{"fixed": "1.2"}, {"introduced": "0"}, {"fixed": "1.10"}, {"introduced": "1.4"}], True),
        ([{"introduced": "0"}, {"fixed": "not a version"}], True),
    ],
)
def test_ranges_are_those_of_the_form(events, holds):
    assert bool(audit.holes([_advisory(*events)], HAVE)) is holds


def test_what_is_withdrawn_or_about_something_else_does_not_hold():
    always = {"introduced": "0"}
    assert audit.holes([_advisory(always)], HAVE)
    assert audit.holes([_advisory(always, name="plotly.js", ecosystem="npm")], HAVE)
    assert not audit.holes([_advisory(always, withdrawn="2026-01-01T00:00:00Z")], HAVE)
    assert not audit.holes([_advisory(always, ecosystem="npm")], HAVE)
    assert not audit.holes([_advisory(always, name="another")], HAVE)
    listed = _advisory()
    listed["affected"][0] |= {"versions": ["1.4.2"], "ranges": []}
    assert audit.holes([listed], HAVE)
    listed["affected"][0] |= {"versions": [], "ranges": [{"type": "GIT", "events": [always]}]}
    assert not audit.holes([listed], HAVE)


def test_a_folder_is_read_and_its_age_told(tmp_path):
    deep = tmp_path / "vulns" / "numpy"
    deep.mkdir(parents=True)
    (tmp_path / "osv-schema.json").write_text('{"type": "object"}')
    (deep / "X-1.json").write_text(json.dumps(_advisory({"introduced": "0"}, name="NumPy")))
    (deep / "X-2.yaml").write_text(
        "id: X-2\nmodified: 2026-09-01T00:00:00Z\n"
        "affected:\n- package: {ecosystem: PyPI, name: six}\n"
        "  ranges: [{type: ECOSYSTEM, events: [{introduced: '0'}, {fixed: '1.0'}]}]\n"
    )
    code, lines = audit.report(tmp_path, NOW)
    assert code == audit.FOUND
    assert lines[0] == "2 advisories, the newest of 2026-11-20: 5 days old."
    (told,) = (line for line in lines if line.startswith("numpy "))
    assert told.endswith("(fixed in no version)")
    assert not [line for line in lines if "X-2" in line]
    (deep / "X-1.json").unlink()
    code, lines = audit.report(tmp_path, NOW)
    assert code == 0
    assert "86 days old" in lines[0]
    assert "get a newer copy" in lines[1]


def test_a_folder_that_says_nothing_is_no_good_news(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        assert audit.report(folder, NOW)[0] == audit.UNUSABLE
    (tmp_path / "broken.json").write_text("{")
    code, lines = audit.report(tmp_path, NOW)
    assert code == audit.UNUSABLE
    assert "broken.json cannot be read" in lines[0]
