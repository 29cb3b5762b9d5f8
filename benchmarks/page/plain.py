"""A plain Dash app to measure beside: one graph of the same points, one slider for K.

As its makers show it: a callback that fits and returns a figure, the plotly.js that comes with
Dash, compressed answers. Once with a slider that acts on release, once with one that acts while it
is dragged. It computes less than the dashboard does: one start of k-means.
"""

from __future__ import annotations

from dash import Dash, Input, Output, dcc, html
from flask import Flask
from flask_compress import Compress
from plotly import graph_objects as go
from sklearn.cluster import KMeans

from gmm_dash.datasets import DATASETS
from gmm_dash.state import AppState

PAGES = {"release": "mouseup", "drag": "drag"}


def points():
    """Return the points that the dashboard opens with, shape (400, 2)."""
    asked = AppState().data
    drawing = {"n": asked.n, "noise": asked.noise, "centers": asked.centers, "seed": asked.seed}
    return DATASETS[asked.dataset].draw(**drawing).points


def add(server: Flask, name: str, mode: str) -> Dash:
    """Serve the app below ``/name/``."""
    x = points()
    app = Dash(f"plain-{name}", server=server, url_base_pathname=f"/{name}/")
    slider = dcc.Slider(1, 30, 1, value=4, id="k", marks=None, updatemode=mode)
    app.layout = html.Div([slider, dcc.Graph(id="graph", style={"height": "600px"})])

    @app.callback(Output("graph", "figure"), Input("k", "value"))
    def draw(k: int) -> go.Figure:
        labels = KMeans(k, n_init=1, random_state=0).fit_predict(x)
        dots = {"color": labels, "colorscale": "Turbo", "size": 7}
        figure = go.Figure(go.Scatter(x=x[:, 0], y=x[:, 1], mode="markers", marker=dots))
        return figure.update_layout(meta={"k": k}, uirevision="same")

    return app


server = Flask(__name__)
Compress(server)
APPS = [add(server, name, mode) for name, mode in PAGES.items()]
for _name in PAGES:
    server.test_client().get(f"/{_name}/")  # Dash sets itself up at the first request
