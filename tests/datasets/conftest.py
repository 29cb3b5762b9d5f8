"""Draws a data set as its controls start, with some of them changed."""

from gmm_dash.datasets import DATASETS


def draw(name, **changed):
    data = DATASETS[name]
    start = {
        "n": data.points.default if data.points else 0,
        "noise": data.noise.default if data.noise else 0,
        "centers": data.centers.default if data.centers else 0,
        "seed": data.defaults.get("dseed", 0),
    }
    return data.draw(**(start | changed))
