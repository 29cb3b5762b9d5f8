"""Each rule of the sentence: a case where it speaks, and one where it must not."""

import pytest

from gmm_dash import explain
from gmm_dash.state import from_query

_WARNING = "is not to be believed"
CASES = [
    ("?data=stretched", "cuts long groups"),
    ("?data=blobs&noise=0.3", "Both methods draw the same clusters"),
    ("?data=moons&k=16", "A component is not a cluster"),
    ("?data=moons&k=2", "they are not made of ellipses"),
    ("?data=mouse&k=3", "the mixture fits each one's own size"),
    ("?data=blobs&k=1", "K = 1"),
    ("?data=duplicates&k=3", _WARNING),
    ("?data=uniform&k=3", "no gap parts two clusters"),
    ("?data=iris&k=3", "k-means is nearer to the true groups"),
]


@pytest.mark.parametrize(("query", "words"), CASES)
def test_a_rule_speaks_where_it_holds_and_only_there(query, words, pipeline):
    said = explain.notice(pipeline.comparison(from_query(query)[0]))
    assert words in said
    assert said.endswith(".")
    if words != _WARNING:  # which is said beside another sentence
        rest = {others for _, others in CASES} - {words, _WARNING}
        assert not [others for others in rest if others in said]


def test_the_count_in_the_sentence_is_the_count(pipeline):
    result = pipeline.comparison(from_query("")[0])
    assert f"{result.moved} of 400 points change colour" in explain.notice(result)
    assert f"k-means {result.kmeans.ari:.2f}" in explain.notice(result)


def test_no_score_is_minus_nothing(pipeline):
    assert "-0.00" not in explain.notice(pipeline.comparison(from_query("?data=rings&k=2")[0]))


def test_the_four_shapes_are_judged_by_bic(pipeline):
    result = pipeline.shapes(from_query("?data=blobs&n=1500&noise=1&centers=3&dseed=170&k=3")[0])
    best = min(result.fits, key=lambda fit: fit.bic)
    said = explain.shapes_notice(result)
    assert f"BIC prefers {best.covariance_type}" in said
    assert "parameters fewer" in said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (0.0, "0"),
        (-1.9182, "\N{MINUS SIGN}1.918"),
        (163.93, "163.9"),
        (1581.4, "1,581"),
        (1234567.0, "1,234,567"),
        (1.5e12, "1.5e+12"),
        (0.00001234, "1.23e-05"),
        (1.0, "1.000"),
    ],
)
def test_numbers_as_people_read_them(value, text):
    assert explain.shown(value) == text


def test_counted():
    assert explain.counted(1, "point") == "1 point"
    assert explain.counted(1204, "point") == "1,204 points"


@pytest.mark.parametrize("term", list(explain.GLOSSARY.values()), ids=lambda term: term.name)
def test_every_number_is_defined(term):
    assert term.sentence.endswith((".", "?"))
    assert term.formula
    assert term.source
    assert term.better in {"", "lower", "higher"}


def test_notes_say_what_a_careful_reader_must_know(pipeline):
    from gmm_dash.results import project

    for query, words in (
        ("?data=units", "axes are not to the same scale"),
        ("?data=iris", "The models use all 4 columns"),
        ("?data=faithful&show=truth", "no known true groups"),
        ("?data=iris&x=nope", "There is no column"),
    ):
        state = from_query(query)[0]
        points = pipeline.points(state.data)
        projection = project(points, state.view.x, state.view.y)
        assert any(words in note for note in explain.notes(points, projection, state.view.show))
    penguins = pipeline.points(from_query("?data=penguins")[0].data)
    assert "2 rows with missing values" in penguins.notes[0]
    said = explain.notes(penguins, project(penguins, "", ""), ())
    assert not set(penguins.notes) & set(said), "it stands above every view already"
    state = from_query("")[0]
    points = pipeline.points(state.data)
    assert not explain.notes(points, project(points, "", ""), state.view.show)
