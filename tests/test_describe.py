"""``gmm-dash describe``: how a table is read, printed, with what would be asked and fitted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gmm_dash.cli import main

ROOT = Path(__file__).parents[1]
ROWS = [f"{1000 + 7 * i},{i * 0.37:.2f},{(i * 7) % 5 + 0.5},{'ab'[i % 2]}" for i in range(12)]
TABLE = "PassengerId,x,y,kind\n" + "\n".join(ROWS) + "\n1,2\n"


@pytest.fixture
def described(capsys, tmp_path):
    """Return what the command prints of a text, and the exit code."""

    def run(text):
        file = tmp_path / "table.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["describe", str(file)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_the_account_names_columns_doubts_groups_and_points(described):
    code, out, err = described(TABLE)
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["rows"] == 12
    assert [(c["name"], c["kind"], c["suggested"]) for c in found["columns"]] == [
        ("PassengerId", "id", False),
        ("x", "number", True),
        ("y", "number", True),
        ("kind", "text", False),
    ]
    assert found["label_suggestions"] == ["kind"]
    assert [doubt["code"] for doubt in found["doubts"]] == ["skipped_lines"]
    assert found["skipped_lines"] == [14]
    assert found["points"] == {"n": 12, "d": 2, "columns": ["x", "y"], "first_row": [0.0, 0.5]}
    assert "\n" not in found["sentence"]


def test_what_stands_out_about_columns_is_a_doubt(described):
    rows = "\n".join(f"{i % 4},{i * 0.37:.2f},{24 - i * 0.37:.2f}" for i in range(40))
    found = json.loads(described(f"kind,x,y\n{rows}\n")[1])
    assert [one["code"] for one in found["doubts"]] == ["few_values", "relation"]
    assert found["doubts"][1]["text"].startswith("x + y = 24 in every row")


def test_a_table_without_numbers_is_described_and_says_why_nothing_is_fitted(described):
    code, out, _ = described("first,last\nAda,Lovelace\nAlan,Turing\n")
    found = json.loads(out)
    assert code == 0
    assert found["points"] == {"n": 0, "d": 0, "columns": [], "first_row": []}
    assert "cannot_cluster" in [doubt["code"] for doubt in found["doubts"]]


def test_what_is_no_table_is_one_sentence_and_exit_2(described):
    code, out, err = described(b"\x89PNG\r\n\x1a\n" + bytes(40))
    assert (code, out) == (2, "")
    assert err.startswith("This is a PNG picture")
    assert err.count("\n") == 1


def test_a_missing_file_is_one_sentence_from_the_script_too():
    run = [sys.executable, "app.py", "describe", "nowhere.csv"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "Cannot read nowhere.csv: No such file or directory. Check the name and try again.\n"
    )
