"""Laws of reading: any bytes are answered, and what was written comes back."""

import io
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gmm_dash.errors import ImportProblem
from gmm_dash.files.limits import Limits
from gmm_dash.tables import ReadOptions, read_table, safe_csv
from gmm_dash.tables.columns.names import MAX_NAME, clean_names
from gmm_dash.tables.formats import read
from tests.tables import corpus

SMALL = Limits(
    max_bytes=100_000, max_rows=2_000, max_columns=50, max_cells=10_000, max_unpacked=1_000_000
)
SEEDS = [data for data, _ in {**corpus.text_tables(), **corpus.packed_tables()}.values()]
PIECES = (b'"', b",", b";", b"\n", b"\t", b"\0", b"\xff", b"{", b"[", b"#", b"\r", b"9" * 20, b"e")
DIALECTS = ((",", "."), (";", ","), ("\t", "."), ("\t", ","), ("|", "."), ("|", ","), (";", "."))
fuzzing = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def strict(monkeypatch):
    """Let faults of the reader itself through, which a user would get as a sentence."""

    def fail(*_):
        raise  # noqa: PLE0704  (the exception being handled)

    monkeypatch.setattr(read.logger, "exception", fail)


def answered(data):
    """Read ``data``; whatever it is, the answer has the promised form."""
    try:
        table = read_table(data, limits=SMALL)
    except ImportProblem as problem:
        answer = problem
    else:
        answer = None
    if answer is not None:
        assert str(answer)
        assert answer.hint
        return
    names = [column.name for column in table.report.columns]
    assert list(table.frame.columns) == names
    assert len(set(names)) == len(names)
    assert all(names)
    assert table.frame.shape == (table.report.n_rows, table.report.n_columns)
    assert table.report.n_rows > 0


@fuzzing
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(strict, data):
    answered(data)


@fuzzing
@given(st.text(alphabet="01.,;\t| \n\r\"'#-eNa=x\u202e\ufeff{}[]:é", max_size=120))
def test_any_text_is_answered(strict, text):
    answered(text.encode())


@fuzzing
@given(st.sampled_from(SEEDS), st.data())
def test_any_damage_is_answered(strict, seed, data):
    damaged = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged)))
        kind = data.draw(st.sampled_from(("cut", "insert", "change", "drop")))
        if kind == "cut":
            del damaged[place:]
        elif kind == "insert":
            damaged[place:place] = data.draw(st.sampled_from(PIECES))
        elif kind == "change" and place < len(damaged):
            damaged[place] = data.draw(st.integers(0, 255))
        else:
            del damaged[place : place + data.draw(st.integers(1, 20))]
    answered(bytes(damaged))


@fuzzing
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=20,
    ).filter(lambda value: isinstance(value, list | dict))
)
def test_any_json_is_answered(strict, value):
    answered(json.dumps(value).encode())


finite = st.floats(allow_nan=False, allow_infinity=False)
columns = st.one_of(
    st.just(finite),
    st.just(st.integers(-(2**53), 2**53)),
    st.just(st.text("abcdefgh", min_size=1, max_size=6)),
    st.just(st.one_of(finite, st.just(float("nan")))),
)


@st.composite
def frames(draw, text=None):
    n = draw(st.integers(1, 10))
    kinds = draw(st.lists(columns, min_size=2, max_size=5))
    cells = [
        draw(st.lists(kind if text is None else text, min_size=n, max_size=n)) for kind in kinds
    ]
    numbers = draw(st.lists(finite, min_size=n, max_size=n))
    return pd.DataFrame({f"c{i} name": column for i, column in enumerate([numbers, *cells])})


def assert_right(frame, table, rtol=0):
    """Check that every number is right, or its column is text with a reason."""
    assert list(table.frame.columns) == list(frame.columns)
    assert len(table.frame) == len(frame)
    for column in table.report.columns:
        before, after = frame[column.name], table.frame[column.name]
        if after.dtype.kind in "iuf":
            np.testing.assert_allclose(after.to_numpy(float), before.to_numpy(float), rtol=rtol)
        elif before.dtype.kind in "iuf":
            assert column.note or column.kind == "empty"
        else:
            assert after.tolist() == before.tolist()


@fuzzing
@given(frames(), st.sampled_from(DIALECTS), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_every_dialect_gives_the_right_numbers(frame, dialect, encoding):
    separator, decimal = dialect
    text = frame.to_csv(index=False, sep=separator, decimal=decimal)
    table = read_table(text.encode(encoding))
    assert table.report.options.separator == separator
    assert_right(frame, table)


@fuzzing
@given(
    frames(st.text("ab ,;|\t\n\"'<>&é1.", min_size=1, max_size=8).map(str.strip).filter(bool)),
    st.sampled_from(DIALECTS),
)
def test_any_text_survives_a_dialect_that_is_known(frame, dialect):
    separator, decimal = dialect
    text = frame.to_csv(index=False, sep=separator, decimal=decimal)
    options = ReadOptions(separator=separator, decimal=decimal, header="yes", units_row="no")
    table = read_table(text.encode(), options=options).frame
    assert table.shape == frame.shape
    for name in frame.columns[1:]:
        kept = table[name].dtype.kind not in "iufb" and table[name].notna().all()
        assert not kept or table[name].tolist() == frame[name].tolist()
    np.testing.assert_array_equal(table.iloc[:, 0], frame.iloc[:, 0])


@fuzzing
@given(frames())
def test_exported_csv_reads_back_equal(frame):
    table = read_table(safe_csv(frame).encode())
    assert_right(frame, table)
    assert not any(column.note for column in table.report.columns)


@settings(deadline=None, max_examples=30)
@given(frames(), st.sampled_from(["parquet", "feather", "xlsx", "json"]))
def test_every_format_gives_the_right_numbers(frame, kind):
    buffer = io.BytesIO()
    if kind == "json":
        buffer.write(json.dumps(frame.replace({np.nan: None}).to_dict("records")).encode())
    elif kind == "xlsx":
        frame.to_excel(buffer, index=False)
    else:
        getattr(frame, f"to_{kind}")(buffer)
    # pandas writes 16 digits into a workbook, one fewer than a float can have
    assert_right(frame, read_table(buffer.getvalue()), rtol=1e-15 if kind == "xlsx" else 0)


@given(st.lists(st.text(max_size=100), max_size=12))
def test_names_are_clean_and_differ(names):
    cleaned = clean_names(names)
    assert len(cleaned) == len(names) == len(set(cleaned))
    assert all(name == name.strip() and 0 < len(name) <= MAX_NAME for name in cleaned)
    assert all(name.isprintable() for name in cleaned)
    assert clean_names(cleaned) == cleaned
