"""Each rule of the sentence: a case where it speaks, and one where it must not."""

import pytest

from gmm_dash import explain
from gmm_dash.explain.compare import notice
from gmm_dash.explain.shapes import shapes_notice
from gmm_dash.state import from_query

_WARNING = "almost no width in some direction"
CASES = [
    ("?data=stretched", "walls halfway between the centres, whatever their shape"),
    ("?data=blobs&noise=0.3", "a case that suits k-means"),
    ("?data=moons&k=16", "A component is not a cluster"),
    ("?data=moons&k=2", "better described by two Gaussians than by one"),
    ("?data=mouse&k=3", "walls halfway between the centres, whatever the widths"),
    ("?data=blobs&k=1", "K = 1"),
    ("?data=duplicates&k=3", _WARNING),
    ("?data=uniform&k=3", 'Ask "How many?"'),
    ("?data=iris&k=3", "k-means is nearer to the true groups"),
    ("?k=2", "Raise K to have one for each"),
    ("?data=overlap&n=400&noise=2&k=2", "The groups overlap"),
    ("?data=blobs&n=400&centers=4&k=4&noise=2.5", "The groups overlap"),
    ("?data=uniform&n=300&k=1", "With K = 1"),
]


def spoken(pipeline, query):
    state = from_query(query)[0]
    sized = "size" in state.view.show
    result = pipeline.compare.comparison(state)
    said = notice(result, pipeline.compare.low_score(state, result), sized=sized)
    return " ".join(sentence.text for sentence in said)


@pytest.mark.parametrize(("query", "words"), CASES)
def test_a_rule_speaks_where_it_holds_and_only_there(query, words, pipeline):
    said = spoken(pipeline, query)
    assert words in said
    assert said.endswith(".")
    if words != _WARNING:  # which is said beside another sentence
        rest = {others for _, others in CASES if others not in words} - {words, _WARNING, "K = 1"}
        rest -= {others for others in rest if words in others}
        assert not [others for others in rest if others in said]


def test_the_count_in_the_sentence_is_the_count(pipeline):
    result = pipeline.compare.comparison(from_query("")[0])
    assert f"{result.moved} of 400 points change colour" in spoken(pipeline, "")
    assert f"k-means {result.kmeans.ari:.2f}" in spoken(pipeline, "")


def test_no_score_is_minus_nothing(pipeline):
    assert "-0.00" not in spoken(pipeline, "?data=rings&k=2")


def test_the_four_shapes_are_judged_by_bic(pipeline):
    result = pipeline.compare.shapes(
        from_query("?data=blobs&n=1500&noise=1&centers=3&dseed=170&k=3")[0]
    )
    best = min(result.fits, key=lambda fit: fit.bic)
    said = shapes_notice(result)[0].text
    assert f"BIC is lowest with {best.covariance_type}" in said


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
        (210_123_456.0, "210,123,456"),
        (1.5e12, "1.5 × 10¹²"),
        (0.00001234, "1.23 × 10⁻⁵"),
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
