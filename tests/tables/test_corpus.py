"""Every file of the corpus gives the right table or one sentence, soon and in little memory."""

import re
import resource
from pathlib import Path

import numpy as np
import pytest

from gmm_dash.errors import ImportProblem
from gmm_dash.files.limits import Limits
from gmm_dash.tables import ReadOptions, read_guarded, read_table
from tests.tables import corpus

TEXTS = corpus.text_tables()
PACKED = corpus.packed_tables()
SECONDS = Limits().seconds  # what the largest file may take: far above what these need
GROWTH = 50_000_000


def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def processor_seconds():
    """Return the work of this process and its children: a busy machine does not change it."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def cells(frame):
    """Return the columns as lists, missing values as None."""
    return frame.astype(object).where(frame.notna(), None).to_dict("list")


@pytest.mark.parametrize("name", corpus.REFUSED)
def test_hostile_file_gives_one_sentence_soon(name):
    make, words = corpus.REFUSED[name]
    data = make()
    before, start = resident(), processor_seconds()
    with pytest.raises(ImportProblem) as caught:
        read_guarded(data)
    assert processor_seconds() - start < SECONDS
    assert resident() - before < GROWTH
    assert re.search(words, caught.value.sentence)
    assert caught.value.hint
    assert "\n" not in caught.value.sentence


@pytest.mark.parametrize("name", [*TEXTS, *PACKED])
def test_honest_file_gives_its_table(name):
    data, expected = {**TEXTS, **PACKED}[name]
    table = read_table(data)
    assert cells(table.frame) == expected
    assert tuple(table.frame.columns) == tuple(c.name for c in table.report.columns)
    assert (table.report.n_rows, table.report.n_columns) == table.frame.shape
    assert table.report.sentence.startswith("Read ")


@pytest.mark.parametrize("name", [*TEXTS, *PACKED])
def test_reading_with_the_resolved_options_gives_the_same(name):
    data, _ = {**TEXTS, **PACKED}[name]
    first = read_table(data)
    again = read_table(data, options=first.report.options)
    assert cells(again.frame) == cells(first.frame)
    assert again.report.options == first.report.options
    assert ReadOptions.from_json(first.report.options.to_json()) == first.report.options


@pytest.mark.parametrize("name", ["json records", "xlsx", "ods", "parquet", "stata"])
def test_child_process_gives_the_same_as_this_one(name):
    data, expected = {**TEXTS, **PACKED}[name]
    guarded, plain = read_guarded(data), read_table(data)
    assert cells(guarded.frame) == expected
    assert guarded.report == plain.report
    assert list(guarded.frame.dtypes) == list(plain.frame.dtypes)


def test_large_text_goes_through_the_child_and_keeps_every_digit():
    values = np.random.default_rng(0).normal(size=(20_000, 3))
    text = "a;b;c\n" + "\n".join(";".join(map(repr, row)) for row in values.tolist())
    table = read_guarded(text.replace(".", ",").encode())
    np.testing.assert_array_equal(table.frame.to_numpy(), values)
    assert table.report.sentence == (
        "Read 20,000 rows x 3 columns: separator ;, decimal comma, UTF-8."
    )
