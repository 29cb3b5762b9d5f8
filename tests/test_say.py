"""``gmm-dash say``: what the page says for a link, printed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gmm_dash.cli import main
from gmm_dash.say import VIEWS
from gmm_dash.state import VIEWS as VIEW_NAMES

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def store(monkeypatch, tmp_path):
    """A store of its own."""
    folder = tmp_path / "store"
    monkeypatch.setenv("GMM_DASH_STORE", str(folder))
    return folder


@pytest.fixture
def said(capsys):
    """Return what the command prints, and the exit code."""

    def run(*arguments):
        code = main(["say", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("view", VIEW_NAMES)
def test_every_view_has_sentences_with_codes_and_numbers(said, view):
    few = "&kmax=3&types=full&starts=20&n_init=1&n=60&colors=4&dk=5"
    code, out, err = said(f"?view={view}{few}")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["view", "sentences", "numbers"]
    assert found["view"] == view
    assert found["sentences"]
    for sentence in found["sentences"]:
        assert list(sentence) == ["code", "text"]
        assert sentence["code"]
        assert sentence["text"].strip() == sentence["text"] != ""
    assert all(v is None or isinstance(v, int | float) for v in found["numbers"].values())
    assert set(VIEWS) == set(VIEW_NAMES)


def test_the_numbers_are_those_of_the_cards(said):
    numbers = json.loads(said("?data=moons&k=2")[1])["numbers"]
    both = {"ari", "ami", "silhouette"}
    assert set(numbers) == {
        *(f"kmeans.{name}" for name in both | {"inertia", "agreement"}),
        *(f"gmm.{name}" for name in both | {"log_likelihood", "aic", "bic"}),
    }
    assert numbers["gmm.aic"] < numbers["gmm.bic"]
    assert json.loads(said("?data=faithful&k=2")[1])["numbers"]["gmm.ari"] is None


def test_a_file_is_what_the_link_is_about_and_is_not_kept(said, store, tmp_path):
    table = tmp_path / "my table.csv"
    table.write_text("a;b\n" + "".join(f"{i % 9},5;{i % 7}\n" for i in range(80)))
    code, out, _ = said("?data=moons&k=2&x=b&y=a", "--file", str(table))
    assert code == 0
    assert "80 points: a against b." in out
    assert not list(store.rglob("*.parquet"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["?k=many"], "'many' is not a number"),
        (["?data=nothing"], "nothing"),
        (["?covtype=full&kinit2=1&sed=3"], "did you mean"),
        (["?data=upload"], "No file has been opened yet"),
        (["?data=upload&table=abc"], "."),
        (["?k=2", "--file", "no such file.csv"], "Cannot read no such file.csv"),
        (["?k=30&n=20"], "."),
    ],
)
def test_what_cannot_be_said_is_refused_in_a_sentence(said, arguments, words):
    code, out, err = said(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_it_is_a_command_of_the_entry_point_as_well(tmp_path):
    done = subprocess.run(
        [sys.executable, "app.py", "say", "http://127.0.0.1:8050/?k=1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sentences"][0]["code"] == "compare.single"
