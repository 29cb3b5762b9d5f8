"""The script of every view, run where this package does not exist, gives what the page shows."""

import ast
import json
import re

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

from gmm_dash.callbacks.export import PROGRAMS, WRITERS, write
from gmm_dash.errors import StateError
from gmm_dash.export import notebook, python_script
from gmm_dash.images.store import ImageStore
from gmm_dash.layout.export_menu import IN_THE_BROWSER, ITEMS, NOTES, scene_of
from gmm_dash.memory import Memory
from gmm_dash.pipeline.colors import ColorsWork
from gmm_dash.pipeline.sizes import size_of
from gmm_dash.results import project
from gmm_dash.results.slice import slice_at
from gmm_dash.state import AppState, from_query
from tests.export.conftest import run_links, run_scripts, script
from tests.export.test_scripts_agree import HOSTILE

DIGITS = {
    "full": "?view=digits&pca=99&dk=12&cov=full&digitseed=7",
    "diag": "?view=digits&pca=80&dk=20&cov=diag&seed=3",
}


def test_digits_are_compressed_fitted_and_drawn_again(pipeline, tmp_path):
    wanted = {
        "dimensions": "dimensions",
        "bic": "bic",
        "labels": "mixture.predict(scores)",
        "new": "new_images",
        "averages": "averages",
        "nearest": "nearest",
        "sweep": "sweep([12])[12]",
        "sheet": "sheet(images[:13], 10).shape",
    }
    for name, state, one in run_links(pipeline, tmp_path, DIGITS, wanted):
        drawn = pipeline.digits.drawn(state)
        assert (one["dimensions"] == 41) == (name == "full")
        assert one["dimensions"] == pipeline.digits.space(state).n_components
        assert one["bic"] == pytest.approx(drawn.fit.bic, rel=1e-6)
        assert one["labels"] == drawn.fit.labels.tolist()
        assert np.array(one["new"]) == pytest.approx(drawn.images, abs=1e-6)
        assert one["nearest"] == drawn.nearest.tolist()
        assert np.array(one["averages"]) == pytest.approx(pipeline.digits.averages(state))
        assert one["sheet"] == [16, 80]
        if name == "full":
            assert one["sweep"][1] == pytest.approx(one["bic"], rel=1e-6)


def test_a_users_images_are_read_from_the_exported_file(pipeline, stored_frame, tmp_path):
    pixels = load_digits().data[:300, 16:32]
    columns = {f'"""\n{i}=$' if i else "=1+1": pixels[:, i] for i in range(16)}
    shows = ["=cmd", '"""'] * 150
    key = stored_frame(columns | {'it"""s': shows})
    state, text = script(
        pipeline, "?view=digits&data=upload&dk=3&pca=90&cov=tied", table=key, label='it"""s'
    )
    table = pipeline.digits.table(state)
    assert (table.bundled, table.side) == (False, 4)
    name, data = write("data", state, pipeline)
    (tmp_path / name).write_text(data, encoding="utf-8")
    found = run_scripts(tmp_path, {"a": text}, {"images": "images", "bic": "bic"})["a"]
    assert np.array_equal(found["images"], table.pixels)
    assert found["bic"] == pytest.approx(pipeline.digits.drawn(state).fit.bic, rel=1e-6)
    assert "=cmd" not in text
    assert "'=cmd" in data


COLOURS = {
    "china": "?view=colors&colors=5&cov=full",
    "flower": "?view=colors&image=flower&colors=3&cov=spherical&seed=4",
}
COLOURS_WANTED = {
    name: f"versions[{method!r}][{part}]"
    for method in ("k-means", "mixture")
    for part, name in enumerate((f"{method} palette", f"{method} shares"))
} | {"errors": "errors"}


def same_colours(found, study, folder=None):
    """Assert that both palettes, shares and errors are the page's."""
    for name, version in (("k-means", study.kmeans), ("mixture", study.gmm)):
        assert found[f"{name} palette"] == version.palette.tolist()
        assert found[f"{name} shares"] == pytest.approx(version.shares, abs=1e-5)
        assert found["errors"][name] == pytest.approx(version.error, rel=1e-4)
        if folder is not None:
            image = np.asarray(Image.open(folder / f"{name}.png").convert("RGB"))
            assert (image == version.palette[version.labels]).all(axis=2).mean() > 0.9999


def test_photographs_are_painted_in_the_same_colours(pipeline, tmp_path):
    for name, state, one in run_links(pipeline, tmp_path, COLOURS, COLOURS_WANTED):
        written = tmp_path if name == "flower" else None  # the last to write its images
        same_colours(one, pipeline.colors.study(state), written)


def test_an_image_of_ones_own_is_read_from_the_exported_file(pipeline, tmp_path, monkeypatch):
    images = ImageStore(str(tmp_path / "store"), b"secret", 10_000_000, 60)
    monkeypatch.setattr(
        pipeline, "colors", ColorsWork(pipeline.config, images, Memory(10_000_000, size_of))
    )
    pixels = np.random.default_rng(1).integers(0, 256, (40, 50, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "own.png")
    key, _ = pipeline.colors.take((tmp_path / "own.png").read_bytes())
    state, text = script(pipeline, "?view=colors&image=upload&colors=4", imagekey=key)
    name, png = write("image", state, pipeline)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / name).write_bytes(png)
    found = run_scripts(folder, {"a": text}, COLOURS_WANTED)["a"]
    same_colours(found, pipeline.colors.study(state), folder)


DENSITIES = {
    "plain": "?view=density&k=3&n_init=2&draw=300&drawseed=5&outliers=5",
    "bent": "?view=density&data=iris&k=2&n_init=1&draw=40&transform=log:petal length (cm),"
    "asinh:petal width (cm)",
    "wide": "?view=density&data=penguins&scale=standard&k=2&cov=tied&draw=50&n_init=1",
    "diag": "?view=density&data=moons&k=4&cov=diag&draw=200&dmap=heat&dscale=log&init=whitened"
    "&slice=40",
    "broken": "?view=density&data=duplicates&reg=0&k=2&draw=50&n_init=1",
    "none": "?view=density&data=iris&k=2&draw=0&n_init=1&x=PC1&slice=75",
}


def _numbers(values):
    """Return values as a script has them: NaN where the page has none."""
    return [np.nan if value is None else value for value in values]


def test_the_density_and_its_new_points_are_the_pages(pipeline, tmp_path):
    wanted = {
        "bic": "bic",
        "log_density": "log_density",
        "outliers": "sorted(outliers.tolist())",
        "draws": "draws",
        "new": "globals().get('new_points', [])",
        "beyond": "globals().get('beyond')",
        "held_out": "held_out([2])[2]",
        "curve": "held_out() if len(Z) < 100 else {}",
        "plane": "landscape(Z[:3] @ plane.T + origin)",
        "slice": "[at, mean, deviation] if 'deviation' in globals() else None",
    }
    for name, state, one in run_links(pipeline, tmp_path, DENSITIES, wanted):
        study = pipeline.density.study(state)
        assert one["bic"] == pytest.approx(study.fit.bic, rel=1e-6)
        assert one["log_density"] == pytest.approx(study.log_density, abs=1e-4)
        assert one["outliers"] == np.flatnonzero(study.outliers).tolist()
        assert np.array(one["draws"]).reshape(study.draws.shape) == pytest.approx(
            study.draws, abs=1e-3
        )
        new = study.points.own_units(study.draws)
        assert np.array(one["new"]).reshape(new.shape) == pytest.approx(new, rel=1e-3, abs=1e-3)
        spacing = study.spacing
        assert one["beyond"] == (None if spacing is None else pytest.approx(spacing.beyond))
        curve = pipeline.density.held_out(state)
        assert one["held_out"] == pytest.approx([curve.seen[1], curve.unseen[1]], abs=1e-4)
        if name == "broken":  # so are most K of its curve
            pairs = zip(curve.n_components, zip(curve.seen, curve.unseen, strict=True), strict=True)
            shown = {str(k): pytest.approx(_numbers(pair), nan_ok=True) for k, pair in pairs}
            assert one["curve"] == shown
            assert sum(unseen is None for unseen in curve.unseen) > 5
        cut = slice_at(
            study.points,
            study.fit.mixture,
            project(study.points, state.view.x, state.view.y),
            state.density.slice / 100,
        )
        wanted_slice = cut and pytest.approx([cut.at, cut.mean, cut.deviation], abs=1e-4)
        assert one["slice"] == wanted_slice
        if name == "plain":  # where the plane is all there is
            assert one["plane"] == pytest.approx(study.log_density[:3], abs=1e-4)


def test_new_points_are_exported_in_the_datas_own_units(pipeline):
    state, _ = from_query(DENSITIES["wide"])
    name, text = write("draws", state, pipeline)
    study = pipeline.density.study(state)
    rows = np.array([line.split(",") for line in text.splitlines()[1:]], dtype=float)
    assert name == "new-points.csv"
    assert rows == pytest.approx(study.draws * study.points.scale + study.points.shift)


STEPS = {
    "auto": "?view=steps&k=3&cov=full",
    "bad": "?view=steps&k=2&start=bad&cov=tied&data=bars",
    "gaussians": "?view=steps&k=3&start=random_gaussians&cov=tied&data=iris&seed=2",
    "own": "?view=steps&k=3&start=own&centres=0,0,1,1,-2.5,3&cov=diag&data=moons",
    "kmeans": "?view=steps&k=3&start=kmeans&cov=spherical&data=iris&scale=standard",
    "many": "?view=steps&data=three&n=6000&k=3&cov=full",
    "one column": "?view=steps&data=galaxies&k=4&start=bad&scale=standard",
    "one bent column": "?view=steps&data=galaxies&k=2&start=random_gaussians&cov=tied"
    "&transform=log:velocity&scale=standard",
    "informed": "?view=steps&init=informed&data=moons&n=120&k=4&cov=full",
}


def test_both_runs_of_the_player_end_where_they_do_on_the_page(pipeline, tmp_path):
    wanted = {
        "inertia": "float(kmeans.inertia_)",
        "kmeans_iterations": "int(kmeans.n_iter_)",
        "labels": "kmeans.labels_",
        "shown": "kmeans_labels",
        "mixture": "mixture_labels",
        "score": "float(mixture.score(Z))",
        "iterations": "int(mixture.n_iter_)",
    }
    for name, state, one in run_links(pipeline, tmp_path, STEPS, wanted):
        steps = pipeline.steps.runs(state)
        assert one["inertia"] == pytest.approx(steps.kmeans.fit.inertia, rel=1e-9), name
        assert one["labels"] == steps.kmeans.fit.labels.tolist()
        assert one["shown"] == (steps.kmeans.order.argsort()[one["labels"]] + 1).tolist()
        own = steps.gmm.order.argsort()[steps.gmm.fit.labels] + 1
        assert (np.array(one["mixture"]) == own).mean() > 0.999  # unsure points may change
        assert one["kmeans_iterations"] == steps.kmeans.fit.n_iter
        assert one["score"] == pytest.approx(steps.gmm.fit.log_likelihood, rel=1e-7), name
        assert one["iterations"] == steps.gmm.fit.n_iter


def test_four_covariance_types_are_fitted_when_four_are_shown(pipeline, tmp_path):
    state, text = script(pipeline, "?data=iris&k=3&n_init=2&show=shapes")
    assert scene_of(state) == "shapes"
    found = run_scripts(tmp_path, {"a": text}, {"bic": "bic", "labels": "labels"})["a"]
    result = pipeline.compare.shapes(state)
    for fit, side in zip(result.fits, result.sides, strict=True):
        kind = str(fit.covariance_type)
        assert found["bic"][kind] == pytest.approx(fit.bic, rel=1e-6)
        assert found["labels"][kind] == (side.labels + 1).tolist()


VIEWS = {
    "compare": "&view=compare",
    "shapes": "&show=shapes",
    **{name: f"&view={name}" for name in ("steps", "select", "restarts", "density")},
}


def test_hostile_names_are_inert_in_every_script(pipeline, stored_frame, tmp_path):
    key, scripts = stored_frame(HOSTILE), {}
    hostile = [name for name in HOSTILE if name != "kind"]
    axis = next(name for name in hostile if name.isprintable() and "$" in name)
    for scene, query in VIEWS.items():
        link = f"?data=upload&k=2&cov=diag&reg=0.01&n_init=1&draw=5&kmax=2&starts=20{query}"
        state, scripts[scene] = script(pipeline, link, table=key, label="kind", x=axis)
        assert scene_of(state) == scene
        assert "<a href='javascript:1'>$x_1$</a>" in scripts[scene]
    (tmp_path / "data.csv").write_text(write("data", state, pipeline)[1], encoding="utf-8")
    found = run_scripts(tmp_path, scripts, {"columns": "columns", "d": "Z.shape[1]"})
    columns = list(pipeline.points(state.data).columns)
    assert all(one == {"columns": columns, "d": 3} for one in found.values())


def program_of(pipeline, scene, link):
    """Return the state and the program of one scene."""
    state, _ = from_query(link + VIEWS.get(scene, f"&view={scene}"))
    assert scene_of(state) == scene
    return state, PROGRAMS[scene](state, pipeline)


PACKAGES = {"numpy": "numpy", "pandas": "pandas", "PIL": "Pillow"}
PACKAGES |= {"sklearn": "scikit-learn", "scipy": "scipy", "matplotlib": "matplotlib"}
SMALL = "k=2&n_init=1&n=60&dk=3&pca=60&cov=diag&colors=2&kmax=2&starts=20"


@pytest.mark.parametrize("data", ["moons", "penguins", "uniform"])
@pytest.mark.parametrize("scene", PROGRAMS)
def test_a_script_says_what_it_needs_and_needs_all_it_brings(pipeline, scene, data):
    state, program = program_of(pipeline, scene, f"?data={data}&{SMALL}")
    tree = ast.parse(python_script(state, program))
    said = re.search(r"^Needs (.+); (matplotlib) for", ast.get_docstring(tree), re.MULTILINE)
    modules, names = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            made = (
                [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            )
            modules |= {name.partition(".")[0] for name in made}
            names |= {alias.asname or alias.name for alias in node.names}
    wanted = {PACKAGES[name] for name in modules - {"io"}}
    assert {*re.split(", | and ", said[1]), said[2]} == wanted
    assert names <= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len(functions) == len(set(functions))


@pytest.mark.parametrize("scene", PROGRAMS)
def test_every_scene_has_a_notebook_of_the_same_parts(pipeline, scene):
    state, program = program_of(pipeline, scene, f"?data=moons&{SMALL}")
    cells = json.loads(notebook(state, program))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code[:-1] == [part.code for part in program.parts]
    assert code[-1].startswith("try:\n    picture()\n")
    assert "def picture():" in code[-2]
    text = write("script", state, pipeline)[1]
    assert all(line == line.rstrip() for line in text.splitlines())


def test_the_menu_offers_exactly_what_a_view_has(pipeline):
    scenes = set(PROGRAMS)
    for what, item in ITEMS.items():
        assert set(item.hints) <= scenes
        assert (what in WRITERS) != (what in IN_THE_BROWSER)
    assert all(scenes == set(ITEMS[what].hints) for what in ("script", "notebook", "report"))
    lacks_models = scenes - set(ITEMS["model"].hints)
    assert lacks_models <= set(NOTES)
    for what, view in (("data", "colors"), ("model", "digits"), ("posteriors", "steps")):
        with pytest.raises(StateError):
            write(what, AppState().but(view=view), pipeline)
