"""Run beside a copy of the package: writes where a criterion shows up, as JSON."""

import json
import sys
from dataclasses import replace

from gmm_dash import say
from gmm_dash.callbacks import compared, export
from gmm_dash.config import Config
from gmm_dash.contract.browser import facts
from gmm_dash.explain import GLOSSARY
from gmm_dash.export.select_table import select_csv, select_page
from gmm_dash.factory import open_store
from gmm_dash.layout.controls import Controls
from gmm_dash.layout.views import VIEWS
from gmm_dash.pipeline import Pipeline
from gmm_dash.results.select import selection_of
from gmm_dash.state import from_query, to_query


def report(name, store):
    config = replace(Config(), store=store)
    pipeline = Pipeline(config, open_store(config))
    link = (
        "?view=select&data=three&n=60&kmax=3&n_init=1&types=full,spherical&chart=criteria"
        f"&together=bic,{name}&criterion={name}"
    )
    state, problems = from_query(link)
    plan = pipeline.select.plan(state)
    pieces = [pipeline.select.piece(state, i) for i in range(len(plan.pieces))]
    mixtures, kmeans = ([r for p in pieces for r in p[key]] for key in ("mixtures", "kmeans"))
    selection, points = selection_of(mixtures, kmeans), pipeline.points(state.data)
    lines = state.but(chart="lines")
    curves, chart = (
        compared.mixtures_picture("mixtures", selection, s, "light", points) for s in (state, lines)
    )
    spoken = say.VIEWS["select"](pipeline, state)
    script = export.write("script", state, pipeline)
    page = VIEWS["select"].build(state, Controls(state))
    return {
        "problems": list(problems),
        "link": to_query(state),
        "rows": [row.as_dict() | {"law": selection.law(row).law} for row in selection.mixtures],
        "n": points.n,
        "best": selection.best(name).n_components,
        "said": spoken.text("notice"),
        "numbers": dict(spoken.numbers),
        "curves": curves["figure"],
        "chart": chart["figure"],
        "head": select_csv(selection, name).split("\n")[0],
        "table": str(select_page(selection, name, ["" for _ in selection.mixtures], None, 1)),
        "script": script[1],
        "page": str(page),
        "contract": facts()["criteria"],
        "settings": facts()["settings"],
        "term": GLOSSARY[name].sentence,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(report(*sys.argv[1:]), default=str))
